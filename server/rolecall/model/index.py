"""Which sections of a file have a name, refer to one, or hold an access key: kept up to date by edits.

A regular section is filed by its text alone, without anything being made of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from rolecall.model.form import Form, form_of
from rolecall.model.headers import Misreading, header_text, meant_by, misreading
from rolecall.model.stanza import Stanza, stanzas
from rolecall.readers.botocore.merge import File, SectionType, meaning
from rolecall.syntax import LineKind, Section
from rolecall.syntax.regular import regular

Sections = dict[Section, Form | None]
"""Sections with their forms, None for what is not regular; in no order, as an edit may put one that stands further up
behind the others."""

REFERENCES: Mapping[str, SectionType] = {
    "source_profile": SectionType.PROFILE,
    "sso_session": SectionType.SSO_SESSION,
    "services": SectionType.SERVICES,
}
"""Settings whose value is the name of another section."""


class Subject(NamedTuple):
    """What a section is about.

    names       its type and name; of a section that nobody uses the text between the brackets stands for the name
    references  the types and names of the sections that it refers to
    key_ids     the access key ids in it
    meant       the types and names that its headers were meant to say, where botocore reads something else
    """

    names: tuple[tuple[SectionType, str], ...]
    references: tuple[tuple[SectionType, str], ...] = ()
    key_ids: tuple[str, ...] = ()
    meant: tuple[tuple[SectionType, str], ...] = ()


_NOTHING = Subject(())


class Index:
    """The sections of one file by what they are about."""

    def __init__(self, file: File) -> None:
        self.file: File = file
        self.named: dict[SectionType, dict[str, Sections]] = {type_: {} for type_ in SectionType}
        self.referring: dict[SectionType, dict[str, Sections]] = {type_: {} for type_ in SectionType}
        self.holding: dict[str, Sections] = {}
        self.meant: dict[SectionType, dict[str, Sections]] = {type_: {} for type_ in SectionType}
        # The same under names of their own, as they are asked for all the time.
        self.profiles = self.named[SectionType.PROFILE]
        self.sso_sessions = self.named[SectionType.SSO_SESSION]
        self.defaults = self.named[SectionType.DEFAULTS]

    def add(self, section: Section) -> None:
        """File a section."""
        names, references, key_ids, meant = self.subject(section)
        form = form_of(section)
        for type_, name in names:
            _put(self.named[type_], name, section, form)
        for type_, name in references:
            _put(self.referring[type_], name, section, form)
        for key_id in key_ids:
            _put(self.holding, key_id, section, form)
        for type_, name in meant:
            _put(self.meant[type_], name, section, form)

    def drop(self, section: Section) -> None:
        """Forget a section."""
        names, references, key_ids, meant = self.subject(section)
        for type_, name in names:
            _take(self.named[type_], name, section)
        for type_, name in references:
            _take(self.referring[type_], name, section)
        for key_id in key_ids:
            _take(self.holding, key_id, section)
        for type_, name in meant:
            _take(self.meant[type_], name, section)

    def subject(self, section: Section) -> Subject:
        """What a section of this file is about."""
        found = regular(section)
        if found is None:
            return self._of_stanzas(section)
        header, entries = found
        if not header:
            return _NOTHING
        type_, name = meaning(self.file, header)
        if type_ is not SectionType.PROFILE:
            names = ((type_, name if type_ is not SectionType.IGNORED else header),)
            return Subject(names, meant=meant_by(self.file, header) if type_ is SectionType.IGNORED else ())
        references = tuple([(REFERENCES[key], entries[key]) for key in REFERENCES if key in entries])
        key_id = entries.get("aws_access_key_id")
        meant = meant_by(self.file, header) if self.file == "credentials" and " " in header else ()
        return Subject(((type_, name),), references, () if key_id is None else (key_id,), meant)

    def _of_stanzas(self, section: Section) -> Subject:
        found = stanzas(self.file, section)
        profiles = [stanza for stanza in found if stanza.type is SectionType.PROFILE]
        return Subject(
            tuple({name_of(stanza): None for stanza in found}),
            tuple({reference: None for stanza in profiles for reference in _references(stanza)}),
            tuple({option.value: None for stanza in profiles if (option := stanza.option("aws_access_key_id"))}),
            tuple({meant: None for meant, _ in misread_in(self.file, section)}),
        )


def misread_in(file: File, section: Section) -> Iterator[tuple[tuple[SectionType, str], Misreading]]:
    """What was meant by the headers of a section that botocore reads in another way or not at all, and why it does."""
    found = stanzas(file, section)
    read = {stanza.ini.line: stanza for stanza in found}
    for number, line in enumerate(section.lines):
        if number in read:
            header = read[number].header
            for meant in meant_by(file, header):
                yield meant, misreading(file, header)
        elif line.kind is LineKind.BRACKET:
            header = header_text(line)
            own = meaning(file, header)
            for meant in (*((own,) if own.type is not SectionType.IGNORED else ()), *meant_by(file, header)):
                yield meant, _unread(found, number)


def _unread(found: Iterable[Stanza], line: int) -> Misreading:
    """Why botocore reads a line as no header."""
    inis = [stanza.ini for stanza in found]
    if any(option.line == line for ini in inis for option in ini.options):
        return Misreading.KEY
    if not any(option.line < line <= option.last for ini in inis for option in ini.options):
        return Misreading.UNCLOSED
    is_refused = any(refusal.line == line for ini in inis for refusal in ini.refusals)
    return Misreading.NESTED if is_refused else Misreading.SWALLOWED


def name_of(stanza: Stanza) -> tuple[SectionType, str]:
    """The type and name under which a section is filed."""
    return stanza.type, stanza.name if stanza.type is not SectionType.IGNORED else stanza.header


def _references(stanza: Stanza) -> Iterator[tuple[SectionType, str]]:
    for key, type_ in REFERENCES.items():
        option = stanza.option(key)
        if option is not None:
            yield type_, option.value


def _put(index: dict[str, Sections], name: str, section: Section, form: Form | None) -> None:
    found = index.get(name)
    if found is None:
        index[name] = {section: form}
    else:
        found[section] = form


def _take(index: dict[str, Sections], name: str, section: Section) -> None:
    found = index[name]
    del found[section]
    if not found:
        del index[name]
