"""Positions, edits and line ends: the one currency in which every layer below `lsp` speaks.

All columns are counted in code points. A line ends at ``\\n``, ``\\r\\n`` or a lone ``\\r``, as the
Language Server Protocol and Python's universal newlines have it, and at nothing else: `str.splitlines`
also splits at form feeds, U+2028 and others, which editors do not.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
_OTHER_SEPARATORS = re.compile("[\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")


class Position(NamedTuple):
    """A place in a document: line and column, both from 0, the column in code points."""

    line: int
    column: int


class Span(NamedTuple):
    """A non-empty piece of one line: columns from `start` up to and without `end`.

    `line` counts from the first line of whatever holds the span: a section for spans in a tree,
    the document for spans in a published finding.
    """

    line: int
    start: int
    end: int

    def down(self, lines: int) -> Span:
        """The same span, counted from a place `lines` further up."""
        return Span(self.line + lines, self.start, self.end)


class TextEdit(NamedTuple):
    """Replace what stands between two positions by a text."""

    start: Position
    end: Position
    text: str


def split_lines(text: str) -> list[str]:
    """The lines of a text, each with its line end; the empty line after a last line end is not listed."""
    if _OTHER_SEPARATORS.search(text) is None:
        return text.splitlines(keepends=True)
    return _LINE.findall(text)


def line_end(line: str) -> str:
    """The line end that a line from `split_lines` carries: "\\n", "\\r\\n", "\\r" or ""."""
    if line.endswith("\n"):
        return "\r\n" if line.endswith("\r\n") else "\n"
    return "\r" if line.endswith("\r") else ""


def apply_edits(text: str, edits: list[TextEdit] | tuple[TextEdit, ...]) -> str:
    """The text after edits that all refer to the text as given and do not overlap.

    Edits at the same position are applied in their order in the list. Positions past the end of a
    line or of the text mean that end. Raises ValueError where edits overlap.
    """
    lines = split_lines(text)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))

    def offset(position: Position) -> int:
        if position.line >= len(lines):
            return len(text)
        line = lines[position.line]
        return starts[position.line] + min(position.column, len(line) - len(line_end(line)))

    pieces: list[str] = []
    at = 0
    placed = sorted(((offset(e.start), offset(e.end), index, e.text) for index, e in enumerate(edits)))
    for start, end, _, new in placed:
        if start < at or end < start:
            raise ValueError("edits overlap")
        pieces += (text[at:start], new)
        at = end
    pieces.append(text[at:])
    return "".join(pieces)
