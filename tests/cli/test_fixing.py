"""`rolecall check --fix` on whatever files there are: once is enough, and nothing gets worse."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from hypothesis import given, settings

from tests.cli.support import check_run, put
from tests.support.pairs import CONFIGS, CREDENTIALS

_BROKEN = {"syntax-error", "missing-section-header", "unclosed-section-header", "invalid-nested-block", "not-utf8"}
"""The errors for which a tool refuses a whole file."""


def check_errors(*argv: str | Path) -> tuple[list[str], str]:
    """The rules of the errors that a check reports, and what it says beside them."""
    ran = check_run("check", *argv, "--format", "json")
    assert ran.code in (0, 1), ran.err
    return [found["rule"] for found in json.loads(ran.out)["diagnostics"] if found["severity"] == "error"], ran.err


@settings(max_examples=100)
@given(CONFIGS, CREDENTIALS)
def test_once_is_enough_and_nothing_gets_worse(config: str, credentials: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = [
            put(Path(folder, name), text.encode("utf-8", "replace"))
            for name, text in (("config", config), ("credentials", credentials))
        ]
        before, _ = check_errors(*paths)
        left, _ = check_errors(*paths, "--fix")
        fixed = [path.read_bytes() for path in paths]
        assert _BROKEN.intersection(left) <= set(before)
        assert check_errors(*paths, "--fix") == (left, "")
        assert [path.read_bytes() for path in paths] == fixed
