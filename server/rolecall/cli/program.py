"""The program `rolecall`: reads its command line and hands over to the command.

0  nothing to complain of
1  findings at or above the failing level
2  wrong use, or a file that was named and cannot be read; told on standard error
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword
from typing import Protocol

from rolecall import __version__
from rolecall.cli.terminal import FAILED, WrongUse
from rolecall.host import Host

COMMANDS = {
    "check": "report what is wrong with the two files, and fix what can safely be fixed",
    "readers": "show what a tool sees in the two files",
    "profiles": "list the profiles of both files",
    "import": "put access keys that you have as text into a profile",
    "explain": "print the documentation of a rule",
    "rules": "list the rules",
    "completion": "print what a shell needs to complete command lines",
    "serve": "run the language server on standard input and output",
}
INTERRUPTED = 130
_WIDTH = 80


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
    name = argv[0] if argv and argv[0] in COMMANDS else None
    try:
        if name is None:
            parser = program_parser()
            parser.parse_args(argv)
            parser.print_help(sys.stderr)
            return FAILED
        arguments = command_parser(name).parse_args(argv[1:])
    except SystemExit as stop:  # argparse has printed its help, or what is wrong.
        return stop.code if isinstance(stop.code, int) else FAILED
    if host is None:
        from rolecall.store.local import LocalHost

        host = LocalHost()
    try:
        return _load(name).run(arguments, host)
    except WrongUse as wrong:
        print(f"rolecall: {wrong}", file=sys.stderr)
        return FAILED


def program_parser() -> argparse.ArgumentParser:
    """What reads a command line that has no command."""
    parser = argparse.ArgumentParser(
        "rolecall", description="Checks and explains ~/.aws/config and ~/.aws/credentials.", formatter_class=_Help
    )
    parser.add_argument("--version", action="version", version=f"rolecall {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND")
    for name, summary in COMMANDS.items():
        commands.add_parser(name, help=summary)
    return parser


def command_parser(name: str) -> argparse.ArgumentParser:
    """What reads the arguments of a command. The other ones are not even imported."""
    summary = COMMANDS[name]
    parser = argparse.ArgumentParser(
        f"rolecall {name}", description=f"{summary[0].upper()}{summary[1:]}.", formatter_class=_Help
    )
    _load(name).arguments(parser)
    return parser


class _Help(argparse.HelpFormatter):
    """argparse makes one for every argument, and each looks for the terminal's width with a module that is slow to
    import; the width counts only where help is printed."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_WIDTH)

    def format_help(self) -> str:
        from shutil import get_terminal_size

        self._width = get_terminal_size().columns - 2
        return super().format_help()


def _load(name: str) -> Command:
    return import_module(f"rolecall.cli.{name}_" if iskeyword(name) else f"rolecall.cli.{name}")
