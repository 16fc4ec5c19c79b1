"""Features over whole files as text: how outlines, folds, tokens, hints, links and lenses look in a test."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.features.folding import folds
from rolecall.features.semantic_tokens import Token, tokens
from rolecall.features.symbols import Symbol, symbols
from rolecall.model.workspace import Workspace
from rolecall.readers.botocore.merge import File
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
