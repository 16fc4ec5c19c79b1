"""Make a pair of files as small as it can be while something stays true of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from tests.support.pairs import Pair


def shrunk(pair: Pair, holds: Callable[[Pair], bool]) -> Pair:
    """The pair without the lines, and then without the characters, that what holds of it does not need."""
    for pattern in (rb"[^\n]*\n|[^\n]+$", rb"(?s)."):
        smaller = True
        while smaller:
            before = pair
            pair = _without(pair, pattern, holds)
            smaller = pair != before
    return pair


def _without(pair: Pair, pattern: bytes, holds: Callable[[Pair], bool]) -> Pair:
    for field in Pair._fields:
        pieces = re.findall(pattern, getattr(pair, field))
        size = len(pieces)
        while size:
            for fewer in _cuts(pieces, size):
                tried = pair._replace(**{field: b"".join(fewer)})
                if holds(tried):
                    pair, pieces = tried, list(fewer)
                    break
            else:
                size //= 2
            size = min(size, len(pieces))
    return pair


def _cuts(pieces: Sequence[bytes], size: int) -> Iterator[Sequence[bytes]]:
    """The pieces, each time without some others that stand together."""
    for start in range(0, len(pieces), size):
        yield [*pieces[:start], *pieces[start + size :]]
