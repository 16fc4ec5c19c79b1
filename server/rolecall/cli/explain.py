"""`rolecall explain`: the documentation of a rule."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator

from rolecall.cli.names import unknown_name
from rolecall.cli.terminal import Style, WrongUse, style
from rolecall.host import Host
from rolecall.rules import ALL

_CODE = re.compile(r"`([^`\n]+)`")
_HEADS = ("Bad:", "Good:")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("rule", metavar="RULE", help="such as duplicate-section; `rolecall rules` lists them")


def run(arguments: argparse.Namespace, host: Host) -> int:
    """Print it, and give the exit code."""
    rule = next((rule for rule in ALL if rule.name == arguments.rule), None)
    if rule is None:
        raise WrongUse(unknown_name(arguments.rule, (rule.name for rule in ALL), "rule"))
    fix = ", with a quick fix" if rule.fixable else ""
    paint = style(host)
    text = f"{rule.docs.summary}\n\n{rule.docs.body}".strip()
    print(f"{paint.bold(rule.name)} ({rule.severity.name.lower()}{fix})\n")
    # Markdown is plain enough to be read, and programs can do more with it.
    print("\n".join(_painted(text, paint)) if paint.coloured else text)
    return 0


def _painted(text: str, style: Style) -> Iterator[str]:
    """Markdown as a terminal shows it: examples are indented instead of fenced, and code is in a colour."""
    in_example = False
    for line in text.split("\n"):
        if line.startswith("```"):
            in_example = not in_example
        elif in_example:
            yield f"    {style.dim(line) if line.startswith('//-') else line}".rstrip()
        elif line in _HEADS:
            yield style.red(line) if line == "Bad:" else style.green(line)
        else:
            yield _CODE.sub(lambda found: style.cyan(found[1]), line)
