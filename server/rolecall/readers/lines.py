"""What the readers of Rust, Go, C and Java share: lines, comments, white space, sections, the face of a reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from rolecall.readers.seen import FileError, Outcome, Seen, Settings
from rolecall.syntax import Tree

BLANKS = " \t"
"""What the AWS specification of these files calls white space."""

COMMENT_SIGNS = ("#", ";")

UNICODE_SPACES = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""Unicode's white space, which Rust's `trim` and Go's `TrimSpace` take off. (Python's `strip` takes off four more.)"""

_BLANK_BEFORE_COMMENT = re.compile(r"[ \t][#;]")
_COMMENT = re.compile(r"[#;]")


class TextLine(NamedTuple):
    """A line as a tool cuts it: its number in the tree (from 1), and its text with the "\n" that ends it."""

    number: int
    text: str


def lines(tree: Tree) -> Iterator[TextLine]:
    """The lines of a tool that ends them at "\n" alone. The "\r" of a "\r\n" stays in the text, as any other does."""
    held = ""
    number = first = 1
    for section in tree.sections():
        for line in section.lines:
            held += line.text + line.end
            number += 1
            if line.end.endswith("\n"):
                yield TextLine(first, held)
                held = ""
                first = number
    if held:
        yield TextLine(first, held)


def without_comment(line: str) -> str:
    """A header's line up to the first comment sign."""
    found = _COMMENT.search(line)
    return line[: found.start()] if found else line


def without_blank_comment(line: str) -> str:
    """A setting's line up to the first comment sign that stands behind a blank."""
    found = _BLANK_BEFORE_COMMENT.search(line)
    return line[: found.start()] if found else line


class Sections:
    """The sections of one file by type ("profile", "sso-session", "services") and name, for the tools that merge what
    means the same and let [profile default] take the place of [default].

    ignored  the headers that gave nothing
    """

    __slots__ = ("_has_prefixed_default", "ignored", "is_config", "typed")

    def __init__(self, *, is_config: bool) -> None:
        self.is_config = is_config
        self.typed: dict[str, dict[str, Settings]] = {"profile": {}, "sso-session": {}, "services": {}}
        self.ignored: list[str] = []
        self._has_prefixed_default = False

    def open(self, type_: str | None, name: str) -> Settings | None:
        """The settings of a section that begins or goes on, by the type that is written in its header, if one is.

        None for a section of the wrong file, and for [default] behind [profile default].
        """
        if self.is_config:
            if name == "default" and type_ in (None, "profile"):
                if type_ is None and self._has_prefixed_default:
                    return None
                if type_ is not None and not self._has_prefixed_default:
                    self._has_prefixed_default = True
                    if self.typed["profile"].pop("default", None) is not None:
                        self.ignored.append("default")
            elif type_ is None:
                return None
        elif type_ is not None:
            return None
        return self.typed[type_ or "profile"].setdefault(name, {})


class Refused(Exception):
    """A tool refuses the file that is being read."""

    def __init__(self, error: FileError) -> None:
        super().__init__(error.cause)
        self.error = error


class SeenOnly(NamedTuple):
    """A reading of a tool whose credentials we do not follow. See `rolecall.readers.tools.Reading`."""

    seen: Seen

    def __repr__(self) -> str:
        # It holds secrets.
        return type(self).__name__

    def region(self, profile: str) -> str | None:
        region = self.seen.profiles[profile].get("region")
        return region if isinstance(region, str) else None

    def resolution(self, profile: str) -> Outcome | None:  # noqa: ARG002  The protocol asks for it.
        return None
