"""What the samples come to, and what the goals make of it."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest

from tests.bench import chart, report, run
from tests.bench.documents import EVERYWHERE, MISTAKES
from tests.bench.figures import Figures, NotMeasured, by_round, median, paired, percentile
from tests.bench.goals import GOALS, Goal, Verdict, in_unit, verdicts
from tests.bench.processes import CHECK, COUNTED, LOAD, PASS, STOCK
from tests.bench.servers import ECHO, JSON, OURS, RUFF_SERVER, YAML


def visits(server: str, lines: int, mistakes: int = MISTAKES, **samples: list[float]) -> list[dict[str, Any]]:
    """One of each round, with one sample of each kind in it, given in seconds."""
    rounds = len(next(iter(samples.values())))
    return [
        {
            "server": server, "lines": lines, "mistakes": mistakes, "round": number, "failed": None,
            "samples": {name.replace("_", " "): [values[number]] for name, values in samples.items()},
        }
        for number in range(rounds)
    ]  # fmt: skip


def everything(ours: float, theirs: float) -> Figures:
    """A run in which every time of ours is the one and every other time the other, and memory likewise."""
    names = [what for _, what in report.ROWS]
    kinds = [(lines, MISTAKES) for lines in report.SIZES] + [(10_000, EVERYWHERE)]
    found = [
        {"server": server, "lines": lines, "mistakes": mistakes, "round": 0, "failed": None,
         "samples": {name: [{OURS: ours, ECHO: ours / 2}.get(server, theirs)] for name in names}}
        for server in report.SERVERS
        for lines, mistakes in kinds
    ]  # fmt: skip
    starts = {
        name: {
            what: [ours if name == OURS else theirs]
            for what in ("start to initialize", "start to diagnostics", "process")
        }
        for name in (OURS, STOCK, RUFF_SERVER, JSON, YAML, PASS)
    }
    return Figures(
        {
            "machine": "a machine",
            "visits": found,
            "starts": starts,
            "programs": {CHECK: [ours], LOAD: [theirs]},
            "analyses": {
                f"{name}{more}": [time]
                for name, time in (("analysis", ours), ("load_config", theirs))
                for more in ("", ", chained")
            },
            "instructions": {kind: {str(lines): ours for _, lines in COUNTED} for kind, _ in COUNTED},
        }
    )


@pytest.mark.parametrize(("share", "expected"), [(0.0, 1), (0.5, 50), (0.99, 99), (1.0, 100)])
def test_percentiles(share: float, expected: float) -> None:
    assert percentile([*range(100, 0, -1)], share) == expected


def test_a_percentile_of_few_is_the_worst_of_them() -> None:
    assert percentile([3.0, 1.0, 2.0], 0.99) == 3.0


def test_nothing_measured_is_no_figure() -> None:
    figures = Figures({"machine": "a machine"})
    for figure in (
        lambda: median([]),
        lambda: percentile([], 0.5),
        lambda: figures.p50(OURS, 100, "open"),
        lambda: figures.p99(OURS, 100, "open"),
        lambda: figures.ratio(OURS, JSON, 100, "open"),
        lambda: figures.start(OURS, "process"),
        lambda: figures.program(CHECK),
        lambda: figures.analysis("analysis"),
        lambda: figures.instructions("character", 1_000),
    ):
        with pytest.raises(NotMeasured):
            figure()


def test_ratios_are_those_of_each_round_so_a_slow_moment_of_the_machine_cancels() -> None:
    found = visits(OURS, 100, open=[1.0, 10.0, 1.0]) + visits(JSON, 100, open=[2.0, 20.0, 4.0])
    assert Figures({"visits": found}).ratio(OURS, JSON, 100, "open") == 0.5
    assert paired([1.0, 10.0, 1.0], [2.0, 20.0, 4.0]) == 0.5


def test_a_round_that_one_of_two_servers_has_not_done_is_left_out() -> None:
    assert by_round({0: 1.0, 2: 8.0}, {1: 5.0, 2: 4.0}) == 2.0
    with pytest.raises(NotMeasured):
        by_round({0: 1.0}, {1: 1.0})


def test_medians_are_those_of_rounds_and_the_p99_is_of_all_samples() -> None:
    found = visits(OURS, 100, open=[1.0, 3.0])
    found[0]["samples"]["open"] = [1.0, 1.0, 9.0]
    figures = Figures({"visits": found})
    assert figures.p50(OURS, 100, "open") == 2.0
    assert figures.p99(OURS, 100, "open") == 9.0


def test_documents_with_other_mistakes_are_not_mixed_in() -> None:
    found = visits(OURS, 10_000, open=[1.0]) + visits(OURS, 10_000, EVERYWHERE, open=[7.0])
    figures = Figures({"visits": found})
    assert (figures.p50(OURS, 10_000, "open"), figures.p50(OURS, 10_000, "open", EVERYWHERE)) == (1.0, 7.0)


def test_every_goal_is_reached_by_a_server_that_takes_next_to_nothing() -> None:
    found = verdicts(everything(0.001, 10.0))
    assert len(found) == len(GOALS)
    assert [one.goal.what for one in found if not one.reached] == []


def test_goals_against_others_are_missed_by_a_server_that_is_as_slow_as_they_are() -> None:
    missed = {one.goal.at_most for one in verdicts(everything(2.0, 1.0)) if one.reached is False}
    assert missed == {
        "0.25 × ruff", "0.15 × JSON", "1 × ruff's p99", "0.05 × ruff", "0.5 × JSON", "0.4 × load_config", "0.45 × stock pygls",
        "0.2 × JSON", "0.5 × loading with botocore",
    }  # fmt: skip


def test_a_goal_of_which_nothing_was_measured_is_neither_reached_nor_missed() -> None:
    found = verdicts(Figures({"machine": "a machine"}))
    assert {one.reached for one in found} == {None}
    assert {one.shown for one in found} == {"not measured"}


def test_growth_with_the_file_is_seen_below_what_sending_takes() -> None:
    found = visits(OURS, 10_000, paste=[0.011]) + visits(OURS, 100_000, paste=[0.020])
    found += visits(ECHO, 10_000, paste=[0.001]) + visits(ECHO, 100_000, paste=[0.002])
    paste = next(one for one in verdicts(Figures({"visits": found})) if one.goal.what.startswith("paste"))
    assert paste.measured == pytest.approx(1.8)
    assert paste.reached is False


def test_the_limit_is_reached() -> None:
    goal = Goal("what", "1", lambda _: 1.0, lambda _: 1.0)
    assert Verdict(goal, 1.0, 1.0).word == "reached"
    assert Verdict(goal, 1.01, 1.0).word == "missed"


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [(0.25, "×", "0.25 ×"), (0.0012345, "ms", "1.23 ms"), (1.5, "ms", "1,500 ms"), (88.04, "MiB", "88 MiB")],
)
def test_figures_are_shown_with_the_digits_that_count(value: float, unit: str, shown: str) -> None:
    assert in_unit(value, unit) == shown


def test_a_report_has_all_that_was_measured_and_nothing_else() -> None:
    whole = report.whole(everything(0.001, 10.0))
    titles = [line for line in whole.splitlines() if line.startswith("## ")]
    assert titles == [
        "## Goals", "## Start", "## Whole files", "## Instructions of the analysis of one edit",
        "## 100 lines", "## 1,000 lines", "## 10,000 lines", "## 100,000 lines", "## 10,000 lines, a mistake in each section",
    ]  # fmt: skip
    little = report.whole(Figures({"visits": visits(OURS, 100, open=[0.5])}))
    assert [line for line in little.splitlines() if line.startswith("## ")] == ["## Goals", "## 100 lines"]
    assert "| 500 |" in " ".join(little.split())


def test_a_server_that_failed_is_named() -> None:
    found = visits(OURS, 100, open=[0.5])
    found[0]["failed"] = "Wrong: nothing for textDocument/hover"
    assert "nothing for textDocument/hover" in report.whole(Figures({"visits": found}))


def test_the_chart_has_every_server_and_rises_with_time() -> None:
    lines = {
        OURS: [(100, 0.001), (1_000, 0.001)],
        JSON: [(100, 0.001), (1_000, 0.1)],
        ECHO: [(100, 0.0001), (1_000, 0.0001)],
    }
    root = ElementTree.fromstring(chart.svg(lines, chart.THEMES["light"]))
    spaces = {"svg": "http://www.w3.org/2000/svg"}
    words = [one.text for one in root.findall("svg:text", spaces)]
    assert {OURS, JSON, ECHO, "100", "1,000"} <= set(words)
    drawn = [one.attrib["points"].split() for one in root.findall("svg:polyline", spaces)]
    heights = [[float(point.split(",")[1]) for point in points] for points in drawn]
    echo, json, ours = heights
    assert ours[0] == ours[1] == json[0] < echo[0]
    assert json[1] < json[0]


def test_labels_do_not_lie_upon_each_other() -> None:
    assert chart._apart([100.0, 101.0, 50.0]) == [100.0, 117.0, 50.0]


def test_every_round_takes_every_server_through_every_document_in_another_order() -> None:
    names = [OURS, RUFF_SERVER, JSON, YAML, ECHO]
    due = list(run.jobs([100, 10_000, 100_000], 5, names))
    first, second = ([job._replace(round=0) for job in due if job.round == number] for number in (0, 1))
    assert first != second
    every = {(job.server, job.lines) for job in first if job.mistakes == MISTAKES}
    assert every == {(name, lines) for name in names for lines in (100, 10_000, 100_000)}
    assert {job.server for job in first if job.mistakes == EVERYWHERE} == set(names) - {YAML}
    assert sum(job[:3] == (OURS, 10_000, MISTAKES) for job in due) == 5
    assert len(due) == len(set(due))
