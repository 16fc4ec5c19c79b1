"""Phrases that several messages share."""

from __future__ import annotations

from datetime import UTC, datetime

from rolecall.model.accounts import Accounts


def until(moment: datetime | None) -> str:
    """ " until 2026-11-22 13:04 UTC", or nothing where nobody knows."""
    return f" until {moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if moment is not None else ""


def short_id(account_id: str) -> str:
    """An account id as the views show it: 1111…2222."""
    return f"{account_id[:4]}…{account_id[-4:]}"


def account_words(accounts: Accounts, account_id: str | None) -> str:
    """ "Acme Dev 1111…2222", only the id where no account is registered for it, "" where there is none."""
    if not account_id:
        return ""
    known = accounts.of_id(account_id)
    return f"{known[0].name} {short_id(account_id)}" if known else f"account {short_id(account_id)}"
