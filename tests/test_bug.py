"""A broken assumption is loud in tests and a line in the log for users."""

from __future__ import annotations

import pytest

from rolecall import bug


def test_in_tests_a_report_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bug, "_raises", False)
    bug.raise_reports(True)
    with pytest.raises(bug.BugError, match="impossible"):
        bug.report("impossible")


def test_otherwise_it_reaches_the_hook_and_the_program_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    monkeypatch.setattr(bug, "_raises", False)
    monkeypatch.setattr(bug, "_hook", bug._hook)
    bug.report("nobody listens")
    bug.install(heard.append)
    bug.report("impossible")
    assert heard == ["impossible"]
