"""What artefacts are made of."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[3]


class Artefact(NamedTuple):
    """A generated file, or a file with generated parts."""

    path: str
    """Relative to the repository, with forward slashes."""
    render: Callable[[], str | None]
    """The whole text that the file should have; None if there should be no such file."""


def schema(name: str) -> dict[str, Any]:
    """The content of schemas/NAME.json."""
    loaded: dict[str, Any] = json.loads((ROOT / "schemas" / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


def orphans(folder: str, wanted: Iterable[Artefact]) -> Iterator[Artefact]:
    """The files in a wholly generated folder that nothing makes any more."""
    made = {artefact.path for artefact in wanted}
    for path in sorted((ROOT / folder).glob("*")):
        name = path.relative_to(ROOT).as_posix()
        if name not in made:
            yield Artefact(name, lambda: None)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *([cell.replace("|", r"\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
