"""Hold the readers to the real tools on very many generated pairs of files: `make conformance`.

Each suite has its pairs by number, so a run is known by its seed and can go on where it was stopped: every block of
pairs that agrees is noted in `.tools/conformance`, in a file for this very state of the code. A pair on which a reader
and its tool disagree is made small and printed; its block is tried again by the next run.
"""

from __future__ import annotations

import argparse
import functools
import hashlib
import json
import multiprocessing
import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.conformance.agreement import difference
from tests.conformance.shrinking import shrunk
from tests.support import javascript
from tests.support.oracle import Oracle, memory
from tests.support.pairs import Pair, damaged, resolvable, written

_ROOT = Path(__file__).parents[2]
_NOTES = _ROOT / ".tools/conformance"
_SHARED_CODE = (
    "server/rolecall/readers/seen.py", "server/rolecall/store/files.py", "server/rolecall/syntax", "server/rolecall/text",
    "tests/conformance", "tests/support/pairs.py",
)  # fmt: skip
_BOTOCORE_CODE = (*_SHARED_CODE, "server/rolecall/readers/botocore", "tests/support/oracle.py", "requirements/dev.txt")
_JAVASCRIPT_CODE = (
    *_SHARED_CODE, "server/rolecall/readers/javascript", "tests/support/javascript.py", "tests/readers/javascript",
)  # fmt: skip

_ENOUGH = 10
"""Disagreements after which a run ends: there is something to be repaired."""

Check = Callable[[Pair], str | None]


class Suite(NamedTuple):
    """What is compared.

    title  in the table at the end
    count  pairs in a whole run
    block  pairs that are done, or not, together
    makers each makes every so many-th pair
    checks says in words where a reader and its tool differ on pairs: one answer per pair
    code   files and folders that the agreement of a pair hangs on
    """

    title: str
    count: int
    block: int
    makers: Sequence[Callable[[Random], Pair]]
    checks: Callable[[Sequence[Pair]], Iterator[str | None]]
    code: Sequence[str]

    def pair(self, seed: str, index: int) -> Pair:
        """One of its pairs."""
        return self.makers[index % len(self.makers)](Random(f"{seed}:{self.title}:{index}"))

    def check(self, pair: Pair) -> str | None:
        """Where a reader and its tool differ on one pair."""
        return next(iter(self.checks([pair])))


_oracle: Oracle
"""botocore for this process, from when it begins."""


def _begin(folder: str) -> None:
    global _oracle
    _oracle = Oracle(folder).__enter__()


def _botocore(pairs: Sequence[Pair], *, outcomes: bool) -> Iterator[str | None]:
    for pair in pairs:
        try:
            yield difference(_oracle, pair, outcomes=outcomes)
        except Exception as error:  # noqa: BLE001  A reader that raises is one more that differs.
            yield f"raises {error!r}"


def _javascript(pairs: Sequence[Pair], *, outcomes: bool) -> Iterator[str | None]:
    try:
        differing = javascript.compare(pairs, outcomes=outcomes)
    except Exception as error:  # noqa: BLE001  A reader that raises is one more that differs.
        if len(pairs) == 1:
            yield f"raises {error!r}"
            return
        for pair in pairs:
            yield from _javascript([pair], outcomes=outcomes)
        return
    found = {
        (wrong.config, wrong.credentials): f"{wrong.about}\n  ours:   {wrong.ours!r}\n  theirs: {wrong.theirs!r}"
        for wrong in differing
    }
    for pair in pairs:
        yield found.get(pair)


SUITES = {
    "botocore": Suite(
        "botocore: refusals, profiles and values", 1_000_000, 2000, (written, damaged, resolvable),
        functools.partial(_botocore, outcomes=False), _BOTOCORE_CODE,
    ),
    "botocore-outcomes": Suite(
        "botocore: outcome of each profile", 50_000, 200, (resolvable, resolvable, damaged, written),
        functools.partial(_botocore, outcomes=True), _BOTOCORE_CODE,
    ),
    "javascript": Suite(
        "JavaScript SDK: profiles and values", 100_000, 2000, (written, damaged, resolvable),
        functools.partial(_javascript, outcomes=False), _JAVASCRIPT_CODE,
    ),
    "javascript-outcomes": Suite(
        "JavaScript SDK: outcome of each profile", 10_000, 200, (resolvable, resolvable, damaged, written),
        functools.partial(_javascript, outcomes=True), _JAVASCRIPT_CODE,
    ),
}  # fmt: skip


class Block(NamedTuple):
    """Pairs of a suite, by their numbers."""

    suite: str
    seed: str
    start: int
    stop: int


class Result(NamedTuple):
    """How a block ended: a disagreement is the number of its pair, the pair made small, and what differs."""

    block: Block
    seconds: float
    disagreement: tuple[int, Pair, str] | None


def compare(block: Block) -> Result:
    """Compare the pairs of a block, up to the first disagreement."""
    suite = SUITES[block.suite]
    begun = time.perf_counter()
    numbers = range(block.start, block.stop)
    pairs = [suite.pair(block.seed, number) for number in numbers]
    for number, pair, differs in zip(numbers, pairs, suite.checks(pairs), strict=True):
        if differs is not None:
            small = shrunk(pair, lambda tried: suite.check(tried) is not None)
            return Result(block, time.perf_counter() - begun, (number, small, suite.check(small) or differs))
    return Result(block, time.perf_counter() - begun, None)


class Notes:
    """Which blocks of a suite agreed, for one state of its code: a line of JSON each, written as soon as one is done."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.done: dict[Block, float] = {}
        """Block to the seconds it took."""
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            for line in path.read_text().splitlines():
                # A line that was cut off is a block that will be done once more.
                if line.endswith("}"):
                    found = json.loads(line)
                    self.done[Block(*found["block"])] = found["seconds"]

    def note(self, block: Block, seconds: float) -> None:
        """Note that a block agreed."""
        self.done[block] = seconds
        with self._path.open("a") as file:
            file.write(json.dumps({"block": block, "seconds": round(seconds, 3)}) + "\n")


def digest_of(code: Sequence[str], root: Path = _ROOT) -> str:
    """A digest of files, and of all code in folders."""
    digest = hashlib.sha256()
    for path in sorted(path for name in code for path in _files(root / name)):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from (found for found in path.rglob("*") if found.suffix in (".py", ".mjs", ".json"))
    else:
        yield path


def blocks(name: str, seed: str, count: int) -> Iterator[Block]:
    """A suite's pairs, cut into blocks."""
    size = SUITES[name].block
    for start in range(0, count, size):
        yield Block(name, seed, start, min(start + size, count))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the suites that are asked for. 0 where all agrees, 1 where a pair does not."""
    parser = argparse.ArgumentParser(prog="make conformance", description=__doc__)
    parser.add_argument("suites", nargs="*", metavar="SUITE", help=f"all, unless named: {', '.join(SUITES)}")
    parser.add_argument("--count", type=int, help="pairs of each suite, in place of its own number")
    parser.add_argument("--seed", default="1", help="another seed gives other pairs")
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    options = parser.parse_args(arguments)
    if unknown := set(options.suites) - set(SUITES):
        parser.error(f"no such suite: {', '.join(sorted(unknown))}")
    names = options.suites or list(SUITES)
    notes = {name: Notes(_NOTES / f"{name}-{digest_of(SUITES[name].code)}.jsonl") for name in names}
    wanted = {name: list(blocks(name, options.seed, options.count or SUITES[name].count)) for name in names}
    not_done = [block for name in names for block in wanted[name] if block not in notes[name].done]
    disagreements = 0
    # Being ended is no reason to leave workers and their files behind.
    signal.signal(signal.SIGTERM, lambda *_: parser.exit(1))
    # Workers are processes without a past: each makes its environment one without anything of the user's.
    workers = multiprocessing.get_context("spawn")
    with (
        tempfile.TemporaryDirectory(dir=memory()) as folder,
        workers.Pool(min(options.processes, len(not_done) or 1), _begin, (folder,)) as pool,
    ):
        for result in pool.imap_unordered(compare, not_done):
            if result.disagreement is None:
                notes[result.block.suite].note(result.block, result.seconds)
                continue
            disagreements += 1
            _tell(result.block, *result.disagreement)
            if disagreements == _ENOUGH:
                break
    _tell_counts(wanted, notes)
    return 1 if disagreements else 0


def _tell(block: Block, number: int, pair: Pair, differs: str) -> None:
    print(f"\n{SUITES[block.suite].title}, pair {number} of seed {block.seed}: {differs}")
    for field, data in zip(Pair._fields, pair, strict=True):
        print(f"  {field + ':':12} {data!r}")
    print(flush=True)


def _tell_counts(wanted: dict[str, list[Block]], notes: dict[str, Notes]) -> None:
    print(f"{'':42}{'pairs':>12}{'agree':>12}{'per second':>12}")
    for name, found in wanted.items():
        done = [block for block in found if block in notes[name].done]
        agree = sum(block.stop - block.start for block in done)
        seconds = sum(notes[name].done[block] for block in done)
        rate = f"{agree / seconds:,.0f}" if seconds else "-"
        print(f"{SUITES[name].title:42}{found[-1].stop:>12,}{agree:>12,}{rate:>12}")


if __name__ == "__main__":
    raise SystemExit(main())
