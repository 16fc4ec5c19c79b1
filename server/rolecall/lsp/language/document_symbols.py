"""textDocument/documentSymbol"""

from __future__ import annotations

from typing import Any

from rolecall.features.symbols import Symbol, symbols
from rolecall.lsp.convert import Json
from rolecall.lsp.language.documents import Asked, asked
from rolecall.lsp.session import Session


def handle(session: Session, params: Json) -> Any:
    document = asked(session, params)
    if document is None:
        return None
    return [_symbol(document, one) for one in symbols(document.workspace, document.file)]


def _symbol(document: Asked, symbol: Symbol) -> Json:
    units, lines = document.session.units, document.lines
    return {
        "name": symbol.name,
        "detail": symbol.detail,
        "kind": symbol.kind.value,
        "range": units.range(lines, symbol.start, symbol.end),
        "selectionRange": units.span(lines, symbol.selection),
        "children": [_symbol(document, child) for child in symbol.children],
    }
