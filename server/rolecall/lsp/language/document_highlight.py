"""textDocument/documentHighlight"""

from __future__ import annotations

from typing import Any

from rolecall.features.navigation import document_highlight
from rolecall.lsp.convert import Json
from rolecall.lsp.language.documents import asked
from rolecall.lsp.session import Session


def handle(session: Session, params: Json) -> Any:
    document = asked(session, params)
    if document is None:
        return None
    found = document_highlight(document.workspace, document.file, document.position(params))
    return [{"range": session.units.span(document.lines, one.span), "kind": one.access.value} for one in found]
