"""Python's `configparser.RawConfigParser()` with all defaults, which is what botocore parses both files with.

The facts are those of configparser in Python 3.11: full-line comments at any indentation, no inline comments, `=` and
`:` both delimit, keys are lower-cased, a deeper indented line continues the value above, duplicates are refused.
After a refusal configparser stops; this reader goes on (later values win), so that the rest of a file under repair
still has a meaning, and lists what would have been refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from rolecall.readers.seen import Value
from rolecall.syntax import Line, LineKind, Section
from rolecall.syntax.parser import BOM
from rolecall.syntax.regular import Regular, regular
from rolecall.text import Span

DEFAULT_SECTION = "DEFAULT"
"""configparser's own section: not listed, but its keys appear in every other section of the file."""

_HEADER = re.compile(r"\[(?P<name>.+)\]")


class Fault(Enum):
    """Why configparser, or botocore after it, refuses a whole file. The value is the cause's class name."""

    DUPLICATE_SECTION = "DuplicateSectionError"
    DUPLICATE_OPTION = "DuplicateOptionError"
    NO_HEADER = "MissingSectionHeaderError"
    NOT_AN_OPTION = "ParsingError"
    EMPTY_KEY = "ParsingError "
    NESTED_LINE = "ValueError"
    ENCODING = "UnicodeDecodeError"

    @property
    def cause(self) -> str:
        return self.value.strip()

    @property
    def deferred(self) -> bool:
        """Whether configparser reads on to the end before it raises."""
        return self in (Fault.NOT_AN_OPTION, Fault.EMPTY_KEY)


class Sub(NamedTuple):
    """A line `key = value` of a nested block."""

    key: str
    value: str
    line: int
    key_span: Span
    value_span: Span | None


class Option(NamedTuple):
    """One key with its value. Lines are counted from the start of the tree's section.

    key        as botocore has it: stripped and lower-cased
    written    as it stands in the file
    value      the joined value as configparser gives it; starts with "\\n" for a nested block
    line, last the key's line and the last line of the value
    value_span the value on the key's own line, or None where it is empty
    nested     the lines of a nested block; empty for a plain value
    """

    key: str
    written: str
    value: str
    line: int
    last: int
    key_span: Span
    value_span: Span | None
    nested: tuple[Sub, ...]

    @property
    def is_nested(self) -> bool:
        """Whether botocore reads the value as a block of sub-keys."""
        return self.value.startswith("\n")

    @property
    def parsed(self) -> Value:
        """The value as botocore has it: a string, or the sub-keys of a nested block."""
        return {sub.key: sub.value for sub in self.nested} if self.is_nested else self.value


class Refusal(NamedTuple):
    """A line for which the file is refused, and the line (of the same section) that it clashes with, if any."""

    fault: Fault
    line: int
    option: Option | None = None
    first: int | None = None


class IniSection(NamedTuple):
    """What configparser sees as a section.

    name    the text between the brackets, as it is; None for lines before any header
    line    the header's line, counted from the start of the tree's section; 0 without a header
    span    the name between the brackets
    options in file order, also those that repeat a key
    """

    name: str | None
    line: int
    span: Span | None
    options: tuple[Option, ...]
    refusals: tuple[Refusal, ...]

    def values(self) -> dict[str, Value]:
        """Key to value; of a key that is there twice, the later value."""
        return {option.key: option.parsed for option in self.options}

    def option(self, key: str) -> Option | None:
        """The option that gives a key its value: the last one of that name."""
        for option in reversed(self.options):
            if option.key == key:
                return option
        return None


def read_section(section: Section) -> tuple[IniSection, ...]:
    """What configparser sees in one section of the tree, computed once for it.

    Nearly always one; more where an indented header is read as a header, none where there is nothing but comments.
    """
    return section.memo(look_at_section)


def look_at_section(section: Section) -> tuple[IniSection, ...]:
    """As `read_section`, without keeping it."""
    known = regular(section)
    if known is None:
        return _read_lines(section)
    return (_of_regular(section, known),) if section.header is not None else ()


def _of_regular(section: Section, known: Regular) -> IniSection:
    """A regular section, of which each line that is neither empty nor a comment is an option."""
    at = section.header or 0
    options = []
    for number, line in enumerate(section.text.split("\n")[at + 1 :], at + 1):
        key, equals, rest = line.partition("=")
        if equals and line[0] not in "#;":
            key = key.rstrip()
            value = known.entries[key]
            start = len(line) - len(rest.lstrip())
            key_span, value_span = Span(number, 0, len(key)), Span(number, start, start + len(value))
            options.append(Option(key, key, value, number, number, key_span, value_span, ()))
    return IniSection(known.header, at, Span(at, 1, 1 + len(known.header)), tuple(options), ())


def _read_lines(section: Section) -> tuple[IniSection, ...]:
    found: list[IniSection] = []
    current = _Open(None, 0, None)
    option: _OpenOption | None = None
    depth = 0
    for number, line in enumerate(section.lines):
        if line.kind is LineKind.COMMENT:
            continue
        if line.kind is LineKind.BLANK and not line.text.startswith(BOM):
            if option is not None:
                option.more.append((number, None))
            continue
        # A byte order mark is not white space to configparser, but in the file under repair it is not there.
        text = line.text
        if option is not None and option.key and line.indent > depth:
            option.more.append((number, line))
            continue
        depth = line.indent - (line.indent > 0 and text.startswith(BOM))
        stripped = text[line.indent :].rstrip()
        header = _HEADER.match(stripped) if line.kind is LineKind.BRACKET else None
        if header is not None:
            current.close(option, found)
            option = None
            start = line.indent + 1
            name = header["name"]
            current = _Open(name, number, Span(number, start, start + len(name)))
        elif not current.headed:
            if stripped:
                current.refusals.append(Refusal(Fault.NO_HEADER, number))
        elif line.delimiter < 0:
            current.refusals.append(Refusal(Fault.NOT_AN_OPTION, number))
        else:
            current.take(option)
            option = _OpenOption(line, number)
            if not option.key:
                current.refusals.append(Refusal(Fault.EMPTY_KEY, number))
    current.close(option, found)
    return tuple(found)


class _OpenOption:
    """An option whose value may still go on."""

    __slots__ = ("key", "line", "more", "number", "written")

    def __init__(self, line: Line, number: int) -> None:
        self.line = line
        self.number = number
        self.written = line.text[line.indent : line.delimiter].rstrip()
        self.key = self.written.lower()
        self.more: list[tuple[int, Line | None]] = []

    def close(self, refusals: list[Refusal]) -> Option:
        text, number, indent = self.line.text, self.number, self.line.indent
        first = text[self.line.delimiter + 1 :].strip()
        value_span = None
        if first:
            start = text.index(first, self.line.delimiter + 1)
            value_span = Span(number, start, start + len(first))
        key_span = Span(number, indent, indent + max(len(self.written), 1))
        if not self.more:
            return Option(self.key, self.written, first, number, number, key_span, value_span, ())
        value = "\n".join((first, *(line.text.strip() if line else "" for _, line in self.more))).rstrip()
        last = max((at for at, line in self.more if line), default=number)
        option = Option(self.key, self.written, value, number, last, key_span, value_span, ())
        if not option.is_nested:
            return option
        nested: list[Sub] = []
        for at, line in self.more:
            if line is not None:
                nested.extend(_subs(line, at, option, refusals))
        return option._replace(nested=tuple(nested))


def _subs(line: Line, number: int, option: Option, refusals: list[Refusal]) -> Iterator[Sub]:
    """The sub-keys on one line of a nested block, as botocore's `_parse_nested` reads them."""
    column = line.indent
    # botocore cuts the value with str.splitlines, which knows more line ends than a file has.
    for raw in line.text[line.indent :].rstrip().splitlines(keepends=True):
        piece = raw.strip()
        start = column + raw.index(piece) if piece else column
        column += len(raw)
        if not piece:
            continue
        key, equals, value = piece.partition("=")
        if not equals:
            refusals.append(Refusal(Fault.NESTED_LINE, number, option))
            continue
        key, value = key.strip(), value.strip()
        value_span = None
        if value:
            at = start + piece.index(value, piece.index("=") + 1)
            value_span = Span(number, at, at + len(value))
        yield Sub(key, value, number, Span(number, start, start + max(len(key), 1)), value_span)


class _Open:
    """A section that is being read."""

    __slots__ = ("headed", "line", "name", "options", "refusals", "span")

    def __init__(self, name: str | None, line: int, span: Span | None) -> None:
        self.name = name
        self.line = line
        self.span = span
        self.headed = name is not None
        self.options: list[Option] = []
        self.refusals: list[Refusal] = []

    def take(self, option: _OpenOption | None) -> None:
        if option is not None:
            self.options.append(option.close(self.refusals))

    def close(self, option: _OpenOption | None, found: list[IniSection]) -> None:
        self.take(option)
        if self.headed or self.refusals:
            found.append(IniSection(self.name, self.line, self.span, tuple(self.options), tuple(self._all_refusals())))

    def _all_refusals(self) -> list[Refusal]:
        seen: dict[str, Option] = {}
        refusals = list(self.refusals)
        for option in self.options:
            first = seen.setdefault(option.key, option)
            if first is not option:
                refusals.append(Refusal(Fault.DUPLICATE_OPTION, option.line, option, first.line))
        refusals.sort(key=lambda refusal: refusal.line)
        return refusals
