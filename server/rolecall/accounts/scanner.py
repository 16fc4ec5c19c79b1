"""Reads JSON and remembers where everything stands; total, so that a broken file still tells most of what it says.

`json` gives no positions and stops at the first fault. This scanner takes any text, gives a tree of nodes with their
offsets (code points), and faults at their cause: at most one per line, because a second one there is mostly its
consequence. For text that is JSON the values are those of `json.loads`.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from rolecall.text import Position, Span, line_end, split_lines

_DEEPEST = 100
_TOKEN = re.compile(
    r"""
    (?P<space> [ \t\r\n]+ )
  | (?P<comment> //[^\r\n]* | /\*.*?(?:\*/|\Z) )
  | (?P<string> " (?: [^"\\\r\n] | \\[^\r\n] )* (?: "|\\)? )
  | (?P<quoted> ' [^'\r\n]* '? )
  | (?P<sign> [{}\[\]:,] )
  | (?P<word> [^\ \t\r\n{}\[\]:,"']+ )
    """,
    re.VERBOSE | re.DOTALL,
)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_LITERALS = ("true", "false", "null")

Kind = Literal["object", "array", "string", "number", "literal", "unknown"]


class Token(NamedTuple):
    """A piece of the text that is neither space nor comment."""

    kind: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Node:
    """A value: what kind it is, and where it stands in the text."""

    kind: Kind
    start: int
    end: int
    text: str = ""
    """What a string says, without quotes and escapes; the text of a number, a literal or something unknown."""
    items: tuple[Node, ...] = ()
    """The values of an array."""
    members: tuple[Member, ...] = ()
    """The members of an object, in file order, names that occur twice included."""


class Member(NamedTuple):
    """A name of an object and its value; None where there is none."""

    key: Node
    value: Node | None


class Fault(NamedTuple):
    """A place where the text is not JSON, and the text that would repair it there."""

    start: int
    end: int
    message: str
    replacement: str | None = None


@dataclass(frozen=True, slots=True)
class Scan:
    """What a text holds: its value (None where there is none), its faults, and the way from offsets to positions."""

    root: Node | None
    faults: tuple[Fault, ...]
    starts: tuple[int, ...]
    """Offset of every line."""
    ends: tuple[int, ...]
    """Offset of the end of every line, its line end not included."""

    def position(self, offset: int) -> Position:
        """Line and column of an offset."""
        line = bisect_right(self.starts, offset) - 1
        return Position(line, offset - self.starts[line])

    def span(self, start: int, end: int) -> Span:
        """The stretch from `start` as far as it stays on one line; never empty."""
        line, column = self.position(start)
        return Span(line, column, max(column + 1, min(end, self.ends[line]) - self.starts[line]))


def scan(text: str) -> Scan:
    """Read a text. Never raises."""
    starts, ends = [0], []
    for line in split_lines(text):
        starts.append(starts[-1] + len(line))
        ends.append(starts[-1] - len(line_end(line)))
    ends.append(len(text))
    scanner = _Scanner(text)
    result = Scan(scanner.document(), (), tuple(starts), tuple(ends))
    first: dict[int, Fault] = {}
    for fault in sorted(scanner.faults, key=lambda fault: fault.start):
        first.setdefault(result.position(fault.start).line, fault)
    return replace(result, faults=tuple(first.values()))


class _Scanner:
    """One pass over the tokens. Each method takes what it understands and leaves the rest to its caller."""

    def __init__(self, text: str) -> None:
        self.faults: list[Fault] = []
        self._text = text
        self._at = 0
        self._ended = False
        self._tokens = self._split()

    def document(self) -> Node | None:
        if not self._tokens:
            return None
        root = self._value(0)
        rest = self._peek()
        if rest is not None:
            self._fault(rest, "Nothing may follow the end of the value" if root else "A value is missing here")
        return root

    def _split(self) -> list[Token]:
        tokens = []
        # An editor's byte order mark is not part of the value.
        for match in _TOKEN.finditer(self._text, 1 if self._text.startswith("\ufeff") else 0):
            token = Token(str(match.lastgroup), match.start(), match.end(), match.group())
            if token.kind == "comment":
                self._fault(token, "JSON has no comments")
            elif token.kind != "space":
                tokens.append(token)
        return tokens

    def _fault(self, at: Token | Node, message: str, replacement: str | None = None) -> None:
        self.faults.append(Fault(at.start, at.end, message, replacement))

    def _peek(self, sign: str | None = None) -> Token | None:
        """The next token; given a sign, only if it is that one."""
        token = self._tokens[self._at] if self._at < len(self._tokens) else None
        return token if token is None or sign is None or token.text == sign else None

    def _take(self, sign: str) -> Token | None:
        token = self._peek(sign)
        if token is not None:
            self._at += 1
        return token

    def _value(self, depth: int) -> Node | None:
        token = self._peek()
        if token is None or token.text in ("}", "]", ",", ":"):
            return None
        self._at += 1
        if token.kind != "sign":
            return self._leaf(token)
        if depth == _DEEPEST:
            return self._too_deep(token)
        return self._object(token, depth + 1) if token.text == "{" else self._array(token, depth + 1)

    def _leaf(self, token: Token) -> Node:
        if token.kind == "string":
            return Node("string", token.start, token.end, self._string(token))
        if token.kind == "quoted":
            said = _whole(token.text.strip("'"))
            self._fault(token, "Text stands in double quotes", json.dumps(said, ensure_ascii=False))
            return Node("string", token.start, token.end, said)
        if token.text in _LITERALS:
            return Node("literal", token.start, token.end, token.text)
        if _NUMBER.fullmatch(token.text):
            return Node("number", token.start, token.end, token.text)
        is_number = token.text.isascii() and token.text.isdecimal()
        message = "A number does not start with 0" if is_number else "Text stands in double quotes"
        self._fault(token, message, json.dumps(_whole(token.text), ensure_ascii=False))
        return Node("number" if is_number else "unknown", token.start, token.end, token.text)

    def _string(self, token: Token) -> str:
        closed = re.fullmatch(r'"(?:[^"\\]|\\.)*"', token.text) is not None
        if not closed:
            self._fault(token, "This text is not closed: its double quote is missing")
        try:
            said = str(json.loads(token.text if closed else f'{token.text}"', strict=False))
        except ValueError:
            said = token.text.strip('"')
            if closed:
                self._fault(token, 'A backslash stands before one of " \\ / b f n r t u; write two to mean one')
        else:
            if any(sign < " " for sign in token.text):
                self._fault(token, "A tab or another control character in text is written as \\t or \\u0000")
        return _whole(said)

    def _too_deep(self, opening: Token) -> Node:
        self._fault(opening, "Nested too deeply")
        depth = 1
        end = opening.end
        while depth and (token := self._peek()) is not None:
            self._at += 1
            depth += (token.text in ("{", "[")) - (token.text in ("}", "]"))
            end = token.end
        return Node("unknown", opening.start, end)

    def _array(self, opening: Token, depth: int) -> Node:
        items: list[Node] = []
        while not self._closes("]", opening):
            item = self._value(depth)
            if item is None:
                self._skip("A value is missing here", depth)
                continue
            items.append(item)
            self._separate("]", item)
        return Node("array", opening.start, self._last_end(), items=tuple(items))

    def _object(self, opening: Token, depth: int) -> Node:
        members: list[Member] = []
        while not self._closes("}", opening):
            key = self._key()
            if key is None:
                self._skip("A name in double quotes is missing here", depth)
                continue
            value = self._value(depth) if self._takes_colon(key) else None
            if value is None:
                self._fault(key, "This name has no value")
            members.append(Member(key, value))
            self._separate("}", value or key)
        return Node("object", opening.start, self._last_end(), members=tuple(members))

    def _key(self) -> Node | None:
        token = self._peek()
        if token is None or token.kind == "sign":
            return None
        self._at += 1
        if token.kind == "word":
            self._fault(token, "A name stands in double quotes", json.dumps(_whole(token.text), ensure_ascii=False))
            return Node("string", token.start, token.end, _whole(token.text))
        return self._leaf(token)

    def _takes_colon(self, key: Node) -> bool:
        """Take the colon between a name and its value; False when what follows is no value of the name."""
        if self._take(":") is not None:
            return True
        following = self._tokens[self._at + 1 : self._at + 2]
        if self._peek() is None or (following and following[0].text == ":"):
            return False
        self._fault(key, "A colon is missing after this name")
        return True

    def _closes(self, sign: str, opening: Token) -> bool:
        """Whether the object or array ends here: with its sign, with that of its parent, or with the text."""
        if self._take(sign) is not None:
            return True
        token = self._peek()
        if token is None:
            # What stands around it is not closed either, but the innermost is where to look.
            if not self._ended:
                self._fault(opening, f'This "{opening.text}" is never closed')
            self._ended = True
            return True
        if token.text in ("}", "]"):
            self._fault(token, f'"{sign}" is missing before this')
            return True
        return False

    def _separate(self, closing: str, last: Node) -> None:
        """Take the comma between two values."""
        comma = self._take(",")
        token = self._peek()
        if comma is not None:
            if token is not None and token.text == closing:
                self._fault(comma, f'No comma stands before "{closing}"', "")
        elif token is not None and token.text not in ("}", "]"):
            self._fault(last, "A comma is missing after this")

    def _skip(self, message: str, depth: int) -> None:
        """Pass over something that does not belong here, with all that is in it."""
        token = self._tokens[self._at]
        self._fault(token, message)
        if self._value(depth) is None:
            self._at += 1

    def _last_end(self) -> int:
        return self._tokens[self._at - 1].end


def _whole(text: str) -> str:
    """A text without halves of surrogate pairs: JSON may hold them, but they can be neither shown nor written."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
