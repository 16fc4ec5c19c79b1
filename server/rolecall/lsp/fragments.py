"""Answers about whole files, put together from a piece of JSON for each section.

A piece is written once in the life of its section. What may change without the section is left open in it: the lines,
which are counted from the section's start until the answer is put together, and whatever the other file has a say in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from json.encoder import encode_basestring_ascii
from typing import NamedTuple

from rolecall.features.texts import texts_of
from rolecall.lsp.convert import Units
from rolecall.lsp.protocol import Raw
from rolecall.syntax import Section, Tree
from rolecall.text import Span


class Fragment(NamedTuple):
    """The piece of one section.

    text   JSON with %d for each line, and %s for each thing that is left open; elements of a list, parted by commas
    lines  the lines in their order, counted from the section's start
    """

    text: str
    lines: tuple[int, ...]

    def at(self, start: int) -> str:
        """The JSON in a file where the section starts on a line, for a piece in which nothing else is left open."""
        return self.text % tuple([start + line for line in self.lines])


NOTHING = Fragment("", ())


def literal(text: str) -> str:
    """A string as JSON in the text of a piece."""
    # What `json.dumps` does with a string, after asking what it is.
    return encode_basestring_ascii(text).replace("%", "%%")


def joined(pieces: Iterable[str]) -> Raw:
    """The JSON list of all pieces that are not empty."""
    return Raw(f"[{','.join(filter(None, pieces))}]")


def answer(tree: Tree | None, of_section: Callable[[Section], Fragment]) -> Raw:
    """The JSON list of all pieces of a file, in which nothing but lines is left open."""
    return joined([section.memo(of_section).at(start) for section, start in (tree.located() if tree else ())])


class Columns:
    """The columns of one section as a client counts them."""

    __slots__ = ("_texts", "_units")

    def __init__(self, units: Units, section: Section) -> None:
        self._units = units
        self._texts = texts_of(section) if units.is_utf16 and not section.text.isascii() else None

    def __call__(self, line: int, column: int) -> int:
        return column if self._texts is None else self._units.to_client(self._texts[line], column)

    def span(self, span: Span) -> str:
        """A span as a range of the protocol, with both lines left open: the same one twice."""
        start, end = self(span.line, span.start), self(span.line, span.end)
        return f'{{"start":{{"line":%d,"character":{start}}},"end":{{"line":%d,"character":{end}}}}}'
