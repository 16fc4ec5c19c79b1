"""What the samples of a run come to."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from typing import Any

from tests.bench.documents import MISTAKES

Results = Mapping[str, Any]
"""A run as it is written to JSON.

command       what was run
machine       what it ran on
visits        [{"server", "lines", "mistakes", "round", "samples": {name: [seconds or MiB]}, "failed": text or None}]
starts        {server: {name: [seconds, one per round]}}
programs      {name: [seconds, one per round]}
analyses      {name: [seconds, one per round]}
instructions  {kind: {lines: number per edit}}
"""


class NotMeasured(Exception):
    """The run has no such figure: it was not asked for, or a server failed."""


def median(samples: Sequence[float]) -> float:
    if not samples:
        raise NotMeasured
    return statistics.median(samples)


def percentile(samples: Sequence[float], share: float) -> float:
    """The least sample that this share of all samples is not above."""
    if not samples:
        raise NotMeasured
    return sorted(samples)[max(0, math.ceil(share * len(samples)) - 1)]


def paired(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of the ratios of what was measured one after the other, in which a change of the machine cancels."""
    return median([one / other for one, other in zip(ours, theirs, strict=True)])


def by_round(ours: Mapping[int, float], theirs: Mapping[int, float]) -> float:
    """The median of the ratios of what was measured in the same round."""
    both = sorted(ours.keys() & theirs.keys())
    return paired([ours[number] for number in both], [theirs[number] for number in both])


class Figures:
    """The figures of one run. Times are seconds, memory is MiB; every method raises NotMeasured."""

    def __init__(self, results: Results) -> None:
        self.results = results

    def rounds(self, server: str, lines: int, what: str, mistakes: int = MISTAKES) -> dict[int, float]:
        """The median of each round."""
        return {
            visit["round"]: statistics.median(visit["samples"][what])
            for visit in self._visits(server, lines, mistakes)
            if visit["samples"].get(what)
        }

    def p50(self, server: str, lines: int, what: str, mistakes: int = MISTAKES) -> float:
        """The median of the medians of all rounds."""
        return median([*self.rounds(server, lines, what, mistakes).values()])

    def p99(self, server: str, lines: int, what: str, mistakes: int = MISTAKES) -> float:
        """Of the samples of all rounds together."""
        return percentile(self.samples(server, lines, what, mistakes), 0.99)

    def samples(self, server: str, lines: int, what: str, mistakes: int = MISTAKES) -> list[float]:
        return [sample for visit in self._visits(server, lines, mistakes) for sample in visit["samples"].get(what, ())]

    def ratio(self, one: str, other: str, lines: int, what: str, mistakes: int = MISTAKES) -> float:
        """One server's time by the other's: the median of the ratios of the rounds."""
        return by_round(*(self.rounds(name, lines, what, mistakes) for name in (one, other)))

    def start(self, server: str, what: str) -> list[float]:
        """One of each round."""
        return list(self._of("starts", server, what))

    def program(self, name: str) -> list[float]:
        """One of each round."""
        return list(self._of("programs", name))

    def analysis(self, name: str) -> list[float]:
        """One of each round."""
        return list(self._of("analyses", name))

    def instructions(self, kind: str, lines: int) -> float:
        """How many the analysis of one edit takes."""
        return float(self._of("instructions", kind, str(lines)))

    def _of(self, *path: str) -> Any:
        found: Any = self.results
        for name in path:
            found = found.get(name)
            if not found:
                raise NotMeasured
        return found

    def _visits(self, server: str, lines: int, mistakes: int) -> list[Any]:
        wanted = (server, lines, mistakes)
        return [
            visit
            for visit in self.results.get("visits", ())
            if (visit["server"], visit["lines"], visit["mistakes"]) == wanted
        ]
