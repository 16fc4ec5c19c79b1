"""textDocument/references"""

from __future__ import annotations

from typing import Any

from rolecall.features.navigation import references
from rolecall.lsp.convert import Json
from rolecall.lsp.language.documents import asked
from rolecall.lsp.session import Session
from rolecall.text import Position


def handle(session: Session, params: Json) -> Any:
    document = asked(session, params)
    if document is None:
        return None
    with_headers = bool((params.get("context") or {}).get("includeDeclaration", True))
    found = references(document.workspace, document.file, document.position(params), with_headers=with_headers)
    return [
        session.location(one.path, Position(one.span.line, one.span.start), Position(one.span.line, one.span.end))
        for one in found
    ]
