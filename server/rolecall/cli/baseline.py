"""`rolecall check --baseline`: what an earlier report has told already is told no more.

A baseline is nothing but the JSON of an earlier run. A finding is the same one if file, rule and message are the same,
wherever it stands now; of several that are the same as many are old as the baseline has.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from rolecall.cli.terminal import WrongUse, displayed
from rolecall.host import Host
from rolecall.service import Diagnostic
from rolecall.store.pairs import expanded

_LINES = re.compile(r"\b(lines?) \d+")


class Known(NamedTuple):
    """What tells a finding from others when lines have moved."""

    path: str
    rule: str
    message: str


class Parted(NamedTuple):
    """Findings by whether a baseline knows them.

    old   how many it knows
    gone  how many it knows in the checked files that are no longer found
    """

    new: list[Diagnostic]
    old: int
    gone: int


def steady(message: str) -> str:
    """A message without the numbers of lines that it names."""
    return _LINES.sub(r"\1", message)


def read_baseline(host: Host, path: str) -> Counter[Known]:
    """The findings of an earlier report. Raises WrongUse for what is none."""
    file = host.read(expanded(host, path))
    shown = displayed(host, path)
    if not file.facts.readable:
        raise WrongUse(f'the baseline "{shown}" {"cannot be read" if file.facts.exists else "does not exist"}.')
    try:
        report = json.loads(file.text)
        if report["version"] != 1:
            raise ValueError
        return Counter(_known(host, found) for found in report["diagnostics"])
    except (KeyError, TypeError, ValueError, RecursionError):
        raise WrongUse(f'"{shown}" is no baseline: write one with "rolecall check --format json".') from None


def _known(host: Host, found: dict[str, Any]) -> Known:
    return Known(expanded(host, found["path"]), str(found["rule"]), steady(str(found["message"])))


def part(host: Host, found: Iterable[Diagnostic], baseline: Counter[Known], checked: Iterable[str]) -> Parted:
    """Tell new findings from old ones.

    checked  the paths of the files that were looked at; of others nobody knows what is gone
    """
    left = baseline.copy()
    new: list[Diagnostic] = []
    for one in found:
        known = Known(expanded(host, one.path), one.rule, steady(one.message))
        if left[known]:
            left[known] -= 1
        else:
            new.append(one)
    paths = {expanded(host, path) for path in checked}
    gone = sum(number for known, number in left.items() if known.path in paths)
    return Parted(new, baseline.total() - left.total(), gone)
