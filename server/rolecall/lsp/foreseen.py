"""What may go wrong in a foreseen way: it is shown to the user in one sentence, and is no error of the server."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from rolecall.lsp.session import Session


async def guarded(session: Session, doing: Awaitable[Any]) -> Any:
    """Do something for the user, and say so where it cannot be done. Whoever cancelled knows already."""
    # Not needed before there is something to do, which is long after the first diagnostics.
    from rolecall.accounts import AccountsEditError
    from rolecall.edits import EditError
    from rolecall.sessions.errors import SessionError
    from rolecall.store.errors import StoreError

    try:
        return await doing
    except SessionError as error:
        if error.code != "cancelled":
            session.client.show(1, str(error))
    except (StoreError, EditError, AccountsEditError) as error:
        session.client.show(1, str(error))
    return None
