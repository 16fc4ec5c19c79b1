"""Our analysis alone, without a server around it, in a process of its own.

python -m tests.bench.core analysis LINES TIMES   full analyses in turn with botocore's reading of the same files
python -m tests.bench.core edits LINES COUNT KIND edits, between two lines on standard input: see `instructions`
python -m tests.bench.core profile LINES COUNT KIND   where the time of edits goes
"""

from __future__ import annotations

import cProfile
import gc
import json
import pstats
import sys
import tempfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from time import perf_counter

from rolecall.lint.rule import Severity
from rolecall.model.accounts import Accounts
from rolecall.service import Diagnostic, LanguageService
from rolecall.store.local import LocalHost
from rolecall.store.pairs import load
from rolecall.syntax import Change
from rolecall.text import Position
from tests.bench.documents import HEIGHT, INI, MISTAKES, Document, Edit, Kind, Section, sections
from tests.bench.servers import place

_NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def analyse(config: Path) -> tuple[LanguageService, list[Diagnostic]]:
    """All that there is to do for a pair of files on disk, with every rule."""
    host = LocalHost()
    documents = (load(host, str(path), own=False) for path in (config, config.with_name("credentials")))
    service = LanguageService(*documents, accounts=Accounts(), now=_NOW)
    return service, [*service.diagnostics("config"), *service.diagnostics("credentials")]


def compare(lines: int, times: int) -> dict[str, list[float]]:
    """Seconds of full analyses, and of botocore's `load_config` of the same files: of files in which one role in ten is
    assumed with a role, and of files in which seven in ten are, which is more work for us and none for botocore.

    No two files have a name or an ARN in common, so nothing that is remembered of values helps either; the first of
    each warms up and is not counted. Garbage is collected before each and not meanwhile.
    """
    gc.disable()
    seconds: dict[str, list[float]] = {}
    for number in range(times + 1):
        for name, share in (("", 0.1), (", chained", 0.7)):
            ours, theirs = _compare(
                sections(lines, mistake="unknown region", first=number * lines, chained=int(lines / HEIGHT * share))
            )
            if number:
                seconds.setdefault(f"analysis{name}", []).append(ours)
                seconds.setdefault(f"load_config{name}", []).append(theirs)
    return seconds


def _compare(made: Sequence[Section]) -> tuple[float, float]:
    """Seconds of one full analysis, and of botocore's reading."""
    from botocore.configloader import load_config

    with tempfile.TemporaryDirectory() as folder:
        config = place(Path(folder), INI, Document(INI, made).text)
        gc.collect()
        before = perf_counter()
        _, found = analyse(config)
        ours = perf_counter() - before
        gc.collect()
        before = perf_counter()
        profiles = load_config(str(config))["profiles"]
        theirs = perf_counter() - before
    shown = [one for one in found if one.severity is not Severity.INFORMATION]
    assert len(shown) == MISTAKES, f"{len(shown)} findings"
    assert len(profiles) == len(made), f"{len(profiles)} profiles"
    return ours, theirs


class Core:
    """A service with a document on which edits are made."""

    def __init__(self, lines: int) -> None:
        self.document = Document(INI, sections(lines))
        with tempfile.TemporaryDirectory() as folder:
            self._service, _ = analyse(place(Path(folder), INI, self.document.text))
        gc.freeze()

    def edit(self, edits: Iterable[Edit]) -> None:
        """Apply each edit and list what is to be reported then: what the server does, but for writing and sending it."""
        for edit in edits:
            self._service.change("config", [Change(Position(*edit.start), Position(*edit.end), edit.text)])
            found = self._service.diagnostics("config")
            assert len(found) == len(edit.reported), f"{len(found)} findings"


def main(command: str, lines: int, count: int, kind: Kind = "character") -> None:
    if command == "analysis":
        json.dump(compare(lines, count), sys.stdout)
        return
    core = Core(lines)
    edits = core.document.edits(kind)
    # What is made at the first edit, such as what is imported for it, is not a part of any other.
    core.edit(islice(edits, 16))
    if command == "profile":
        with cProfile.Profile() as profile:
            core.edit(islice(edits, count))
        pstats.Stats(profile).sort_stats("tottime").print_stats(25)
        return
    print("ready", flush=True)
    sys.stdin.readline()
    core.edit(islice(edits, count))
    print("done", flush=True)
    sys.stdin.readline()


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:4]), *sys.argv[4:5])  # type: ignore[arg-type]  # A Kind.
