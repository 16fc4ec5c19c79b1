"""textDocument/codeLens"""

from __future__ import annotations

from typing import Any

from rolecall.features.code_lens import code_lenses
from rolecall.lsp.convert import Json
from rolecall.lsp.language.documents import asked
from rolecall.lsp.session import Session

_NEEDS = {"rolecall.openTerminal": "openTerminal", "rolecall.showProfile": "pickProfile"}
"""What a client must be able to do so that a lens does anything."""


def handle(session: Session, params: Json) -> Any:
    document = asked(session, params)
    if document is None:
        return None
    found = code_lenses(document.workspace, document.file, document.pair.service.is_broken)
    return [
        {
            "range": session.units.span(document.lines, lens.span),
            "command": {"title": lens.title, "command": lens.command, "arguments": [{"profile": lens.profile}]},
        }
        for lens in found
        if _NEEDS.get(lens.command) is None or _NEEDS[lens.command] in session.client.abilities
    ]
