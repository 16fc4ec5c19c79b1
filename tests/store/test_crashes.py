"""A process that is killed while it writes leaves the old or the new file, whole, and nothing in anyone's way."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(__file__).with_name("crashes.py")


def check_crashes(folder: Path, *how: str) -> dict[str, int]:
    """Nothing went wrong; returns what was found, so that a test can see that something happened at all."""
    done = subprocess.run(
        [sys.executable, str(PROGRAM), str(folder), *how], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.stderr == ""
    result = json.loads(done.stdout)
    assert result["wrong"] == []
    return {"kills": result["kills"], **result["found"]}


@pytest.mark.parametrize("how", [[], ["--in-place"]], ids=["replaced", "overwritten"])
def test_a_kill_at_every_step_of_a_write(tmp_path: Path, how: list[str]) -> None:
    found = check_crashes(tmp_path, "steps", *how)
    assert found["kills"] > 50
    assert found["old"] > 1
    assert found["new"] > 1


def test_fifty_kills_at_random_moments(tmp_path: Path) -> None:
    assert check_crashes(tmp_path, "moments")["writes"] > 0


def test_twenty_processes_lose_nothing(tmp_path: Path) -> None:
    assert check_crashes(tmp_path, "processes")["changes"] == 20
