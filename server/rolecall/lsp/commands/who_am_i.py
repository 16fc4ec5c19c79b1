"""Ask AWS whom the credentials of a profile speak for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rolecall.lsp.live import blocking, documents, options
from rolecall.lsp.protocol import in_background
from rolecall.lsp.session import Session
from rolecall.lsp.words import account_words
from rolecall.sessions.control import CancelToken
from rolecall.sessions.identity import Identity, who_am_i
from rolecall.sessions.mfa import AskMfa

_COPY = "Copy ARN"


async def run(session: Session, argument: Mapping[str, Any]) -> Any:
    profile = argument["profile"]
    found = await identify(session, profile)
    text = f"{profile} is {found.arn} in {account_words(session.accounts, found.account)}."
    if "copyText" in session.client.abilities:
        in_background(_offer_copy(session, text, found.arn), session.tasks)
    else:
        session.client.show(3, text)
    return {"account": found.account, "arn": found.arn}


async def _offer_copy(session: Session, text: str, arn: str) -> None:
    if await session.client.ask(3, text, [_COPY]) == _COPY:
        await session.client.copy(arn)


async def identify(session: Session, profile: str) -> Identity:
    """Whom a profile speaks for. Raises SessionError."""
    found = documents(session.own.service.workspace)
    alive = session.ledger.session(profile, found)

    def work(ask_mfa: AskMfa, progress: Callable[[str], None], cancel: CancelToken) -> Identity:
        return who_am_i(
            profile,
            found,
            session=alive,
            ask_mfa=ask_mfa,
            progress=progress,
            cancel=cancel,
            options=options(session),
        )

    return await blocking(session, profile, f"Asking AWS who {profile} is", work)
