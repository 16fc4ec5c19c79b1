"""Did you mean: the nearest of some names."""

from __future__ import annotations

from collections.abc import Iterable


def suggest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that `word` is most likely a misspelling of, or None if none is near.

    Near means at most two letters missing, added, changed or swapped with their neighbour, and only one in a word of
    fewer than five letters. Case counts only between equals, and the alphabet decides the rest, so the answer does not
    depend on the order of the candidates. `word` itself is never suggested.
    """
    limit = 2 if len(word) >= 5 else 1
    folded = word.casefold()
    near = []
    for candidate in candidates:
        distance = edit_distance(folded, candidate.casefold(), limit)
        if distance is not None and candidate != word:
            near.append((distance, edit_distance(word, candidate, len(word) + len(candidate)), candidate))
    return min(near)[-1] if near else None


def edit_distance(left: str, right: str, limit: int) -> int | None:
    """How many letters to insert, delete, change or swap with their neighbour to get from one word to the other.

    This is the optimal string alignment distance. None if it is greater than `limit`, which is found out early.
    """
    if abs(len(left) - len(right)) > limit:
        return None
    before: list[int] = []
    above = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        row = [i]
        for j, b in enumerate(right, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > limit and min(above) > limit:
            return None
        before, above = above, row
    return above[-1] if above[-1] <= limit else None
