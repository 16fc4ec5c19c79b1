"""Comments that say to ignore what a rule reports: `# rolecall: ignore[rule, …]` on the line above.

    # rolecall: ignore[long-term-keys] The build has no other way in.
    [ci]
    aws_access_key_id = AKIAIOSFODNN7EXAMPLE

Above a key it covers the key with all lines of its value, above a header the whole section, above any other line that
line. Further comment lines may stand between; an empty line may not. It starts in the first column, as some tools take
an indented one for a part of the value above, and it never stands inside a value or a nested block: there it goes above
the key. What is about a file as a whole, such as its encoding, is ignored by no comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import NamedTuple

from rolecall.edits import SectionEdit
from rolecall.lint.rule import On
from rolecall.model.stanza import Place
from rolecall.readers.botocore.ini import Option, read_section
from rolecall.readers.botocore.merge import File
from rolecall.syntax import LineKind, Section
from rolecall.syntax.parser import BOM
from rolecall.text import Position, Span, TextEdit

OUT_OF_REACH = frozenset({On.FILE, On.ACCOUNT, On.SUPPRESSION})
"""What rules on these report is ignored by no comment."""

OF_ACCOUNTS = frozenset({"unmatched-profile", "account-mismatch"})
"""Rules that find less where no account is registered, as on a build machine."""

_MARK = re.compile(r"[#;][ \t]*(?P<whole>rolecall:[ \t]*ignore\b[ \t]*(?:\[(?P<names>[^\]]*)\])?.*)")
_NAME = re.compile(r"[^\s,]+")


class Misplaced(Enum):
    """Why a comment covers nothing."""

    INDENTED = "indented"
    INSIDE = "inside a value"
    ALONE = "nothing below"


class Named(NamedTuple):
    """A rule that a comment names, and where."""

    rule: str
    span: Span


class Reach(NamedTuple):
    """What a comment covers.

    first, last  the lines, counted from the start of the section; none where it is misplaced
    inside       the option in whose value it stands
    """

    first: int = 0
    last: int = -1
    misplaced: Misplaced | None = None
    inside: Option | None = None


class Suppression(NamedTuple):
    """One such comment.

    span   the comment without its sign
    names  the rules; empty where it names none
    """

    span: Span
    names: tuple[Named, ...]
    reach: Reach

    @property
    def line(self) -> int:
        """Counted from the start of the section."""
        return self.span.line

    def covers(self, rule: str, line: int) -> bool:
        return self.reach.first <= line <= self.reach.last and any(named.rule == rule for named in self.names)


class SuppressionTarget(NamedTuple):
    """One comment that says to ignore something.

    needless  of its names those that ignore nothing, as far as that can be told
    known     all rules, and what each looks at
    """

    file: File
    section: Section
    suppression: Suppression
    needless: tuple[Named, ...]
    known: Mapping[str, On]

    def place(self, span: Span) -> Place:
        return Place(self.file, self.section, span)


def may_suppress(section: Section) -> bool:
    """Whether it is worth asking for the suppressions of a section."""
    return "rolecall" in section.text


def suppressions(section: Section) -> tuple[Suppression, ...]:
    """The comments of a section that say to ignore something, those that cover the least first. Computed once."""
    return section.memo(_suppressions)


def suppressed_by(rule: str, place: Place) -> Suppression | None:
    """The comment that says to ignore what a rule reports at a place, if any; of several the nearest."""
    if place.section is None:
        return None
    return next((found for found in suppressions(place.section) if found.covers(rule, place.span.line)), None)


def reach(section: Section, number: int) -> Reach:
    """What a comment on a line of a section covers, or would cover if it said to ignore something."""
    inside = _option_at(section, number)
    if inside is not None and number <= inside.last:
        return Reach(misplaced=Misplaced.INSIDE, inside=inside)
    lines = section.lines
    if lines[number].indent:
        return Reach(misplaced=Misplaced.INDENTED)
    below = number + 1
    while below < len(lines) and lines[below].kind is LineKind.COMMENT:
        below += 1
    if below == len(lines) or lines[below].kind is LineKind.BLANK:
        return Reach(misplaced=Misplaced.ALONE)
    return Reach(below, _last(section, below))


def subject(section: Section, line: int) -> int:
    """The line above which a comment about a line stands: that of the key whose value it belongs to, else itself."""
    option = _option_at(section, line)
    return option.line if option is not None else line


def ignore(file: File, section: Section, line: int, rule: str, end: str) -> SectionEdit | None:
    """Write above a line of a section that what a rule reports there is to be ignored: into the comment that is there,
    else as a new one with this line end. None where no comment can stand."""
    top = subject(section, line)
    if top >= len(section.lines) or section.lines[top].text.startswith(BOM):
        return None
    for found in suppressions(section):
        if found.reach.first == top and found.names and not found.reach.misplaced:
            place = Position(found.line, found.names[-1].span.end)
            return SectionEdit(file, section, TextEdit(place, place, f", {rule}"))
    place = Position(top, 0)
    return SectionEdit(file, section, TextEdit(place, place, f"{comment(rule)}{end}"))


def comment(*rules: str) -> str:
    """The text of a comment that says to ignore some rules."""
    return f"# rolecall: ignore[{', '.join(rules)}]"


def without(target: SuppressionTarget, name: Named | None = None) -> SectionEdit:
    """Take a name out of a comment, or the whole comment where it is the last one or none is given."""
    names = target.suppression.names
    line = target.suppression.line
    if name is None or len(names) < 2:
        return SectionEdit(target.file, target.section, TextEdit(Position(line, 0), Position(line + 1, 0), ""))
    at = names.index(name)
    start, end = (names[at - 1].span.end, name.span.end) if at else (name.span.start, names[1].span.start)
    return SectionEdit(target.file, target.section, TextEdit(Position(line, start), Position(line, end), ""))


def moved(target: SuppressionTarget) -> list[SectionEdit]:
    """Put a comment into the first column, above the key in whose value it stands."""
    found = target.suppression
    line = target.section.lines[found.line]
    inside = found.reach.inside
    if inside is None:
        edit = TextEdit(Position(found.line, 0), Position(found.line, line.indent), "")
        return [SectionEdit(target.file, target.section, edit)]
    place = Position(inside.line, 0)
    edit = TextEdit(place, place, line.text[line.indent :] + line.end)
    return [SectionEdit(target.file, target.section, edit), without(target)]


def _suppressions(section: Section) -> tuple[Suppression, ...]:
    found = []
    for number, line in enumerate(section.lines):
        if line.kind is LineKind.COMMENT:
            # Behind a byte order mark, for which the file is refused, there is no first column.
            mark = None if line.text.startswith(BOM) else _MARK.match(line.text, line.indent)
            if mark is not None:
                span = Span(number, mark.start("whole"), len(line.text.rstrip()))
                found.append(Suppression(span, tuple(_names(mark, number)), reach(section, number)))
    return tuple(sorted(found, key=lambda one: (one.reach.last - one.reach.first, one.line)))


def _names(mark: re.Match[str], line: int) -> Iterator[Named]:
    if mark["names"] is not None:
        for name in _NAME.finditer(mark.string, *mark.span("names")):
            yield Named(name[0], Span(line, name.start(), name.end()))


def _last(section: Section, first: int) -> int:
    """The last line of what begins on a line: of a header the section's, of a key its value's."""
    headers = [ini.line for ini in read_section(section) if ini.name is not None]
    if first in headers:
        return min((line for line in headers if line > first), default=len(section.lines)) - 1
    option = _option_at(section, first)
    return first if option is None else _end(section, option)


def _option_at(section: Section, line: int) -> Option | None:
    """The option in whose lines a line stands."""
    options = (option for ini in read_section(section) for option in ini.options)
    return next((option for option in options if option.line <= line <= _end(section, option)), None)


def _end(section: Section, option: Option) -> int:
    """The last line of an option, with the indented comments below, which some tools take for parts of its value."""
    last = option.last
    for number in range(last + 1, len(section.lines)):
        line = section.lines[number]
        if line.kind not in (LineKind.BLANK, LineKind.COMMENT):
            break
        if line.indent and line.kind is LineKind.COMMENT:
            last = number
    return last
