"""`rolecall explain`: the documentation of a rule."""

from __future__ import annotations

import argparse

from rolecall.cli.names import unknown_name
from rolecall.cli.terminal import WrongUse, style
from rolecall.host import Host
from rolecall.rules import ALL


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("rule", metavar="RULE", help="such as duplicate-section; `rolecall rules` lists them")


def run(arguments: argparse.Namespace, host: Host) -> int:
    """Print it, and give the exit code."""
    rule = next((rule for rule in ALL if rule.name == arguments.rule), None)
    if rule is None:
        raise WrongUse(unknown_name(arguments.rule, (rule.name for rule in ALL), "rule"))
    fix = ", with a quick fix" if rule.fixable else ""
    print(f"{style(host).bold(rule.name)} ({rule.severity.name.lower()}{fix})\n\n{rule.docs.summary}")
    if rule.docs.body:
        print(f"\n{rule.docs.body}")
    return 0
