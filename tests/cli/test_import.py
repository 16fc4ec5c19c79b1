"""What `rolecall import` does beside what import.md shows."""

from __future__ import annotations

import io
import stat
import sys
from pathlib import Path

import pytest

from tests.cli.support import KEY_FILES, SECRET, check_run, put


def given(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


@pytest.mark.parametrize("argv", [(), ("-",)])
def test_standard_input(home: Path, monkeypatch: pytest.MonkeyPatch, argv: tuple[str, ...]) -> None:
    given(monkeypatch, (KEY_FILES / "portal_opt2.txt").read_bytes())
    ran = check_run("import", *argv)
    assert ran.code == 0
    file = home / ".aws" / "credentials"
    assert SECRET in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert SECRET not in ran.out + ran.err


def test_what_powershell_writes_into_a_file(home: Path) -> None:
    text = (KEY_FILES / "portal_opt1_powershell.txt").read_text()
    file = put(home / "keys.txt", b"\xff\xfe" + text.encode("utf-16-le"))
    assert check_run("import", file, "--profile", "dev").code == 0
    assert SECRET in (home / ".aws" / "credentials").read_text()


@pytest.mark.parametrize("path", sorted(KEY_FILES.iterdir()), ids=lambda path: path.name)
def test_no_secret_is_shown(home: Path, path: Path) -> None:
    ran = check_run("import", path, "--profile", "dev")
    assert SECRET not in ran.out + ran.err
    assert (home / ".aws" / "credentials").exists() is (ran.code == 0)


def test_a_text_for_several_profiles(home: Path) -> None:
    both = (KEY_FILES / "saml2aws.ini").read_text() + (KEY_FILES / "okta_aws_cli.ini").read_text()
    file = put(home / "keys.txt", both)
    ran = check_run("import", file, "--profile", "nobody")
    assert (ran.code, ran.err) == (
        2,
        'rolecall: there are several sets of keys, and none says that it is of "nobody".\n',
    )
    assert check_run("import", file, "--profile", "dev").out.startswith("dev in ~/.aws/credentials has the keys")
    assert "[saml]" not in (home / ".aws" / "credentials").read_text()
    (home / ".aws" / "credentials").unlink()
    assert [line.split()[0] for line in check_run("import", file).out.splitlines()] == ["saml", "dev"]


def test_a_file_that_cannot_be_written(home: Path) -> None:
    credentials = put(home / ".aws" / "credentials", "[dev]\n", mode=0o400)
    ran = check_run("import", KEY_FILES / "portal_opt2.txt", "--profile", "dev")
    assert (ran.code, ran.out) == (2, "")
    assert "is read-only. Allow its owner to write it." in ran.err
    assert credentials.read_text() == "[dev]\n"
