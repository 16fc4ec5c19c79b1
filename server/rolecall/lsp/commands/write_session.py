"""Write a session to a profile of the user's choice, with its expiry, so that any tool can use it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rolecall.edits.imports import key_edits
from rolecall.lsp.commands.writing import write
from rolecall.lsp.live import obtain
from rolecall.lsp.session import Session
from rolecall.lsp.words import until


async def run(session: Session, argument: Mapping[str, Any]) -> Any:
    profile = argument["profile"]
    made = await obtain(session, profile, f"Getting the session of {profile}")
    workspace = session.own.service.workspace
    target = argument.get("target") or await _choose(session, profile)
    if target is None or not await _may_overwrite(session, target):
        return None
    saved = await write(session, key_edits(workspace, target, made), f"Write the session to {target}")
    rest = "" if saved else " Save the credentials file to use it."
    session.client.show(3, f"The session of {profile} is in profile {target}{until(made.expires_at)}.{rest}")
    return {"target": target}


async def _choose(session: Session, profile: str) -> str | None:
    found = session.own.service.workspace.profiles()
    choices = [(one.name, one.kind) for one in found if "credentials" in one.keys_in or one.kind == "none"]
    return await session.client.pick_profile(
        f"Write the session of {profile}", "A profile of the credentials file, or a new name", choices, allow_new=True
    )


async def _may_overwrite(session: Session, target: str) -> bool:
    profile = session.own.service.workspace.profile(target)
    if profile is None or profile.kind != "static":
        return True
    text = f"Profile {target} holds long-term keys, which would be replaced."
    return await session.client.ask(2, text, ["Replace them"]) == "Replace them"
