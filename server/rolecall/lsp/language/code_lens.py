"""textDocument/codeLens"""

from __future__ import annotations

from typing import Any

from rolecall.features.code_lens import code_lenses
from rolecall.lsp.convert import Json
from rolecall.lsp.language.documents import Asked, asked
from rolecall.lsp.session import Session

_NEEDS = {"rolecall.openTerminal": "openTerminal", "rolecall.showProfile": "pickProfile"}
"""What a client must be able to do so that a lens does anything."""


def handle(session: Session, params: Json) -> Any:
    document = asked(session, params)
    if document is None:
        return None
    service = document.pair.service
    found = code_lenses(document.workspace, document.file, service.is_broken)
    shown = [
        {
            "range": session.units.span(document.lines, lens.span),
            "command": {"title": lens.title, "command": lens.command, "arguments": [{"profile": lens.profile}]},
        }
        for lens in found
        if _NEEDS.get(lens.command) is None or _NEEDS[lens.command] in session.client.abilities
    ]
    if len(service.settings.readers) > 1:
        shown += _of_readers(session, document)
    return shown


def _of_readers(session: Session, document: Asked) -> list[Json]:
    """The lenses of a team that uses several tools. Most use one, and need not load what is known of the others."""
    from rolecall.features.readability import reader_lenses

    path = document.workspace.document(document.file).path
    found = reader_lenses(document.workspace, document.file, document.pair.service.settings.readers)
    return [
        {
            "range": session.units.span(document.lines, span),
            "command": {
                "title": title,
                "command": "rolecall.whoCanRead",
                "arguments": [{"path": path, "line": span.line}],
            },
        }
        for span, title in found
    ]
