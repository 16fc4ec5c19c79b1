"""Writes, or checks, every file that is made from another one.

`make generate` runs `python server/dev/generate.py write`. The test suite runs it with `check`, which changes nothing,
prints what would change, and fails if anything would.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from dev.artefacts import ALL
from dev.artefacts.base import ROOT, Artefact

USAGE = "usage: generate.py write|check"
REPAIR = "Generated files are out of date; repair them with: make generate"


def stale(artefacts: Sequence[Artefact]) -> Iterator[tuple[Path, str, str]]:
    """The files that are not as they should be: path, text now, text as it should be."""
    for artefact in artefacts:
        path = ROOT / artefact.path
        now = path.read_text(encoding="utf-8") if path.exists() else ""
        wanted = artefact.render()
        if now != wanted:
            yield path, now, wanted


def write(artefacts: Sequence[Artefact]) -> int:
    """Bring every file up to date and name those that changed. Always 0."""
    for path, _, wanted in stale(artefacts):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted, encoding="utf-8", newline="\n")
        print(f"wrote {path.relative_to(ROOT)}")
    return 0


def check(artefacts: Sequence[Artefact]) -> int:
    """Print how the files differ from what they should be; 1 if any does, else 0."""
    found = list(stale(artefacts))
    for path, now, wanted in found:
        name = str(path.relative_to(ROOT))
        sys.stdout.writelines(
            unified_diff(now.splitlines(True), wanted.splitlines(True), f"{name} (now)", f"{name} (generated)")
        )
    if found:
        print(REPAIR)
    return 1 if found else 0


def main(arguments: Sequence[str]) -> int:
    """0 if all is well, 1 if a check found stale files, 2 for wrong use."""
    match arguments:
        case ["write"]:
            return write(ALL)
        case ["check"]:
            return check(ALL)
        case _:
            print(USAGE, file=sys.stderr)
            return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
