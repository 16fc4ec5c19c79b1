"""A home folder of its own for every test of the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

_UNSET = (
    "AWS_CONFIG_FILE",
    "AWS_SHARED_CREDENTIALS_FILE",
    "XDG_CONFIG_HOME",
    "XDG_STATE_HOME",
    "NO_COLOR",
    "FORCE_COLOR",
    "GITHUB_WORKSPACE",
)
"""Variables of the machine that runs the tests."""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the user's files are; also the folder that commands are run in."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.chdir(folder)
    for name in _UNSET:
        monkeypatch.delenv(name, raising=False)
    return folder
