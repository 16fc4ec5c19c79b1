"""Changes of an accounts file that touch nothing but what they are asked to: text in, text out.

New entries and fields look like their neighbours: the same indentation, line ends and spacing. What these functions
return is written with `rolecall.store`, or handed to the editor that has the file open.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from rolecall.accounts.fields import ALL, BY_NAME, problem
from rolecall.accounts.scanner import Member, Node, scan

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence


class AccountsEditError(Exception):
    """The change cannot be made; the message says why and what to do, and may be shown as it is."""


def from_profile(
    profile: str,
    *,
    account_id: str | None = None,
    region: str | None = None,
    roles: Sequence[str] = (),
    taken: Collection[str] = (),
) -> dict[str, str]:
    """The fields of a new account for a profile, from what is known of the profile.

    `account_id` is the account of its keys, `roles` are the ARNs of the roles it can assume, `taken` the names of the
    accounts there are. Of the roles the first in the profile's own account is filled in, else the first; the entry is
    then about the account of that role, because that is where a session ends up.
    """
    role = next((role for role in roles if account_id is not None and f"::{account_id}:" in role), None)
    role = role or next(iter(roles), None)
    of_role = re.match(r"arn:[^:]*:iam::([0-9]{12}):", role or "")
    names = (profile if count == 1 else f"{profile} {count}" for count in range(1, len(taken) + 2))
    known = {
        "name": next(name for name in names if name not in taken),
        "accountId": of_role[1] if of_role else account_id,
        "profile": profile,
        "role": role,
        "region": region,
    }
    return {name: value for name, value in known.items() if value}


def add_account(text: str, fields: Mapping[str, str]) -> str:
    """The text with a new account at its end; `fields` by their names in the file. An empty text becomes a file.

    Raises AccountsEditError when a value is not right, the name is taken or the text is not JSON of the right shape.
    """
    _check(fields)
    if "name" not in fields:
        raise AccountsEditError("Not saved: an account needs a name.")
    ordered = {field.name: fields[field.name] for field in ALL if field.name in fields}
    if not text.strip().strip("\ufeff"):
        return json.dumps({"accounts": [ordered]}, indent=2, ensure_ascii=False) + "\n"
    root = _root(text)
    accounts = _accounts(root)
    if accounts is not None and _named(accounts, fields["name"]):
        raise AccountsEditError(f'Not saved: there is an account "{fields["name"]}" already. Choose another name.')
    if accounts is not None and accounts.items:
        last = accounts.items[-1]
        before = accounts.items[-2].end if len(accounts.items) > 1 else accounts.start
        return _splice(text, last.end, last.end, "," + _lead(text, before, last.start) + _like(text, last, ordered))
    unit, end = _unit(text), _line_end(text)
    if accounts is not None:
        outer = _indent(text, accounts.start)
        entry = _block(ordered, outer + unit, unit, end)
        return _splice(text, accounts.start, accounts.end, f"[{end}{outer}{unit}{entry}{end}{outer}]")
    entry = _block(ordered, unit * 2, unit, end)
    member = f'"accounts": [{end}{unit * 2}{entry}{end}{unit}]'
    if root.members:
        last_member = _end(root.members[-1])
        before = _end(root.members[-2]) if len(root.members) > 1 else root.start
        return _splice(text, last_member, last_member, "," + _lead(text, before, root.members[-1].key.start) + member)
    return _splice(text, root.start, root.end, f"{{{end}{unit}{member}{end}}}")


def update_account(text: str, name: str, changes: Mapping[str, str | None]) -> str:
    """The text with some fields of the account of that name changed, added or (None) removed.

    Raises AccountsEditError when there is no such account, a value is not right, a new name is taken, or the text is
    not JSON of the right shape.
    """
    _check({field: value for field, value in changes.items() if value is not None})
    if "name" in changes and changes["name"] is None:
        raise AccountsEditError("Not saved: an account needs a name.")
    accounts = _accounts(_root(text))
    entries = _named(accounts, name) if accounts is not None else []
    if accounts is None or not entries:
        raise AccountsEditError(f'Not saved: there is no account "{name}". Create it first.')
    new_name = changes.get("name") or name
    if new_name != name and _named(accounts, new_name):
        raise AccountsEditError(f'Not saved: there is an account "{new_name}" already. Choose another name.')
    position = accounts.items.index(entries[0])
    for field, value in changes.items():
        # Each change moves what stands behind it, and these files are small enough to be read again.
        text = _set(text, position, field, value)
    return text


def _set(text: str, position: int, field: str, value: str | None) -> str:
    """The text with one field of the entry at a position changed, added or removed."""
    entry = _entry(text, position)
    found = [index for index, member in enumerate(entry.members) if member.key.text == field]
    if value is None:
        for index in reversed(found):
            text = _without(text, _entry(text, position), index)
        return text
    if not found:
        return _with(text, entry, field, value)
    # The last of a name is the one that counts.
    member = entry.members[found[-1]]
    return _splice(text, (member.value or member.key).start, _end(member), _quote(value))


def _entry(text: str, position: int) -> Node:
    accounts = _accounts(_root(text))
    if accounts is None:
        raise LookupError("the accounts were there a moment ago")
    return accounts.items[position]


def _with(text: str, entry: Node, field: str, value: str) -> str:
    """The text with a member after the last one of an entry, which has one: its name."""
    last = entry.members[-1]
    before = _end(entry.members[-2]) if len(entry.members) > 1 else entry.start
    lead = _lead(text, before, last.key.start)
    return _splice(text, _end(last), _end(last), f",{lead}{_quote(field)}{_colon(text, last)}{_quote(value)}")


def _without(text: str, entry: Node, index: int) -> str:
    """The text without a member of an entry, its comma and the space around it."""
    member = entry.members[index]
    if index > 0:
        return _splice(text, _end(entry.members[index - 1]), _end(member), "")
    if len(entry.members) > 1:
        return _splice(text, member.key.start, entry.members[1].key.start, "")
    return _splice(text, entry.start + 1, entry.end - 1, "")


def _check(fields: Mapping[str, str]) -> None:
    for name, value in fields.items():
        if name not in BY_NAME:
            raise AccountsEditError(f'Not saved: an account has no field "{name}".')
        wrong = problem(BY_NAME[name], value)
        if wrong is not None:
            raise AccountsEditError(f"Not saved: {wrong[1][0].lower()}{wrong[1][1:]}.")


def _root(text: str) -> Node:
    source = scan(text)
    if source.faults:
        line = source.position(source.faults[0].start).line + 1
        raise AccountsEditError(f"Not saved: line {line} of the accounts file is not valid JSON. Correct it first.")
    if source.root is None or source.root.kind != "object":
        raise AccountsEditError('Not saved: the accounts file does not hold {"accounts": [ … ]}. Correct it first.')
    return source.root


def _accounts(root: Node) -> Node | None:
    value = next((member.value for member in reversed(root.members) if member.key.text == "accounts"), None)
    if value is not None and value.kind != "array":
        raise AccountsEditError('Not saved: "accounts" in the accounts file is not a list. Correct it first.')
    return value


def _named(accounts: Node, name: str) -> list[Node]:
    return [
        item
        for item in accounts.items
        if any(member.key.text == "name" and member.value and member.value.text == name for member in item.members)
    ]


def _like(text: str, model: Node, fields: Mapping[str, str]) -> str:
    """An entry that is laid out like another one."""
    if not model.members:
        return _block(fields, _indent(text, model.start), _unit(text), _line_end(text))
    first = model.members[0]
    opening, closing = text[model.start + 1 : first.key.start], text[_end(model.members[-1]) : model.end - 1]
    between = _lead(text, _end(first), model.members[1].key.start) if len(model.members) > 1 else opening or " "
    colon = _colon(text, first)
    members = f",{between}".join(f"{_quote(name)}{colon}{_quote(value)}" for name, value in fields.items())
    return f"{{{opening}{members}{closing}}}"


def _block(fields: Mapping[str, str], indent: str, unit: str, end: str) -> str:
    """An entry over several lines."""
    members = f",{end}{indent}{unit}".join(f"{_quote(name)}: {_quote(value)}" for name, value in fields.items())
    return f"{{{end}{indent}{unit}{members}{end}{indent}}}"


def _lead(text: str, before: int, start: int) -> str:
    """The space in front of something, back to the comma or bracket before it."""
    return re.sub(r"^\s*,|^[\[{]", "", text[before:start])


def _colon(text: str, member: Member) -> str:
    """The colon of a member with the space around it."""
    return text[member.key.end : member.value.start] if member.value else ": "


def _end(member: Member) -> int:
    return (member.value or member.key).end


def _indent(text: str, offset: int) -> str:
    """The space at the beginning of the line that an offset is on."""
    line = text[max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1 :]
    return line[: len(line) - len(line.lstrip(" \t"))]


def _unit(text: str) -> str:
    """One step of indentation: that of the first indented line, else two spaces."""
    found = re.search(r"[\r\n]([ \t]+)\S", text)
    return found[1] if found else "  "


def _line_end(text: str) -> str:
    found = re.search(r"\r\n|\n|\r", text)
    return found[0] if found else "\n"


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _splice(text: str, start: int, end: int, new: str) -> str:
    return text[:start] + new + text[end:]
