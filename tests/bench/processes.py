"""What is timed as whole processes: starts, checks, full analyses; and the instructions that an edit takes."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from tests.bench.client import now
from tests.bench.documents import HEIGHT, INI, Document, Kind, sections
from tests.bench.scenario import FEW, Visit
from tests.bench.servers import ECHO, HERE, ROOT, Server, environment, place

PASS, STOCK = "python -c pass", "stock pygls server"
CHECK, LOAD = "rolecall check", "botocore loads the pair"
STARTED_WITH = 1_000
"""Lines of the document that a server is started with."""
CHECKED = 10_000
"""Lines of the config file that is checked, or analysed as a whole."""
COUNTED: Sequence[tuple[Kind, int]] = [
    (kind, lines) for kind in ("character", "line", "header") for lines in (1_000, 10_000, 100_000)
]
"""Of which edits instructions are counted, and in documents of how many lines."""
_EDITS_COUNTED = 32

Times = dict[str, list[float]]
"""Seconds by what was timed; of what was timed in turn, the n-th of each belong together."""

_LOAD = """
import botocore.session
assert botocore.session.Session().full_config["profiles"]
"""


def starts(servers: dict[str, Server], rounds: int, tell: Callable[[str], None]) -> dict[str, Times]:
    """How long servers take from their start to the answer to `initialize` and to the first diagnostics, by server;
    for comparison, Python doing nothing and a server as pygls' examples have it."""
    stock = Server("stock pygls server", (sys.executable, str(HERE / "stock_pygls.py")), INI)
    timed = {name: server for name, server in servers.items() if name != ECHO} | {STOCK: stock}
    documents = {name: Document(server.language, sections(STARTED_WITH)) for name, server in timed.items()}
    found: dict[str, Times] = {}
    # The first round warms up what the system keeps of files, and is not counted.
    for number in range(rounds + 1):
        tell(f"starts, round {number} of {rounds}")
        for name in _shuffled([*timed, PASS], number):
            with tempfile.TemporaryDirectory() as home:
                if name == PASS:
                    samples = {"process": [_process([sys.executable, "-c", "pass"], Path(home))]}
                else:
                    samples = Visit(name, timed[name], documents[name], FEW, Path(home)).run(only_open=True)
            if number:
                for what, seconds in samples.items():
                    found.setdefault(name, {}).setdefault(what, []).extend(seconds)
    return found


def programs(rounds: int, tell: Callable[[str], None]) -> Times:
    """Whole processes that look at a pair: a check of ours, and one that imports botocore and loads the same pair."""
    found: Times = {CHECK: [], LOAD: []}
    text = Document(INI, sections(CHECKED, mistake="unknown region", chained=CHECKED // HEIGHT // 10)).text
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        place(home, INI, text)
        commands = {CHECK: ([sys.executable, "-m", "rolecall", "check"], 1), LOAD: ([sys.executable, "-c", _LOAD], 0)}
        for number in range(rounds + 1):
            tell(f"checks, round {number} of {rounds}")
            for name in _shuffled(commands, number):
                command, code = commands[name]
                seconds = _process(command, home, code)
                if number:
                    found[name].append(seconds)
    return found


def analyses(rounds: int) -> Times:
    """Full analyses, and botocore's `load_config` of the same files: see `core.compare`."""
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "tests.bench.core", "analysis", str(CHECKED), str(rounds)]
        done = subprocess.run(command, cwd=ROOT, env=environment(Path(home)), stdout=subprocess.PIPE, check=True)
    found: Times = json.loads(done.stdout)
    return found


def can_count() -> bool:
    """Whether instructions can be counted here."""
    return shutil.which("valgrind") is not None and shutil.which("callgrind_control") is not None


def instructions(kind: Kind, lines: int) -> float:
    """How many instructions the analysis of one edit takes, without sending what is found.

    The process runs under valgrind, which counts only while edits are made, and the same hashes make runs alike.
    """
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "counted")
        command = [
            "valgrind", "--tool=callgrind", "--instr-atstart=no", f"--callgrind-out-file={out}",
            sys.executable, "-m", "tests.bench.core", "edits", str(lines), str(_EDITS_COUNTED), kind,
        ]  # fmt: skip
        surroundings = environment(Path(folder)) | {"PYTHONHASHSEED": "0"}
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        with subprocess.Popen(command, cwd=ROOT, env=surroundings, text=True, **pipes) as process:  # type: ignore[call-overload]
            for awaited, state in (("ready", "on"), ("done", "off")):
                said = process.stdout.readline().strip()
                if said != awaited:
                    raise RuntimeError(f"{kind} at {lines} lines: {said!r} in place of {awaited!r}")
                control = ["callgrind_control", "-i", state, str(process.pid)]
                subprocess.run(control, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                process.stdin.write("\n")
                process.stdin.flush()
        total = re.search(r"^totals: (\d+)", out.read_text(), re.MULTILINE)
        if total is None:
            raise RuntimeError(f"valgrind has counted nothing for {kind} at {lines} lines")
        return int(total[1]) / _EDITS_COUNTED


def _process(command: Sequence[str], home: Path, code: int = 0) -> float:
    """Seconds that a process takes as a whole, which must end with this code."""
    before = now()
    done = subprocess.run(command, env=environment(home), stdout=subprocess.DEVNULL, check=False)
    seconds = now() - before
    if done.returncode != code:
        raise RuntimeError(f"{' '.join(command)[:80]} ended with {done.returncode} in place of {code}")
    return seconds


def _shuffled(names: Iterable[str], seed: int) -> list[str]:
    """In another order each time, so that nothing always comes after the same."""
    listed = list(names)
    return random.Random(seed).sample(listed, len(listed))
