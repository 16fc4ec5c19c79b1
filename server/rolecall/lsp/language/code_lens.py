"""textDocument/codeLens"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from json import dumps
from typing import Any, NamedTuple

from rolecall.features.code_lens import actions, headers_of_section, tree_with_lenses
from rolecall.lsp.convert import Json, Units
from rolecall.lsp.fragments import Columns, joined, literal
from rolecall.lsp.language.documents import Asked, asked
from rolecall.lsp.session import Session
from rolecall.readers.botocore.merge import File
from rolecall.syntax import Section, Tree
from rolecall.text import Span

_NEEDS = {"rolecall.openTerminal": "openTerminal", "rolecall.showProfile": "pickProfile"}
"""What a client must be able to do so that a lens does anything."""


class _Header(NamedTuple):
    """A profile's header. The text has the two lines, the title and the command left open, in this order."""

    profile: str
    text: str
    line: int


def handle(session: Session, params: Json) -> Any:
    document = asked(session, params)
    if document is None:
        return None
    service = document.pair.service
    pieces: list[str] = []
    tree = tree_with_lenses(document.workspace, document.file)
    if tree is not None:
        pieces = _of_profiles(session, document, tree)
    if len(service.settings.readers) > 1:
        pieces += [dumps(lens) for lens in _of_readers(session, document)]
    return joined(pieces)


def _of_profiles(session: Session, document: Asked, tree: Tree) -> list[str]:
    """What can be done with the profiles of the user's own files: the commands know no others."""
    headers = _headers(document.file, session.units)
    is_broken = document.pair.service.broken().__contains__
    can = session.client.abilities
    pieces = []
    for section, start in tree.located():
        for profile, text, line in section.memo(headers):
            for title, command in actions(document.workspace, profile, is_broken):
                if command not in _NEEDS or _NEEDS[command] in can:
                    pieces.append(text % (start + line, start + line, title, command))
    return pieces


@cache
def _headers(file: File, units: Units) -> Callable[[Section], tuple[_Header, ...]]:
    def headers(section: Section) -> tuple[_Header, ...]:
        columns = Columns(units, section)
        return tuple([_header(name, span, columns) for name, span in headers_of_section(file, section)])

    return headers


def _header(name: str, span: Span, columns: Columns) -> _Header:
    command = f'{{"title":"%s","command":"%s","arguments":[{{"profile":{literal(name)}}}]}}'
    return _Header(name, f'{{"range":{columns.span(span)},"command":{command}}}', span.line)


def _of_readers(session: Session, document: Asked) -> list[Json]:
    """The lenses of a team that uses several tools. Most use one, and need not load what is known of the others."""
    from rolecall.features.readability import reader_lenses

    path = document.workspace.document(document.file).path
    found = reader_lenses(document.workspace, document.file, document.pair.service.settings.readers)
    return [
        {
            "range": session.units.span(document.lines, span),
            "command": {
                "title": title,
                "command": "rolecall.whoCanRead",
                "arguments": [{"path": path, "line": span.line}],
            },
        }
        for span, title in found
    ]
