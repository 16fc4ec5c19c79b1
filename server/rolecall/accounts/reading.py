"""From the text of accounts files to `Accounts`: the entries, where they stand, and what is wrong with them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rolecall.accounts.fields import ALL, BY_NAME, problem, quoted
from rolecall.accounts.scanner import Member, Node, Scan, scan
from rolecall.catalog import suggest
from rolecall.lint.findings import quoted_key
from rolecall.model.accounts import Account, Accounts, AccountsError
from rolecall.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rolecall.host import FileText, Host

ROOT_FIELDS = ("$schema", "accounts")
_SHAPE = 'An accounts file holds {"accounts": [ … ]}'


def load(host: Host, user: str, workspace: Iterable[str] = ()) -> Accounts:
    """Read the user's file and those of the workspace folders. A file that does not exist registers nothing."""
    return merge(
        parse_file(host.read(user), user), *(parse_file(host.read(path), path, shared=True) for path in workspace)
    )


def merge(*files: Accounts) -> Accounts:
    """All accounts of several files; of entries with the same name the first counts.

    The user's file is given first: whoever has an account of their own under the name that the team uses means that
    one, and sees all of it. Entries are taken whole, so that every field of an account stands in one place.
    """
    entries: list[Account] = []
    for file in files:
        # A name that one file has twice is told there; both entries stay.
        known = {account.name for account in entries}
        entries += [account for account in file.entries if account.name not in known]
    return Accounts(tuple(entries), tuple(error for file in files for error in file.errors))


def parse_file(file: FileText, path: str, *, shared: bool = False) -> Accounts:
    """The accounts of a file in whatever state it is."""
    facts = file.facts
    if not facts.exists:
        return Accounts()
    if facts.is_dir or not facts.readable:
        what = "A folder stands in place of the accounts file" if facts.is_dir else "The accounts file cannot be read"
        return Accounts(errors=(AccountsError("unreadable-file", what, path, Span(0, 0, 1)),))
    accounts = parse(file.text, path, shared=shared)
    if facts.undecodable_at is None:
        return accounts
    message = "UTF-16 instead of UTF-8" if facts.utf16 else "This byte is not UTF-8"
    at = facts.undecodable_at
    error = AccountsError("not-utf8", message, path, scan(file.text).span(at, at + 1))
    return Accounts(accounts.entries, (error, *accounts.errors))


def parse(text: str, path: str, *, shared: bool = False) -> Accounts:
    """The accounts that a text registers. Never raises; an empty text is an empty file. `shared` as in `Account`."""
    reader = _Reader(scan(text), path, shared)
    reader.file()
    return Accounts(tuple(reader.entries), tuple(sorted(reader.errors, key=lambda error: error.span)))


class _Reader:
    """Goes through the nodes of one file and collects accounts and errors."""

    def __init__(self, source: Scan, path: str, shared: bool) -> None:
        self.entries: list[Account] = []
        self.errors: list[AccountsError] = []
        self._source = source
        self._path = path
        self._shared = shared

    def file(self) -> None:
        root = self._source.root
        if root is not None and root.kind == "object":
            self._root(root)
        elif root is not None:
            self._error("invalid-value", _SHAPE, root)
            # A bare list of accounts is easily understood, and its entries are worth having.
            self._accounts(root if root.kind == "array" else None)
        told = {error.span for error in self.errors}
        for fault in self._source.faults:
            span = self._source.span(fault.start, fault.end)
            # What is wrong with a value says more than that it is no JSON.
            if span not in told:
                self.errors.append(AccountsError("syntax-error", fault.message, self._path, span, fault.replacement))

    def _root(self, root: Node) -> None:
        members = self._members(root, ROOT_FIELDS)
        if "accounts" not in members:
            self._error("invalid-value", _SHAPE, root)
            return
        value = members["accounts"].value
        if value is not None and value.kind != "array":
            self._error("invalid-value", '"accounts" is a list in square brackets', value)
        self._accounts(value)

    def _accounts(self, array: Node | None) -> None:
        seen: dict[str, Span] = {}
        for item in array.items if array is not None else ():
            if item.kind != "object":
                self._error("invalid-value", "An account is an object in braces", item)
                continue
            account = self._account(item)
            if account is None:
                continue
            self.entries.append(account)
            span = account.at("name")
            first = seen.setdefault(account.name, span)
            if first != span:
                message = f"Account {quoted(account.name)} is already defined on line {first.line + 1}"
                self.errors.append(AccountsError("duplicate-account", message, self._path, span))

    def _account(self, node: Node) -> Account | None:
        members = self._members(node, tuple(BY_NAME))
        values: dict[str, str] = {}
        places = [("", self._source.span(node.start, node.start + 1))]
        for field in ALL:
            member = members.get(field.name)
            if member is None or member.value is None:
                continue
            value = self._value(field.name, member.value)
            if value is not None:
                values[field.attribute] = value
                places.append((field.name, self._source.span(member.value.start, member.value.end)))
        if "name" not in values and ("name" not in members or members["name"].value is None):
            self._error("unnamed-account", "This account has no name", node)
        # Something to call it by keeps an account that has lost its name in the views, where it can be mended.
        name = values.pop("name", None) or values.get("profile") or values.get("account_id")
        if name is None:
            return None
        start, end = self._source.position(node.start), self._source.position(node.end)
        return Account(name, self._path, start, end, tuple(places), shared=self._shared, **values)

    def _value(self, name: str, node: Node) -> str | None:
        """What a field says, if that is text."""
        if node.kind == "number" and name == "accountId":
            message = "An account id stands in double quotes: as a number it would lose its leading zeros"
            self._error("invalid-value", message, node, f'"{node.text}"' if node.text.isdecimal() else None)
            return node.text
        if node.kind != "string":
            self._error("invalid-value", f'"{name}" is text in double quotes', node)
            return None
        wrong = problem(BY_NAME[name], node.text)
        if wrong is not None:
            digits = re.sub(r"[\s-]", "", node.text)
            repaired = name == "accountId" and problem(BY_NAME[name], digits) is None
            self._error(*wrong, node, f'"{digits}"' if repaired else None)
        return node.text if node.text.strip() else None

    def _members(self, node: Node, known: tuple[str, ...]) -> dict[str, Member]:
        """The members of an object by name. The last of a name counts; names that mean nothing are told."""
        members: dict[str, Member] = {}
        for member in node.members:
            name = member.key.text
            if name not in known:
                near = suggest(name, [other for other in known if all(other != m.key.text for m in node.members)])
                hint = f'; did you mean "{near}"?' if near else ""
                message = f"Unknown field {quoted_key(name)}{hint}"
                self._error("unknown-key", message, member.key, f'"{near}"' if near else None)
                continue
            if name in members:
                line = self._source.position(members[name].key.start).line + 1
                self._error("duplicate-key", f'"{name}" is already set on line {line}: this value counts', member.key)
            members[name] = member
        return members

    def _error(self, rule: str, message: str, node: Node, replacement: str | None = None) -> None:
        span = self._source.span(node.start, node.end)
        self.errors.append(AccountsError(rule, message, self._path, span, replacement))
