"""From text to tree, as a whole or for the sections that an edit touches. Total: no text makes it raise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from rolecall.syntax.tree import Change, Cursor, Section, Tree
from rolecall.text import line_end, split_lines

BOM = "\ufeff"

_HEADER = re.compile(r"\[[^\r\n]+\]")


class Edited(NamedTuple):
    """What an edit did: the new tree, the sections that went and the ones that came, in file order."""

    tree: Tree
    removed: tuple[Section, ...]
    added: tuple[Section, ...]


def parse(text: str) -> Tree:
    """The tree of a whole text; its `text` is the text given."""
    return Tree.of(_sections(text, at_start=True))


def edit(tree: Tree, change: Change) -> Edited:
    """The tree after one change. Equals a parse of the changed text; only touched sections are parsed again.

    Positions past the end of a line or of the file mean that end.
    """
    first = last = tree.cursor(change.start.line)
    if change.end.line >= first.start + tree.section(first).size:
        last = tree.cursor(change.end.line)
    header = tree.section(first).header
    if header is not None and change.start.line - first.start <= header:
        # What comes before a header decides where its section starts, and whether it is still one at all.
        first = tree.before(first) or first
    while True:
        old = _between(tree, first, last)
        text = _changed("".join([s.text for s in old]), change, first.start)
        new = _sections(text, at_start=first.start == 0)
        after = tree.after(last)
        if after is None or not _spills(text):
            break
        last = after
    if first.chunk or first.position:
        # Only the file's first section is without a header; a cut-out that starts on one gives an empty one.
        new = new[1:] if not new[0].size else new
    return Edited(tree.replace(first, last, new), tuple(old), tuple(new))


def _between(tree: Tree, first: Cursor, last: Cursor) -> list[Section]:
    cursor: Cursor | None = first
    sections = []
    while cursor is not None and cursor <= last:
        sections.append(tree.section(cursor))
        cursor = tree.after(cursor)
    return sections


def _spills(text: str) -> bool:
    """Whether the last lines of a cut-out may belong to the section that follows it."""
    return bool(text) and (not text.endswith(("\n", "\r")) or text[_line_above(text, 0, len(text))] in "#;")


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


def _sections(text: str, *, at_start: bool) -> list[Section]:
    """Cut a text into sections. The first section is the part before the first header."""
    has_bom = at_start and text.startswith(BOM)
    lone_returns = text.count("\r") != text.count("\r\n")
    sections: list[Section] = []
    start = 0
    header: int | None = None
    for at in (*_headers(text, 1 if has_bom else 0), len(text)):
        # Nearly always a blank line stands above a header, and no comment.
        is_alone = text[at - 2 : at] == "\n\n" or at == len(text)
        comments = [] if is_alone else _comments_above(text, start, at)
        cut = comments[-1] if comments else at
        if has_bom and cut == 1 < len(text):
            # A byte order mark goes with the header behind it.
            cut = 0
        piece = text[start:cut]
        size = len(split_lines(piece)) if lone_returns else piece.count("\n") + (piece != "" and piece[-1] != "\n")
        sections.append(Section(piece, size, header, has_bom=has_bom and start == 0 and size > 0))
        start, header = cut, len(comments)
    return sections


def _headers(text: str, first: int) -> Iterator[int]:
    """Where the headers at which every reader is in step again start: in column 0, or behind a byte order mark."""
    at = text.find("[", first)
    while at >= 0:
        if (at == first or text[at - 1] in "\r\n") and _HEADER.match(text, at):
            yield at
        at = text.find("[", at + 1)


def _comments_above(text: str, first: int, at: int) -> list[int]:
    """Where the comment lines in column 0 directly above a line start, from the bottom up, none before `first`."""
    starts: list[int] = []
    while at > first:
        at = _line_above(text, first, at)
        if text[at] not in "#;":
            break
        starts.append(at)
    return starts


def _line_above(text: str, first: int, at: int) -> int:
    """Where the line that ends at a place starts, not before `first`."""
    end = at - 1
    if text[end] == "\n" and end > first and text[end - 1] == "\r":
        end -= 1
    return max(text.rfind("\n", first, end), text.rfind("\r", first, end), first - 1) + 1
