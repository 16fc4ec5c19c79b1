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
    fixable  it has a quick fix
    """

    name: str
    on: On
    severity: Severity
    check: Callable[..., Iterator[Finding]]
    fixable: bool
    types: frozenset[str]

    @property
    def docs(self) -> RuleDocs:
        text = inspect.getdoc(self.check) or ""
        summary, _, body = text.partition("\n")
        return RuleDocs(summary.strip(), body.strip())


def rule(
    *, on: On, severity: Severity, fixable: bool = False, types: tuple[str, ...] = ()
) -> Callable[[Callable[..., Iterator[Finding]]], Rule]:
    """Make a rule of a generator function; its name in kebab case is the rule's name."""

    def declare(check: Callable[..., Iterator[Finding]]) -> Rule:
        return Rule(re.sub("_", "-", check.__name__).strip("-"), on, severity, check, fixable, frozenset(types))

    return declare
