"""Which profiles there are, for lists that show a part of them at a time.

Of tens of thousands of profiles nobody looks at more than a few. So the whole list is made of what is cheap to know of
each: its name, its group, and whether it fits what was typed. Rows are made of those that are looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from rolecall.features.accounts_view import Problem, Register
from rolecall.features.kinds import kind_of
from rolecall.lint import Severity
from rolecall.model.account_id import account_of_key
from rolecall.model.accounts import Account
from rolecall.model.expiry import EXPIRY_KEYS, expiry_of
from rolecall.model.form import ProfileForm
from rolecall.model.profile import Kind
from rolecall.model.stanza import stanzas
from rolecall.model.workspace import FILES, Workspace
from rolecall.readers.botocore.merge import File, SectionType, meaning
from rolecall.syntax import Section
from rolecall.syntax.regular import regular

Group = Literal["profiles", "roles", "sso", "dangling"]

GROUPS: tuple[Group, ...] = ("profiles", "roles", "sso", "dangling")
"""The groups in the order in which they are shown."""

_PROBLEMS = (Severity.ERROR, Severity.WARNING)
_FOUND_BY = ("role_arn", "sso_role_name", "sso_account_id", "aws_account_id", "aws_access_key_id")
_GROUP_OF_KIND: Mapping[Kind | None, Group] = {
    "assume-role": "roles",
    "web-identity": "roles",
    "sso": "sso",
    "login": "sso",
}


class Listing(NamedTuple):
    """The names of the profiles in each group, in the order of the files, and of the accounts that fit."""

    groups: Mapping[Group, Sequence[str]]
    accounts: Sequence[Account]

    @property
    def total(self) -> int:
        """How many profiles there are in all groups."""
        return sum(map(len, self.groups.values()))

    def place_of(self, name: str) -> tuple[Group, int] | None:
        """The group that a profile is in, and how many are before it there."""
        return next(((group, names.index(name)) for group, names in self.groups.items() if name in names), None)


def listing(
    workspace: Workspace, verdicts: Mapping[str, Sequence[Problem]], register: Register, query: str = ""
) -> Listing:
    """The profiles and accounts that fit what was typed: all where nothing was.

    verdicts  what there is to report, by the name of the profile
    query     words, each of which a name, an account's name or id, or a role has in it, in whatever letter case
    """
    words = query.casefold().split()
    groups: dict[Group, list[str]] = {group: [] for group in GROUPS}
    for name in dict.fromkeys([name for file in FILES for name in _fitting(workspace, file, words, register)]):
        groups[_group(kind_of(workspace, name), verdicts.get(name, ()))].append(name)
    registered = workspace.accounts.entries
    return Listing(groups, [account for account in registered if _has_all(words, _about_account(account))])


def problem_count(verdicts: Iterable[Iterable[Problem]]) -> int:
    """How many problems there are, of each rule one for each profile. Remarks are none."""
    return sum(len({one.rule for one in found if one.severity in _PROBLEMS}) for found in verdicts)


def next_expiry(workspace: Workspace, sessions: Mapping[str, datetime], now: datetime) -> datetime | None:
    """When the next thing expires that is still good: the keys of a profile, or its session."""
    moments = [moment for moment in sessions.values() if moment > now]
    for name in workspace.names(SectionType.PROFILE):
        found = expiry_of(workspace.plain_settings(name)) if _may_expire(workspace.form(name)) else None
        if found is not None and found[1] > now:
            moments.append(found[1])
    return min(moments, default=None)


def _may_expire(form: ProfileForm | None) -> bool:
    return form is None or any(one is not None and not one.settings.keys().isdisjoint(EXPIRY_KEYS) for one in form)


def _group(kind: Kind | None, verdicts: Iterable[Problem]) -> Group:
    if kind in _GROUP_OF_KIND:
        return _GROUP_OF_KIND[kind]
    return "dangling" if any(one.rule == "dangling-config" for one in verdicts) else "profiles"


def _fitting(workspace: Workspace, file: File, words: Sequence[str], register: Register) -> list[str]:
    """The names of the profiles of a file, in its order, of which some section fits."""
    found = workspace.profile_sections(file)
    if not words:
        return [name for name, _ in found]
    about = _ABOUT[file]
    return [name for name, section in found if _fits(words, name, section.memo(about), register)]


class _About(NamedTuple):
    """What a section may be found by, in lower case, and the account that it says it is of."""

    text: str
    account_id: str


def _fits(words: Sequence[str], name: str, about: _About, register: Register) -> bool:
    missing = [word for word in words if word not in about.text]
    if not missing:
        return True
    registered = register.concerning(name, about.account_id)
    return bool(registered) and _has_all(missing, " ".join([account.name for account in registered]))


def _about_config(section: Section) -> _About:
    return _about_section("config", section)


def _about_credentials(section: Section) -> _About:
    return _about_section("credentials", section)


_ABOUT: Mapping[File, Callable[[Section], _About]] = {"config": _about_config, "credentials": _about_credentials}


def _about_section(file: File, section: Section) -> _About:
    known = regular(section)
    if known is not None:
        return _about_settings(meaning(file, known.header).name, known.entries)
    found = [
        _about_settings(stanza.name, {option.key: option.value for option in stanza.options})
        for stanza in stanzas(file, section)
    ]
    return _About("\n".join([one.text for one in found]), next((one.account_id for one in found), ""))


def _about_settings(name: str, settings: Mapping[str, str]) -> _About:
    # A value over several lines may hold what is no part of it.
    role, sso_role, sso_id, own_id, key_id = (settings.get(key, "").partition("\n")[0] for key in _FOUND_BY)
    arn_id = role.split(":")[4] if role.count(":") >= 5 else ""
    account_id = sso_id or arn_id or account_of_key(key_id) or own_id
    return _About(f"{name}\n{role.partition(':role/')[2]}\n{sso_role}\n{account_id}".casefold(), account_id)


def _about_account(account: Account) -> str:
    return f"{account.name} {account.account_id or ''} {account.profile or ''} {account.environment or ''}"


def _has_all(words: Sequence[str], text: str) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words)
