"""`python -m rolecall` is the command `rolecall`."""

from __future__ import annotations

from rolecall.cli import run

if __name__ == "__main__":
    raise SystemExit(run())
