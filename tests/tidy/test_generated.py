"""What is written twice is generated once; the generator's output on failure names the repair."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_generated_files_are_current() -> None:
    check = subprocess.run(
        [sys.executable, str(ROOT / "server" / "dev" / "generate.py"), "check"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PYTHONUTF8": "1"},
        check=False,
    )
    assert check.returncode == 0, check.stdout + check.stderr
