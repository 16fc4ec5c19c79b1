"""What holds for every test: a throw-away home, no AWS of the user's, and in CI nothing skipped."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import hypothesis
import pytest

_IN_CI = os.environ.get("CI") == "true"

# In CI the same examples every time: what lands must not depend on luck. Everywhere else new ones are tried.
hypothesis.settings.register_profile("quick", deadline=None, derandomize=_IN_CI)
hypothesis.settings.register_profile("long", deadline=None, max_examples=5_000)

_skipped: dict[str, str] = {}


def pytest_configure(config: pytest.Config) -> None:
    """Takes the user's home, AWS variables and configuration folder away before any test module is imported."""
    home = Path(tempfile.mkdtemp(prefix="rolecall-tests-"))
    config.add_cleanup(lambda: shutil.rmtree(home, ignore_errors=True))
    for name in list(os.environ):
        if name.startswith(("AWS_", "BOTO_", "XDG_")):
            del os.environ[name]
    os.environ["HOME"] = str(home)
    # A test that forgets to say which account it uses must not find a machine's own.
    os.environ["AWS_EC2_METADATA_DISABLED"] = "true"
    hypothesis.settings.load_profile(os.environ.get("ROLECALL_HYPOTHESIS", "quick"))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail"):
        _skipped[report.nodeid] = str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    if report.skipped:
        _skipped[report.nodeid] = str(report.longrepr)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if _IN_CI and _skipped and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _IN_CI and _skipped:
        terminalreporter.section("In CI nothing may be skipped", red=True)
        for test, reason in _skipped.items():
            terminalreporter.line(f"{test}: {reason}")
