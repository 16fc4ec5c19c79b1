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
    "Open terminal": ("openTerminal", open_terminal.run),
    "Write to a profile": ("pickProfile", write_session.run),
    "Copy export lines": ("copyText", copy_exports.run),
}
"""What can be done with a session, the ability that the client needs for it, and the command."""


async def run(session: Session, argument: Mapping[str, Any]) -> Any:
    profile = argument["profile"]
    made = await obtain(session, profile, f"Assuming the role of {profile}")
    account = account_words(session.accounts, made.account_id)
    text = f"{profile} is ready{f' in {account}' if account else ''}{until(made.expires_at)}."
    in_background(_offer(session, argument, text), session.tasks)
    return {"profile": profile, "expiresAt": made.expires_at.isoformat() if made.expires_at else None}


async def _offer(session: Session, argument: Mapping[str, Any], text: str) -> None:
    choices = [title for title, (ability, _) in _USES.items() if ability in session.client.abilities]
    if not choices:
        session.client.show(3, text)
        return
    choice = await session.client.ask(3, text, choices)
    if choice in choices:
        await guarded(session, _USES[choice][1](session, argument))
