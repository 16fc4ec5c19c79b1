"""The `check_*` helpers of the command line: the only callers of it, so that a test is nothing but text.

A console block is one or more commands, each after `$ `, with what they print below: standard output, then the lines of
standard error after `! `, then the exit code if it is not 0:

    $ rolecall explain no-such-rule
    ! rolecall: there is no rule "no-such-rule".
    exit 2

`cat FILE` prints a file, with ␍ for carriage returns, and `> FILE` at the end writes one instead of printing. What is
kept for undo is in a folder that is named after the file's place; here it is called FILE.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shlex
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from rolecall.cli.program import main
from rolecall.host import FileFacts, FileText
from rolecall.store.local import LocalHost
from tests.support.markers import files

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
PATHS = {"config": ".aws/config", "credentials": ".aws/credentials", "accounts": "accounts.json"}
FORMATS = {
    "check": ("text", "json", "sarif", "github"),
    "readers": ("text", "json"),
    "profiles": ("text", "json"),
}
KEY_FILES = Path(__file__).parents[1] / "fixtures" / "keys"
"""Keys in all the forms in which people have them."""
UNJUDGED = re.compile(r"^rolecall: The .+ not known, so rules that need it were not run: give .+\.\n\Z")
"""What is said beside a report where one file of a pair is not known."""
_KEPT = re.compile(r"(?<=/history/)[0-9a-f]{32}(?=/)")
SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"


class Machine(LocalHost):
    """This machine at a certain time; some files of it may not be read."""

    def __init__(self, *unreadable: Path) -> None:
        self._unreadable = {str(path) for path in unreadable}

    def now(self) -> datetime:
        return NOW

    def read(self, path: str) -> FileText:
        if path in self._unreadable:
            return FileText("", FileFacts(exists=True, mode=0))
        return super().read(path)


class Ran(NamedTuple):
    """What a command printed and returned."""

    out: str
    err: str
    code: int


class Terminal(io.StringIO):
    """Standard output that is looked at by a person."""

    def isatty(self) -> bool:
        return True


def check_run(*argv: str | Path, host: LocalHost | None = None, out: io.StringIO | None = None) -> Ran:
    """Run a command line in this process."""
    out, err = out or io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main([str(argument) for argument in argv], host or Machine())
    return Ran(out.getvalue(), err.getvalue(), code)


def check_json(*argv: str | Path) -> tuple[dict[str, Any], int]:
    """Run a command line that prints JSON and complains of nothing but that it does not know a counterpart."""
    ran = check_run(*argv, "--format", "json")
    assert UNJUDGED.sub("", ran.err) == ""
    return json.loads(ran.out), ran.code


def check_console(block: str) -> str:
    """A console block as it really is."""
    return "".join(_console(line.removeprefix("$ ")) for line in block.splitlines() if line.startswith("$ "))


def _console(command: str) -> str:
    program, *argv = shlex.split(command)
    if program == "cat":
        path = Path(os.path.expanduser(argv[0]))
        return f"$ {command}\n{path.read_bytes().decode().replace(chr(13), '␍')}"
    assert program == "rolecall", "only rolecall and cat"
    redirected = argv[-1] if ">" in argv[-2:] else None
    ran = check_run(*argv[: argv.index(">")] if redirected else argv)
    if redirected:
        put(Path(redirected), ran.out)
        ran = ran._replace(out="")
    ran = ran._replace(out=_KEPT.sub("FILE", ran.out))
    errors = "".join(f"! {line}\n" for line in ran.err.splitlines())
    return f"$ {command}\n{ran.out}{errors}{f'exit {ran.code}{chr(10)}' if ran.code else ''}"


def write(home: Path, text: str) -> dict[str, Path]:
    """The files of an annotated text, brought into a home folder; gives their paths."""
    return {name: put(home / PATHS[name], body) for name, body in files(text).items()}


def put(path: Path, content: str | bytes, mode: int = 0o600) -> Path:
    """A file with its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    path.chmod(mode)
    return path


def rules_in(report: dict[str, Any]) -> list[str]:
    """The rules of a JSON report, in its order."""
    return [found["rule"] for found in report["diagnostics"]]


def every_command(*files: str | Path) -> Iterator[Ran]:
    """What all commands that look at files print of two of them, in every format, without being told to reveal."""
    config, credentials = files
    for command, forms in FORMATS.items():
        for form in forms:
            yield check_run(command, "--config", config, "--credentials", credentials, "--format", form)
