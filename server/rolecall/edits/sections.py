"""Edits of options and sections, by spans."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from rolecall import catalog
from rolecall.model.headers import is_writable
from rolecall.model.stanza import Place, Stanza
from rolecall.readers.botocore.ini import Option
from rolecall.readers.botocore.merge import File
from rolecall.syntax import Line, LineKind, Section, Tree
from rolecall.text import Position, TextEdit

_UNSAFE_VALUE = re.compile(r"[\r\n\x00]")
_UNSAFE_KEY = re.compile(r"[\r\n\x00=:]|^[\s#;\[]|\s$|^$")


class EditError(ValueError):
    """A key, value or name that cannot be written. The text names the cause, never the value."""


class SectionEdit(NamedTuple):
    """Replace what stands between two positions, counted from the first line of a section of the tree."""

    file: File
    section: Section
    edit: TextEdit


class AppendSection(NamedTuple):
    """A new section at the end of a file, after an empty line; the file may be empty or not exist."""

    file: File
    header: str
    options: tuple[tuple[str, str], ...]


class RemoveBom(NamedTuple):
    """Take the byte order mark off the start of a file whose text, as an editor has it, does not show it.

    No edit of the text can do that: whoever applies edits writes the file anew.
    """

    file: File


FileEdit = SectionEdit | AppendSection | RemoveBom


def replace_span(place: Place, text: str) -> SectionEdit:
    """Exchange a span of one line."""
    _check_value(text)
    if place.section is None or place.file not in ("config", "credentials"):
        raise EditError("Only the config and credentials files are edited by sections.")
    span = place.span
    edit = TextEdit(Position(span.line, span.start), Position(span.line, span.end), text)
    return SectionEdit("config" if place.file == "config" else "credentials", place.section, edit)


def set_option(stanza: Stanza, key: str, value: str) -> SectionEdit:
    """Give a key a value: where the section has it (at the last place, if there are two), else as a new line."""
    option = stanza.option(key.lower())
    return insert_option(stanza, key, value) if option is None else _change_value(stanza, option, value)


def insert_option(stanza: Stanza, key: str, value: str) -> SectionEdit:
    """Add a line `key = value` after the last option, spaced and indented as the section's options are."""
    return insert_options(stanza, ((key, value),))


def insert_options(
    stanza: Stanza, options: Sequence[tuple[str, str]], *, among: Sequence[Option] | None = None
) -> SectionEdit:
    """Add several lines, as `insert_option` does one; after the last of some options if that matters, or where these
    are none after the header: an option that another edit takes away cannot have anything added to it."""
    lines = stanza.section.lines
    indent, delimiter = "", " = "
    after = stanza.ini.line
    before = stanza.options if among is None else among
    if before:
        # Indented as the option above: a deeper line would go on with its value.
        last = before[-1]
        line = lines[last.line]
        indent = line.text[: line.indent].lstrip("\ufeff")
        delimiter = _delimiter(line.text, last)
        after = last.last
    else:
        # An indented line below would go on with the value of one that is not: a header may be one.
        below = next((line for line in lines[after + 1 :] if line.kind not in (LineKind.BLANK, LineKind.COMMENT)), None)
        indent = below.text[: below.indent] if below is not None else ""
    for key, value in options:
        _check_key(key)
        _check_value(value)
    return _insert_lines(stanza, after, [f"{indent}{key}{delimiter}{value}".rstrip(" \t") for key, value in options])


def remove_option(stanza: Stanza, option: Option) -> SectionEdit:
    """Take an option away, with all lines of its value."""
    return remove_lines(stanza, option.line, option.last)


def remove_lines(stanza: Stanza, first: int, last: int) -> SectionEdit:
    """Take whole lines away, counted from the start of the tree's section, both included."""
    return SectionEdit(stanza.file, stanza.section, TextEdit(Position(first, 0), Position(last + 1, 0), ""))


def remove_section(stanza: Stanza) -> SectionEdit:
    """Take a section away, with the comments directly above its header."""
    return remove_lines(stanza, *_extent(stanza))


def rename_section(stanza: Stanza, header: str) -> SectionEdit:
    """Write another text between a header's brackets."""
    check_header(header)
    span = stanza.ini.span
    assert span is not None, "a stanza has a header"
    return replace_span(stanza.place(span), header)


def add_section(file: File, header: str, options: Iterable[tuple[str, str]]) -> AppendSection:
    """A new section at the end of a file."""
    check_header(header)
    found = tuple(options)
    for key, value in found:
        _check_key(key)
        _check_value(value)
    return AppendSection(file, header, found)


def merge_sections(into: Stanza, other: Stanza) -> list[SectionEdit]:
    """Move all of a section into another one of its file. A key that both have keeps the moved value, as the tools
    that accept both have it; comments move along."""
    lines = other.section.lines
    first, last = _extent(other)
    changed = [_change_value(into, mine, _raw_value(other, option)) for option, mine in _shared(into, other)]
    gone = {other.ini.line}
    for option, _ in _shared(into, other):
        gone.update(range(option.line, option.last + 1))
    moved = [lines[number] for number in range(first, last + 1) if number not in gone]
    while moved and moved[-1].kind is LineKind.BLANK:
        moved.pop()
    while moved and moved[0].kind is LineKind.BLANK:
        moved.pop(0)
    edits = [*changed, remove_section(other)]
    if moved:
        after = max((option.last for option in into.options), default=into.ini.line)
        edits.append(_insert_lines(into, after, [line.text for line in moved]))
    return edits


_LONG_LIVED = ("aws_access_key_id", "aws_secret_access_key")


def loses_keys(stanza: Stanza, option: Option, before: Option) -> bool:
    """Whether an access key is lost where an option of a section gives way to another one. AWS shows a secret access
    key to nobody twice, so only temporary keys may be. What has no name of a setting, such as `$Env:NAME="value"`, may
    be part of a key as well."""
    if before.value in ("", option.value):
        return False
    if before.key not in _LONG_LIVED:
        return not catalog.looks_like_name(before.written)
    ids = [found.value for found in stanza.options if found.key == "aws_access_key_id"]
    return not ids or not all(found.startswith("ASIA") for found in ids)


def supersedes(option: Option, before: Option) -> bool:
    """Whether the later of two options of one key is all that tools have of it that accept both.

    JavaScript passes over an empty value, and adds up blocks.
    """
    if before.is_nested:
        return option.is_nested and {sub.key for sub in before.nested} <= {sub.key for sub in option.nested}
    return bool(option.value) or not before.value


def supersedes_shared(other: Stanza, into: Stanza) -> bool:
    """Whether `merge_sections` gives up nothing that a tool has which accepts both sections, and no access key."""
    shared = [*_shared(into, other)]
    return all(supersedes(option, mine) and not loses_keys(into, option, mine) for option, mine in shared)


def absolute(edits: Iterable[FileEdit], trees: Mapping[File, Tree | None]) -> dict[File, list[TextEdit]]:
    """The edits by file, with positions in the file. Leaves `RemoveBom` out, which no edit of a text can express."""
    found = [edit for edit in edits if not isinstance(edit, RemoveBom)]
    result: dict[File, list[TextEdit]] = {}
    for file, tree in trees.items():
        own = [edit for edit in found if edit.file == file]
        if not own:
            continue
        sections = {edit.section for edit in own if isinstance(edit, SectionEdit)}
        starts = tree.starts_of(sections) if tree else {}
        texts = result.setdefault(file, [])
        for edit in own:
            if isinstance(edit, SectionEdit):
                start = starts[edit.section]
                (low, high, text) = edit.edit
                texts.append(
                    TextEdit(Position(low.line + start, low.column), Position(high.line + start, high.column), text)
                )
            else:
                texts.append(_append(edit, tree))
    return result


def check_header(header: str) -> None:
    """Raise EditError for a text that cannot stand between a header's brackets."""
    if not is_writable(header):
        raise EditError("A section's name cannot be empty, or hold a line break, a NUL or a closing bracket.")


def _check_key(key: str) -> None:
    if _UNSAFE_KEY.search(key):
        raise EditError("A setting's name cannot be empty, start with #, ; or [, or hold =, : or a line break.")


def _check_value(value: str) -> None:
    if _UNSAFE_VALUE.search(value):
        raise EditError("A value cannot hold a line break or a NUL.")


def _shared(into: Stanza, other: Stanza) -> list[tuple[Option, Option]]:
    """The options of `other` that count there and that `into` has too, each with the one of `into`."""
    pairs = []
    for option in other.options:
        mine = into.option(option.key)
        if mine is not None and other.option(option.key) is option:
            pairs.append((option, mine))
    return pairs


def _change_value(stanza: Stanza, option: Option, value: str) -> SectionEdit:
    lines = stanza.section.lines
    line = lines[option.line]
    if option.value_span is not None:
        start = option.value_span.start
    else:
        start = len(line.text.rstrip())
        value = (
            f" {value}"
            if value and not value.startswith("\n") and _delimiter(line.text, option).endswith(" ")
            else value
        )
    # A line break is only ever that of a block moved from another section.
    if "\x00" in value:
        raise EditError("A value cannot hold a NUL.")
    if option.last == option.line:
        end = option.value_span.end if option.value_span else len(line.text)
    else:
        end = len(lines[option.last].text)
    return SectionEdit(
        stanza.file, stanza.section, TextEdit(Position(option.line, start), Position(option.last, end), value)
    )


def _raw_value(stanza: Stanza, option: Option) -> str:
    """A value as it stands in the file, over all its lines."""
    lines = stanza.section.lines
    first = lines[option.line].text[option.value_span.start :] if option.value_span else ""
    if option.last == option.line:
        return first.rstrip()
    between = [lines[number] for number in range(option.line + 1, option.last + 1)]
    return "".join((first, lines[option.line].end, *(line.text + line.end for line in between))).rstrip("\r\n")


def _delimiter(text: str, option: Option) -> str:
    """The delimiter of an option with the white space around it; " = " where the value is empty."""
    if option.value_span is None:
        sign = text[option.key_span.end :].strip()[:1] or "="
        return f" {sign} "
    return text[option.key_span.end : option.value_span.start]


def _extent(stanza: Stanza) -> tuple[int, int]:
    """First and last line of a section, with the comments directly above its header."""
    section = stanza.section
    first = stanza.ini.line
    while first and section.lines[first - 1].kind is LineKind.COMMENT and section.lines[first - 1].indent == 0:
        first -= 1
    if section.header == stanza.ini.line:
        return first, len(section.lines) - 1
    # An indented header inside a section of the tree: up to the end of its last option.
    return first, max((option.last for option in stanza.options), default=stanza.ini.line)


def _insert_lines(stanza: Stanza, after: int, texts: list[str]) -> SectionEdit:
    lines = stanza.section.lines
    end = line_end_of(lines[: after + 1]) or line_end_of(lines) or "\n"
    place = Position(after, len(lines[after].text))
    return SectionEdit(stanza.file, stanza.section, TextEdit(place, place, "".join(end + text for text in texts)))


def line_end_of(lines: Sequence[Line]) -> str:
    """The line end that most of some lines have; "" where none has one."""
    ends = Counter(line.end for line in lines if line.end)
    return ends.most_common(1)[0][0] if ends else ""


def _append(edit: AppendSection, tree: Tree | None) -> TextEdit:
    lines = [line for section in tree.sections() for line in section.lines] if tree else []
    end = line_end_of(lines) or "\n"
    body = [f"[{edit.header}]", *(f"{key} = {value}".rstrip(" ") for key, value in edit.options)]
    text = "".join(line + end for line in body)
    if not lines:
        return TextEdit(Position(0, 0), Position(0, 0), text)
    last = lines[-1]
    if last.end:
        place, lead = Position(len(lines), 0), "" if last.kind is LineKind.BLANK else end
    else:
        place, lead = Position(len(lines) - 1, len(last.text)), end + ("" if last.kind is LineKind.BLANK else end)
    return TextEdit(place, place, lead + text)
