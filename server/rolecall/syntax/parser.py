"""From text to tree, as a whole or for the sections that an edit touches. Total: no text makes it raise."""

from __future__ import annotations

import re
from typing import NamedTuple

from rolecall.syntax.tree import Change, Cursor, Line, LineKind, Section, Tree
from rolecall.text import line_end, split_lines

BOM = "\ufeff"

_FIRST_WORD = re.compile(r"\S")
_HEADER = re.compile(r"\[.+\]", re.DOTALL)
_DELIMITER = re.compile(r"[=:]")

_KINDS = {"#": LineKind.COMMENT, ";": LineKind.COMMENT, "[": LineKind.BRACKET}


class Edited(NamedTuple):
    """What an edit did: the new tree, the sections that went and the ones that came, in file order."""

    tree: Tree
    removed: tuple[Section, ...]
    added: tuple[Section, ...]


def parse(text: str) -> Tree:
    """The tree of a whole text; its `text` is the text given."""
    return Tree.of(_sections(split_lines(text), at_start=True))


def edit(tree: Tree, change: Change) -> Edited:
    """The tree after one change. Equals a parse of the changed text; only touched sections are parsed again.

    Positions past the end of a line or of the file mean that end.
    """
    first = last = tree.cursor(change.start.line)
    if change.end.line >= first.start + len(tree.section(first).lines):
        last = tree.cursor(change.end.line)
    header = tree.section(first).header
    if header is not None and change.start.line - first.start <= header:
        # What comes before a header decides where its section starts, and whether it is still one at all.
        first = tree.before(first) or first
    while True:
        old = _between(tree, first, last)
        text = _changed("".join([s.text for s in old]), change, first.start)
        new = _sections(split_lines(text), at_start=first.start == 0)
        after = tree.after(last)
        if after is None or not _spills(text, new):
            break
        last = after
    if first.chunk or first.position:
        # Only the file's first section is without a header; a cut-out that starts on one gives an empty one.
        new = new[1:] if not new[0].lines else new
    return Edited(tree.replace(first, last, new), tuple(old), tuple(new))


def _between(tree: Tree, first: Cursor, last: Cursor) -> list[Section]:
    cursor: Cursor | None = first
    sections = []
    while cursor is not None and cursor <= last:
        sections.append(tree.section(cursor))
        cursor = tree.after(cursor)
    return sections


def _spills(text: str, sections: list[Section]) -> bool:
    """Whether the last lines of a cut-out may belong to the section that follows it."""
    if not text:
        return False
    last = sections[-1].lines[-1]
    return last.end == "" or (last.kind is LineKind.COMMENT and last.indent == 0)


def _changed(text: str, change: Change, first_line: int) -> str:
    lines = split_lines(text)
    start, end = change.start.line - first_line, change.end.line - first_line
    before = "".join(lines[:start])
    after = "".join(lines[end + 1 :])
    return (
        before + _head(lines, start, change.start.column) + change.text + _tail(lines, end, change.end.column) + after
    )


def _head(lines: list[str], line: int, column: int) -> str:
    if line >= len(lines):
        return ""
    text = lines[line]
    return text[: min(column, len(text) - len(line_end(text)))]


def _tail(lines: list[str], line: int, column: int) -> str:
    if line >= len(lines):
        return ""
    text = lines[line]
    return text[min(column, len(text) - len(line_end(text))) :]


def _sections(raw: list[str], *, at_start: bool) -> list[Section]:
    """Cut lines (with their ends) into sections. The first section is the part before the first header."""
    sections: list[Section] = []
    lines: list[Line] = []
    header: int | None = None
    comments = 0  # How many comment lines in column 0 stand directly above.
    for number, text in enumerate(raw):
        line = _line(text, bom=at_start and number == 0 and text.startswith(BOM))
        if line.kind is LineKind.BRACKET and _is_cut(line):
            cut = len(lines) - comments
            sections.append(Section(tuple(lines[:cut]), header))
            lines, header = lines[cut:], comments
            comments = 0
        elif line.kind is LineKind.COMMENT and line.indent == 0:
            comments += 1
        else:
            comments = 0
        lines.append(line)
    sections.append(Section(tuple(lines), header))
    return sections


def _is_cut(line: Line) -> bool:
    """Whether every reader is in step again at this line."""
    column = 1 if line.text.startswith(BOM) else 0
    return line.indent == column and _HEADER.match(line.text, column) is not None


def _line(raw: str, *, bom: bool) -> Line:
    end = line_end(raw)
    text = raw[: len(raw) - len(end)] if end else raw
    word = _FIRST_WORD.search(text, 1 if bom else 0)
    if word is None:
        return Line(text, end, LineKind.BLANK, len(text), -1)
    indent = word.start()
    found = _DELIMITER.search(text, indent)
    delimiter = found.start() if found else -1
    kind = _KINDS.get(text[indent])
    if kind is None:
        kind = LineKind.ENTRY if found else LineKind.WORD
    return Line(text, end, kind, indent, delimiter)
