"""The outline of a file: its sections, and the keys in them."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from rolecall.features.cursor import last_line
from rolecall.features.labels import KIND_LABELS
from rolecall.features.masking import HIDDEN, key_name, one_line
from rolecall.model.stanza import Stanza, stanzas
from rolecall.model.workspace import Workspace
from rolecall.readers.botocore.ini import Option
from rolecall.readers.botocore.merge import File, SectionType
from rolecall.syntax import Section
from rolecall.text import Position, Span


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
    if tree is None:
        return []
    return [
        _down(symbol, start)._replace(detail=_detail(workspace, stanza))
        for section, start in tree.located()
        for stanza, symbol in zip(stanzas(file, section), section.memo(_OF_SECTION[file]), strict=True)
    ]


def _detail(workspace: Workspace, stanza: Stanza) -> str:
    if stanza.type is SectionType.PROFILE:
        profile = workspace.profile(stanza.name)
        return KIND_LABELS[profile.kind] if profile is not None else ""
    if stanza.type is SectionType.DEFAULTS:
        return "keys of every section"
    return stanza.type.value or "read by no tool"


def _config_symbols(section: Section) -> tuple[Symbol, ...]:
    return tuple(_symbol(stanza) for stanza in stanzas("config", section))


def _credentials_symbols(section: Section) -> tuple[Symbol, ...]:
    return tuple(_symbol(stanza) for stanza in stanzas("credentials", section))


_OF_SECTION = {"config": _config_symbols, "credentials": _credentials_symbols}


def _symbol(stanza: Stanza) -> Symbol:
    """The entry of a section, counted from the start of the tree's section, still without its detail."""
    lines = stanza.section.lines
    first = 0 if stanza.ini.line == stanza.section.header else stanza.ini.line
    last = last_line(stanza)
    type_ = stanza.section_type
    return Symbol(
        _shown(stanza.name or stanza.header),
        "",
        SymbolKind.SECTION,
        Position(first, 0),
        Position(last, len(lines[last].text)),
        stanza.header_span,
        tuple(_option_symbol(type_, option, stanza.section) for option in stanza.options),
    )


def _option_symbol(type_: str, option: Option, section: Section) -> Symbol:
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
        Position(option.last, len(section.lines[option.last].text)),
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
