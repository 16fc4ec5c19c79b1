"""Which profile gets some keys, what speaks against it, and the edits."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import NamedTuple, Protocol

from rolecall.edits.imports.reading import Imported
from rolecall.edits.sections import FileEdit, add_section, insert_options, remove_option, set_option
from rolecall.model.expiry import EXPIRY_KEYS
from rolecall.model.profile import Profile
from rolecall.model.stanza import Stanza
from rolecall.model.workspace import Workspace
from rolecall.readers.botocore.merge import SectionType

_KEYS = ("aws_access_key_id", "aws_secret_access_key", "aws_session_token")
_EXPIRY = "x_security_token_expires"
_STALE = frozenset({"aws_security_token", *EXPIRY_KEYS} - {_EXPIRY})
"""What other tools left beside older keys; botocore would even prefer the old token."""

_COMES_BEFORE_KEYS = frozenset({"assume-role", "environment", "web-identity", "sso"})
"""Kinds of profiles in which tools do not come to look at keys."""


class KeySet(Protocol):
    """Access keys, such as `Imported` and the sessions that AWS gives."""

    @property
    def access_key_id(self) -> str: ...
    @property
    def secret_access_key(self) -> str: ...
    @property
    def session_token(self) -> str | None: ...
    @property
    def expires_at(self) -> datetime | None: ...
    @property
    def account_id(self) -> str | None: ...


class DoubtKind(Enum):
    """Why keys may not be meant for a profile."""

    LONG_TERM = "a session would take the place of the profile's long-term keys"
    OTHER_ACCOUNT = "the profile's keys are of another account"
    OTHER_LINK = "the profile is linked to another account"
    EXPIRED = "they do not work any more"
    ROOT = "they are the root user's"


class Doubt(NamedTuple):
    """One reason to ask before a profile gets keys.

    account_id  the profile's account, where the reason is that it is another one
    """

    kind: DoubtKind
    account_id: str | None = None


def takes_keys(profile: Profile) -> bool:
    """Whether tools would use keys in this profile: it has some, or nothing that comes before them."""
    return "credentials" in profile.keys_in or profile.kind not in _COMES_BEFORE_KEYS


def same_account(workspace: Workspace, keys: Imported) -> list[Profile]:
    """The profiles that take keys, and have keys of the same account or are linked to it; sessions first for a
    session, long-term keys first for long-term keys."""
    wanted = keys.account_id
    if wanted is None:
        return []
    kind = "static" if keys.session_token is None else "session"
    found = [one for one in workspace.profiles() if takes_keys(one) and wanted in _accounts(workspace, one)]
    return sorted(found, key=lambda one: one.kind != kind)


def settled_target(workspace: Workspace, keys: Imported) -> str | None:
    """The profile that the keys go to without a question, None where somebody has to say.

    That is the one whose name the text tells; where there is no such profile yet and another one has keys of the same
    account, a new one might well be a duplicate.
    """
    if keys.profile is None:
        return None
    profile = workspace.profile(keys.profile)
    if profile is None:
        return None if same_account(workspace, keys) else keys.profile
    return keys.profile if takes_keys(profile) else None


def doubts(workspace: Workspace, target: str, keys: Imported) -> list[Doubt]:
    """What speaks against giving a profile these keys."""
    found = []
    profile = workspace.profile(target)
    if profile is not None and profile.kind == "static" and keys.session_token is not None:
        found.append(Doubt(DoubtKind.LONG_TERM))
    before = profile.account_id if profile is not None and profile.kind in ("static", "session") else None
    if before and keys.account_id and before != keys.account_id:
        found.append(Doubt(DoubtKind.OTHER_ACCOUNT, before))
    linked = [one.account_id for one in workspace.accounts.of_profile(target) if one.account_id and one.role is None]
    if linked and keys.account_id and keys.account_id not in linked and before not in linked:
        found.append(Doubt(DoubtKind.OTHER_LINK, linked[0]))
    if keys.expires_at is not None and keys.expires_at <= workspace.now:
        found.append(Doubt(DoubtKind.EXPIRED))
    if keys.is_root:
        found.append(Doubt(DoubtKind.ROOT))
    return found


def key_edits(workspace: Workspace, target: str, keys: KeySet, region: str | None = None) -> list[FileEdit]:
    """The edits that give a profile of the credentials file these keys, and take away what belongs to older ones.

    region  for a profile that has none
    """
    values = [
        (_KEYS[0], keys.access_key_id),
        (_KEYS[1], keys.secret_access_key),
        (_KEYS[2], keys.session_token or ""),
        (_EXPIRY, keys.expires_at.isoformat() if keys.expires_at else ""),
    ]
    profile = workspace.profile(target)
    if region is not None and (profile is None or profile.get("region") is None):
        values.append(("region", region))
    stanza = _stanza(workspace, target)
    if stanza is None:
        return [add_section("credentials", target, [(key, value) for key, value in values if value])]
    if keys.account_id is not None and stanza.option("aws_account_id") is not None:
        values.append(("aws_account_id", keys.account_id))
    return _changed(stanza, values)


def _changed(stanza: Stanza, values: list[tuple[str, str]]) -> list[FileEdit]:
    gone = _STALE | {key for key, value in values if not value}
    kept = [option for option in stanza.options if option.key not in gone]
    missing = [(key, value) for key, value in values if value and stanza.option(key) is None]
    edits: list[FileEdit] = [
        set_option(stanza, key, value) for key, value in values if value and stanza.option(key) is not None
    ]
    if missing:
        # The parts of a key stand together.
        beside = [option for option in kept if option.key in _KEYS]
        edits.append(insert_options(stanza, missing, among=beside or kept))
    return edits + [remove_option(stanza, option) for option in stanza.options if option.key in gone]


def _stanza(workspace: Workspace, target: str) -> Stanza | None:
    found = [stanza for stanza in workspace.stanzas(SectionType.PROFILE, target) if stanza.file == "credentials"]
    return found[-1] if found else None


def _accounts(workspace: Workspace, profile: Profile) -> set[str | None]:
    own = {profile.account_id} if profile.kind in ("static", "session") else set()
    return own | {account.account_id for account in workspace.accounts.of_profile(profile.name) if account.role is None}
