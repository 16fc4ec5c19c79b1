"""What artefacts are made of, and the ways to put a generated part into a file that is written by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[3]


class Artefact(NamedTuple):
    """A generated file, or a file with generated parts."""

    path: str
    """Relative to the repository, with forward slashes."""
    render: Callable[[], str]
    """The whole text that the file should have."""


def schema(name: str) -> Any:
    """The content of schemas/NAME.json."""
    return json.loads((ROOT / "schemas" / f"{name}.json").read_text(encoding="utf-8"))
