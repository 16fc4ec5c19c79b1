"""textDocument/hover"""

from __future__ import annotations

from typing import Any

from rolecall.features.hover import hover
from rolecall.lsp.convert import Json
from rolecall.lsp.language.documents import asked
from rolecall.lsp.session import Session


def handle(session: Session, params: Json) -> Any:
    document = asked(session, params)
    if document is None:
        return None
    team = document.pair.service.settings.readers
    found = hover(document.workspace, document.file, document.position(params), team)
    if found is None:
        return None
    return {
        "contents": {"kind": "markdown", "value": found.markdown},
        "range": session.units.span(document.lines, found.span),
    }
