"""Where the cursor is: in which section, on what of which line. Everything that answers at the cursor asks this once.

The lines are taken as botocore takes them, so that a line that continues a value is no key. What is being typed is
often not yet right, such as `[prof` or `reg`; such lines count as the header or key that they are going to be.
"""

from __future__ import annotations

from bisect import bisect_right
from enum import Enum
from typing import NamedTuple

from rolecall import catalog
from rolecall.features.texts import last_of, texts_of
from rolecall.model.stanza import Stanza, stanzas
from rolecall.model.workspace import Workspace
from rolecall.readers.botocore.ini import Fault, Option, Sub
from rolecall.readers.botocore.merge import File
from rolecall.syntax import Line, LineKind
from rolecall.syntax.regular import regular
from rolecall.text import Position, Span


class Part(Enum):
    """What the cursor is on. At the border of two it is on the one before it."""

    HEADER = "header"
    KEY = "key"
    DELIMITER = "delimiter"
    """Between key and value, or in the indent before a key."""
    VALUE = "value"
    NESTED_KEY = "nested key"
    NESTED_VALUE = "nested value"
    CONTINUED = "continued value"
    """A further line of a value that is no block."""
    BLANK = "blank"
    COMMENT = "comment"


class Cursor(NamedTuple):
    """A place in a file.

    position    within the text, whatever was asked for
    text        the line
    start, end  columns of what the cursor is on; equal where there is nothing
    first       the line on which the tree's section starts, from which the spans of `option` and `sub` count
    stanza      the section; None above the first header
    option      the setting, also from within its nested block; None on a line that is not yet one
    sub         the line of a nested block
    """

    file: File
    position: Position
    part: Part
    text: str
    start: int
    end: int
    first: int = 0
    stanza: Stanza | None = None
    option: Option | None = None
    sub: Sub | None = None

    @property
    def word(self) -> str:
        """What stands before the cursor of the thing it is on."""
        return self.text[self.start : self.position.column]

    @property
    def line(self) -> int:
        return self.position.line

    @property
    def span(self) -> Span:
        """What the cursor is on; empty where there is nothing."""
        return Span(self.line, self.start, self.end)

    @property
    def touches(self) -> bool:
        """Whether there is something at the cursor."""
        return self.start <= self.position.column <= self.end and self.start < self.end

    @property
    def section_type(self) -> str:
        """What the catalogue calls the place: "profile", "sso-session", "profile/s3", …; "" above the first header."""
        outer = self.stanza.section_type if self.stanza else ""
        if self.option and self.part in (Part.NESTED_KEY, Part.NESTED_VALUE):
            return f"{outer}/{self.option.key}"
        return outer


def name_span(stanza: Stanza) -> Span:
    """The name in a header, such as dev in [profile dev], counted from the section; the whole of an odd header."""
    whole = stanza.header_span
    at = stanza.header.rfind(stanza.name)
    if not stanza.name or at < 0:
        return whole
    start = whole.start + 1 + at
    return Span(whole.line, start, start + len(stanza.name))


def last_line(stanza: Stanza) -> int:
    """The last line of a section that is not blank and does not belong to an indented header below, from its start."""
    section = stanza.section
    texts = texts_of(section)
    # There is one in a regular section, and it is not worth keeping.
    all_of_it = stanzas(stanza.file, section) if regular(section) is None else ()
    later = [other.ini.line for other in all_of_it if other.ini.line > stanza.ini.line]
    return last_of(texts[: min(later, default=len(texts))], stanza.ini.line)


def at(workspace: Workspace, file: File, position: Position) -> Cursor:
    """What stands at a position; positions outside of the text mean its nearest place."""
    tree = workspace.document(file).tree
    if tree is None:
        return Cursor(file, Position(0, 0), Part.BLANK, "", 0, 0)
    section, first = tree.at(position.line)
    number = min(position.line - first, len(section.lines))
    line = section.lines[number] if number < len(section.lines) else Line("", "", LineKind.BLANK, 0, -1)
    column = min(position.column, len(line.text))
    above = [stanza for stanza in stanzas(file, section) if stanza.ini.line <= number]
    here = Cursor(file, Position(first + number, column), Part.BLANK, line.text, column, column, first)
    if above:
        return _in_stanza(here._replace(stanza=above[-1]), above[-1], line, number)
    return _plain(here, line)


def _in_stanza(here: Cursor, stanza: Stanza, line: Line, number: int) -> Cursor:
    if line.kind is LineKind.COMMENT or number == stanza.ini.line:
        return _plain(here, line)
    options = stanza.options
    index = bisect_right(options, number, key=lambda option: option.line) - 1
    option = options[index] if index >= 0 else None
    if line.kind is LineKind.BLANK:
        return _on_blank(here, stanza, option)
    if option is None or number > option.last or _is_refused(stanza, number):
        return _plain(here, line)
    here = here._replace(option=option)
    if number == option.line:
        # The whole indent belongs to no one; a key may be empty while it is typed.
        return _on_entry(here, option.key_span.start, len(option.written), line.delimiter, Part.KEY, Part.VALUE)
    return _in_value(here, option, line, number)


def _plain(here: Cursor, line: Line) -> Cursor:
    """A line that belongs to no setting."""
    if line.kind is LineKind.BLANK:
        return here
    start, end = line.indent, max(len(line.text.rstrip()), here.position.column)
    if here.position.column < start:
        return here._replace(part=Part.DELIMITER)
    if line.kind is LineKind.COMMENT:
        return here._replace(part=Part.COMMENT, start=start, end=end)
    if line.kind is LineKind.BRACKET:
        return here._replace(part=Part.HEADER, start=start, end=end)
    if line.delimiter < 0:
        return here._replace(part=Part.KEY, start=start, end=end)
    return _on_entry(here, start, len(line.text[start : line.delimiter].rstrip()), line.delimiter, Part.KEY, Part.VALUE)


def _on_blank(here: Cursor, stanza: Stanza, option: Option | None) -> Cursor:
    """An empty line: what is typed there, indented, would belong to the value above."""
    if option is None or here.position.column <= stanza.section.lines[option.line].indent:
        return here
    setting = catalog.setting(stanza.section_type, option.key)
    expects_block = setting is not None and setting.type == "nested" and not option.value
    part = Part.NESTED_KEY if option.is_nested or expects_block else Part.CONTINUED
    return here._replace(part=part, option=option)


def _in_value(here: Cursor, option: Option, line: Line, number: int) -> Cursor:
    """A further line of a value."""
    if not option.is_nested:
        return here._replace(part=Part.CONTINUED)
    subs = [sub for sub in option.nested if sub.line == number]
    if not subs and here.position.column < line.indent:
        return here._replace(part=Part.DELIMITER)
    if not subs:
        return here._replace(part=Part.NESTED_KEY, start=line.indent, end=max(len(line.text), here.position.column))
    # Nearly always one; several where a line holds characters at which only botocore splits it.
    sub = next((sub for sub in reversed(subs) if sub.key_span.start <= here.position.column), subs[0])
    delimiter = line.text.find("=", sub.key_span.start + len(sub.key))
    return _on_entry(
        here._replace(sub=sub), sub.key_span.start, len(sub.key), delimiter, Part.NESTED_KEY, Part.NESTED_VALUE
    )


def _on_entry(here: Cursor, start: int, length: int, delimiter: int, key: Part, value: Part) -> Cursor:
    """On a line `key = value`."""
    column = here.position.column
    if start <= column <= start + length:
        return here._replace(part=key, start=start, end=start + length)
    if column <= delimiter:
        return here._replace(part=Part.DELIMITER)
    first = len(here.text) - len(here.text[delimiter + 1 :].lstrip())
    last = len(here.text.rstrip())
    if first >= len(here.text):
        return here._replace(part=value)
    return here._replace(part=value, start=min(first, column), end=max(last, column))


def _is_refused(stanza: Stanza, number: int) -> bool:
    """Whether a line is neither a setting nor, for botocore, part of a value."""
    return any(found.line == number and found.fault is Fault.NOT_AN_OPTION for found in stanza.ini.refusals)
