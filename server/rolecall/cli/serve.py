"""`rolecall serve`: the language server on standard input and output, until its client says exit."""

from __future__ import annotations

import argparse

from rolecall.host import Host


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--stdio", action="store_true", help="what it does anyway; many editors say so")


def run(_arguments: argparse.Namespace, _host: Host) -> int:
    """Serve, and give the exit code."""
    # Imported here: asking for help needs neither pygls nor what comes with it.
    from rolecall.lsp.server import main

    return main()
