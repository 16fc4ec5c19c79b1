"""Reporting broken assumptions: a bug must be loud in tests and harmless for the user.

The pure layers call `report` where something that cannot happen did happen, and go on with a safe answer. Tests call
`raise_reports(True)` once; the language server installs a hook that writes the message to its log.
A message never holds anything from the user's files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class BugError(AssertionError):
    """An assumption of Rolecall's own code does not hold. Raised in tests only."""


def _ignore(_message: str) -> None:
    """Stand in for the hook until the language server installs one."""


_raises = False
_hook: Callable[[str], None] = _ignore


def report(message: str) -> None:
    """Report a bug: raise `BugError` in tests, otherwise hand the message to the installed hook and return."""
    if _raises:
        raise BugError(message)
    _hook(message)


def raise_reports(on: bool) -> None:
    """Let `report` raise; called by the test suite."""
    global _raises
    _raises = on


def install(hook: Callable[[str], None]) -> None:
    """Send what is reported to `hook`, replacing the one before; called once by the program that serves."""
    global _hook
    _hook = hook
