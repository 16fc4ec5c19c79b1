"""Show what each tool makes of a section: as the hover over its header, or to a client that cannot, as a message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rolecall.features.readability import QUESTION, of_section
from rolecall.lsp.session import Session
from rolecall.text import Position


async def run(session: Session, argument: Mapping[str, Any]) -> Any:
    path, line = argument["path"], argument["line"]
    for pair, file in session.each_file():
        document = pair.service.workspace.document(file)
        if document.path != path or document.tree is None:
            continue
        section, start = document.tree.at(line)
        header = Position(line, section.lines[line - start].indent if line - start < section.size else 0)
        where = session.location(path, header, header)
        await session.client.show_document(where["uri"], where["range"])
        if not await session.client.show_hover():
            rows = of_section(pair.service.workspace, file, section, pair.service.settings.readers)
            session.client.show(3, " ".join((QUESTION, *(f"{row.names}: {row.text}." for row in rows))))
        return
