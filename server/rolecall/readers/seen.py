"""What a tool sees in the two files: the shape that all readers give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from rolecall.syntax import Tree

Value = str | Mapping[str, str]
"""A setting's value, or the sub-keys of a nested block where the tool reads them apart."""

Settings = dict[str, Value]


class Source(NamedTuple):
    """One file to be read.

    tree        its text; None for a file that is not there or cannot be opened
    undecodable its bytes are not UTF-8; in the tree each bad byte is U+FFFD then
    utf16       it is undecodable because it is in UTF-16, as some Windows editors write it; the tree has its text then
    """

    tree: Tree | None
    undecodable: bool = False
    utf16: bool = False


class FileError(NamedTuple):
    """Why a tool refuses a file.

    line  from 1, or None where the tool has no line
    error the tool's own class
    cause the class of the error under it, or what the tool says where it has no other class
    """

    line: int | None
    error: str
    cause: str


class Seen(NamedTuple):
    """Both files as a tool works with them, secrets and all.

    Where the tool gives up everything because of one refused file, nothing but the errors is left.

    profiles  name to settings, after merging both files
    ignored   headers of the config file that give nothing to this tool, as they are written between the brackets
    """

    config_error: FileError | None
    credentials_error: FileError | None
    profiles: dict[str, Settings]
    sso_sessions: dict[str, Settings]
    services: dict[str, Settings]
    ignored: tuple[str, ...]

    @classmethod
    def nothing(cls, config_error: FileError | None = None, credentials_error: FileError | None = None) -> Seen:
        """What is seen of files that are empty, not there or refused."""
        return cls(config_error, credentials_error, {}, {}, {}, ())

    def __repr__(self) -> str:
        # It holds secrets.
        return type(self).__name__


class Quoted(NamedTuple):
    """What an error repeats of a section: the value of a key, or without a value the key itself. It may be a secret."""

    section_type: str
    key: str
    value: Value | None = None

    def __str__(self) -> str:
        return self.key if self.value is None else str(self.value)


class Outcome(NamedTuple):
    """How resolving a profile ends: `method` is the tool's name of what wins, or else `error` the class that is raised,
    with its message in pieces."""

    method: str | None
    error: str | None = None
    pieces: tuple[str | Quoted, ...] = ()

    @property
    def message(self) -> str:
        """What the tool says, secrets and all."""
        return "".join(map(str, self.pieces))

    @property
    def ok(self) -> bool:
        return self.method is not None
