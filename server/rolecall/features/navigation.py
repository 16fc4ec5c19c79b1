"""From a name to where it is defined, and to everything that refers to it, over both files."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from rolecall.features.cursor import Cursor, Part, at, last_line, name_span
from rolecall.model.index import REFERENCES
from rolecall.model.stanza import Stanza
from rolecall.model.workspace import FILES, Workspace
from rolecall.readers.botocore.merge import File, SectionType
from rolecall.syntax import Section
from rolecall.text import Position, Span

_NAMED = frozenset(REFERENCES.values())


class Subject(NamedTuple):
    """A name that the cursor is on: what kind of section it names, and where it stands in the line."""

    type: SectionType
    name: str
    span: Span


class Location(NamedTuple):
    """A place in a file.

    path   the file
    span   the name
    start, end  the whole section where the name is a header's, else the name
    is_header   it defines the name, rather than refers to it
    """

    path: str
    span: Span
    start: Position
    end: Position
    is_header: bool


class Access(Enum):
    """Whether a place gives a name its meaning or uses it. The numbers are those of the Language Server Protocol."""

    READ = 2
    WRITE = 3


class Highlight(NamedTuple):
    """A place in the file at the cursor with the same name."""

    span: Span
    access: Access


def definition(workspace: Workspace, file: File, position: Position) -> list[Location]:
    """Where the name at the cursor is defined: every header of it, in either file.

    From a header, its counterparts; where there are none the header itself, so that an editor offers its references.
    """
    cursor = at(workspace, file, position)
    found = subject(cursor)
    if found is None:
        return []
    headers = workspace.stanzas(found.type, found.name)
    others = tuple(stanza for stanza in headers if cursor.part is not Part.HEADER or stanza is not cursor.stanza)
    return list(_headers(workspace, others or headers))


def references(workspace: Workspace, file: File, position: Position, *, with_headers: bool = True) -> list[Location]:
    """Every header of the name at the cursor (unless not wanted), and every setting that refers to it."""
    found = subject(at(workspace, file, position))
    if found is None:
        return []
    headers = _headers(workspace, workspace.stanzas(found.type, found.name)) if with_headers else ()
    return [*headers, *_uses(workspace, found)]


def document_highlight(workspace: Workspace, file: File, position: Position) -> list[Highlight]:
    """The name at the cursor, wherever it stands in the same file."""
    path = workspace.document(file).path
    return [
        Highlight(found.span, Access.WRITE if found.is_header else Access.READ)
        for found in references(workspace, file, position)
        if found.path == path
    ]


def subject(cursor: Cursor) -> Subject | None:
    """The name of a section that the cursor is on, in a header or as the value of a setting that refers to one."""
    stanza, option = cursor.stanza, cursor.option
    if stanza is None:
        return None
    if cursor.part is Part.HEADER and cursor.line - cursor.first == stanza.ini.line:
        return Subject(stanza.type, stanza.name, name_span(stanza).down(cursor.first)) if _is_named(stanza) else None
    if cursor.part is not Part.VALUE or option is None or option.value_span is None or "\n" in option.value:
        return None
    type_ = _refers(stanza, option.key)
    span = option.value_span.down(cursor.first)
    if type_ is None or not span.start <= cursor.position.column <= span.end:
        return None
    return Subject(type_, option.value, span)


def _is_named(stanza: Stanza) -> bool:
    return stanza.type in _NAMED and stanza.name != ""


def _refers(stanza: Stanza, key: str) -> SectionType | None:
    return REFERENCES.get(key) if stanza.type in (SectionType.PROFILE, SectionType.DEFAULTS) else None


def _headers(workspace: Workspace, stanzas: tuple[Stanza, ...]) -> Iterator[Location]:
    for stanza, first in _placed(workspace, stanzas):
        last = last_line(stanza)
        yield Location(
            workspace.document(stanza.file).path,
            name_span(stanza).down(first),
            Position(first + stanza.ini.line, 0),
            Position(first + last, len(stanza.section.lines[last].text)),
            is_header=True,
        )


def _uses(workspace: Workspace, subject: Subject) -> Iterator[Location]:
    for stanza, first in _placed(workspace, workspace.references(subject.type, subject.name)):
        path = workspace.document(stanza.file).path
        for option in stanza.options:
            if option.value_span and option.value == subject.name and _refers(stanza, option.key) is subject.type:
                span = option.value_span.down(first)
                yield Location(
                    path, span, Position(span.line, span.start), Position(span.line, span.end), is_header=False
                )


def _placed(workspace: Workspace, stanzas: tuple[Stanza, ...]) -> Iterator[tuple[Stanza, int]]:
    """Sections with the lines on which their sections of the tree start."""
    sections = {stanza.section for stanza in stanzas}
    starts: dict[Section, int] = {}
    for file in FILES:
        tree = workspace.document(file).tree
        starts |= tree.starts_of(sections) if tree else {}
    return ((stanza, starts[stanza.section]) for stanza in stanzas)
