"""Times Rolecall next to other language servers, in one run: `make bench`, or `make bench BENCH='--quick'`.

Every round takes every server through every document, in another order each time and in a new process, so whatever
the machine does meanwhile meets them all. All that is measured goes to a JSON file; what is printed is made from it.
Ends with 1 where a server has not done its part, and not because a goal was missed.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from tests.bench import chart, report
from tests.bench.client import Ended, TooLate, now
from tests.bench.documents import EVERYWHERE, MISTAKES, Document, sections
from tests.bench.figures import Figures, NotMeasured
from tests.bench.processes import COUNTED, analyses, can_count, instructions, programs, starts
from tests.bench.scenario import FEW, LEAST, USUAL, Amounts, Visit, Wrong
from tests.bench.servers import NODE, OURS, PACKAGES, ROOT, RUFF, YAML, Server, servers

PARTS = ("starts", "programs", "analyses", "edits", "instructions")
_OUT = ROOT / ".tools/bench/results.json"
_DOCS = ROOT / "server/docs/speed.md"
_README = ROOT / "README.md"
_PICTURE = "client-extension/media/speed-{theme}.png"
_BUSY = 0.5
"""The load above which a machine is not at rest."""
_BLOCK = re.compile(r"(<!-- measured:speed -->\n).*?(<!-- /measured:speed -->)", re.DOTALL)

_INTRODUCTION = """\
# How fast it is

Written by `{command}`, which ran on {machine}.

Every server gets the same profiles in its own language: the config file for Rolecall, a Python file for ruff, JSON and
YAML. All of it is one run on one machine: each round takes every server through every document, in another order each
time and each in a new process. An edit counts from just before it is sent until the last byte of the diagnostics of its
own version has arrived, and these are checked: ten mistakes are spread over each document, and every server must have
each on the right line after each edit. *echo* answers with as many diagnostics as it should, of the same size, and does
nothing else: what it takes is what sending takes. Times are medians over rounds in milliseconds; ratios are those
within one round.

A section is a header and five settings; nearly all are roles. One in ten is assumed with another role, in the documents
of 10,000 lines and more 1,000 of them. Those for botocore have Regions that do not exist as mistakes, as it refuses a
file with a repeated key.

The other servers do not do the same work. None checks what values mean; ruff resolves names. *JSON* is asked for its
diagnostics, as it would wait 500 ms before it publishes any; *YAML* waits 200 ms before it looks at an edit, whatever
the size of the file. The header edit with 1,000 dependants has its counterpart in a Python file: a class that 1,000
others name. No account is registered, so there are no inlay hints to give; very large files get
no lenses, and no time is shown for them.

Where the time of an edit goes, without the server around it:
`.venv/bin/python -m tests.bench.core profile 10000 400 character`.

"""


class Job(NamedTuple):
    """One visit of a server."""

    server: str
    lines: int
    mistakes: int
    round: int


def jobs(lines: Sequence[int], rounds: int, names: Sequence[str]) -> Iterator[Job]:
    """Every visit, shuffled within its round. What takes long for what it says is done in fewer rounds."""
    half = -(-rounds // 2)
    for number in range(rounds):
        due = [Job(name, size, MISTAKES, number) for size in lines for name in names]
        due += [Job(name, 10_000, EVERYWHERE, number) for name in names if 10_000 in lines and name != YAML]
        due = [job for job in due if number < _rounds(job, half)]
        yield from random.Random(number).sample(due, len(due))


def _rounds(job: Job, half: int) -> float:
    """In how many rounds this is done."""
    if job.server == YAML:
        return half if job.lines < 100_000 else 1
    return half if job.lines == 100_000 or job.mistakes == EVERYWHERE else math.inf


def amounts(job: Job, *, quick: bool) -> Amounts:
    """How much is done in a visit."""
    if job.server == YAML and job.lines == 100_000:
        return LEAST
    return FEW if quick or job.server == YAML else USUAL


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="make bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="one round, and few edits: to see that it works")
    parser.add_argument("--only", default=",".join(PARTS), metavar="P,…", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--lines", default="100,1000,10000,100000", metavar="N,…", help="the sizes of the documents")
    parser.add_argument("--servers", metavar="S,…", help=f"of {', '.join(servers())}")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--out", type=Path, default=_OUT, help="where all that was measured is written as JSON")
    parser.add_argument(
        "--read", type=Path, help="print an earlier run, or write what is made of it, and measure nothing"
    )
    parser.add_argument("--write", action="store_true", help="write server/docs/speed.md and what the readme shows")
    chosen = parser.parse_args()
    if chosen.read is not None:
        results = json.loads(chosen.read.read_text())
    else:
        results = measure(chosen)
        chosen.out.parent.mkdir(parents=True, exist_ok=True)
        chosen.out.write_text(json.dumps(results))
    figures = Figures(results)
    print(report.whole(figures))
    if chosen.write and not write(figures):
        print("Nothing was written: that takes all servers and all sizes.", file=sys.stderr)
        return 1
    return 1 if report.failures(figures) else 0


def measure(chosen: argparse.Namespace) -> dict[str, Any]:
    """Everything that was asked for."""
    _compile()
    parts = chosen.only.split(",")
    sizes = [int(lines) for lines in chosen.lines.split(",")]
    rounds = 1 if chosen.quick else chosen.rounds
    timed = servers(_size())
    if chosen.servers:
        timed = {name: timed[name] for name in chosen.servers.split(",")}
    load = os.getloadavg()[0]
    if load > _BUSY:
        _tell(f"This machine has other work to do (load {load:.1f}): the figures will show it.")
    options = " ".join(sys.argv[1:])
    results: dict[str, Any] = {
        "command": f"make bench BENCH='{options}'" if options else "make bench",
        "machine": f"{machine()}, with a load of {load:.1f} before it began",
    }
    if "starts" in parts:
        results["starts"] = starts(timed, 2 * rounds + 1, _tell)
    if "programs" in parts:
        results["programs"] = programs(2 * rounds + 1, _tell)
    if "analyses" in parts:
        _tell("full analyses")
        results["analyses"] = analyses(2 * rounds + 1)
    if "edits" in parts:
        results["visits"] = _visits(list(jobs(sizes, rounds, list(timed))), timed, quick=chosen.quick)
    if "instructions" in parts:
        results["instructions"] = _instructions()
    return results


def write(figures: Figures) -> bool:
    """Write the page and the readme's pictures and table, from one run. False, and nothing, where it lacks some."""
    try:
        lines = _lines(figures)
    except NotMeasured:
        return False
    _DOCS.write_text(_INTRODUCTION.format(**figures.results) + report.whole(figures))
    readme = _README.read_text()
    _README.write_text(_BLOCK.sub(lambda found: f"{found[1]}{report.edits(figures)}\n{found[2]}", readme))
    for theme, colours in chart.THEMES.items():
        drawn = _OUT.with_name(f"speed-{theme}.svg")
        drawn.write_text(chart.svg(lines, colours))
        _picture(drawn, ROOT / _PICTURE.format(theme=theme))
    return True


def machine() -> str:
    """What this runs on, and the versions of what is timed."""
    processor = platform.processor() or platform.machine()
    if Path("/proc/cpuinfo").exists():
        named = re.search(r"^model name\s*: (.*)", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
        processor = named[1] if named else processor
    versions = {
        "Python": platform.python_version(),
        "Node": _version([str(NODE), "--version"]).lstrip("v"),
        "ruff": _version([str(RUFF), "--version"]).split()[-1],
    }
    for name in ("vscode-langservers-extracted", "yaml-language-server"):
        versions[name] = json.loads((PACKAGES / name / "package.json").read_text())["version"]
    return f"{os.cpu_count()} cores of {processor}, {platform.system()}, " + ", ".join(
        f"{k} {v}" for k, v in versions.items()
    )


def _lines(figures: Figures) -> dict[str, list[tuple[int, float]]]:
    return {
        server: [(lines, figures.p50(server, lines, "character")) for lines in report.SIZES]
        for server in report.SERVERS
    }


def _visits(due: Sequence[Job], timed: dict[str, Server], *, quick: bool) -> list[dict[str, Any]]:
    documents: dict[tuple[str, int, int], Document] = {}
    done: list[dict[str, Any]] = []
    for number, job in enumerate(due):
        server = timed[job.server]
        _tell(f"{number + 1} of {len(due)}: {job.server}, {job.lines:,} lines, round {job.round + 1}")
        key = (server.language.name, job.lines, job.mistakes)
        if key not in documents:
            documents[key] = Document(server.language, sections(job.lines, job.mistakes))
        with tempfile.TemporaryDirectory() as home:
            visit = Visit(job.server, server, documents[key], amounts(job, quick=quick), Path(home))
            failed = None
            try:
                visit.run()
            except (Wrong, TooLate, Ended) as error:
                failed = f"{type(error).__name__}: {error}"
                _tell(f"{job.server} failed: {failed}")
        done.append({**job._asdict(), "samples": visit.samples, "failed": failed})
    return done


def _instructions() -> dict[str, dict[str, float]]:
    if not can_count():
        print("Instructions were not counted: there is no valgrind here.", file=sys.stderr)
        return {}
    _tell("instructions")
    # Nothing else is timed now, and counting does not mind company.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        counts = pool.map(lambda one: instructions(*one), COUNTED)
    found: dict[str, dict[str, float]] = {}
    for (kind, lines), count in zip(COUNTED, counts, strict=True):
        found.setdefault(kind, {})[str(lines)] = count
    return found


def _size() -> int:
    """Bytes of one of our diagnostics."""
    document = Document(servers()[OURS].language, sections(1_000))
    with tempfile.TemporaryDirectory() as home:
        visit = Visit(OURS, servers()[OURS], document, FEW, Path(home))
        visit.run(only_open=True)
    return visit.sizes[-1] // len(document.reported)


def _compile() -> None:
    """What users have: compiled files, which an environment that keeps Python from writing them would spoil."""
    folders = [str(ROOT / folder) for folder in ("server/rolecall", "tests/bench")]
    subprocess.run([sys.executable, "-m", "compileall", "-q", *folders], check=True)


def _picture(drawn: Path, picture: Path) -> None:
    """A PNG of an SVG, for the page of an extension takes no SVG. Drawn by a Chromium."""
    found = subprocess.run([str(ROOT / "dev/chromium.sh")], capture_output=True, text=True, check=False)
    if found.returncode:
        print(f"{picture.name} was not drawn: there is no Chromium.", file=sys.stderr)
        return
    command = [found.stdout.strip(), "--headless", "--no-sandbox", "--hide-scrollbars", "--force-device-scale-factor=2"]
    size = f"--window-size={chart.WIDTH},{chart.HEIGHT}"
    subprocess.run([*command, size, f"--screenshot={picture}", drawn.as_uri()], capture_output=True, check=True)


def _version(command: Sequence[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


_BEGUN = now()


def _tell(what: str) -> None:
    """What is going on, for whoever waits."""
    print(f"{now() - _BEGUN:5.0f} s  {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
