"""What a run has found, as tables in Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from tests.bench.documents import EVERYWHERE, MISTAKES
from tests.bench.figures import Figures, NotMeasured, median, paired
from tests.bench.goals import in_unit, verdicts
from tests.bench.processes import CHECK, COUNTED, LOAD, PASS, STARTED_WITH, STOCK
from tests.bench.servers import ECHO, JSON, OURS, RUFF_SERVER, YAML

SERVERS = (OURS, RUFF_SERVER, JSON, YAML, ECHO)
SIZES = (100, 1_000, 10_000, 100_000)
ROWS = (
    ("open", "open"),
    ("a character", "character"),
    ("a line more or less", "line"),
    ("a header", "header"),
    ("a header with 1,000 dependants", "dependants"),
    ("… and back", "dependants back"),
    ("paste of 100 lines", "paste"),
    ("… and undo", "undo"),
    ("burst of 30 edits", "burst"),
    ("completion", "completion"),
    ("hover", "hover"),
    ("symbols", "symbols"),
    ("semantic tokens", "semantic tokens"),
    ("semantic tokens, delta", "semantic tokens, delta"),
    ("code lens", "code lens"),
    ("inlay hints", "inlay hints"),
    ("memory after open", "memory after open"),
    ("memory after edits", "memory after edits"),
)
"""What is shown of each document: how it is called here, and in the samples."""


def whole(figures: Figures) -> str:
    """Everything."""
    parts = [goals(figures), starts(figures), processes(figures)]
    parts += [document(figures, lines) for lines in SIZES]
    parts += [document(figures, 10_000, EVERYWHERE), failures(figures)]
    return "\n\n".join(part for part in parts if part) + "\n"


def goals(figures: Figures) -> str:
    """Every goal, and whether it was reached."""
    rows = [
        (
            one.goal.what,
            f"≤ {one.goal.at_most}",
            one.shown,
            "" if one.limit is None else in_unit(one.limit, one.goal.unit),
            one.word,
        )
        for one in verdicts(figures)
    ]
    return _titled("Goals", ("what", "goal", "measured", "limit", ""), rows)


def starts(figures: Figures) -> str:
    """From the start of a process on."""
    rows = [
        (
            server,
            _shown("ms", _middle, figures.start, server, "start to initialize"),
            _shown("ms", _middle, figures.start, server, "process" if server == PASS else "start to diagnostics"),
        )
        for server in (OURS, STOCK, RUFF_SERVER, JSON, YAML, PASS)
    ]
    last = f"diagnostics of {STARTED_WITH:,} lines; of Python, the end"
    return _titled("Start", ("ms from the start to", "the answer to initialize", last), _measured(rows))


def processes(figures: Figures) -> str:
    """Programs and full analyses, and instructions."""
    rows = [
        (f"`{CHECK}` of 10,000 lines", _shown("ms", _middle, figures.program, CHECK)),
        (f"{LOAD}, as a process", _shown("ms", _middle, figures.program, LOAD)),
        ("… by it", _shown("×", lambda: paired(figures.program(CHECK), figures.program(LOAD)))),
        ("full analysis of 10,000 lines", _shown("ms", _middle, figures.analysis, "analysis")),
        ("botocore's `load_config` of them", _shown("ms", _middle, figures.analysis, "load_config")),
        ("… by it", _shown("×", lambda: paired(figures.analysis("analysis"), figures.analysis("load_config")))),
        (
            "… by it, where seven roles in ten are assumed with a role",
            _shown(
                "×", lambda: paired(figures.analysis("analysis, chained"), figures.analysis("load_config, chained"))
            ),
        ),
    ]
    counted = [(f"{kind}, {lines:,} lines", _shown("", figures.instructions, kind, lines)) for kind, lines in COUNTED]
    tables = [
        _titled("Whole files", ("ms", ""), _measured(rows)),
        _titled("Instructions of the analysis of one edit", ("edit", ""), _measured(counted)),
    ]
    return "\n\n".join(table for table in tables if table)


def document(figures: Figures, lines: int, mistakes: int = MISTAKES) -> str:
    """What each server took for one document: medians, with the p99 of edits of one character."""
    rows = []
    for title, what in ROWS:
        unit = "MiB" if what.startswith("memory") else "ms"
        cells = [_shown(unit, figures.p50, server, lines, what, mistakes) for server in SERVERS]
        cells += [_shown("×", figures.ratio, OURS, other, lines, what, mistakes) for other in (RUFF_SERVER, JSON)]
        rows.append((f"{title}, MiB" if unit == "MiB" else title, *cells))
        if what == "character":
            p99 = [_shown("ms", figures.p99, server, lines, what, mistakes) for server in SERVERS]
            rows.append(("… p99", *p99, "", ""))
    title = f"{lines:,} lines" if mistakes == MISTAKES else f"{lines:,} lines, a mistake in each section"
    return _titled(title, ("ms", *SERVERS, f"{OURS} / {RUFF_SERVER}", f"{OURS} / {JSON}"), _measured(rows))


def failures(figures: Figures) -> str:
    """Servers that have not done their part."""
    rows = [
        (visit["server"], f"{visit['lines']:,}", visit["failed"])
        for visit in figures.results.get("visits", ())
        if visit["failed"]
    ]
    return _titled("Failed", ("server", "lines", "why"), rows)


def edits(figures: Figures) -> str:
    """For the readme: one edit, in documents of all sizes."""
    rows = [(server, *(_shown("ms", figures.p50, server, lines, "character") for lines in SIZES)) for server in SERVERS]
    return _table(("ms from an edit to its diagnostics", *(f"{lines:,} lines" for lines in SIZES)), _measured(rows))


def _middle(figure: Callable[..., list[float]], *of: str) -> float:
    return median(figure(*of))


def _shown(unit: str, figure: Callable[..., float], *of: object) -> str:
    """A figure without its unit, but for a ratio; nothing where there is none."""
    try:
        text = in_unit(figure(*of), unit)
    except NotMeasured:
        return ""
    return text if unit == "×" else text.removesuffix(unit).rstrip()


def _measured(rows: Iterable[Sequence[str]]) -> list[Sequence[str]]:
    """The rows in which there is something."""
    return [row for row in rows if any(row[1:])]


def _titled(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return f"## {title}\n\n{_table(head, rows)}" if rows else ""


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table whose columns are aligned, to be read as it is as well; numbers stand to the right."""
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    lines = [
        [
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        for row in (head, *rows)
    ]
    rule = [
        "-" * width if at == 0 else "-" * (width - 1) + ":"
        for at, width in enumerate(max(width, 3) for width in widths)
    ]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (lines[0], rule, *lines[1:]))
