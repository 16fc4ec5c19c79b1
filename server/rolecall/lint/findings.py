"""What a rule gives: findings, and the fixes that go with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import NamedTuple

from rolecall import catalog
from rolecall.edits import FileEdit
from rolecall.model.stanza import Place
from rolecall.model.workspace import Workspace

EditAction = Callable[[Workspace], Sequence[FileEdit]]
"""Makes the edits of a fix, when someone wants it."""


class Severity(IntEnum):
    """How bad it is; the numbers are those of the Language Server Protocol.

    ERROR        a named tool refuses the file or the profile
    WARNING      silently ignored, or surely not intended
    INFORMATION  worth knowing
    HINT         right, but there is a better form, with a fix
    OFF          only reported by those who ask for it
    """

    OFF = 0
    ERROR = 1
    WARNING = 2
    INFORMATION = 3
    HINT = 4


class Related(NamedTuple):
    """Another place that the finding is about."""

    place: Place
    message: str


class Fix(NamedTuple):
    """A way out.

    title starts with a verb and names the result: 'Change to "base"'; {0} … as in a finding's message
    edits computed when the fix is wanted, on the workspace as it is then
    safe  the meaning that was surely intended: `rolecall check --fix` applies it. Of several fixes of a finding
          only one may be safe; the first one is the editor's preferred one.
    """

    title: str
    edits: EditAction
    safe: bool = False


class Finding(NamedTuple):
    """Something to report.

    place    a non-empty span of one line
    message  one sentence without full stop; {0}, {1} … stand for the line numbers of `related`, which may move
             without the finding being computed again. Write {{ and }} for braces (see `quoted`)
    readers  the tools for which it is true; empty where it is a stated practice rather than a fact of a tool
    """

    place: Place
    message: str
    related: tuple[Related, ...] = ()
    fixes: tuple[Fix, ...] = ()
    severity: Severity | None = None
    readers: tuple[str, ...] = ("botocore",)


def quoted(text: str, limit: int = 80) -> str:
    """A name or a value that is not secret, in double quotes, cut to one line of `limit` characters, for a message."""
    return f'"{shown(text, limit)}"'


def shown(text: str, limit: int = 80) -> str:
    """As `quoted`, without the quotes. Of several lines only the first one is shown."""
    first, more, _ = text.partition("\n")
    first = "•••" if catalog.is_like_secret_key(first) else catalog.without_remark(first)
    line = "".join(character if character.isprintable() else "\ufffd" for character in first)
    line = f"{line[: limit - 1]}…" if more or len(line) > limit else line
    return line.replace("{", "{{").replace("}", "}}")


def quoted_key(key: str) -> str:
    """The name of a setting in double quotes if it surely is one: what stands before a "=" may be half a secret."""
    return f'"{key}"' if catalog.looks_like_name(key) else "•••"
