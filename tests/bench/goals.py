"""How fast Rolecall is to be, next to other servers in the same run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from tests.bench.documents import EVERYWHERE
from tests.bench.figures import Figures, NotMeasured, by_round, paired
from tests.bench.processes import CHECK, LOAD, PASS, STOCK
from tests.bench.servers import ECHO, JSON, OURS, RUFF_SERVER


class Goal(NamedTuple):
    """What is to be reached.

    what     what is measured
    at_most  in words
    measured the figure, of a run
    limit    what it may be at most, in the same unit; may depend on the run
    unit     "×" for a ratio, "ms" for seconds, "MiB"
    """

    what: str
    at_most: str
    measured: Callable[[Figures], float]
    limit: Callable[[Figures], float]
    unit: str = "×"


class Verdict(NamedTuple):
    """A goal and what a run has to say of it; `reached` is None where it was not measured."""

    goal: Goal
    measured: float | None
    limit: float | None

    @property
    def reached(self) -> bool | None:
        return None if self.measured is None or self.limit is None else self.measured <= self.limit

    @property
    def shown(self) -> str:
        """What was measured, with its unit."""
        return "not measured" if self.measured is None else in_unit(self.measured, self.goal.unit)

    @property
    def word(self) -> str:
        return {True: "reached", False: "missed", None: "-"}[self.reached]


def in_unit(value: float, unit: str) -> str:
    """A figure as it is shown: 3 digits that count."""
    if unit == "ms":
        value *= 1000
    digits = f"{value:.3g}" if abs(value) < 1000 else f"{value:,.0f}"
    return f"{digits} {unit}"


def _ratio(other: str, lines: int, what: str, mistakes: int | None = None) -> Callable[[Figures], float]:
    """Our time by that of another server."""
    more = () if mistakes is None else (mistakes,)
    return lambda figures: figures.ratio(OURS, other, lines, what, *more)


def _by(what: str, other: str, lines: int) -> Callable[[Figures], float]:
    """Our time for one kind of edit by that for another, in the same sessions."""
    return lambda figures: by_round(*(figures.rounds(OURS, lines, name) for name in (what, other)))


def _alone(figures: Figures, lines: int, what: str) -> float:
    """Our time without that of the server which only echoes."""
    return figures.p50(OURS, lines, what) - figures.p50(ECHO, lines, what)


def _growth(what: str) -> Callable[[Figures], float]:
    """How much longer it takes in a file ten times as long, sending apart."""
    return lambda figures: _alone(figures, 100_000, what) / _alone(figures, 10_000, what)


def _instructions(kind: str) -> Callable[[Figures], float]:
    def measured(figures: Figures) -> float:
        counted = [figures.instructions(kind, lines) for lines in (1_000, 10_000, 100_000)]
        return max(counted) / min(counted)

    return measured


def _number(limit: float) -> Callable[[Figures], float]:
    return lambda _: limit


def _started(other: str, what: str) -> Callable[[Figures], float]:
    return lambda figures: paired(figures.start(OURS, "start to diagnostics"), figures.start(other, what))


GOALS: Sequence[Goal] = (
    Goal("edit, 10,000 lines", "0.25 × ruff", _ratio(RUFF_SERVER, 10_000, "character"), _number(0.25)),
    Goal("edit, 10,000 lines", "0.15 × JSON", _ratio(JSON, 10_000, "character"), _number(0.15)),
    Goal(
        "edit, 10,000 lines, p99",
        "1 × ruff's p99",
        lambda figures: figures.p99(OURS, 10_000, "character") / figures.p99(RUFF_SERVER, 10_000, "character"),
        _number(1),
    ),
    Goal("edit, 100,000 lines", "0.05 × ruff", _ratio(RUFF_SERVER, 100_000, "character"), _number(0.05)),
    Goal(
        "edit, 100,000 lines, without echo",
        "3 × 1,000 lines + 0.2 ms",
        lambda figures: _alone(figures, 100_000, "character"),
        lambda figures: 3 * figures.p50(OURS, 1_000, "character") + 0.0002,
        "ms",
    ),
    Goal("new line, 100,000 lines", "3 × a character", _by("line", "character", 100_000), _number(3)),
    Goal("header, 100,000 lines", "3 × a character", _by("header", "character", 100_000), _number(3)),
    Goal("paste of 100 lines, without echo", "100,000 lines as 10,000: 1.5 ×", _growth("paste"), _number(1.5)),
    Goal("1,000 dependants, without echo", "100,000 lines as 10,000: 1.5 ×", _growth("dependants"), _number(1.5)),
    Goal("burst of 30, 10,000 lines", "0.5 × JSON", _ratio(JSON, 10_000, "burst"), _number(0.5)),
    Goal("edit, 1,400 findings", "0.15 × JSON", _ratio(JSON, 10_000, "character", EVERYWHERE), _number(0.15)),
    Goal(
        "full analysis, 10,000 lines",
        "0.4 × load_config",
        lambda figures: paired(figures.analysis("analysis"), figures.analysis("load_config")),
        _number(0.4),
    ),
    Goal("start to diagnostics", "0.45 × stock pygls", _started(STOCK, "start to diagnostics"), _number(0.45)),
    Goal("start to diagnostics", "14 × python -c pass", _started(PASS, "process"), _number(14)),
    Goal("memory after edits, 10,000 lines", "0.5 × JSON", _ratio(JSON, 10_000, "memory after edits"), _number(0.5)),
    Goal(
        "memory after edits, 100,000 lines",
        "90 MiB",
        lambda figures: figures.p50(OURS, 100_000, "memory after edits"),
        _number(90),
        "MiB",
    ),
    Goal("completion, 10,000 lines", "0.5 × JSON", _ratio(JSON, 10_000, "completion"), _number(0.5)),
    Goal("hover, 10,000 lines", "2 × JSON", _ratio(JSON, 10_000, "hover"), _number(2)),
    Goal("symbols, 10,000 lines", "0.2 × JSON", _ratio(JSON, 10_000, "symbols"), _number(0.2)),
    Goal(
        "check, 10,000 lines",
        "0.5 × loading with botocore",
        lambda figures: paired(figures.program(CHECK), figures.program(LOAD)),
        _number(0.5),
    ),
    Goal("instructions of an edit", "1,000 to 100,000 lines: 1.2 ×", _instructions("character"), _number(1.2)),
)


def verdicts(figures: Figures) -> list[Verdict]:
    return [_verdict(goal, figures) for goal in GOALS]


def _verdict(goal: Goal, figures: Figures) -> Verdict:
    try:
        return Verdict(goal, goal.measured(figures), goal.limit(figures))
    except NotMeasured:
        return Verdict(goal, None, None)
