"""Assume the role of a profile now, and offer what can be done with the session."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rolecall.lsp.commands import copy_exports, open_terminal, write_session
from rolecall.lsp.foreseen import guarded
from rolecall.lsp.live import obtain
from rolecall.lsp.protocol import in_background
from rolecall.lsp.session import Session
from rolecall.lsp.words import account_words, until

_USES = {
    "Open terminal": open_terminal.run,
    "Write to a profile": write_session.run,
    "Copy export lines": copy_exports.run,
}


async def run(session: Session, argument: Mapping[str, Any]) -> Any:
    profile = argument["profile"]
    made = await obtain(session, profile, f"Assuming the role of {profile}")
    account = account_words(session.accounts, made.account_id)
    text = f"{profile} is ready{f' in {account}' if account else ''}{until(made.expires_at)}."
    in_background(_offer(session, argument, text), session.tasks)
    return {"profile": profile, "expiresAt": made.expires_at.isoformat() if made.expires_at else None}


async def _offer(session: Session, argument: Mapping[str, Any], text: str) -> None:
    choice = await session.client.ask(3, text, list(_USES))
    if choice in _USES:
        await guarded(session, _USES[choice](session, argument))
