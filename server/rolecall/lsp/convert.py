"""Between code points and UTF-16, and between our plain data and the JSON of the Language Server Protocol.

Everything below `lsp` counts code points. The protocol counts UTF-16 code units unless the client takes UTF-32,
which are code points. This is the only module that knows.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from rolecall.syntax import Change, Tree
from rolecall.text import Position, Span, TextEdit, apply_edits, line_end, split_lines

Json = dict[str, Any]
LineText = Callable[[int], str]
"""The text of a line, "" for one that is not there."""

_LAST_OF_ONE_UNIT = "\uffff"
"""The last character that is one unit of UTF-16; also half a pair, which an editor can hold, is one."""


def line_text(tree: Tree | None) -> LineText:
    def text(number: int) -> str:
        line = tree.line(number) if tree is not None else None
        return line.text if line is not None else ""

    return text


def text_lines(text: str) -> LineText:
    lines = [line.rstrip("\r\n") for line in split_lines(text)]
    return lambda number: lines[number] if number < len(lines) else ""


class Units:
    """The columns of one client."""

    def __init__(self, encoding: str) -> None:
        self.is_utf16 = encoding == "utf-16"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Units) and other.is_utf16 == self.is_utf16

    def __hash__(self) -> int:
        return hash(self.is_utf16)

    def to_client(self, text: str, column: int) -> int:
        """A column in code points as the client counts it."""
        if not self.is_utf16 or text.isascii():
            return column
        return len(text[:column].encode("utf-16-le", "surrogatepass")) // 2

    def from_client(self, text: str, column: int) -> int:
        """A column as the client counts it in code points; the middle of a pair is its start."""
        if not self.is_utf16 or text.isascii():
            return column
        if max(text) <= _LAST_OF_ONE_UNIT:
            return min(column, len(text))
        units = 0
        for index, character in enumerate(text):
            units += 1 if character <= _LAST_OF_ONE_UNIT else 2
            if units > column:
                return index
        return len(text)

    def position(self, lines: LineText, place: Position) -> Json:
        return {"line": place.line, "character": self.to_client(lines(place.line), place.column)}

    def range(self, lines: LineText, start: Position, end: Position) -> Json:
        return {"start": self.position(lines, start), "end": self.position(lines, end)}

    def span(self, lines: LineText, span: Span) -> Json:
        text = lines(span.line)
        return {
            "start": {"line": span.line, "character": self.to_client(text, span.start)},
            "end": {"line": span.line, "character": self.to_client(text, span.end)},
        }

    def whole(self, text: str) -> Json:
        """The range of all of a text."""
        lines = split_lines(text)
        ended = not lines or bool(line_end(lines[-1]))
        end = Position(len(lines), 0) if ended else Position(len(lines) - 1, len(lines[-1]))
        return self.range(text_lines(text), Position(0, 0), end)

    def text_edit(self, lines: LineText, edit: TextEdit) -> Json:
        return {"range": self.range(lines, edit.start, edit.end), "newText": edit.text}

    def text_edits(self, lines: LineText, edits: Sequence[TextEdit]) -> list[Json]:
        return [self.text_edit(lines, edit) for edit in edits]

    def apply(self, text: str, changes: Sequence[Mapping[str, Any]]) -> str:
        """A text after `contentChanges`, for documents that are not kept as a tree."""
        for change in changes:
            if change.get("range") is None:
                text = change["text"]
                continue
            read = self.read_change(text_lines(text), change)
            text = apply_edits(text, [TextEdit(read.start, read.end, read.text)])
        return text

    def read_position(self, lines: LineText, position: Mapping[str, int]) -> Position:
        line = position["line"]
        return Position(line, self.from_client(lines(line), position["character"]))

    def read_change(self, lines: LineText, change: Mapping[str, Any]) -> Change:
        """One entry of `contentChanges` that has a range."""
        place = change["range"]
        return Change(
            self.read_position(lines, place["start"]), self.read_position(lines, place["end"]), change["text"]
        )


def to_path(uri: str) -> str | None:
    """The path of a file: URI, or of one that a remote window gives; None for other schemes."""
    parts = urlsplit(uri)
    if parts.scheme != "file":
        return None
    path = unquote(parts.path)
    if os.name == "nt":
        path = path.lstrip("/") if not parts.netloc else f"//{parts.netloc}{path}"
    return os.path.normpath(path)


def to_uri(path: str) -> str:
    """The file: URI of an absolute path."""
    slashed = path.replace("\\", "/") if os.name == "nt" else path
    return "file://" + quote(slashed if slashed.startswith("/") else f"/{slashed}", safe="/~@+,=!$&'()*;-._")
