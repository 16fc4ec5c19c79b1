"""What is printed: colours, columns and words. Knows nothing of AWS."""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rolecall.host import Host

FAILED = 2
"""Exit code for wrong use, and for a file that was named and cannot be read."""

NO_FILES = "No AWS files yet: neither the config nor the credentials file exists."

_TAB = 4
_NO_ROOM = frozenset({"Mn", "Me", "Cf"})
_PAINT = re.compile(r"\x1b\[\d+m")


class WrongUse(Exception):
    """The command cannot be carried out as given; the text says why in one sentence."""


class Style(NamedTuple):
    """Paints text where standard output is a terminal that takes it, and leaves it plain everywhere else."""

    coloured: bool

    def bold(self, text: str) -> str:
        return self._paint("1", text)

    def dim(self, text: str) -> str:
        return self._paint("2", text)

    def red(self, text: str) -> str:
        return self._paint("31", text)

    def green(self, text: str) -> str:
        return self._paint("32", text)

    def yellow(self, text: str) -> str:
        return self._paint("33", text)

    def blue(self, text: str) -> str:
        return self._paint("34", text)

    def cyan(self, text: str) -> str:
        return self._paint("36", text)

    def _paint(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.coloured and text else text


def style(host: Host) -> Style:
    """Colours for a terminal, unless NO_COLOR is set; FORCE_COLOR asks for them elsewhere too, such as in a CI's log.

    Both count whatever they are set to, if that is not nothing: no-color.org, force-color.org.
    """
    if host.env("NO_COLOR"):
        return Style(False)
    if host.env("FORCE_COLOR"):
        return Style(True)
    wanted = sys.stdout.isatty() and host.env("TERM") != "dumb"
    # An old console of Windows prints the codes instead; the newer ones say who they are.
    return Style(wanted and (sys.platform != "win32" or bool(host.env("WT_SESSION") or host.env("TERM"))))


def displayed(host: Host, path: str) -> str:
    """A path as it is printed: ~ for the home folder."""
    home = host.home().rstrip("/\\")
    if home and (path == home or path.startswith((f"{home}/", f"{home}{os.sep}"))):
        path = f"~{path[len(home) :]}"
    return plain(path)


def plain(text: str) -> str:
    """A text without anything that a terminal would obey."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else "\ufffd" for character in text)


def cells(character: str, column: int) -> int:
    """How many columns of a terminal a character takes; a tab fills up to the next stop."""
    if character == "\t":
        return _TAB - column % _TAB
    if unicodedata.category(character) in _NO_ROOM:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def width(text: str) -> int:
    """How many columns of a terminal a text takes, painted or not, but without tabs."""
    bare = _PAINT.sub("", text)
    # Nearly all texts are ASCII, where every character takes one.
    return len(bare) if bare.isascii() else sum(cells(character, 0) for character in bare)


def columns(rows: Iterable[Sequence[str]], gap: str = "  ") -> list[str]:
    """Rows as lines with aligned columns, without blanks at the end."""
    rows = [tuple(row) for row in rows]
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    return [
        gap.join(f"{text}{' ' * (wide - width(text))}" for text, wide in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def count(number: int, one: str, many: str = "") -> str:
    """ "1 file", "2 files"."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def listed(texts: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    *most, last = texts
    return f"{', '.join(most)} and {last}" if most else last
