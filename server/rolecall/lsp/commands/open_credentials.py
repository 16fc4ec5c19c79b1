"""Open the user's credentials file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rolecall.lsp.commands import create_files
from rolecall.lsp.commands.opening import show_or_offer
from rolecall.lsp.session import Session


async def run(session: Session, argument: Mapping[str, Any]) -> Any:
    if await show_or_offer(session, "credentials"):
        await create_files.run(session, argument)
