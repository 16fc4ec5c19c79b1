"""Open the accounts file at an account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rolecall.lsp.session import Session
from rolecall.model.accounts import Account


async def run(session: Session, argument: Mapping[str, Any]) -> Any:
    account = session.accounts.named(argument["name"])
    if account is None:
        session.client.show(2, "There is no such account any more.")
        return
    await show_account(session, account)


async def show_account(session: Session, account: Account) -> None:
    """Open the file that an account is registered in, with the caret before it: typing must not replace it."""
    place = session.location(account.path, account.start, account.start)
    await session.client.show_document(place["uri"], place["range"])
