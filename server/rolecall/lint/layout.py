"""How the lines of a section are laid out: what is swallowed by the line above, and what looks like a header only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rolecall import catalog
from rolecall.edits import SectionEdit
from rolecall.lint.findings import EditAction, Fix, quoted
from rolecall.lint.targets import is_unclosed
from rolecall.model.headers import end_of_header, is_ordinary
from rolecall.model.stanza import Place, Stanza
from rolecall.readers.botocore.ini import Option
from rolecall.readers.botocore.merge import File
from rolecall.syntax import Line, LineKind, Section
from rolecall.syntax.parser import BOM
from rolecall.text import Position, Span, TextEdit

CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
"""What the lines begin with that git leaves around the two sides of a merge conflict."""

_BETWEEN = "======="


def indentation(line: Line) -> int:
    """How many characters of white space a line starts with; none where a byte order mark stands in front of them."""
    return 0 if line.text.startswith(BOM) else line.indent


def line_place(stanza: Stanza, number: int) -> Place:
    """A whole line of a section, without the white space around it."""
    line = stanza.section.lines[number]
    return stanza.place(Span(number, line.indent, len(line.text.rstrip())))


def opens_block(stanza: Stanza, option: Option) -> bool:
    """Whether indented lines below a key without a value are settings of their own, as far as anyone knows."""
    setting = catalog.setting(stanza.section_type, option.key)
    return option.is_nested and (setting is None or setting.type == "nested")


def opens_commented_block(stanza: Stanza, option: Option) -> bool:
    """Whether the lines below a key would be a block, were there no comment behind the key."""
    setting = catalog.setting(stanza.section_type, option.key)
    return setting is not None and setting.type == "nested" and option.value.startswith(("#", ";"))


def conflicts(section: Section) -> list[int]:
    """The lines between the two sides of a merge conflict. botocore refuses each of them, as it has no key."""
    return [number for number, line in enumerate(section.lines) if line.text.startswith(_BETWEEN)]


def swallowed_lines(stanza: Stanza, option: Option) -> list[int]:
    """The lines that botocore reads as a part of a setting's value, except those of a block, also of one that is none
    to botocore only for a comment where there should be nothing."""
    if option.last == option.line or opens_block(stanza, option) or opens_commented_block(stanza, option):
        return []
    lines = stanza.section.lines
    return [
        number
        for number in range(option.line + 1, option.last + 1)
        if lines[number].kind not in (LineKind.BLANK, LineKind.COMMENT)
    ]


def broken_headers(stanza: Stanza) -> dict[int, str]:
    """The lines of a section that look like a header and are none, each with the rule that reports it: refused, read
    as a key, or swallowed."""
    lines = stanza.section.lines
    found = {number: "swallowed-line" for option in stanza.options for number in swallowed_lines(stanza, option)}
    found |= {option.line: "header-read-as-key" for option in stanza.options}
    for refusal in stanza.ini.refusals:
        if refusal.option is None:
            is_open = is_unclosed(lines[refusal.line])
            found[refusal.line] = "unclosed-section-header" if is_open else "syntax-error"
    return {number: rule for number, rule in found.items() if lines[number].kind is LineKind.BRACKET}


def torn_by(stanza: Stanza, number: int) -> tuple[Option, Option] | None:
    """Two settings of the same name, one on each side of a broken header, as were meant for two sections. As botocore
    sees but one section it refuses the file."""
    above = {option.key: option for option in stanza.options if option.key and option.line <= number}
    below = (option for option in stanza.options if option.line > number and option.key in above)
    return next(((above[option.key], option) for option in below), None)


def close_header(file: File, section: Section, number: int) -> Fix:
    """Adds the bracket that a header lacks. Safe where what stands behind the first one surely is a name."""
    line = section.lines[number]
    end = end_of_header(line)
    header = line.text[line.indent + 1 : end]
    place = Position(number, end)
    edit = SectionEdit(file, section, TextEdit(place, place, "]"))
    is_name = is_ordinary(header)
    # What is no name may be a setting with its value, which is not to be shown.
    title = f"Change to {quoted(f'[{header}]')}" if is_name else "Close the header"
    return Fix(title, lambda _: [edit], safe=is_name)


def unindent(file: File, section: Section, widths: Iterable[tuple[int, int]]) -> EditAction:
    """Takes characters off the start of lines: (number of the line, how many)."""
    edits = [
        SectionEdit(file, section, TextEdit(Position(number, 0), Position(number, width), ""))
        for number, width in widths
        if width
    ]
    return lambda _: edits


def comments_below(stanza: Stanza, option: Option) -> Iterator[int]:
    """The indented comments between a setting and the next one."""
    lines = stanza.section.lines
    for number in range(option.line + 1, len(lines)):
        line = lines[number]
        if line.kind is LineKind.COMMENT:
            if line.indent:
                yield number
        elif line.kind is not LineKind.BLANK and number > option.last:
            return
