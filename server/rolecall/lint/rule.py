"""How a rule is declared."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from rolecall.lint.findings import Finding, Severity


class On(Enum):
    """What a rule looks at."""

    FILE = "File"
    SECTION = "Section"
    OPTION = "Option"
    HEADER = "Header"
    PROFILE = "Profile"
    REFERENCE = "Reference"
    ACCOUNT = "Account"
    SUPPRESSION = "Suppression"


@dataclass(frozen=True, slots=True)
class RuleDocs:
    """The parts of a rule's docstring. `summary` is its first line; `examples` are (files, is_bad), see `examples`."""

    summary: str
    body: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A declared rule.

    name     in kebab case, as the function and its file in snake case
    types    for On.OPTION: only options whose setting is of one of these types of the catalogue; empty for all
    keys     for On.PROFILE: only profiles that have one of these settings; empty for all
    odd      for On.SECTION and On.HEADER: only where something is written in a way that tools read differently, or
             twice, see `lint.regular`; nearly all sections need no look then
    fixable  it has a quick fix

    A rule on options looks at nothing but the option itself (its file, its section's type, its key and its value), so
    that what it says of one is known for all that are the same.
    """

    name: str
    on: On
    severity: Severity
    check: Callable[..., Iterator[Finding]]
    fixable: bool
    types: frozenset[str]
    keys: frozenset[str]
    odd: bool

    @property
    def docs(self) -> RuleDocs:
        text = inspect.getdoc(self.check) or ""
        summary, _, body = text.partition("\n")
        return RuleDocs(summary.strip(), body.strip())


def rule(
    *,
    on: On,
    severity: Severity,
    fixable: bool = False,
    types: tuple[str, ...] = (),
    keys: tuple[str, ...] = (),
    odd: bool = False,
) -> Callable[[Callable[..., Iterator[Finding]]], Rule]:
    """Make a rule of a generator function; its name in kebab case is the rule's name."""

    def declare(check: Callable[..., Iterator[Finding]]) -> Rule:
        name = re.sub("_", "-", check.__name__).strip("-")
        return Rule(name, on, severity, check, fixable, frozenset(types), frozenset(keys), odd)

    return declare
