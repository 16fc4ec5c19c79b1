"""textDocument/definition"""

from __future__ import annotations

from typing import Any

from rolecall.features.navigation import definition
from rolecall.lsp.convert import Json
from rolecall.lsp.language.documents import asked
from rolecall.lsp.session import Session
from rolecall.text import Position


def handle(session: Session, params: Json) -> Any:
    document = asked(session, params)
    if document is None:
        return None
    found = definition(document.workspace, document.file, document.position(params))
    if not session.client.can("textDocument", "definition", "linkSupport"):
        return [
            session.location(one.path, Position(one.span.line, one.span.start), Position(one.span.line, one.span.end))
            for one in found
        ]
    links = []
    for one in found:
        whole = session.location(one.path, one.start, one.end)
        name = session.location(
            one.path, Position(one.span.line, one.span.start), Position(one.span.line, one.span.end)
        )
        links.append({"targetUri": whole["uri"], "targetRange": whole["range"], "targetSelectionRange": name["range"]})
    return links
