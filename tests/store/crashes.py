"""Kills writers and looks at what is left; run as a program by `test_crashes.py`, because it forks.

    python crashes.py FOLDER steps [--in-place]     a kill before and after every call that a write makes into C code
    python crashes.py FOLDER moments                50 kills at random moments of a writer that never rests
    python crashes.py FOLDER processes              20 processes, one change each

Prints one JSON object that tells what was found.
"""

from __future__ import annotations

import errno
import json
import os
import random
import signal
import sys
from collections import Counter
from pathlib import Path
from types import FrameType

from rolecall.store import disk, history
from rolecall.store.writer import Store

OLD, NEW = b"[old]\n" * 700, b"[a longer new one]\n" * 700


def kill_at(step: int) -> None:
    """Kill this process when the store makes its `step`-th transition into or out of a C function."""
    left = step

    def count(frame: FrameType, event: str, _: object) -> None:
        nonlocal left
        if event.startswith("c_") and "/store/" in frame.f_code.co_filename:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)


def mounted() -> None:
    """Let every file outside the state folder behave as if it were mounted by itself: it cannot be replaced."""
    switch = disk.switch

    def refuse(temporary: str, path: str) -> None:
        if "/state/" not in path:
            raise OSError(errno.EBUSY, "busy")
        switch(temporary, path)

    disk.switch = refuse


def in_child(action: object) -> bool:
    """Run the action in a child process; True when it came to its end."""
    pid = os.fork()
    if pid == 0:
        action()
        sys.setprofile(None)
        os._exit(0)
    return os.waitpid(pid, 0)[1] == 0


def steps(folder: Path) -> dict[str, object]:
    """Kill one write at each of its steps. The file, its history and the next write must not mind."""
    found, wrong, step, finished = Counter(), [], 0, False
    while not finished:
        step += 1
        path, state = folder / f"{step}" / "credentials", folder / f"{step}" / "state"
        store = Store(str(state))
        first = store.create(str(path), OLD)

        def write(store: Store = store, path: Path = path, first: str = first, step: int = step) -> None:
            kill_at(step)
            store.write(str(path), NEW, first)

        finished = in_child(write)
        store.recover(str(path))
        now = path.read_bytes()
        found["old" if now == OLD else "new"] += 1
        if now not in (OLD, NEW):
            wrong.append(f"step {step}: neither old nor new")
        if now == NEW:
            store.undo(str(path))
        if path.read_bytes() != OLD or store.change(str(path), lambda text: text + "more") is None:
            wrong.append(f"step {step}: undo or the next write failed")
        if any((state / "pending").glob("[!.]*")):
            wrong.append(f"step {step}: a journal is left")
    return {"kills": step - 1, "found": found, "wrong": wrong}


def moments(folder: Path) -> dict[str, object]:
    """Kill a restless writer fifty times. Each content tells by itself whether it is whole."""
    path, store = folder / "credentials", Store(str(folder / "state"))
    store.create(str(path), content(0))
    numbers = [0]
    wrong: list[str] = []
    pick = random.Random(2)
    for kill in range(50):
        pid = os.fork()
        if pid == 0:
            while True:
                store.change(str(path), lambda text: content(int(text.split()[0]) + 1).decode())
        signal.setitimer(signal.ITIMER_REAL, pick.uniform(0.001, 0.02))
        signal.sigwait({signal.SIGALRM})
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        now = path.read_bytes()
        numbers.append(int(now.split()[0]))
        if now != content(numbers[-1]) or numbers[-1] < numbers[-2]:
            wrong.append(f"kill {kill}: not whole, or older than before")
    target = store._target(str(path))
    wrong += [
        f"{record.file} is not whole"
        for record in history.records(target.history)
        if record.before is not None and record.before != content(int(record.before.split()[0]))
    ]
    return {"kills": 50, "found": {"writes": numbers[-1]}, "wrong": wrong}


def content(number: int) -> bytes:
    return b"%d\n" % number * 3000


def processes(folder: Path) -> dict[str, object]:
    """Let twenty processes change the file at once."""
    path = folder / "credentials"
    path.write_text("")
    children = []
    for number in range(20):
        pid = os.fork()
        if pid == 0:
            Store(str(folder / "state"), timeout=20).change(str(path), lambda text, number=number: f"{text}{number}\n")
            os._exit(0)
        children.append(pid)
    codes = [os.waitpid(pid, 0)[1] for pid in children]
    lines = sorted(map(int, path.read_text().split()))
    return {"kills": 0, "found": {"changes": len(lines)}, "wrong": [] if lines == list(range(20)) else [str(codes)]}


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
    if "--in-place" in sys.argv:
        mounted()
    found = {"steps": steps, "moments": moments, "processes": processes}[sys.argv[2]](Path(sys.argv[1]))
    sys.stdout.write(json.dumps(found))
