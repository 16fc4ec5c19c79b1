"""What the thing under the cursor means: a setting, a value, a section. At most twelve lines of Markdown."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import NamedTuple

from rolecall import catalog
from rolecall.catalog import Setting
from rolecall.features.chain import chain
from rolecall.features.cursor import Cursor, Part, at
from rolecall.features.labels import KIND_LABELS, utc
from rolecall.features.markdown import code, escape, meaning, readers, type_label
from rolecall.features.masking import masked
from rolecall.features.navigation import Subject, subject
from rolecall.features.readability import QUESTION, of_line, of_section
from rolecall.model.account_id import account_of_key
from rolecall.model.expiry import EXPIRY_KEYS, expiry_of, parse_expiry
from rolecall.model.profile import Profile
from rolecall.model.stanza import Stanza
from rolecall.model.workspace import Workspace
from rolecall.readers.botocore.ini import Option, Sub
from rolecall.readers.botocore.merge import File, SectionType
from rolecall.settings import Settings
from rolecall.text import Position, Span

MAX_LINES = 12

_MAX_ROWS = 3
_MAX_NAMES = 5
_ARN = re.compile(
    r"arn:(?P<partition>[\w-]+):(?P<service>[\w-]+):[\w-]*:(?P<account>\d{12})?:(?P<resource>[\x21-\x7e]+)", re.ASCII
)
_RESOURCES = {"mfa": "MFA device", "assumed-role": "assumed role"}


class Hover(NamedTuple):
    """A text, and the piece of the line that it is about."""

    markdown: str
    span: Span


class _Occurrence(NamedTuple):
    """A place that gives a setting a value: as it may be shown, and as "config:4"."""

    value: str
    place: str


def hover(
    workspace: Workspace, file: File, position: Position, team: Collection[str] = Settings().readers
) -> Hover | None:
    """What there is to say of what stands at a position; None where there is nothing.

    team  the tools that come first where not all of them read alike
    """
    cursor = at(workspace, file, position)
    who, line = _who(workspace, cursor, team)
    text = _text(workspace, cursor, is_brief=bool(who))
    if not text and not who:
        return None
    return Hover(_fitting(text, who), cursor.span if text else line)


def _text(workspace: Workspace, cursor: Cursor, *, is_brief: bool) -> str:
    if cursor.stanza is None or not cursor.touches:
        return ""
    match cursor.part:
        case Part.HEADER:
            return _header(workspace, cursor)
        case Part.KEY | Part.NESTED_KEY:
            return _key(workspace, cursor, is_brief=is_brief)
        case Part.VALUE | Part.NESTED_VALUE:
            return _value(workspace, cursor, is_brief=is_brief)
        case _:
            return ""


def _fitting(text: str, last: str) -> str:
    """Both texts, without the paragraphs of the first one that are too many: its least important stand last."""
    if not last:
        return text
    parts = text.split("\n\n") if text else []
    while len("\n\n".join((*parts, last)).split("\n")) > MAX_LINES:
        parts.pop()
    return "\n\n".join((*parts, last))


def _who(workspace: Workspace, cursor: Cursor, team: Collection[str]) -> tuple[str, Span]:
    """Who makes what of the line at the cursor, where not all tools read it alike; and the line without its indent."""
    tree = workspace.document(cursor.file).tree
    nothing = "", cursor.span
    if tree is None:
        return nothing
    section, first = tree.at(cursor.line)
    number = cursor.line - first
    if number >= section.size:
        return nothing
    line = section.lines[number]
    span = Span(cursor.line, line.indent, len(line.text.rstrip()))
    if not span.start <= cursor.position.column <= span.end:
        return nothing
    if number == section.header:
        rows = of_section(workspace, cursor.file, section, team)
    else:
        rows = of_line(workspace, cursor.file, section, number, team)
    if not rows:
        return nothing
    return "  \n".join((f"**{QUESTION}**", *(f"{row.names}: {row.text}" for row in rows))), span


# Settings


def _key(workspace: Workspace, cursor: Cursor, *, is_brief: bool) -> str:
    found = cursor.sub or cursor.option
    if found is None or cursor.stanza is None:
        return ""
    setting = catalog.setting(cursor.section_type, found.key)
    if setting is None:
        # Not even its name is repeated, as a part of a secret may have become a key.
        return "Unknown setting: no tool that Rolecall knows reads it." if catalog.settings(cursor.section_type) else ""
    blocks = [f"**{escape(setting.name)}** · {type_label(setting)}", meaning(setting)]
    occurrences = list(_occurrences(workspace, cursor.stanza, cursor.section_type, found, cursor.option))
    table = _table(occurrences[:1] if is_brief else occurrences)
    return "\n\n".join(filter(None, (*blocks, table, readers(setting))))


def _table(occurrences: list[_Occurrence]) -> str:
    """The value that counts first, then those that it hides."""
    if not occurrences:
        return ""
    first, *others = occurrences
    if not others:
        return f"Effective value: {first.value} · from {first.place}"
    rows = ["| Effective value | From | Shadowed by |", "|---|---|---|", f"| {first.value} | {first.place} | |"]
    rows += [f"| {other.value} | {other.place} | {first.place} |" for other in others[: _MAX_ROWS - 1]]
    return "\n".join(rows)


def _occurrences(
    workspace: Workspace, stanza: Stanza, type_: str, found: Option | Sub, option: Option | None
) -> Iterator[_Occurrence]:
    """The places that give this setting of the profile a value, the one that counts first."""
    profile = workspace.profile(stanza.name) if stanza.type is SectionType.PROFILE else None
    effective = profile.settings.get(option.key) if profile and option else None
    if effective is None:
        return
    for other, given in ((effective.stanza, effective.option), *reversed(effective.shadowed)):
        if isinstance(found, Option):
            yield _Occurrence(_option_value(type_, given), _place(workspace, other, given.line))
            continue
        # A block counts as a whole: what the block that counts does not set, is not set.
        sub = next((sub for sub in reversed(given.nested) if sub.key == found.key), None)
        value = _shown(type_, sub.key, sub.value) if sub else "not set"
        yield _Occurrence(value, _place(workspace, other, (sub or given).line))


def _option_value(type_: str, option: Option) -> str:
    if option.is_nested:
        count = len(option.nested)
        return f"{count} setting{'' if count == 1 else 's'}"
    return _shown(type_, option.key, option.value)


def _shown(type_: str, key: str, value: str) -> str:
    """A value as it may be shown in a cell."""
    found = catalog.setting(type_, key)
    text = masked(type_, key, value)
    return escape(text) if found is None or found.secret or found.wildcard or not text else code(text)


def _place(workspace: Workspace, stanza: Stanza, line: int | None = None) -> str:
    """A line of a stanza's section of the tree, or else its header, as "config:4"."""
    name = re.split(r"[\\/]", workspace.document(stanza.file).path)[-1]
    below = 0 if line is None else line - stanza.ini.line
    return f"{escape(name)}:{workspace.line_of(stanza) + below + 1}"


# Values


def _value(workspace: Workspace, cursor: Cursor, *, is_brief: bool) -> str:
    """What a value names or holds; else the setting's own text."""
    found = cursor.sub or cursor.option
    if found is None or found.value_span is None:
        return ""
    setting = catalog.setting(cursor.section_type, found.key)
    if setting is None:
        return ""
    named = subject(cursor)
    if named is not None:
        return _named(workspace, named)
    text = "" if "\n" in found.value else _explained(workspace, setting, found.value)
    return text or _key(workspace, cursor, is_brief=is_brief)


def _explained(workspace: Workspace, setting: Setting, value: str) -> str:
    match setting.type:
        case "region":
            return _region(value)
        case "role-arn" | "arn" | "mfa-serial":
            return _arn(workspace, value)
        case "account-id":
            name = _registered(workspace, value)
            return f"**{escape(name)}** · account {code(value)}" if name else ""
        case "access-key-id":
            return _key_id(workspace, setting, value)
        case "datetime" if setting.name in EXPIRY_KEYS:
            moment = parse_expiry(setting.name, value)
            return _expiry(workspace, moment) if moment else ""
        case _:
            return ""


def _region(value: str) -> str:
    region = catalog.regions().get(value)
    if region is None:
        return f"{code(masked('profile', 'region', value))} · no Region that boto3 knows"
    partition = catalog.partitions()[region.partition]
    title = "" if partition.id == "aws" else f" · {escape(partition.title)}"
    return f"**{escape(region.id)}** · {escape(region.description)}{title}"


def _arn(workspace: Workspace, value: str) -> str:
    found = _ARN.fullmatch(value)
    if found is None:
        return ""
    kind, _, name = found["resource"].partition("/")
    path, _, last = name.rpartition("/")
    service = found["service"].upper()
    title = f"{service} {_RESOURCES.get(kind, kind)}" if last else service
    parts = [f"**{escape(last or kind)}** · {escape(title)}"]
    if found["account"]:
        parts.append(f"Account: {_account(workspace, found['account'])}")
    if path:
        parts.append(f"Path: {code(f'/{path}/')}")
    partition = catalog.partitions().get(found["partition"])
    if partition is not None and partition.id != "aws":
        parts.append(f"Partition: {escape(partition.title)}")
    return "  \n".join(parts)


def _key_id(workspace: Workspace, setting: Setting, value: str) -> str:
    kinds = {"AKIA": "long-term access key", "ASIA": "temporary access key"}
    kind = kinds.get(value[:4])
    if kind is None:
        return ""
    account = account_of_key(value)
    owner = f"  \nAccount: {_account(workspace, account)}" if account else ""
    return f"{code(masked('profile', setting.name, value))} · {kind}{owner}"


def _named(workspace: Workspace, named: Subject) -> str:
    """The section that a value refers to."""
    headers = workspace.stanzas(named.type, named.name)
    if not headers:
        kind = "profile" if named.type is SectionType.PROFILE else f"{named.type.value} section"
        return f"No {kind} {code(named.name)} in either file"
    return _section(workspace, named.type, named.name)


# Sections


def _header(workspace: Workspace, cursor: Cursor) -> str:
    found = subject(cursor)
    if found is not None:
        return _section(workspace, found.type, found.name)
    assert cursor.stanza is not None
    is_header = cursor.line - cursor.first == cursor.stanza.ini.line
    known = catalog.section_type(cursor.stanza.section_type) if is_header else None
    # [DEFAULT] is Python's, and holds the settings of profiles without being one.
    if known is None or known.named:
        return ""
    return f"**{escape(known.name)}**\n\n{known.help}\n\n[Documentation]({known.docs})"


def _section(workspace: Workspace, type_: SectionType, name: str) -> str:
    if type_ is SectionType.PROFILE:
        profile = workspace.profile(name)
        lines = list(_profile(workspace, profile)) if profile else []
    else:
        lines = list(_shared(workspace, type_, name))
    places = [_place(workspace, stanza) for stanza in workspace.stanzas(type_, name)[:_MAX_NAMES]]
    lines.append(f"Defined in: {', '.join(places)}")
    first, *others = lines
    return first + "\n\n" + "  \n".join(others)


def _profile(workspace: Workspace, profile: Profile) -> Iterator[str]:
    yield f"**{escape(profile.name)}** · {KIND_LABELS[profile.kind]}"
    way = chain(workspace, profile.name)
    if len(way) > 1:
        yield code(" → ".join(way))
    if profile.account_id:
        yield f"Account: {_account(workspace, profile.account_id)}"
    else:
        registered = workspace.accounts.of_profile(profile.name)
        if registered:
            yield f"Account: {escape(registered[0].name)}"
    region = profile.get("region")
    if region:
        yield f"Region: {code(masked('profile', 'region', region))}"
    expiry = expiry_of(profile.values())
    if expiry is not None and profile.kind in ("static", "session"):
        yield _expiry(workspace, expiry[1])


def _shared(workspace: Workspace, type_: SectionType, name: str) -> Iterator[str]:
    """A section that profiles share."""
    settings = workspace.settings(type_, name) or {}
    if type_ is SectionType.SSO_SESSION:
        yield f"**{escape(name)}** · IAM Identity Center (SSO) sign-in"
        for key, title in (("sso_start_url", "Start page"), ("sso_region", "Region")):
            value = settings.get(key)
            if isinstance(value, str) and value:
                yield f"{title}: {code(masked('sso-session', key, value))}"
    else:
        yield f"**{escape(name)}** · endpoints of services"
    used = workspace.referrers(type_, name)
    more = f" and {len(used) - _MAX_NAMES} more" if len(used) > _MAX_NAMES else ""
    yield f"Used by: {', '.join(map(escape, used[:_MAX_NAMES]))}{more}" if used else "Used by no profile"


def _account(workspace: Workspace, account_id: str) -> str:
    """An account by its number, with its name where it is registered."""
    name = _registered(workspace, account_id)
    number = escape(masked("profile", "aws_account_id", account_id))
    return f"{escape(name)} ({number})" if name else number


def _registered(workspace: Workspace, account_id: str) -> str:
    return ", ".join(account.name for account in workspace.accounts.of_id(account_id))


def _expiry(workspace: Workspace, moment: datetime) -> str:
    return f"{'Expired' if moment <= workspace.now else 'Expires'} on {utc(moment)}"
