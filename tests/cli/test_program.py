"""The real program, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from rolecall.rules import ALL
from tests.cli.support import put

_HEAVY = ["asyncio", "boto3", "botocore", "cattrs", "lsprotocol", "pydantic", "pygls"]
_TIMEOUT = 60


def check_program(*argv: str, text: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "rolecall", *argv],
        check=False,
        input=text,
        capture_output=True,
        text=True,
        timeout=_TIMEOUT,
    )


@pytest.mark.parametrize(
    ("argv", "code", "out"),
    [
        (["check"], 1, "~/.aws/credentials\n"),
        (["readers"], 0, "Refused: ~/.aws/credentials\n  AWS CLI and boto3"),
        (["profiles"], 0, "   PROFILE"),
        (["explain", "duplicate-section"], 0, "duplicate-section (error"),
        (["rules"], 0, f"{ALL[0].name} "),
        (["--help"], 0, "usage: rolecall"),
        (["check", "none"], 2, ""),
        ([], 2, ""),
    ],
)
def test_command(home: Path, argv: list[str], code: int, out: str) -> None:
    put(home / ".aws" / "credentials", "[dev]\nregion = eu-west-1\n[dev]\n")
    ran = check_program(*argv)
    assert ran.returncode == code
    assert ran.stdout.startswith(out)
    assert bool(ran.stderr) == (code == 2)
    assert "Traceback" not in ran.stderr


def test_serve(home: Path) -> None:
    messages = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}, "processId": None}},
        {"jsonrpc": "2.0", "method": "initialized", "params": {}},
        {"jsonrpc": "2.0", "id": 2, "method": "shutdown"},
        {"jsonrpc": "2.0", "method": "exit"},
    ]
    bodies = [json.dumps(message) for message in messages]
    ran = check_program("serve", "--stdio", text="".join(f"Content-Length: {len(b)}\r\n\r\n{b}" for b in bodies))
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("Content-Length: ")
    assert '"capabilities"' in ran.stdout


def test_a_reader_that_has_seen_enough_is_no_failure(home: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "rolecall", "rules"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.close()
        assert program.stderr.read() == ""
        program.wait(_TIMEOUT)


@pytest.mark.parametrize("command", ["check", "readers", "profiles", "rules"])
def test_nothing_heavy_is_imported(home: Path, command: str) -> None:
    put(home / ".aws" / "config", "[default]\nregion = eu-west-1\n")
    program = (
        "import sys; from rolecall.cli.program import main\n"
        f"main([{command!r}])\n"
        f"sys.exit(', '.join(name for name in {_HEAVY!r} if name in sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True, timeout=_TIMEOUT)
    assert ran.stderr.strip() == ""
