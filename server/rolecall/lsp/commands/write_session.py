"""Write a session to a profile of the user's choice, with its expiry, so that any tool can use it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rolecall.edits import FileEdit, add_section, insert_options, remove_option, set_option
from rolecall.lsp.commands.writing import write
from rolecall.lsp.live import obtain
from rolecall.lsp.session import Session
from rolecall.lsp.words import until
from rolecall.model.stanza import Stanza
from rolecall.model.workspace import Workspace
from rolecall.readers.botocore.merge import SectionType
from rolecall.sessions.session import Session as AwsSession

_STALE = ("aws_security_token", "aws_expiration", "aws_session_expiration", "expiration")
"""What other tools left beside older keys; botocore would even prefer the old token."""


async def run(session: Session, argument: Mapping[str, Any]) -> Any:
    profile = argument["profile"]
    made = await obtain(session, profile, f"Getting the session of {profile}")
    workspace = session.own.service.workspace
    target = argument.get("target") or await _choose(session, profile)
    if target is None or not await _may_overwrite(session, target):
        return None
    saved = await write(session, session_edits(workspace, target, made), f"Write the session to {target}")
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


def session_edits(workspace: Workspace, target: str, made: AwsSession) -> list[FileEdit]:
    """The edits that give a profile of the credentials file these keys, and nothing that older ones left."""
    values = [
        ("aws_access_key_id", made.access_key_id),
        ("aws_secret_access_key", made.secret_access_key),
        ("aws_session_token", made.session_token or ""),
        ("x_security_token_expires", made.expires_at.isoformat() if made.expires_at else ""),
    ]
    stanza = _stanza(workspace, target)
    if stanza is None:
        return [add_section("credentials", target, [(key, value) for key, value in values if value])]
    edits: list[FileEdit] = []
    missing = []
    for key, value in values:
        option = stanza.option(key)
        if option is not None:
            edits.append(set_option(stanza, key, value) if value else remove_option(stanza, option))
        elif value:
            missing.append((key, value))
    if missing:
        edits.append(insert_options(stanza, missing))
    edits += [remove_option(stanza, option) for key in _STALE if (option := stanza.option(key)) is not None]
    return edits


def _stanza(workspace: Workspace, target: str) -> Stanza | None:
    found = [stanza for stanza in workspace.stanzas(SectionType.PROFILE, target) if stanza.file == "credentials"]
    return found[-1] if found else None
