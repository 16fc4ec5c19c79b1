"""The lines of a section for those who go over all sections of a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rolecall.syntax import Section
from rolecall.syntax.regular import Regular, regular

_IDLE = frozenset("#; \t")
"""What the other lines of a regular section begin with."""


def texts_of(section: Section) -> list[str]:
    """The lines without their line ends; for the file's byte order mark stands a space, which is as wide.

    Of a regular section nothing is kept that was not before.
    """
    if regular(section) is None:
        texts = [line.text for line in section.lines]
        return [f" {texts[0][1:]}", *texts[1:]] if section.has_bom else texts
    texts = section.text.split("\n")
    if not texts[-1]:
        texts.pop()
    return [text.removesuffix("\r") for text in texts] if "\r" in section.text else texts


class Entry(NamedTuple):
    """A line `key = value` of a regular section.

    text   the line as it is written, the key in column 0
    value  without the white space around it
    at     the column of the value
    """

    line: int
    text: str
    key: str
    value: str
    at: int


def entries_of(found: Regular, texts: Sequence[str], header: int) -> list[Entry]:
    """The entries of a regular section, of which `texts` are all lines."""
    entries = []
    known = iter(found.entries.items())
    for number in range(header + 1, len(texts)):
        text = texts[number]
        if text and text[0] not in _IDLE:
            key, value = next(known)
            entries.append(Entry(number, text, key, value, text.index(value, text.index("=") + 1)))
    return entries


def last_of(texts: Sequence[str], first: int) -> int:
    """The last line that is not blank, from one on."""
    last = len(texts) - 1
    while last > first and (not texts[last] or texts[last].isspace()):
        last -= 1
    return last


def is_comment(text: str) -> bool:
    """Whether the first character of a line that is not white space begins a comment."""
    return text.lstrip()[:1] in ("#", ";")
