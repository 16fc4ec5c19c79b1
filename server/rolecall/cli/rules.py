"""`rolecall rules`: every rule."""

from __future__ import annotations

import argparse
import json

from rolecall.cli.terminal import columns, style
from rolecall.host import Host
from rolecall.rules import ALL


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(arguments: argparse.Namespace, host: Host) -> int:
    """Print the list, and give the exit code."""
    if arguments.format == "json":
        rules = [
            {
                "name": rule.name,
                "severity": rule.severity.name.lower(),
                "fixable": rule.fixable,
                "summary": rule.docs.summary,
            }
            for rule in ALL
        ]
        print(json.dumps({"version": 1, "rules": rules}, indent=2))
        return 0
    paint = style(host)
    rows = [
        (paint.bold(rule.name), rule.severity.name.lower(), "fix" if rule.fixable else "", rule.docs.summary)
        for rule in ALL
    ]
    print("\n".join(columns(rows)))
    return 0
