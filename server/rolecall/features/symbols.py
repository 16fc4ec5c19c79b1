"""The outline of a file: its sections, and the keys in them."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from rolecall.features.cursor import last_line
from rolecall.features.kinds import kind_of
from rolecall.features.labels import KIND_LABELS
from rolecall.features.masking import HIDDEN, key_name, one_line
from rolecall.features.texts import entries_of, last_of, texts_of
from rolecall.model.stanza import Stanza, section_type, stanzas
from rolecall.model.workspace import Workspace
from rolecall.readers.botocore.ini import Option
from rolecall.readers.botocore.merge import File, SectionType, meaning
from rolecall.syntax import Section, Tree
from rolecall.syntax.regular import Regular, regular
from rolecall.text import Position, Span

MAX_SECTIONS = 5000
"""In a file with more sections the outline has no keys: an editor takes seconds to put up so many entries, and asks for
them again after each edit."""


class SymbolKind(IntEnum):
    """What an entry is. The numbers are those of the Language Server Protocol for namespace, property and object."""

    SECTION = 3
    KEY = 7
    BLOCK = 19


class Symbol(NamedTuple):
    """One entry of the outline.

    name        never empty, never a value
    detail      what kind of profile or section it is; "" for keys
    start, end  all that belongs to it, a section with the comments directly above its header
    selection   the header or the key, within it
    """

    name: str
    detail: str
    kind: SymbolKind
    start: Position
    end: Position
    selection: Span
    children: tuple[Symbol, ...] = ()


def symbols(workspace: Workspace, file: File) -> list[Symbol]:
    """The outline of a file, in its order. Linear in the file."""
    tree = workspace.document(file).tree
    with_keys = tree is not None and has_keys(tree)
    found = []
    for section, start in tree.located() if tree else ():
        for symbol, profile in symbols_of_section(file, section, with_keys=with_keys):
            detail = symbol.detail if profile is None else profile_detail(workspace, profile)
            found.append(_down(symbol._replace(detail=detail), start))
    return found


def has_keys(tree: Tree) -> bool:
    """Whether the outline of a file has keys, beside the sections."""
    return sum([len(chunk.sections) for chunk in tree.chunks]) <= MAX_SECTIONS


def symbols_of_section(file: File, section: Section, *, with_keys: bool) -> tuple[tuple[Symbol, str | None], ...]:
    """The entries of one section of the tree, counted from its start. Where one is a profile, with its name: what
    stands in for its detail is then up to both files, see `profile_detail`."""
    known = regular(section)
    if known is not None:
        return (_of_regular(file, section, known, with_keys=with_keys),) if section.header is not None else ()
    return tuple(
        [
            (_symbol(stanza, with_keys=with_keys), stanza.name if stanza.type is SectionType.PROFILE else None)
            for stanza in stanzas(file, section)
        ]
    )


def profile_detail(workspace: Workspace, name: str) -> str:
    """The detail of a profile's section."""
    kind = kind_of(workspace, name)
    return KIND_LABELS[kind] if kind is not None else ""


def _of_regular(file: File, section: Section, known: Regular, *, with_keys: bool) -> tuple[Symbol, str | None]:
    """The same as for other sections, but nearly all are regular, and what those say is known already."""
    header = section.header or 0
    texts = texts_of(section)
    found = meaning(file, known.header)
    type_ = section_type(known.header, found)
    last = last_of(texts, header)
    symbol = Symbol(
        _shown(found.name or known.header),
        _detail(found.type),
        SymbolKind.SECTION,
        Position(0, 0),
        Position(last, len(texts[last])),
        Span(header, 0, len(known.header) + 2),
        tuple(
            [
                Symbol(
                    _key_label(type_, key),
                    "",
                    SymbolKind.KEY,
                    Position(line, 0),
                    Position(line, len(text)),
                    Span(line, 0, len(key)),
                )
                for line, text, key, _, _ in (entries_of(known, texts, header) if with_keys else ())
            ]
        ),
    )
    return symbol, found.name if found.type is SectionType.PROFILE else None


@lru_cache(maxsize=1 << 12)
def _key_label(type_: str, key: str) -> str:
    return _shown(key_name(type_, key))


def _detail(type_: SectionType) -> str:
    if type_ is SectionType.PROFILE:
        return ""
    if type_ is SectionType.DEFAULTS:
        return "keys of every section"
    return type_.value or "read by no tool"


def _symbol(stanza: Stanza, *, with_keys: bool) -> Symbol:
    """The entry of a section, counted from the start of the tree's section; of a profile still without its detail."""
    texts = texts_of(stanza.section)
    first = 0 if stanza.ini.line == stanza.section.header else stanza.ini.line
    last = last_line(stanza)
    type_ = stanza.section_type
    return Symbol(
        _shown(stanza.name or stanza.header),
        _detail(stanza.type),
        SymbolKind.SECTION,
        Position(first, 0),
        Position(last, len(texts[last])),
        stanza.header_span,
        tuple([_option_symbol(type_, option, texts) for option in (stanza.options if with_keys else ())]),
    )


def _option_symbol(type_: str, option: Option, texts: Sequence[str]) -> Symbol:
    inner = f"{type_}/{option.key}"
    subs = tuple(
        Symbol(
            _shown(key_name(inner, sub.key)),
            "",
            SymbolKind.KEY,
            Position(*sub.key_span[:2]),
            Position(sub.line, (sub.value_span or sub.key_span).end),
            sub.key_span,
        )
        for sub in option.nested
    )
    return Symbol(
        _shown(key_name(type_, option.written)),
        "",
        SymbolKind.BLOCK if option.is_nested else SymbolKind.KEY,
        Position(*option.key_span[:2]),
        Position(option.last, len(texts[option.last])),
        option.key_span,
        subs,
    )


def _shown(name: str) -> str:
    """Editors refuse an outline with an empty name."""
    return one_line(name).strip() or HIDDEN


def _down(symbol: Symbol, lines: int) -> Symbol:
    if not lines:
        return symbol
    name, detail, kind, start, end, selection, children = symbol
    return Symbol(
        name,
        detail,
        kind,
        Position(start.line + lines, start.column),
        Position(end.line + lines, end.column),
        selection.down(lines),
        tuple([_down(child, lines) for child in children]),
    )
