"""textDocument/semanticTokens/full"""

from __future__ import annotations

from typing import Any

from rolecall.features.semantic_tokens import MODIFIERS, TYPES, tokens
from rolecall.lsp.convert import Json
from rolecall.lsp.language.documents import Asked, asked
from rolecall.lsp.session import Session

_TYPE = {name: number for number, name in enumerate(TYPES)}
_MODIFIER = {name: 1 << number for number, name in enumerate(MODIFIERS)}


def handle(session: Session, params: Json) -> Any:
    document = asked(session, params)
    if document is None:
        return None
    data = data_of(document)
    return {"resultId": session.sent_tokens.keep(params["textDocument"]["uri"], data), "data": data}


def data_of(document: Asked) -> list[int]:
    """Five numbers for each token, the place counted from the token before."""
    units, lines = document.session.units, document.lines
    data: list[int] = []
    line = start = 0
    number, text = -1, ""
    for token in tokens(document.workspace, document.file):
        if token.line != number:
            number, text = token.line, lines(token.line) if units.is_utf16 else ""
        first = units.to_client(text, token.start)
        length = units.to_client(text, token.start + token.length) - first
        modifiers = sum(_MODIFIER[name] for name in token.modifiers)
        data += (
            token.line - line,
            first - start if token.line == line else first,
            length,
            _TYPE[token.type],
            modifiers,
        )
        line, start = token.line, first
    return data
