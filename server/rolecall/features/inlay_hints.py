"""What is known beyond the text, shown within the lines: account names, and how long keys and sessions last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from rolecall import catalog
from rolecall.features.accounts_view import Register, register_of
from rolecall.features.labels import time_left, utc
from rolecall.model.expiry import EXPIRY_KEYS, expiry_of
from rolecall.model.profile import Profile
from rolecall.model.stanza import Stanza, stanzas
from rolecall.model.workspace import Workspace
from rolecall.readers.botocore.ini import Option
from rolecall.readers.botocore.merge import File, SectionType
from rolecall.text import Position

_ARNS = frozenset({"arn", "role-arn", "mfa-serial"})


class InlayHint(NamedTuple):
    """A text shown behind a position, with a space between."""

    position: Position
    label: str
    tooltip: str


def inlay_hints(
    workspace: Workspace,
    file: File,
    sessions: Mapping[str, datetime] | None = None,
    first: int = 0,
    last: int | None = None,
) -> list[InlayHint]:
    """The hints of a file, or of the sections that hold the lines from `first` to `last`, in file order.

    sessions  when the live session of a profile ends, by the profile's name

    Times are told as seen from the workspace's clock: who shows them moves it and asks again.
    """
    tree = workspace.document(file).tree
    if tree is None:
        return []
    register = register_of(workspace.accounts)
    return sorted(
        hint._replace(position=Position(hint.position.line + start, hint.position.column))
        for section, start in (tree.located() if last is None else tree.within(first, last))
        for stanza in stanzas(file, section)
        for hint in _hints(workspace, stanza, register, sessions or {})
    )


def _hints(
    workspace: Workspace, stanza: Stanza, register: Register, sessions: Mapping[str, datetime]
) -> Iterator[InlayHint]:
    profile = workspace.profile(stanza.name) if stanza.type is SectionType.PROFILE else None
    if profile is not None:
        yield from _on_header(profile, stanza, register, sessions.get(profile.name), workspace.now)
    type_ = stanza.section_type
    for option in stanza.options:
        span = option.value_span
        # Behind the first line of a value that goes on, a hint would say something of the whole.
        if span is None or option.last > option.line:
            continue
        hint = _account(type_, option, register)
        if hint is None and profile is not None and option.key in EXPIRY_KEYS:
            hint = _expiry(profile, option, workspace.now)
        if hint is not None:
            yield InlayHint(Position(span.line, span.end), *hint)


def _on_header(
    profile: Profile, stanza: Stanza, register: Register, end: datetime | None, now: datetime
) -> Iterator[InlayHint]:
    account = register.of_profile(profile)
    labels = [account.name] if account is not None else []
    tooltips = [f'Belongs to the registered account "{account.name}".'] if account is not None else []
    if end is not None:
        labels.append(time_left(end, now))
        tooltips.append(f"{'Its session ended' if end <= now else 'Its session ends'} on {utc(end)}.")
    if labels:
        span = stanza.header_span
        yield InlayHint(Position(span.line, span.end), " · ".join(labels), " ".join(tooltips))


def _account(type_: str, option: Option, register: Register) -> tuple[str, str] | None:
    """The name of the account whose id is in a value."""
    setting = catalog.setting(type_, option.key)
    if setting is None:
        return None
    if setting.type == "account-id":
        account_id = option.value
    elif setting.type in _ARNS and option.value.startswith("arn:"):
        account_id = (option.value.split(":", 5) + [""] * 5)[4]
    else:
        return None
    account = register.of_id(account_id)
    return (account.name, f'This is the registered account "{account.name}".') if account is not None else None


def _expiry(profile: Profile, option: Option, now: datetime) -> tuple[str, str] | None:
    """How long the keys of a profile last, as one of its settings has it."""
    others = {key: value for key, value in profile.values().items() if key not in EXPIRY_KEYS}
    found = expiry_of({**others, option.key: option.value})
    if found is None:
        return None
    left = time_left(found[1], now)
    return (left, f"Expired on {utc(found[1])}.") if found[1] <= now else (f"in {left}", f"Expires on {utc(found[1])}.")
