"""All profiles as tree, status bar and command line show them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Set
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple

from rolecall.features.accounts_view import Problem, Register, register_of, worst_first
from rolecall.features.chain import chain
from rolecall.features.masking import key_name, masked, one_line
from rolecall.lint import Severity
from rolecall.model.expiry import expiry_of
from rolecall.model.profile import Effective, Kind, Profile
from rolecall.model.stanza import Stanza
from rolecall.model.workspace import FILES, Workspace
from rolecall.readers.botocore.merge import SectionType
from rolecall.syntax import Section

Status = Literal["ok", "warning", "error"]

_ACCOUNT_ID = re.compile(r"[0-9]{12}", re.ASCII)
_STATUS: Mapping[Severity, Status] = {Severity.ERROR: "error", Severity.WARNING: "warning"}


class Row(NamedTuple):
    """Where something stands; `line` counts from 1."""

    path: str
    line: int

    def to_json(self) -> dict[str, Any]:
        return {"path": self.path, "line": self.line}


class KeyRow(NamedTuple):
    """A setting that counts, with its value as it may be shown."""

    name: str
    value: str
    place: Row

    def to_json(self) -> dict[str, Any]:
        return {"name": self.name, "value": self.value, **self.place.to_json()}


class ProfileRow(NamedTuple):
    """One profile.

    status      by the worst of its problems; remarks leave it "ok"
    problems    names of rules, each once, the worst first
    account     the name of the registered account
    chain       names of profiles, the source first and this one last; see `rolecall.features.chain`
    expires_at  aware
    defined_at  its headers, those of the config file first
    keys        in the order of the files, the config file first
    """

    name: str
    kind: Kind
    status: Status
    problems: tuple[str, ...]
    account_id: str | None
    account: str | None
    region: str | None
    role_arn: str | None
    chain: tuple[str, ...]
    expires_at: datetime | None
    defined_at: tuple[Row, ...]
    keys: tuple[KeyRow, ...]

    def to_json(self) -> dict[str, Any]:
        """The profile as protocol and command line have it; times are ISO 8601 in UTC."""
        expires = self.expires_at
        return {
            "name": self.name,
            "kind": self.kind,
            "status": self.status,
            "problems": list(self.problems),
            "accountId": self.account_id,
            "account": self.account,
            "region": self.region,
            "roleArn": self.role_arn,
            "chain": list(self.chain),
            "expiresAt": expires.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if expires is not None else None,
            "definedAt": [row.to_json() for row in self.defined_at],
            "keys": [row.to_json() for row in self.keys],
        }


def profiles(
    workspace: Workspace,
    problems: Callable[[str], Iterable[Problem]],
    sessions: Mapping[str, datetime] | None = None,
    shown: Callable[[str], str] = str,
    names: Iterable[str] | None = None,
) -> list[ProfileRow]:
    """Every profile, or those of some names, in the order of the files.

    problems  what there is to report of a profile
    sessions  when the live session of a profile ends, by the profile's name
    shown     a path as it is shown

    Linear in the files and in the profiles, as long as `problems` is.
    """
    wanted = workspace.profiles() if names is None else [p for name in names if (p := workspace.profile(name))]
    headers = [stanza for profile in wanted for stanza in workspace.stanzas(SectionType.PROFILE, profile.name)]
    # What [DEFAULT] gives a profile stands elsewhere.
    given = [found.stanza for profile in wanted for found in profile.settings.values()]
    places = _Places(workspace, shown, {stanza.section for stanza in (*headers, *given)})
    register = register_of(workspace.accounts)
    return [
        _row(workspace, profile, list(problems(profile.name)), (sessions or {}).get(profile.name), register, places)
        for profile in wanted
    ]


class _Places:
    """The lines of sections, counted once."""

    def __init__(self, workspace: Workspace, shown: Callable[[str], str], sections: Set[Section]) -> None:
        self._paths = {file: shown(workspace.document(file).path) for file in FILES}
        self._starts: dict[Section, int] = {}
        for file in FILES:
            tree = workspace.document(file).tree
            if tree is not None:
                self._starts.update(tree.starts_of(sections))

    def row(self, stanza: Stanza, line: int) -> Row:
        """A line of a section."""
        return Row(self._paths[stanza.file], self._starts[stanza.section] + line + 1)

    def order(self, effective: Effective) -> tuple[int, int]:
        """A setting's place in the order of the files."""
        stanza = effective.stanza
        return FILES.index(stanza.file), self._starts[stanza.section] + effective.option.line


def _row(
    workspace: Workspace,
    profile: Profile,
    problems: list[Problem],
    session: datetime | None,
    register: Register,
    places: _Places,
) -> ProfileRow:
    account = register.of_profile(profile)
    account_id = profile.account_id
    expiry = expiry_of(profile.values())
    stanzas = workspace.stanzas(SectionType.PROFILE, profile.name)
    return ProfileRow(
        profile.name,
        profile.kind,
        _STATUS.get(min((problem.severity for problem in problems), default=Severity.HINT), "ok"),
        worst_first(problems),
        account_id if account_id is not None and _ACCOUNT_ID.fullmatch(account_id) else None,
        account.name if account is not None else None,
        _plain(profile, "region"),
        _plain(profile, "role_arn"),
        tuple(one_line(name) for name in chain(workspace, profile.name)),
        session or (expiry[1] if expiry is not None else None),
        tuple(places.row(stanza, stanza.ini.line) for stanza in stanzas),
        tuple(_key(found, places) for found in sorted(profile.settings.values(), key=places.order)),
    )


def _plain(profile: Profile, key: str) -> str | None:
    """A value that is no secret, None where it is not set or empty."""
    return masked("profile", key, profile.get(key) or "") or None


def _key(effective: Effective, places: _Places) -> KeyRow:
    stanza, option = effective.stanza, effective.option
    type_ = stanza.section_type
    return KeyRow(
        key_name(type_, option.written), masked(type_, option.key, option.value), places.row(stanza, option.line)
    )
