"""Open a terminal as a profile: with its live session where there is one, else with AWS_PROFILE alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rolecall.lsp.live import documents
from rolecall.lsp.session import Session


async def run(session: Session, argument: Mapping[str, Any]) -> Any:
    profile = argument["profile"]
    alive = session.ledger.session(profile, documents(session.own.service.workspace))
    env: Mapping[str, str | None] = {"AWS_PROFILE": profile} if alive is None else alive.environment()
    if not await session.client.open_terminal(profile, env):
        session.client.show(2, "Not opened: this editor has no terminal for Rolecall.")
