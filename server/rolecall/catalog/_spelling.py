"""Did you mean: the nearest of some names."""

from __future__ import annotations

from collections.abc import Iterable

_FARTHEST = 2
"""Steps between a word and what it is a misspelling of."""


def suggest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that `word` is most likely a misspelling of, or None if none is near.

    Near means at most two letters missing, added, changed or swapped with their neighbour; only one in a word of three
    or four letters, and none but a wrong case in a shorter one. Between candidates that are equally near, case and then
    the alphabet decide, so the answer does not depend on their order. `word` itself is never suggested.
    """
    limit = _limit(word)
    folded = word.casefold()
    nearest: list[str] = []
    for candidate in candidates:
        distance = edit_distance(folded, candidate.casefold(), limit)
        if distance is None or candidate == word:
            continue
        if distance < limit:
            # Whatever is further away than this one is of no interest any more.
            limit = distance
            nearest.clear()
        nearest.append(candidate)
    return min(nearest, key=lambda candidate: (_differing(word, candidate), candidate), default=None)


def _limit(word: str) -> int:
    return _FARTHEST if len(word) >= 5 else 1 if len(word) >= 3 else 0


class Words:
    """Many words, of which those that may be near to another one are found at once.

    A step (see `edit_distance`) changes the length by no more than one, and the set of letters by no more than two.
    """

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._by_length: dict[int, dict[str, int]] = {}
        for word in words:
            self.add(word)

    def add(self, word: str) -> None:
        folded = word.casefold()
        self._by_length.setdefault(len(folded), {})[word] = _letters(folded)

    def discard(self, word: str) -> None:
        self._by_length.get(len(word.casefold()), {}).pop(word, None)

    def around(self, word: str) -> list[str]:
        """All that may be a misspelling of the word, or be misspelled as it, and some others."""
        folded = word.casefold()
        letters = _letters(folded)
        found = []
        for length in range(len(folded) - _FARTHEST, len(folded) + _FARTHEST + 1):
            known = self._by_length.get(length, {})
            found += [other for other, theirs in known.items() if (letters ^ theirs).bit_count() <= 2 * _FARTHEST]
        return found


def _letters(folded: str) -> int:
    """The set of letters, as bits; some letters share one."""
    bits = 0
    for letter in folded:
        bits |= 1 << (ord(letter) & 63)
    return bits


def edit_distance(left: str, right: str, limit: int) -> int | None:
    """How many letters to insert, delete, change or swap with their neighbour to get from one word to the other.

    This is the optimal string alignment distance, or None if it is greater than `limit`. Its cost grows with the limit
    and the length of what differs, not with the length of what the words have in common at their ends.
    """
    if abs(len(left) - len(right)) > limit:
        return None
    left, right = _without_common_ends(left, right)
    too_far = limit + 1
    before: list[int] = []
    above = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        # Only cells this near to the diagonal can lie on a path within the limit.
        first, last = max(1, i - limit), min(len(right), i + limit)
        row = [too_far] * (len(right) + 1)
        row[0] = i
        for j in range(first, last + 1):
            b = right[j - 1]
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row[j] = cost
        if min(row) > limit and min(above) > limit:
            return None
        before, above = above, row
    return above[-1] if above[-1] <= limit else None


def _without_common_ends(left: str, right: str) -> tuple[str, str]:
    shorter = min(len(left), len(right))
    start = 0
    while start < shorter and left[start] == right[start]:
        start += 1
    end = 0
    while end < shorter - start and left[-1 - end] == right[-1 - end]:
        end += 1
    return left[start : len(left) - end], right[start : len(right) - end]


def _differing(left: str, right: str) -> int:
    return sum(a != b for a, b in zip(left, right, strict=False))
