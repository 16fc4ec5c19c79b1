"""`parseIni` of the SDK's shared-ini-file-loader, which both files are parsed with.

The facts are those of `@smithy/core` 3.41: a line ends at a line feed, with or without a carriage return before it;
what follows a `#` or `;` at the start of a line or after white space is a comment, on every line; only `=` delimits;
keys keep their case; a key without a value is dropped and puts its name before the indented keys that follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from rolecall.syntax import Line, Section, Tree

Keys = dict[str, str]
"""The settings of a section. The keys of a nested block stand among them, as `block.key`."""

SPACE = (
    "\t\n\x0b\x0c\r \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
"""White space as JavaScript has it, for `trim` and in regular expressions; Python's is another set."""

OBJECT_MEMBERS = frozenset(
    (
        *("__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__", "__proto__", "constructor"),
        *("hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString", "toString", "valueOf"),
    )
)
"""Names that every object of JavaScript has something under. The SDK keeps sections in plain objects."""

_TYPES = ("profile", "sso-session", "services")
_COMMENT = re.compile(f"(?:^|[{SPACE}])[;#]")
_PREFIXED = re.compile(rf"""([\w-]+)[{SPACE}](["']?)([\w@+.%:/-]+)\2""", re.ASCII)
_REFUSED = ("__proto__", "profile __proto__")


class Header(NamedTuple):
    """A line that the SDK takes for a header: what stands between the brackets, and the line (from 0)."""

    text: str
    line: int


class Setting(NamedTuple):
    """A line `key = value`. The value may be empty; `indented` is whether white space stands before the key."""

    key: str
    value: str
    indented: bool


class Refusal(NamedTuple):
    """The one thing that `parseIni` throws an `Error` for: its message, and the line (from 1) that it is about."""

    line: int
    message: str


class Parsed(NamedTuple):
    """A file as `parseIni` gives it.

    sections section name to settings; "profile.dev" for [profile dev], else the text between the brackets
    headers  every header's text and the name of the section that it opens, None where the SDK skips its keys
    """

    sections: dict[str, Keys]
    headers: dict[str, str | None]


def parse_ini(tree: Tree) -> Parsed | Refusal:
    """What `parseIni` returns for a file, or the error that it throws."""
    sections: dict[str, Keys] = {}
    headers: dict[str, str | None] = {}
    section = block = None
    for start, items in _pieces(tree):
        for item in items:
            if isinstance(item, Header):
                if item.text in _REFUSED:
                    return Refusal(start + item.line + 1, f'Found invalid profile name "{item.text}"')
                section, block = section_name(item.text), None
                headers[item.text] = section
            elif not section:
                continue
            elif not item.value:
                block = item.key
            else:
                if not item.indented:
                    block = None
                keys = sections.setdefault(section, {})
                key = f"{block}.{item.key}" if block else item.key
                if key != "__proto__":
                    keys[key] = item.value
    return Parsed(sections, headers)


def section_name(header: str) -> str | None:
    """The name under which a header's keys are kept; None, or an empty one, where they are skipped."""
    found = _PREFIXED.fullmatch(header)
    if found is None:
        return header
    type_, _, name = found.groups()
    return f"{type_}.{name}" if type_ in _TYPES else None


def _pieces(tree: Tree) -> Iterator[tuple[int, tuple[Header | Setting, ...]]]:
    """What the SDK sees in the file, piece by piece, each with the line it starts on.

    A piece is a section of the tree, or several of them: a lone carriage return ends a line of the tree but none of
    the SDK's, so that what comes before and after it is read together.
    """
    held: list[Line] = []
    start = 0
    for section, at in tree.located():
        if not held and not _is_open(section.lines):
            yield at, section.memo(_read_section)
            continue
        start = start if held else at
        held += section.lines
        if not _is_open(section.lines):
            yield start, _read(held)
            held = []
    if held:
        yield start, _read(held)


def _is_open(lines: tuple[Line, ...]) -> bool:
    return bool(lines) and lines[-1].end == "\r"


def _read_section(section: Section) -> tuple[Header | Setting, ...]:
    return _read(section.lines)


def _read(lines: list[Line] | tuple[Line, ...]) -> tuple[Header | Setting, ...]:
    found: list[Header | Setting] = []
    text, first = "", 0
    for number, line in enumerate(lines):
        text += line.text
        if line.end == "\r":
            text += "\r"
            continue
        found += _read_line(text, first)
        text, first = "", number + 1
    if text:
        found += _read_line(text, first)
    return tuple(found)


def _read_line(text: str, number: int) -> Iterator[Header | Setting]:
    comment = _COMMENT.search(text)
    content = (text[: comment.start()] if comment else text).strip(SPACE)
    if content.startswith("[") and content.endswith("]"):
        yield Header(content[1:-1], number)
        return
    key, equals, value = content.partition("=")
    if key and equals:
        yield Setting(key.rstrip(SPACE), value.lstrip(SPACE), text[0] in SPACE)
