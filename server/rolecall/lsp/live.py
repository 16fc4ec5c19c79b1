"""Live sessions for commands: the documents as they are in the editor, and resolving a profile without blocking."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import CancelledError
from pathlib import Path
from typing import TypeVar

from rolecall.lsp.client import Progress
from rolecall.lsp.session import Session
from rolecall.model.workspace import FILES, Workspace
from rolecall.readers.botocore.merge import settings_of
from rolecall.sessions.control import CancelToken
from rolecall.sessions.documents import Documents
from rolecall.sessions.mfa import AskMfa
from rolecall.sessions.options import Options
from rolecall.sessions.session import Session as AwsSession
from rolecall.syntax import Tree

T = TypeVar("T")


def documents(workspace: Workspace) -> Documents:
    """Both files as they are in the editor. Of a file that botocore would refuse, what it would be once repaired."""
    config, credentials = (workspace.document(file).tree for file in FILES)
    return documents_of(config, credentials)


def documents_of(config: Tree | None, credentials: Tree | None) -> Documents:
    """The same of two files that need not be those in the editor."""
    return Documents(settings_of(config) if config else {}, settings_of(credentials) if credentials else {})


def options(session: Session) -> Options:
    """SSO profiles work with the token that the AWS CLI keeps in the home folder; it is only read."""
    return Options(sso_cache=Path(session.host.home(), ".aws", "sso", "cache"))


async def obtain(session: Session, profile: str, title: str) -> AwsSession:
    """The session of a profile: the one that lives, else a new one, with progress, questions and a way to cancel.

    Raises SessionError with a sentence for the user.
    """
    found = documents(session.own.service.workspace)
    alive = session.ledger.session(profile, found)
    if alive is not None:
        return alive
    from rolecall.sessions.resolution import resolve

    def work(ask_mfa: AskMfa, progress: Callable[[str], None], cancel: CancelToken) -> AwsSession:
        return resolve(profile, found, ask_mfa=ask_mfa, progress=progress, cancel=cancel, options=options(session))

    made = await blocking(session, profile, title, work)
    session.ledger.remember(made)
    session.profiles_changed()
    return made


async def blocking(
    session: Session,
    profile: str,
    title: str,
    work: Callable[[AskMfa, Callable[[str], None], CancelToken], T],
) -> T:
    """Run blocking work in a thread, with work-done progress around it; its questions come back to this loop."""
    loop = asyncio.get_running_loop()
    cancel = CancelToken()
    async with session.client.working(title) as progress:

        def ask_mfa(serial: str, attempt: int, message: str | None) -> str | None:
            question = session.client.ask_mfa_code(profile, serial, attempt, message)
            asked = asyncio.run_coroutine_threadsafe(question, loop)
            forget = cancel.subscribe(asked.cancel)
            try:
                return asked.result()
            except CancelledError:
                return None
            finally:
                forget()

        def report(text: str) -> None:
            loop.call_soon_threadsafe(progress.report, text)

        watching = asyncio.ensure_future(_cancel_with(progress, cancel))
        try:
            return await asyncio.to_thread(work, ask_mfa, report, cancel)
        finally:
            # Also where nobody waits any more, such as at the end of the session: the thread must not outlive it.
            cancel.cancel()
            watching.cancel()


async def _cancel_with(progress: Progress, cancel: CancelToken) -> None:
    await progress.cancelled.wait()
    cancel.cancel()
