"""Writes, or checks, every file that is made from another one.

`make generate` runs `python server/dev/generate.py write`. The test suite runs it with `check`, which changes nothing,
prints what would change, and fails if anything would.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from difflib import unified_diff
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from dev.artefacts import every
from dev.artefacts.base import ROOT, Artefact

USAGE = "usage: generate.py write|check"
REPAIR = "Generated files are out of date; repair them with: make generate"


def stale(artefacts: Iterable[Artefact]) -> Iterator[tuple[Path, str | None, str | None]]:
    """The files that are not as they should be: path, text now, text as it should be; None means no file."""
    for artefact in artefacts:
        path = ROOT / artefact.path
        now = path.read_text(encoding="utf-8") if path.exists() else None
        wanted = artefact.render()
        if now != wanted:
            yield path, now, wanted


def write(artefacts: Iterable[Artefact]) -> int:
    """Bring every file up to date and name those that changed. Always 0."""
    for path, _, wanted in stale(artefacts):
        if wanted is None:
            path.unlink()
            print(f"removed {path.relative_to(ROOT)}")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted, encoding="utf-8", newline="\n")
            print(f"wrote {path.relative_to(ROOT)}")
    return 0


def check(artefacts: Iterable[Artefact]) -> int:
    """Print how the files differ from what they should be; 1 if any does, else 0."""
    found = list(stale(artefacts))
    for path, now, wanted in found:
        name = str(path.relative_to(ROOT))
        sys.stdout.writelines(unified_diff(lines(now), lines(wanted), f"{name} (now)", f"{name} (generated)"))
    if found:
        print(REPAIR)
    return 1 if found else 0


def lines(text: str | None) -> list[str]:
    return (text or "").splitlines(keepends=True)


def main(arguments: Sequence[str]) -> int:
    """0 if all is well, 1 if a check found stale files, 2 for wrong use."""
    match arguments:
        case ["write"]:
            return write(every())
        case ["check"]:
            return check(every())
        case _:
            print(USAGE, file=sys.stderr)
            return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
