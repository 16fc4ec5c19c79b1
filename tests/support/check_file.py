"""Features over whole files as text: how outlines, folds, tokens, hints, links and lenses look in a test."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from rolecall.features.accounts_view import accounts
from rolecall.features.code_lens import code_lenses
from rolecall.features.document_links import document_links
from rolecall.features.folding import folds
from rolecall.features.inlay_hints import inlay_hints
from rolecall.features.profiles import profiles
from rolecall.features.readability import of_line, of_section, reader_lenses
from rolecall.features.semantic_tokens import Token, tokens
from rolecall.features.symbols import Symbol, symbols
from rolecall.lint import Rule
from rolecall.model.workspace import FILES, Workspace
from rolecall.readers.botocore.merge import File
from rolecall.service import Verdict
from rolecall.settings import READERS
from rolecall.text import split_lines
from tests.support.check import service
from tests.support.markers import files


def workspace(text: str) -> Workspace:
    """A workspace of an annotated text: files parted by `//- config`, `//- credentials` and `//- accounts`."""
    return service(files(text)).workspace


def check_symbols(text: str, file: File = "config") -> str:
    """The outline: `name (detail) first-last` of a section, `name line` of a key; lines from 0, one entry a line."""
    return "".join(_symbol_lines(symbols(workspace(text), file), ""))


def _symbol_lines(found: list[Symbol] | tuple[Symbol, ...], indent: str) -> Iterator[str]:
    for symbol in found:
        assert symbol.name.strip()
        assert symbol.start <= (symbol.selection.line, symbol.selection.start)
        assert (symbol.selection.line, symbol.selection.end) <= symbol.end
        detail = f" ({symbol.detail})" if symbol.detail else ""
        lines = f"{symbol.start.line}-{symbol.end.line}" if symbol.start.line < symbol.end.line else symbol.start.line
        yield f"{indent}{symbol.name}{detail} {lines}\n"
        yield from _symbol_lines(symbol.children, f"{indent}  ")


def check_folds(text: str, file: File = "config") -> list[str]:
    """The folds: `first-last kind`, lines from 0."""
    return [f"{fold.first}-{fold.last} {fold.kind}" for fold in folds(workspace(text), file)]


def check_tokens(text: str, file: File = "config", first: int = 0, last: int | None = None) -> str:
    """The tokens: for each line that has some, `type "text"` of each, with its modifiers behind a +."""
    lines = split_lines(files(text)[file])
    by_line: dict[int, list[str]] = {}
    end = (-1, 0)
    for token in tokens(workspace(text), file, first, last):
        assert token.length > 0
        assert end <= (token.line, token.start), "tokens overlap or are out of order"
        end = (token.line, token.start + token.length)
        by_line.setdefault(token.line, []).append(_token(token, lines))
    return "".join(f"{', '.join(found)}\n" for found in by_line.values())


def _token(token: Token, lines: list[str]) -> str:
    piece = lines[token.line][token.start : token.start + token.length]
    return f'{"+".join((token.type, *token.modifiers))} "{piece}"'


def check_hints(text: str, file: File = "config", sessions: Mapping[str, datetime] | None = None) -> str:
    """The lines that have a hint, with it in place: `[profile ops] «Acme Production»`."""
    lines = split_lines(files(text)[file])
    shown = []
    for hint in inlay_hints(workspace(text), file, sessions):
        line, column = hint.position
        assert hint.tooltip.endswith(".")
        before, after = lines[line][:column], lines[line][column:]
        shown.append(f"{before} «{hint.label}»{after}")
    return "".join(shown)


def check_links(text: str, file: File = "config") -> str:
    """The links: `text -> address (tooltip)`."""
    lines = split_lines(files(text)[file])
    return "".join(
        f"{lines[span.line][span.start : span.end]} -> {target} ({tooltip})\n"
        for span, target, tooltip in document_links(workspace(text), file)
    )


def check_lenses(text: str, file: File = "config", broken: Container[str] = ()) -> str:
    """The lenses: `header: title · title`. Checks that each is about the profile of its header."""
    lines = split_lines(files(text)[file])
    by_header: dict[str, list[str]] = {}
    for lens in code_lenses(workspace(text), file, broken.__contains__):
        header = lines[lens.span.line][lens.span.start : lens.span.end]
        assert lens.profile in header
        by_header.setdefault(header, []).append(lens.title)
    return "".join(f"{header}: {' · '.join(titles)}\n" for header, titles in by_header.items())


def check_readers(text: str, team: Collection[str] = ("botocore",)) -> str:
    """The files with what is said of who can read each line below it: `    | tools: what they make of it`, and with
    the lenses of the team above their headers: `    ^ title`."""
    found = workspace(text)
    shown = []
    for file in FILES:
        tree = found.document(file).tree
        titles = {lens.span.line: lens.title for lens in reader_lenses(found, file, team)}
        shown += [f"//- {file}\n"] if tree and file == "credentials" else []
        for section, start in tree.located() if tree else ():
            for number, line in enumerate(section.lines):
                is_header = number == section.header
                rows = (
                    of_section(found, file, section, team) if is_header else of_line(found, file, section, number, team)
                )
                shown += [f"    ^ {titles[start + number]}\n"] if start + number in titles else []
                shown += [f"{line.text}\n", *(f"    | {row.names}: {row.text}\n" for row in rows)]
    return "".join(shown)


def profile_json(
    text: str, problems: Mapping[str, list[Verdict]] | None = None, sessions: Mapping[str, datetime] | None = None
) -> dict[str, dict[str, Any]]:
    """The profiles as the protocol has them, by name, in their order; paths without their folder."""
    found = profiles(workspace(text), lambda name: (problems or {}).get(name, []), sessions, _file_name)
    return {row.name: row.to_json() for row in found}


def account_json(text: str, rules: Iterable[Rule] = ()) -> list[dict[str, Any]]:
    """The registered accounts as the protocol has them, with what some rules report of them."""
    found = service(files(text), rules=rules)
    return [row.to_json() for row in accounts(found.workspace, found.accounts_diagnostics(), _file_name)]


def everything(text: str) -> str:
    """All that the features over whole files say of both files, as one text."""
    found = workspace(text)
    said: list[object] = []
    for file in FILES:
        said += [symbols(found, file), folds(found, file), inlay_hints(found, file), document_links(found, file)]
        said += code_lenses(found, file, lambda _: False)
        said += reader_lenses(found, file, READERS)
    said += [row.to_json() for row in profiles(found, lambda _: [])]
    said += [row.to_json() for row in accounts(found, [])]
    return repr(said)


def _file_name(path: str) -> str:
    return path.rpartition("/")[2]
