"""What each piece of a file is, so that an editor can colour it as the tools read it.

A value that goes on in indented lines is one string, ` # note` after a value is part of it, and an unknown key looks
different from a known one: colours say what a grammar of regular expressions cannot know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rolecall import catalog
from rolecall.features.texts import entries_of, is_comment, texts_of
from rolecall.model.stanza import Stanza, section_type, stanzas
from rolecall.model.workspace import Workspace
from rolecall.readers.botocore.ini import Option, Sub
from rolecall.readers.botocore.merge import File, SectionType, meaning
from rolecall.syntax import Section
from rolecall.syntax.regular import Regular, regular

TYPES = ("comment", "enumMember", "keyword", "namespace", "number", "property", "string", "variable")
"""The types in the order of the legend; all are standard ones of the Language Server Protocol."""

MODIFIERS = ("declaration", "deprecated")
"""The modifiers in the order of the legend."""

_HEADER_WORDS = re.compile(r"\s*(?P<word>\S+)(?:\s+(?P<name>\S.*?))?\s*$")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?\s*[A-Za-z/]{0,5}", re.ASCII)
_REFERENCES = frozenset({"profile-ref", "sso-session-ref", "services-ref"})
_NUMBERS = frozenset({"integer", "number", "size", "rate", "account-id"})
_BOOLEANS = frozenset({"true", "false"})


class Token(NamedTuple):
    """A piece of one line: columns and length in code points, `type` and `modifiers` by name."""

    line: int
    start: int
    length: int
    type: str
    modifiers: tuple[str, ...] = ()


def tokens(workspace: Workspace, file: File, first: int = 0, last: int | None = None) -> list[Token]:
    """The tokens of a file, or of the sections that hold the lines from `first` to `last`, in file order."""
    tree = workspace.document(file).tree
    if tree is None:
        return []
    located = tree.located() if last is None else tree.within(first, last)
    return [
        Token(line + start, column, length, type_, modifiers)
        for section, start in located
        for line, column, length, type_, modifiers in tokens_of_section(file, section)
    ]


def tokens_of_section(file: File, section: Section) -> tuple[Token, ...]:
    """The tokens of one section of the tree, lines counted from its start."""
    return tuple(sorted(_tokens(file, section)))


def _tokens(file: File, section: Section) -> Iterator[Token]:
    texts = texts_of(section)
    for number, text in enumerate(texts):
        if is_comment(text):
            indent = len(text) - len(text.lstrip())
            yield Token(number, indent, len(text) - indent, "comment")
    known = regular(section)
    if known is not None:
        yield from _of_regular(file, section, known, texts)
        return
    for stanza in stanzas(file, section):
        yield from _header(stanza, texts)
        type_ = stanza.section_type
        for option in stanza.options:
            setting = catalog.setting(type_, option.key)
            yield from _key(option, option.written, setting)
            if option.is_nested:
                inner = f"{type_}/{option.key}"
                for sub in option.nested:
                    found = catalog.setting(inner, sub.key)
                    yield from _key(sub, sub.key, found)
                    yield from _value(sub, sub.value, found)
            else:
                yield from _value(option, option.value, setting)
                yield from _continued(option, texts)


def _of_regular(file: File, section: Section, known: Regular, texts: Sequence[str]) -> Iterator[Token]:
    """The same as for other sections, but nearly all are regular, and what those say is known already."""
    if section.header is None:
        return
    header = section.header
    found = meaning(file, known.header)
    type_ = section_type(known.header, found)
    for start, end, kind in _header_words(file, known.header, found.type, type_):
        yield Token(header, 1 + start, end - start, kind, ("declaration",) if kind == "namespace" else ())
    for line, _, key, value, at in entries_of(known, texts, header):
        setting = catalog.setting(type_, key)
        yield Token(line, 0, len(key), *_key_type(setting))
        yield Token(line, at, len(value), "string" if setting is None else _value_type(setting, value))


def _header(stanza: Stanza, texts: Sequence[str]) -> Iterator[Token]:
    span = stanza.ini.span
    if span is None:
        return
    for start, end, type_ in _header_words(stanza.file, stanza.header, stanza.type, stanza.section_type):
        modifiers = ("declaration",) if type_ == "namespace" else ()
        yield Token(span.line, span.start + start, end - start, type_, modifiers)
    # Nobody reads what stands behind the bracket.
    rest = texts[span.line][span.end + 1 :]
    if rest.strip():
        start = span.end + 1 + len(rest) - len(rest.lstrip())
        yield Token(span.line, start, len(rest.strip()), "comment")


def _header_words(file: File, header: str, type_: SectionType, section_type: str) -> Iterator[tuple[int, int, str]]:
    """Columns and type of what stands between the brackets."""
    words = _HEADER_WORDS.match(header)
    if words is None:
        return
    if type_ is SectionType.IGNORED:
        known = catalog.section_type(section_type) is not None
        yield *words.span("word"), "keyword" if known else "variable"
        if words["name"] is not None:
            yield *words.span("name"), "variable"
    elif type_ is SectionType.DEFAULTS:
        yield *words.span("word"), "keyword"
    elif file == "credentials" or words["name"] is None:
        # Every header of the credentials file is a name as a whole; so is [default].
        yield words.start("word"), words.end("name" if words["name"] is not None else "word"), "namespace"
    else:
        yield *words.span("word"), "keyword"
        yield *words.span("name"), "namespace"


def _key(option: Option | Sub, written: str, setting: catalog.Setting | None) -> Iterator[Token]:
    if not written:
        return
    span = option.key_span
    yield Token(span.line, span.start, len(written), *_key_type(setting))


def _key_type(setting: catalog.Setting | None) -> tuple[str, tuple[str, ...]]:
    """Type and modifiers of a key."""
    modifiers = ("deprecated",) if setting is not None and setting.deprecated else ()
    return "variable" if setting is None else "property", modifiers


def _value(option: Option | Sub, value: str, setting: catalog.Setting | None) -> Iterator[Token]:
    span = option.value_span
    if span is not None:
        type_ = "string" if setting is None or "\n" in value else _value_type(setting, value)
        yield Token(span.line, span.start, span.end - span.start, type_)


def _value_type(setting: catalog.Setting, value: str) -> str:
    if setting.type in _REFERENCES:
        return "namespace"
    if setting.type == "region":
        return "enumMember" if value in catalog.regions() else "string"
    if setting.type == "boolean":
        return "enumMember" if value.lower() in _BOOLEANS else "string"
    if setting.type == "enum":
        known = value in setting.enum or (setting.ignore_case and value.lower() in map(str.lower, setting.enum))
        return "enumMember" if known else "string"
    return "number" if setting.type in _NUMBERS and _NUMBER.fullmatch(value) else "string"


def _continued(option: Option, texts: Sequence[str]) -> Iterator[Token]:
    """The further lines of a value that is no block."""
    for number in range(option.line + 1, option.last + 1):
        text = texts[number].strip()
        if text and not is_comment(text):
            yield Token(number, texts[number].index(text), len(text), "string")
