"""The machine that Rolecall runs on, as a `Host`."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rolecall.store.files import read_text, stamp

if TYPE_CHECKING:
    from rolecall.host import FileStamp, FileText


class LocalHost:
    """Files, environment, home folder and clock as they are."""

    def read(self, path: str) -> FileText:
        """The text and facts of a file."""
        return read_text(path)

    def stamp(self, path: str) -> FileStamp | None:
        """The outer state of a file."""
        return stamp(path)

    def env(self, name: str) -> str | None:
        """The value of an environment variable."""
        return os.environ.get(name)

    def home(self) -> str:
        """The user's home folder, found as botocore finds it."""
        return os.path.expanduser("~")

    def now(self) -> datetime:
        """The current time in UTC."""
        return datetime.now(UTC)


def state_folder() -> str:
    """Where this user's Rolecall keeps what it remembers, such as the history for undo."""
    import platformdirs

    return str(platformdirs.user_state_path("rolecall", appauthor=False))
