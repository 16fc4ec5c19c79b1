"""How a rule is declared."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import Enum
from importlib import import_module
from typing import Any, NamedTuple

from rolecall.lint.findings import Finding, Severity
from rolecall.model.form import Shape

UNKNOWN = "unknown"
"""The type, for `Rule.types`, of settings that the catalogue does not know."""


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


class RuleDocs(NamedTuple):
    """The parts of a rule's docstring. `summary` is its first line; `examples` are (files, is_bad), see `examples`."""

    summary: str
    body: str


class Rule(NamedTuple):
    """A declared rule.

    name     in kebab case, as the function and its file in snake case
    types    for On.OPTION: only options whose setting is of one of these types of the catalogue; for On.HEADER: only
             usual headers of one of these types of sections; empty for all
    keys     for On.PROFILE: only profiles that have one of these settings; empty for all
    when     for On.PROFILE and On.REFERENCE: only profiles of which this is true; see `Shape`
    odd      only what is not regular (see `rolecall.syntax.regular`): for On.SECTION a section, for On.OPTION one in
             such a section, for On.HEADER a header, one of such a section, or one that stands there twice. Nearly
             everything is regular.
    rests_on rules without whose report `when` is not true: where one of them is off, the rule looks at everything
    fixable  it has a quick fix

    A rule can rely on types and keys; `when` and `odd` only spare work: without them it finds the same.
    """

    name: str
    on: On
    severity: Severity
    check: Callable[..., Iterator[Finding]]
    fixable: bool
    types: frozenset[str]
    keys: frozenset[str]
    when: Callable[[Shape], bool] | None
    odd: bool
    rests_on: frozenset[str] = frozenset()

    @property
    def docs(self) -> RuleDocs:
        # Imported here: whoever only runs rules does not need it.
        from inspect import getdoc

        text = getdoc(self.check.load() if isinstance(self.check, Deferred) else self.check) or ""
        summary, _, body = text.partition("\n")
        return RuleDocs(summary.strip(), body.strip())


class Deferred:
    """A part of a rule whose module is imported when it is called first: most files need few of all rules."""

    __slots__ = ("_found", "_module", "_part")

    def __init__(self, module: str, part: str) -> None:
        self._module = module
        self._part = part
        self._found: Callable[[Any], Any] | None = None

    def load(self) -> Callable[[Any], Any]:
        found: Rule = getattr(import_module(self._module), self._module.rpartition(".")[2])
        part: Callable[[Any], Any] = getattr(found, self._part)
        self._found = part
        return part

    def __call__(self, argument: Any) -> Any:
        return (self._found or self.load())(argument)


def listed(
    module: str,
    on: On,
    severity: Severity,
    *,
    fixable: bool = False,
    types: tuple[str, ...] = (),
    keys: tuple[str, ...] = (),
    when: bool = False,
    odd: bool = False,
    rests_on: tuple[str, ...] = (),
) -> Rule:
    """The rule in a module, from what it declares, without importing it. For the list of all rules, which is generated;
    `when` tells that the rule has one."""
    return Rule(
        module.rpartition(".")[2].replace("_", "-"),
        on,
        severity,
        Deferred(module, "check"),
        fixable,
        frozenset(types),
        frozenset(keys),
        Deferred(module, "when") if when else None,
        odd,
        frozenset(rests_on),
    )


def rule(
    *,
    on: On,
    severity: Severity,
    fixable: bool = False,
    types: tuple[str, ...] = (),
    keys: tuple[str, ...] = (),
    when: Callable[[Shape], bool] | None = None,
    odd: bool = False,
    rests_on: tuple[str, ...] = (),
) -> Callable[[Callable[..., Iterator[Finding]]], Rule]:
    """Make a rule of a generator function; its name in kebab case is the rule's name."""

    def declare(check: Callable[..., Iterator[Finding]]) -> Rule:
        name = re.sub("_", "-", check.__name__).strip("-")
        return Rule(
            name, on, severity, check, fixable, frozenset(types), frozenset(keys), when, odd, frozenset(rests_on)
        )

    return declare
