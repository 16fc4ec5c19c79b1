"""The command line: one file per command, the same engine as in the editor."""

from __future__ import annotations

import gc
import os
import sys


def run() -> int:
    """The program `rolecall`."""
    # Nobody needs garbage collected in a program that ends at once; the server, which does not, switches that on again
    # once it has answered, see `Rolecall._watch`.
    gc.disable()
    if sys.argv[1:] in (["serve"], ["serve", "--stdio"]):
        # An editor waits for it, so nothing is done that can wait, such as reading the command line with argparse.
        from rolecall.lsp.server import main as serve

        return serve()
    from rolecall.cli.program import run as run_program

    code = run_program()
    sys.stderr.flush()
    # The system takes all memory back at once; to take apart what was built would be a tenth of the time of a check.
    os._exit(code)
