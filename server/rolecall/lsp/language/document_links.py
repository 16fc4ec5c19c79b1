"""textDocument/documentLink"""

from __future__ import annotations

from typing import Any

from rolecall.features.document_links import document_links
from rolecall.lsp.convert import Json
from rolecall.lsp.language.documents import asked
from rolecall.lsp.session import Session


def handle(session: Session, params: Json) -> Any:
    document = asked(session, params)
    if document is None:
        return None
    return [
        {"range": session.units.span(document.lines, link.span), "target": link.target, "tooltip": link.tooltip}
        for link in document_links(document.workspace, document.file)
    ]
