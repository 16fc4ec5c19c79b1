"""Take the byte order mark from a file. An editor hides it from its text, so this is no text edit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rolecall.lsp.session import Session
from rolecall.syntax.parser import BOM


async def run(session: Session, argument: Mapping[str, Any]) -> Any:
    path = argument["path"]
    if any(pair.file_of(path) for pair, _ in session.each_file()):
        session.store.change(path, lambda text: text.removeprefix(BOM))
        session.refresh()
