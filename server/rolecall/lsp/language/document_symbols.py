"""textDocument/documentSymbol"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from rolecall.features.symbols import Symbol, has_keys, profile_detail, symbols_of_section
from rolecall.lsp.convert import Json, Units
from rolecall.lsp.fragments import Columns, Fragment, joined, literal
from rolecall.lsp.language.documents import Asked, asked
from rolecall.lsp.session import Session
from rolecall.readers.botocore.merge import File
from rolecall.syntax import Section


class _Entry(NamedTuple):
    """One entry of the outline. Its text begins with the detail, which of a profile is left open."""

    fragment: Fragment
    profile: str | None


def handle(session: Session, params: Json) -> Any:
    document = asked(session, params)
    if document is None:
        return None
    tree = document.workspace.document(document.file).tree
    entries = _entries(document.file, session.units, with_keys=tree is not None and has_keys(tree))
    return joined(
        [
            _text(document, entry, start)
            for section, start in (tree.located() if tree else ())
            for entry in section.memo(entries)
        ]
    )


def _text(document: Asked, entry: _Entry, start: int) -> str:
    (text, lines), profile = entry
    places = [start + line for line in lines]
    if profile is None:
        return text % tuple(places)
    return text % (profile_detail(document.workspace, profile), *places)


@cache
def _entries(file: File, units: Units, *, with_keys: bool) -> Callable[[Section], tuple[_Entry, ...]]:
    def entries(section: Section) -> tuple[_Entry, ...]:
        columns = Columns(units, section)
        found = symbols_of_section(file, section, with_keys=with_keys)
        return tuple([_entry(symbol, profile, columns) for symbol, profile in found])

    return entries


def _entry(symbol: Symbol, profile: str | None, columns: Columns) -> _Entry:
    lines: list[int] = []
    # The details of profiles are plain words.
    detail = literal(symbol.detail) if profile is None else '"%s"'
    text = f'{{"detail":{detail},{_members(symbol, columns, lines)}}}'
    return _Entry(Fragment(text, tuple(lines)), profile)


def _members(symbol: Symbol, columns: Columns, lines: list[int]) -> str:
    """All but the detail, which only sections have. The lines are added to `lines`."""
    start, end, selection = symbol.start, symbol.end, symbol.selection
    lines += (start.line, end.line, selection.line, selection.line)
    children = ",".join([f"{{{_members(child, columns, lines)}}}" for child in symbol.children])
    return (
        f'"name":{literal(symbol.name)},"kind":{symbol.kind.value},'
        f'"range":{{"start":{{"line":%d,"character":{columns(*start)}}},'
        f'"end":{{"line":%d,"character":{columns(*end)}}}}},'
        f'"selectionRange":{columns.span(selection)}' + (f',"children":[{children}]' if children else "")
    )
