"""Completion of command lines: what is offered, and that each real shell that is here offers it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rolecall.cli.completion import candidates
from rolecall.cli.program import COMMANDS
from rolecall.rules import ALL
from tests.cli.support import check_run

RULES = [rule.name for rule in ALL]


def check_candidates(line: str) -> list[str]:
    """What is offered for the last word of a line, which may be empty."""
    return [candidate.word for candidate in candidates(line.split(" "))]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", list(COMMANDS)),
        ("ch", ["check"]),
        ("--v", ["--version"]),
        ("check --form", ["--format"]),
        ("check --format ", ["text", "json", "sarif", "github"]),
        ("check --format s", ["sarif"]),
        ("check --format=s", ["--format=sarif"]),
        ("check --fail-on w", ["warning"]),
        ("check --select duplicate-s", ["duplicate-section"]),
        ("check --select bom,duplicate-s", ["bom,duplicate-section"]),
        ("check --select duplicate-section,duplicate-s", []),
        ("check --readers bo", ["botocore"]),
        ("check --fix --fail-on e", ["error"]),
        ("check --config ", []),
        ("check ", []),
        ("check --fix ", []),
        ("explain duplicate-s", ["duplicate-section"]),
        ("explain ", RULES),
        ("rules --format ", ["text", "json"]),
        ("completion ", ["bash", "zsh", "fish"]),
        ("frobnicate ", []),
    ],
)
def test_candidates(line: str, words: list[str]) -> None:
    assert check_candidates(line) == words


def test_every_option_of_every_command_is_offered() -> None:
    for command in COMMANDS:
        told = check_run(command, "--help").out
        assert all(option in told for option in check_candidates(f"{command} --"))
        assert "--help" in check_candidates(f"{command} --")


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A PATH on which this very program is called `rolecall`."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "rolecall"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m rolecall "$@"\n')
    program.chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


def check_shell(shell: str, script: str, path: str) -> list[str]:
    """What a real shell prints for a script of its own language."""
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed")
    quiet = {"bash": ["--norc"], "zsh": ["-f"], "fish": ["--no-config"]}[shell]
    ran = subprocess.run(
        [program, *quiet, "-c", script],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PATH": path, "TERM": "dumb"},
    )
    assert ran.stderr == ""
    return ran.stdout.splitlines()


# Completes as bash does at a Tab, which cuts words at "=" too.
BASH = """
eval "$(rolecall completion bash)"
ask() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); _rolecall; printf '%s\\n' "${COMPREPLY[@]}"; }
"""


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("rolecall che", ["check"]),
        ("rolecall check --format = s", ["sarif"]),
        ("rolecall check --format = ''", ["text", "json", "sarif", "github"]),
        ("rolecall check --select bom,duplicate-s", ["bom,duplicate-section"]),
        ("rolecall check ''", [""]),
    ],
)
def test_bash(path: str, words: str, found: list[str]) -> None:
    assert check_shell("bash", f"{BASH}ask {words}", path) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("rolecall check --format=s", "--format=sarif"),
        ("rolecall explain duplicate-s", "duplicate-section"),
        ("rolecall check --fail-on e", "error"),
        ("rolecall che", "check"),
    ],
)
def test_fish(path: str, words: str, found: str) -> None:
    lines = check_shell("fish", f"rolecall completion fish | source; complete -C '{words}'", path)
    assert [line.split("\t")[0] for line in lines] == [found]


def test_fish_offers_files(path: str, home: Path) -> None:
    (home / "my-config").touch()
    assert check_shell("fish", "rolecall completion fish | source; complete -C 'rolecall check my'", path) == [
        "my-config"
    ]


# A shell in a pseudo-terminal, as completion is part of zsh's line editor; it echoes what it completes.
ZSH = """
zmodload zsh/zpty
zpty shell 'TERM=dumb zsh -f -i'
zpty -w shell 'PS1=; unsetopt prompt_cr; autoload -Uz compinit; compinit -u -D; eval "$(rolecall completion zsh)"; print re""ady'
zpty -r -m shell printed '*ready*'
zpty -n -w shell $'TYPED\t'
zpty -r -m shell printed '*SHOWN*' && print completed
zpty -d shell
"""


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("rolecall expl", "explain"),
        ("rolecall check --format=s", "sarif"),
        ("rolecall check --select bom,duplicate-s", "section"),
        ("rolecall check my-c", "onfig"),
    ],
)
def test_zsh(path: str, home: Path, typed: str, shown: str) -> None:
    (home / "my-config").touch()
    assert check_shell("zsh", ZSH.replace("TYPED", typed).replace("SHOWN", shown), path) == ["completed"]
