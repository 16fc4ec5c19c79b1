"""Registered accounts as plain values: what the accounts files say, and where.

`rolecall.accounts` fills these; the model, the rules and the views only look at them. Offsets and columns count code
points; lines and columns start at 1.
"""
from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Place(NamedTuple):
    """A stretch of an accounts file; the end is exclusive. Never empty, except in an empty file."""

    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Account:
    """One entry of an accounts file. A field that is absent, or not a string, is None."""

    name: str
    path: str
    """The file that the entry stands in."""
    place: Place
    """The whole entry, braces included; usually several lines."""
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
    places: tuple[tuple[str, Place], ...] = ()
    """Where each value stands, by its name in the file (`accountId`); each within one line, quotes included."""

    def at(self, field: str) -> Place:
        """Where the value of `field` (its name in the file) stands, else that of the name, else the opening brace."""
        places = dict(self.places)
        start, _, line, column, _, _ = self.place
        return places.get(field) or places.get("name") or Place(start, start + 1, line, column, line, column + 1)

    @property
    def line(self) -> int:
        """The line of the entry's name, which is where a click on the account leads."""
        return self.at("name").line

    @property
    def is_production(self) -> bool:
        """The entry says that this is where mistakes are expensive."""
        return (self.environment or "").strip().casefold() in ("production", "prod")


@dataclass(frozen=True, slots=True)
class AccountsError:
    """Something wrong in an accounts file, as data for a diagnostic."""

    rule: str
    """Name of the rule in kebab case."""
    message: str
    path: str
    place: Place
    """Within one line."""
    replacement: str | None = None
    """Text that repairs the place when it is put there, for a fault that has one evident repair."""


@dataclass(frozen=True, slots=True)
class Accounts:
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
        """The accounts with that twelve-digit id; the same AWS account may be registered for several regions."""
        return tuple(account for account in self.entries if account.account_id == account_id)
