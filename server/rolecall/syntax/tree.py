"""The tree's values: lines, sections and the tree itself, which shares all untouched sections between edits.

A section is cut where every tool that reads line by line is in step again: at a header in column 0
(`[`, something, `]`). Comment lines directly above such a header, themselves in column 0, belong to it.
The first section has no header; it is empty unless something stands before the first one.

Sections are kept in chunks of a hundred or so: finding a line and replacing a section look at the number of lines of
each chunk and at the sections of one, never at the text of the file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Set
from enum import IntEnum
from itertools import accumulate
from typing import Any, NamedTuple, TypeVar

from rolecall.text import Position, line_end, split_lines

_CHUNK = 128

T = TypeVar("T")


class LineKind(IntEnum):
    """What a line looks like. The kinds are lexical: a BRACKET line need not be a header for every tool."""

    BLANK = 0
    COMMENT = 1
    """The first character that is not white space is # or ;"""
    BRACKET = 2
    """The first character that is not white space is ["""
    ENTRY = 3
    """Has a = or a : somewhere."""
    WORD = 4
    """None of these."""


class Line:
    """One line. Columns are code points in `text`; -1 where there is no such thing.

    text   the line without its line end; a byte order mark at the start of the file is its first character
    end    the line end: "\\n", "\\r\\n", "\\r", or "" on a last line
    kind   see LineKind
    indent column of the first character that is not white space (of the end, on a blank line)
    delimiter column of the first = or :
    """

    __slots__ = ("delimiter", "end", "indent", "kind", "text")

    def __init__(self, text: str, end: str, kind: LineKind, indent: int, delimiter: int) -> None:
        self.text = text
        self.end = end
        self.kind = kind
        self.indent = indent
        self.delimiter = delimiter

    def __repr__(self) -> str:
        return f"Line({self.kind.name}, {len(self.text)} characters)"


_FIRST_WORD = re.compile(r"\S")
_DELIMITER = re.compile(r"[=:]")
_KINDS = {"#": LineKind.COMMENT, ";": LineKind.COMMENT, "[": LineKind.BRACKET}


def line_of(raw: str, start: int = 0) -> Line:
    """The line that a piece of text with its line end is; what stands before `start` counts as indent."""
    end = line_end(raw)
    text = raw[: len(raw) - len(end)] if end else raw
    word = _FIRST_WORD.search(text, start)
    if word is None:
        return Line(text, end, LineKind.BLANK, len(text), -1)
    indent = word.start()
    found = _DELIMITER.search(text, indent)
    delimiter = found.start() if found else -1
    kind = _KINDS.get(text[indent])
    if kind is None:
        kind = LineKind.ENTRY if found else LineKind.WORD
    return Line(text, end, kind, indent, delimiter)


class Section:
    """Lines that belong together. Compared by identity: an edit elsewhere keeps the very same object.

    text    with the line ends; first the comments directly above the header
    size    how many lines that is
    header  index of the header line, or None in the part before the first header
    has_bom the first character is the file's byte order mark
    """

    __slots__ = ("_lines", "_memo", "has_bom", "header", "size", "text")

    def __init__(self, text: str, size: int, header: int | None, *, has_bom: bool = False) -> None:
        self.text = text
        self.size = size
        self.header = header
        self.has_bom = has_bom
        self._lines: tuple[Line, ...] | None = None
        self._memo: dict[Any, Any] | None = None

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines, looked at one by one when someone wants to know."""
        if self._lines is None:
            lines = [line_of(raw) for raw in split_lines(self.text)]
            if self.has_bom:
                lines[0] = line_of(split_lines(self.text)[0], start=1)
            self._lines = tuple(lines)
        return self._lines

    def memo(self, compute: Callable[[Section], T]) -> T:
        """What a pure function of this section gives, computed once in the section's life."""
        memo = self._memo
        if memo is None:
            memo = self._memo = {}
        elif compute in memo:
            return memo[compute]  # type: ignore[no-any-return]  # The key is the function that made the value.
        value = memo[compute] = compute(self)
        return value


class Located(NamedTuple):
    """A section and the line (from 0) on which it starts."""

    section: Section
    start: int


class Cursor(NamedTuple):
    """Where a section stands in a tree: chunk, position in the chunk, and the line it starts on."""

    chunk: int
    position: int
    start: int


class Change(NamedTuple):
    """Replace what stands between two positions (code points) by a text."""

    start: Position
    end: Position
    text: str


class Chunk:
    """Neighbouring sections, also as a set, and how many lines they have together."""

    __slots__ = ("_offsets", "lines", "members", "sections")

    def __init__(self, sections: tuple[Section, ...]) -> None:
        self.sections = sections
        self.members = frozenset(sections)
        self._offsets: dict[Section, int] | None = None
        self.lines = sum([section.size for section in sections])

    @property
    def offsets(self) -> dict[Section, int]:
        """How many lines stand in front of each section."""
        if self._offsets is None:
            self._offsets = dict(
                zip(self.sections, accumulate([one.size for one in self.sections], initial=0), strict=False)
            )
        return self._offsets


def _chunks(sections: list[Section]) -> list[Chunk]:
    return [Chunk(tuple(sections[i : i + _CHUNK])) for i in range(0, len(sections), _CHUNK)]


class Tree:
    """One file. Immutable: an edit gives a new tree (see `parser.edit`) that shares the untouched sections.

    The first section has no header and may be without lines.
    """

    __slots__ = ("_members", "_starts", "chunks")

    def __init__(self, chunks: tuple[Chunk, ...]) -> None:
        self.chunks = chunks
        # The two questions that each edit asks of all chunks, made ready for functions that need no loop of ours.
        self._members = [chunk.members for chunk in chunks]
        self._starts = list(accumulate([chunk.lines for chunk in chunks], initial=0))

    @classmethod
    def of(cls, sections: list[Section]) -> Tree:
        return cls(tuple(_chunks(sections)))

    @property
    def text(self) -> str:
        """The text that was parsed."""
        return "".join([section.text for chunk in self.chunks for section in chunk.sections])

    @property
    def line_count(self) -> int:
        """How many lines there are; the empty one after a last line end is not counted."""
        return self._starts[-1]

    def sections(self) -> Iterator[Section]:
        for chunk in self.chunks:
            yield from chunk.sections

    def located(self) -> Iterator[Located]:
        """Every section with the line it starts on, in file order."""
        start = 0
        for section in self.sections():
            yield Located(section, start)
            start += section.size

    def within(self, first: int, last: int) -> Iterator[Located]:
        """The sections that hold the lines from `first` up to and with `last`; beyond the file, its last section."""
        cursor: Cursor | None = self.cursor(first)
        while cursor is not None and (cursor.start <= last or cursor.start <= first):
            yield Located(self.section(cursor), cursor.start)
            cursor = self.after(cursor)

    def at(self, line: int) -> Located:
        """The section that holds a line (from 0); the last one for any line beyond."""
        cursor = self.cursor(line)
        return Located(self.section(cursor), cursor.start)

    def line(self, number: int) -> Line | None:
        """A line by its number from 0, or None where the file has none."""
        section, start = self.at(number)
        return section.lines[number - start] if number - start < section.size else None

    def starts_of(self, sections: Set[Section]) -> dict[Section, int]:
        """The first lines of many sections, in file order; those not of this tree are left out."""
        found: dict[Section, int] = {}
        for number, are_others in enumerate(map(sections.isdisjoint, self._members)):
            if are_others:
                continue
            chunk = self.chunks[number]
            start, offsets = self._starts[number], chunk.offsets
            for section in sorted(chunk.members.intersection(sections), key=offsets.__getitem__):
                found[section] = start + offsets[section]
        return found

    def cursor(self, line: int) -> Cursor:
        """Where the section that holds a line stands; the last section for any line beyond."""
        number = min(bisect_right(self._starts, line), len(self.chunks)) - 1
        start = self._starts[number]
        chunk = self.chunks[number]
        end = len(chunk.sections) - 1
        for index, section in enumerate(chunk.sections):
            if line < start + section.size or index == end:
                break
            start += section.size
        return Cursor(number, index, start)

    def section(self, cursor: Cursor) -> Section:
        return self.chunks[cursor.chunk].sections[cursor.position]

    def before(self, cursor: Cursor) -> Cursor | None:
        """The place of the section before, or None at the first one."""
        if cursor.position:
            chunk, index = cursor.chunk, cursor.position - 1
        elif cursor.chunk:
            chunk = cursor.chunk - 1
            index = len(self.chunks[chunk].sections) - 1
        else:
            return None
        return Cursor(chunk, index, cursor.start - self.chunks[chunk].sections[index].size)

    def after(self, cursor: Cursor) -> Cursor | None:
        """The place of the section after, or None at the last one."""
        start = cursor.start + self.section(cursor).size
        if cursor.position + 1 < len(self.chunks[cursor.chunk].sections):
            return Cursor(cursor.chunk, cursor.position + 1, start)
        return Cursor(cursor.chunk + 1, 0, start) if cursor.chunk + 1 < len(self.chunks) else None

    def replace(self, first: Cursor, last: Cursor, new: list[Section]) -> Tree:
        """The tree with the sections from one place up to and with another exchanged for new ones."""
        kept_before = self.chunks[first.chunk].sections[: first.position]
        kept_after = self.chunks[last.chunk].sections[last.position + 1 :]
        joined = [*kept_before, *new, *kept_after]
        # A chunk may grow to twice its first size before it is cut, so that typing a header does not recut it.
        middle = [Chunk(tuple(joined))] if 0 < len(joined) <= 2 * _CHUNK else _chunks(joined)
        return Tree((*self.chunks[: first.chunk], *middle, *self.chunks[last.chunk + 1 :]))
