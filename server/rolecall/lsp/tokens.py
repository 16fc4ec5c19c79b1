"""Semantic tokens as the protocol counts them: five numbers each, the place counted from the token before.

The numbers of a section are written once in its life, but for the very first of them: how many lines down from the last
token of the section before. So an answer is put together from what sections have, and the difference of two answers
is found by comparing sections, not numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from rolecall.features.semantic_tokens import MODIFIERS, TYPES, tokens_of_section
from rolecall.lsp.convert import Units
from rolecall.lsp.fragments import Columns
from rolecall.readers.botocore.merge import File
from rolecall.syntax import Section, Tree

_TYPE = {name: number for number, name in enumerate(TYPES)}
_MODIFIER = {name: 1 << number for number, name in enumerate(MODIFIERS)}
_NUMBERS = 5
"""How many numbers a token is."""


class Piece(NamedTuple):
    """The tokens of a section that has some.

    text   the numbers parted by commas, without the first one; begins with a comma
    size   how many numbers there are, with the first one
    first  the line of the first token, counted from the section's start
    last   the line of the last token
    """

    text: str
    size: int
    first: int
    last: int


class Tokens(NamedTuple):
    """The tokens of a file: the pieces in their order, and the first number of each."""

    pieces: list[Piece]
    downs: list[int]

    def text(self, first: int = 0, end: int | None = None) -> str:
        """The numbers of some pieces, parted by commas."""
        pieces, downs = self.pieces[first:end], self.downs[first:end]
        return ",".join([f"{down}{piece.text}" for piece, down in zip(pieces, downs, strict=True)])


class Edit(NamedTuple):
    """Replace so many numbers from one on by others."""

    start: int
    removed: int
    text: str


class SentTokens:
    """The tokens that were sent last for each document, so that only the difference is sent next."""

    def __init__(self) -> None:
        self._sent: dict[str, tuple[str, Tokens]] = {}
        self._number = 0

    def keep(self, uri: str, tokens: Tokens) -> str:
        """Remember what is sent; gives the id of the result."""
        self._number += 1
        self._sent[uri] = (str(self._number), tokens)
        return str(self._number)

    def get(self, uri: str, result_id: str | None) -> Tokens | None:
        """What was sent under an id, None when something else has been sent since."""
        known = self._sent.get(uri)
        return known[1] if known is not None and known[0] == result_id else None

    def forget(self, uri: str) -> None:
        self._sent.pop(uri, None)


def put_together(tree: Tree | None, file: File, units: Units) -> Tokens:
    """The tokens of a file."""
    of_section = _piece(file, units)
    pieces: list[Piece] = []
    downs: list[int] = []
    at = 0
    for section, start in tree.located() if tree else ():
        piece = section.memo(of_section)
        if piece is not None:
            pieces.append(piece)
            downs.append(start + piece.first - at)
            at = start + piece.last
    return Tokens(pieces, downs)


def difference(before: Tokens, after: Tokens) -> Edit | None:
    """What makes of the numbers sent before those of now, None where they are the same."""
    shorter = min(len(before.pieces), len(after.pieces))
    first = 0
    while first < shorter and _same(before, after, first, first):
        first += 1
    end = 0
    while end < shorter - first and _same(before, after, -1 - end, -1 - end):
        end += 1
    before_end, after_end = len(before.pieces) - end, len(after.pieces) - end
    old = before.text(first, before_end)
    new = after.text(first, after_end)
    if old == new:
        return None
    skipped = sum([piece.size for piece in before.pieces[:first]])
    return _narrowed(skipped, old.split(",") if old else [], new.split(",") if new else [])


def _same(before: Tokens, after: Tokens, at: int, now: int) -> bool:
    return before.pieces[at] is after.pieces[now] and before.downs[at] == after.downs[now]


def _narrowed(start: int, old: list[str], new: list[str]) -> Edit:
    """The edit of a few numbers, from the first that differs to the last."""
    shorter = min(len(old), len(new))
    first = 0
    while first < shorter and old[first] == new[first]:
        first += 1
    end = 0
    while end < shorter - first and old[-1 - end] == new[-1 - end]:
        end += 1
    return Edit(start + first, len(old) - first - end, ",".join(new[first : len(new) - end]))


@cache
def _piece(file: File, units: Units) -> Callable[[Section], Piece | None]:
    def piece(section: Section) -> Piece | None:
        columns = Columns(units, section)
        numbers: list[str] = []
        first = line = start = 0
        tokens = tokens_of_section(file, section)
        for number, column, length, type_, modifiers in tokens:
            at = columns(number, column)
            bits = sum([_MODIFIER[name] for name in modifiers])
            if not numbers:
                first, down = number, ""
            else:
                down = f"{number - line},"
            numbers.append(
                f"{down}{at - start if number == line and numbers else at},"
                f"{columns(number, column + length) - at},{_TYPE[type_]},{bits}"
            )
            line, start = number, at
        if not numbers:
            return None
        return Piece("," + ",".join(numbers), _NUMBERS * len(numbers), first, line)

    return piece
