"""One section of one file, as botocore delimits it, with what its header means."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rolecall.readers.botocore.ini import IniSection, Option, Sub, look_at_section, read_section
from rolecall.readers.botocore.merge import File, Meaning, SectionType, meaning
from rolecall.syntax import Section
from rolecall.syntax.regular import regular
from rolecall.text import Span


class Place(NamedTuple):
    """Where something stands.

    file    "config", "credentials", or the path of an accounts file
    section the tree's section that `span` is counted from; None where the span is counted from the top of the file
    """

    file: str
    section: Section | None
    span: Span


class Stanza:
    """A section of a file. Compared by identity, as its tree section is."""

    __slots__ = ("file", "ini", "meaning", "section")

    def __init__(self, file: File, section: Section, ini: IniSection, found: Meaning) -> None:
        self.file: File = file
        self.section = section
        self.ini = ini
        self.meaning = found

    @property
    def header(self) -> str:
        """The text between the brackets."""
        return self.ini.name or ""

    @property
    def type(self) -> SectionType:
        return self.meaning.type

    @property
    def name(self) -> str:
        """The name behind the type, such as "dev" of [profile dev]; "" where there is none."""
        return self.meaning.name

    @property
    def options(self) -> tuple[Option, ...]:
        return self.ini.options

    @property
    def section_type(self) -> str:
        """What the catalogue calls it; of a section that no tool reads the first word of the header."""
        return section_type(self.header, self.meaning)

    def option(self, key: str) -> Option | None:
        """The option that gives a key its value in this section."""
        return self.ini.option(key)

    def place(self, span: Span | None = None) -> Place:
        """A span of this section, or its header's name."""
        return Place(self.file, self.section, span or self.header_span)

    @property
    def header_span(self) -> Span:
        """The header, brackets included."""
        span = self.ini.span
        return Span(span.line, span.start - 1, span.end + 1) if span else Span(self.ini.line, 0, 1)

    def value_place(self, option: Option | Sub) -> Place:
        """The value of an option; its key where the value is empty."""
        return self.place(option.value_span or option.key_span)


def section_type(header: str, found: Meaning) -> str:
    """See `Stanza.section_type`."""
    if found.type is SectionType.DEFAULTS:
        return SectionType.PROFILE.value
    return found.type.value or (header.split(maxsplit=1) or [""])[0]


def stanzas(file: File, section: Section) -> tuple[Stanza, ...]:
    """The stanzas of a tree's section: nearly always one, computed once for it."""
    return section.memo(_STANZAS[file])


def passing(file: File, section: Section) -> tuple[Stanza, ...]:
    """The stanzas of a section, for whoever goes over all sections of a file and keeps nothing of them: of regular
    sections there may be tens of thousands."""
    return stanzas(file, section) if regular(section) is None else _of(file, section, look_at_section(section))


def _config_stanzas(section: Section) -> tuple[Stanza, ...]:
    return _stanzas("config", section)


def _credentials_stanzas(section: Section) -> tuple[Stanza, ...]:
    return _stanzas("credentials", section)


_STANZAS = {"config": _config_stanzas, "credentials": _credentials_stanzas}


def _stanzas(file: File, section: Section) -> tuple[Stanza, ...]:
    return _of(file, section, read_section(section))


def _of(file: File, section: Section, found: Iterable[IniSection]) -> tuple[Stanza, ...]:
    return tuple([Stanza(file, section, ini, meaning(file, ini.name)) for ini in found if ini.name is not None])
