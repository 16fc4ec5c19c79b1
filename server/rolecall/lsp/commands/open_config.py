"""Open the user's config file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rolecall.lsp.commands.opening import open_own
from rolecall.lsp.session import Session


async def run(session: Session, argument: Mapping[str, Any]) -> Any:
    await open_own(session, "config")
