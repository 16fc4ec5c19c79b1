"""textDocument/inlayHint"""

from __future__ import annotations

from typing import Any

from rolecall.features.inlay_hints import inlay_hints
from rolecall.lsp.convert import Json
from rolecall.lsp.language.documents import asked
from rolecall.lsp.session import Session


def handle(session: Session, params: Json) -> Any:
    document = asked(session, params)
    if document is None:
        return None
    sessions = session.ledger.expiries() if document.pair.own else {}
    first, last = params["range"]["start"]["line"], params["range"]["end"]["line"]
    return [
        {
            "position": session.units.position(document.lines, hint.position),
            "label": hint.label,
            "paddingLeft": True,
            "tooltip": hint.tooltip,
        }
        for hint in inlay_hints(document.workspace, document.file, sessions, first, last)
    ]
