"""Registered accounts as plain values: what the accounts files say, and where.

`rolecall.accounts` fills these; the model, the rules and the views only look at them. Lines and columns count from 0,
columns in code points, as everywhere below `lsp`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from rolecall.text import Position, Span


FAULTS = frozenset({"duplicate-account", "unnamed-account"})
"""What is wrong with an accounts file and is no rule about AWS's own files, by the names that `AccountsError` has."""


class Account(NamedTuple):
    """One entry of an accounts file. A field that is absent, empty or not a string is None."""

    name: str
    path: str
    """The file that the entry stands in."""
    start: Position
    """The opening brace of the entry."""
    end: Position
    """Just after the closing brace, or after the last thing that could be read."""
    places: tuple[tuple[str, Span], ...]
    """Where each value stands, quotes included, by its name in the file (`accountId`). Under "" the opening brace."""
    description: str | None = None
    account_id: str | None = None
    """Twelve digits where the entry is right; a wrong value is kept, and told in `Accounts.errors`."""
    profile: str | None = None
    role: str | None = None
    """ARN of the role that is assumed with the profile."""
    region: str | None = None
    endpoint_url: str | None = None
    """Address of a stand-in for AWS such as LocalStack."""
    environment: str | None = None
    shared: bool = False
    """The entry stands in a file of the workspace, which others may have written: nothing is sent to its endpoint
    without consent."""

    def at(self, field: str) -> Span:
        """Where the value of `field` (its name in the file) stands, else that of the name, else the opening brace."""
        places = dict(self.places)
        return places.get(field) or places.get("name") or places[""]


class AccountsError(NamedTuple):
    """Something wrong in an accounts file, as data for a diagnostic."""

    rule: str
    """Name of the rule in kebab case."""
    message: str
    path: str
    span: Span
    replacement: str | None = None
    """Text that repairs the fault when it takes the place of the span; None where there is no evident repair."""


class Accounts(NamedTuple):
    """Every registered account, in file order, and what is wrong with the files."""

    entries: tuple[Account, ...] = ()
    errors: tuple[AccountsError, ...] = ()

    def named(self, name: str) -> Account | None:
        """The account of that name."""
        return next((account for account in self.entries if account.name == name), None)

    def of_profile(self, profile: str) -> tuple[Account, ...]:
        """The accounts that name the profile; one profile may serve several."""
        return tuple(account for account in self.entries if account.profile == profile)

    def of_id(self, account_id: str) -> tuple[Account, ...]:
        """The accounts with that twelve-digit id; one AWS account may be registered for several regions."""
        return tuple(account for account in self.entries if account.account_id == account_id)
