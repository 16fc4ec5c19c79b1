"""The line of a file that a finding is about, as far as it may be shown, and carets under the place.

Denied by default: headers are shown, names of keys, and the values of settings that are known to hold no secret.
Everything else, comments and continued lines included, is `•••`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from rolecall import catalog
from rolecall.cli.terminal import cells
from rolecall.features.masking import BLOCK, HIDDEN, key_name, masked, one_line
from rolecall.model.stanza import Stanza, stanzas
from rolecall.readers.botocore.ini import Option, Sub
from rolecall.readers.botocore.merge import File
from rolecall.syntax import Line, LineKind, Tree
from rolecall.syntax.parser import BOM
from rolecall.text import Span

_BETWEEN = re.compile(r"\s*[=:]?\s*")
_WIDEST_GAP = 40
_MARK = "<BOM>"
"""A byte order mark as it is printed: it has no shape of its own."""
_CONFLICT = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?=\s|$)")
"""What git leaves where two changes meet. What stands behind it, such as the name of a branch, stays hidden."""


class Excerpt(NamedTuple):
    """A line as it is printed, and the blanks and carets that go under it."""

    line: str
    carets: str


class _Piece(NamedTuple):
    """A part of a line and what is printed in its place; that begins with the part itself where it may be seen."""

    start: int
    end: int
    shown: str


def excerpt(tree: Tree, file: File, span: Span) -> Excerpt:
    """What is printed of a span of a file, counted from the file's first line."""
    section, start = tree.at(span.line)
    number = span.line - start
    if number >= len(section.lines):
        return Excerpt("", "^")
    line = section.lines[number]
    known = next(_known(stanzas(file, section), number, line), None)
    shown = _conflict(line) or (_unknown(line) if known is None else known)
    return _render(line.text, _filled(line.text, [*_marks(line), *shown]), span)


def _marks(line: Line) -> Iterator[_Piece]:
    """The byte order mark in front of a line, which is a part of its indentation."""
    if line.text.startswith(BOM):
        yield _Piece(0, 1, _MARK)


def _conflict(line: Line) -> list[_Piece]:
    """What is left of a merge."""
    found = _CONFLICT.match(line.text)
    return [_Piece(*found.span(), found[0])] if found else []


def _unknown(line: Line) -> list[_Piece]:
    """What is nothing to botocore."""
    rest = line.text[line.indent :]
    return [_Piece(line.indent, len(line.text), one_line(rest) if _is_name(line) else HIDDEN)] if rest else []


def _known(found: tuple[Stanza, ...], number: int, line: Line) -> Iterator[list[_Piece]]:
    """What the line is to botocore: a header, an option or a line of its value; it is counted in its section."""
    for stanza in found:
        if stanza.ini.line == number and stanza.ini.span is not None:
            # To configparser the name goes on to the last bracket of the line. Most people mean the first one, and what
            # stands behind that may be anything.
            start, end = line.indent, line.text.index("]", line.indent) + 1
            yield [_Piece(start, end, one_line(line.text[start:end]))]
        for option in stanza.options:
            if option.line <= number <= option.last:
                yield list(_option(stanza, option, number))


def _option(stanza: Stanza, option: Option, number: int) -> Iterator[_Piece]:
    type_ = stanza.section_type
    if option.line == number:
        yield from _setting(type_, option, option.written)
    else:
        for sub in option.nested:
            if sub.line == number:
                yield from _setting(f"{type_}/{option.key}", sub, sub.key)


def _setting(type_: str, option: Option | Sub, written: str) -> Iterator[_Piece]:
    key, value = option.key_span, option.value_span
    yield _Piece(key.start, key.end, key_name(type_, written))
    if value is not None:
        yield _Piece(value.start, value.end, _value(type_, option.key, option.value))


def _value(type_: str, key: str, value: str) -> str:
    found = catalog.setting(type_, key)
    if found is None or not catalog.displayable(type_, key):
        return HIDDEN
    shown = masked(type_, key, value)
    # Of what is no access key id only the length would be told, which reads like a value here.
    return HIDDEN if found.type == "access-key-id" and BLOCK not in shown else shown


def _is_name(line: Line) -> bool:
    """Whether a line that is nothing to botocore may still be seen: a header that is not closed."""
    return line.kind is LineKind.BRACKET and line.delimiter < 0 and "]" not in line.text


def _filled(text: str, known: list[_Piece]) -> Iterator[_Piece]:
    """The pieces of a line with what is between them: blanks and a delimiter, or else something hidden."""
    at = 0
    for piece in (*known, _Piece(len(text.rstrip()), len(text), "")):
        gap = text[at : piece.start]
        if gap:
            blanks = gap[: len(gap) - len(gap.lstrip())]
            if _BETWEEN.fullmatch(gap):
                yield _Piece(at, piece.start, _blank(gap))
            else:
                if blanks:
                    yield _Piece(at, at + len(blanks), _blank(blanks))
                yield _Piece(at + len(blanks), piece.start, HIDDEN)
        yield piece
        at = max(at, piece.end)


def _blank(gap: str) -> str:
    """What is shown of blanks, and of a delimiter among them."""
    return gap if len(gap) <= _WIDEST_GAP else BLOCK


def _render(text: str, pieces: Iterator[_Piece], span: Span) -> Excerpt:
    out: list[str] = []
    column = 0
    first = last = None
    for piece in pieces:
        begin = column
        starts = []
        for character in piece.shown:
            starts.append(column)
            wide = cells(character, column)
            column += wide
            if character == "\t":
                out.append(" " * wide)
            elif wide or character.isprintable():
                out.append(character if character.isprintable() else "\ufffd")
        if span.start < piece.end and piece.start < span.end:
            if piece.shown.startswith(text[piece.start : piece.end]):
                starts.append(column)
                begin = starts[max(span.start - piece.start, 0)]
                end = starts[min(span.end - piece.start, piece.end - piece.start)]
            else:
                end = column
            first = begin if first is None else first
            last = end
    if first is None or last is None:
        first = last = column
    return Excerpt("".join(out), " " * first + "^" * max(last - first, 1))
