"""The layers of server/docs/architecture.md, held by the import contracts in pyproject.toml."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ARCHITECTURE = (ROOT / "server/docs/architecture.md").read_text(encoding="utf-8")


def test_no_layer_imports_one_above_it() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    found = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr


def test_no_contract_has_an_exception() -> None:
    assert "ignore_imports" not in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


NAMED = set(re.findall(r"(?:tests|client-extension)/[\w/.-]+\w", ARCHITECTURE)) - {"tests/rules/NAME.md"}


@pytest.mark.parametrize("path", sorted(NAMED))
def test_what_the_map_names_is_there(path: str) -> None:
    assert (ROOT / path).exists()
