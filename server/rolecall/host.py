"""Every effect that Rolecall may have on the machine for reading: files, environment, home folder and clock.

The pure layers never touch the machine; they are handed the values that a `Host` read for them. Nothing here is
implemented: `rolecall.store.local` is the real machine, tests bring their own.

Paths are plain strings, so that the pure layers need neither `os` nor `pathlib`. Positions are code-point offsets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from datetime import datetime


class FileFacts(NamedTuple):
    """What is known of a file beside its text. The defaults describe a file that does not exist."""

    exists: bool = False
    """Something is there: a file, a folder or anything else. A symbolic link that leads nowhere does not exist."""
    is_dir: bool = False
    """A folder stands where the file is expected."""
    is_symlink: bool = False
    """The path is a symbolic link; the other facts are those of its target."""
    readable: bool = False
    """The content could be read."""
    mode: int | None = None
    """Permission bits such as 0o600; None for a missing file and where the platform has no such bits (Windows)."""
    bom: bool = False
    """The file starts with the UTF-8 byte order mark, which botocore refuses. An editor hides it from its text."""
    undecodable_at: int | None = None
    """Offset in the text of the first byte that is not UTF-8. A file in UTF-16 has it at 0."""
    utf16: bool = False
    """The file starts with a UTF-16 byte order mark, as some Windows editors write."""


class FileText(NamedTuple):
    """The text of one file and its facts, read together so that they agree."""

    text: str
    """Empty for a file that does not exist or cannot be read."""
    facts: FileFacts


class FileStamp(NamedTuple):
    """The outer state of a file; unequal stamps mean that it must be read again. Cheap to ask every two seconds."""

    device: int
    inode: int
    size: int
    modified_ns: int
    changed_ns: int
    """Change of content or of permissions, nanoseconds; on Windows the time of creation."""


class Host(Protocol):
    """The machine, for reading only. No method raises: what cannot be had is told by the returned value."""

    def read(self, path: str) -> FileText:
        """The text and facts of a file, whatever state it is in."""

    def stamp(self, path: str) -> FileStamp | None:
        """The outer state of the file that the path leads to, or None when there is none."""

    def env(self, name: str) -> str | None:
        """The value of an environment variable."""

    def home(self) -> str:
        """The user's home folder, where the AWS tools look for `.aws`."""

    def now(self) -> datetime:
        """The current time, aware, in UTC."""
