"""The program `rolecall`: reads its command line and hands over to the command.

0  nothing to complain of
1  findings at or above the failing level
2  wrong use, or a file that was named and cannot be read; told on standard error
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Protocol

from rolecall import __version__
from rolecall.cli.terminal import FAILED, WrongUse
from rolecall.host import Host

COMMANDS = {
    "check": "report what is wrong with the two files, and mend it",
    "readers": "show what a tool sees in the two files",
    "profiles": "list the profiles of both files",
    "explain": "print the documentation of a rule",
    "rules": "list the rules",
    "completion": "print what a shell needs to complete command lines",
    "serve": "run the language server on standard input and output",
}
INTERRUPTED = 130


class Command(Protocol):
    """What the module of a command has. It is imported only when its command was given."""

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the command's arguments."""

    def run(self, arguments: argparse.Namespace, host: Host) -> int:
        """Do it, and give the exit code. Raises WrongUse."""


def run() -> int:
    """Carry out the command line of this process."""
    for stream in (sys.stdout, sys.stderr):
        # What a terminal's encoding lacks is no reason to stop.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # Both are text files here.
    try:
        code = main(sys.argv[1:])
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # The reader, such as `head`, has seen enough. Nothing may be flushed to it at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED


def main(argv: Sequence[str], host: Host | None = None) -> int:
    """Carry out a command line (without the program's name) on a machine, else on this one; gives the exit code."""
    parser, commands = parsers(argv)
    try:
        arguments, unknown = parser.parse_known_args(argv)
        if unknown:
            # argparse itself would tell the use of the program instead of the command's.
            commands.get(arguments.command, parser).error(f"unrecognized arguments: {' '.join(unknown)}")
    except SystemExit as stop:  # argparse has printed its help, or what is wrong.
        return stop.code if isinstance(stop.code, int) else FAILED
    if arguments.command is None:
        parser.print_help(sys.stderr)
        return FAILED
    if host is None:
        from rolecall.store import LocalHost

        host = LocalHost()
    try:
        return _load(arguments.command).run(arguments, host)
    except WrongUse as wrong:
        print(f"rolecall: {wrong}", file=sys.stderr)
        return FAILED


def parsers(argv: Sequence[str]) -> tuple[argparse.ArgumentParser, Mapping[str, argparse.ArgumentParser]]:
    """What reads the command line, and its commands. Only the command that is given has its arguments."""
    parser = argparse.ArgumentParser(
        "rolecall", description="Checks and explains ~/.aws/config and ~/.aws/credentials."
    )
    parser.add_argument("--version", action="version", version=f"rolecall {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, summary in COMMANDS.items():
        own = commands.add_parser(name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.")
        if argv and argv[0] == name:
            _load(name).arguments(own)
    return parser, commands.choices


def _load(name: str) -> Command:
    return import_module(f"rolecall.cli.{name}")
