"""The command line: one file per command, the same engine as in the editor."""

from __future__ import annotations

import gc
import sys


def run() -> int:
    """The program `rolecall`."""
    if sys.argv[1:] in (["serve"], ["serve", "--stdio"]):
        # An editor waits for it, so nothing is done that can wait: neither reading the command line with argparse, nor
        # looking for garbage in what is imported. The server switches that on again, see `Rolecall._watch`.
        gc.disable()
        from rolecall.lsp.server import main as serve

        return serve()
    from rolecall.cli.program import run as run_program

    return run_program()
