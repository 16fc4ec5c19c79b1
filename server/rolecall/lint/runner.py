"""Runs rules over a workspace, once in full and then only where an edit made a difference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from itertools import chain
from typing import Any, NamedTuple

from rolecall import catalog
from rolecall.lint.findings import Finding, Severity
from rolecall.lint.regular import is_regular, is_regular_header
from rolecall.lint.rule import On, Rule
from rolecall.lint.suppression import OF_ACCOUNTS, SuppressionTarget, suppressed_by, suppressions
from rolecall.lint.targets import (
    AccountTarget,
    FileTarget,
    HeaderTarget,
    OptionTarget,
    ProfileTarget,
    ReferenceTarget,
    SectionTarget,
    View,
)
from rolecall.model.stanza import Stanza, stanzas
from rolecall.model.workspace import FILES, REFERENCES, Key, Update, Workspace
from rolecall.readers.botocore.ini import read_section
from rolecall.readers.botocore.merge import File, SectionType
from rolecall.syntax import Section

Unit = tuple[Any, ...]
"""What is computed as a whole: ("profile", name), ("header", file, text) or ("account", position)."""


class Reported(NamedTuple):
    """A finding with the rule that gave it and the severity that it has here."""

    rule: Rule
    finding: Finding
    severity: Severity


def is_suppressed(reported: Reported) -> bool:
    """Whether a comment says to ignore it."""
    return suppressed_by(reported.rule.name, reported.finding.place) is not None


class Sifted(NamedTuple):
    """The findings of a file: those to report, and those that a comment says to ignore."""

    kept: list[Reported]
    ignored: list[Reported]


class Linter:
    """The findings of a workspace, kept up to date.

    Findings of one section alone are kept with the section; all others are kept by unit, with the questions that the
    unit asked. An edit computes anew the few of its file as a whole, the sections that came, and the units whose
    questions have another answer.
    """

    def __init__(self, rules: Iterable[Rule], workspace: Workspace, known: Iterable[Rule] = ()) -> None:
        """`known` are the rules that there are, of which `rules` may be a few."""
        self._rules: dict[On, list[Rule]] = {on: [] for on in On}
        self._known = {rule.name: rule.on for rule in known}
        for rule in rules:
            self._rules[rule.on].append(rule)
        self._by_type: dict[str, list[Rule]] = {}
        self._workspace = workspace
        self._local: dict[Section, tuple[Reported, ...]] = {}
        self._files: dict[File, tuple[Reported, ...]] = {}
        self._units: dict[Unit, tuple[Reported, ...]] = {}
        self._asked: dict[Unit, frozenset[Key]] = {}
        self._askers: dict[Key, set[Unit]] = {}
        # The sections with comments that say to ignore something, in no order.
        self._suppressing: dict[File, dict[Section, None]] = {file: {} for file in FILES}
        units: set[Unit] = {("account", position) for position in range(len(workspace.accounts.entries))}
        for file in FILES:
            tree = workspace.document(file).tree
            self._files[file] = tuple(self._run(On.FILE, FileTarget(file, workspace.document(file))))
            for section in tree.sections() if tree else ():
                self._keep(file, section)
                units |= self._units_of(file, section)
        for unit in units:
            self._compute(unit)

    def apply(self, file: File, update: Update) -> None:
        """Follow an edit that the workspace has made."""
        dirty: set[Unit] = set()
        for section in update.removed:
            self._local.pop(section, None)
            self._suppressing[file].pop(section, None)
            dirty |= self._units_of(file, section)
        for section in update.added:
            self._keep(file, section)
            dirty |= self._units_of(file, section)
        self._files[file] = tuple(self._run(On.FILE, FileTarget(file, self._workspace.document(file))))
        self._refresh(dirty, update.changed)

    def clock_moved(self, changed: set[Key]) -> None:
        """Follow a change of the time."""
        self._refresh(set(), changed)

    def accounts_changed(self, changed: set[Key]) -> None:
        """Follow a change of the registered accounts."""
        known = {unit for unit in self._asked if unit[0] == "account"}
        now = {("account", position) for position in range(len(self._workspace.accounts.entries))}
        self._refresh(known | now, changed)

    def findings(self, file: File) -> Iterator[Reported]:
        """All findings of a file. Of profiles that report the same place it is always the same one that comes first."""
        yield from self._files[file]
        for found in chain(self._local.values(), (found for _, found in sorted(self._units.items()))):
            for reported in found:
                if reported.finding.place.file == file:
                    yield reported

    def sift(self, file: File) -> Sifted:
        """The findings of a file, apart by whether a comment says to ignore them, with those about such comments.

        Whether a comment is needed does not depend on what is shown: a finding that is off, or that concerns only
        tools that nobody here uses, may be shown to others who share the file.
        """
        found = self.findings(file)
        if not self._suppressing[file]:
            return Sifted(list(found), [])
        kept, ignored = [], []
        used: set[tuple[Section | None, int, str]] = set()
        for reported in found:
            comment = suppressed_by(reported.rule.name, reported.finding.place)
            if comment is None:
                kept.append(reported)
            else:
                ignored.append(reported)
                used.add((reported.finding.place.section, comment.line, reported.rule.name))
        for section in self._suppressing[file]:
            kept += self._of_comments(file, section, used)
        return Sifted(kept, ignored)

    def _of_comments(
        self, file: File, section: Section, used: Set[tuple[Section | None, int, str]]
    ) -> Iterator[Reported]:
        """What is found of the comments of a section; `used` are the names in them that ignore something."""
        heard = self._heard()
        for comment in suppressions(section):
            before: set[str] = set()
            needless = []
            for named in comment.names:
                is_used = (section, comment.line, named.rule) in used
                if named.rule in before or (named.rule in heard and not is_used):
                    needless.append(named)
                before.add(named.rule)
            yield from self._run(
                On.SUPPRESSION, SuppressionTarget(file, section, comment, tuple(needless), self._known)
            )

    def _heard(self) -> frozenset[str]:
        """The rules that would have reported what there is to report: those that run, and know what they need to."""
        local = {On.SECTION, On.OPTION}
        wide = {On.HEADER, On.PROFILE, On.REFERENCE}
        complete = all(self._workspace.document(file).known for file in FILES)
        heard = {rule.name for on in (local | wide if complete else local) for rule in self._rules[on]}
        return frozenset(heard if self._workspace.accounts.entries else heard - OF_ACCOUNTS)

    def elsewhere(self) -> Iterator[Reported]:
        """The findings that stand in neither of the two files: those of the accounts files."""
        for found in self._units.values():
            for reported in found:
                if reported.finding.place.file not in FILES:
                    yield reported

    def of_profile(self, name: str) -> list[Reported]:
        """The findings that concern a profile: its own, and those of the sections that it is made of."""
        found = list(self._units.get(("profile", name), ()))
        for stanza in self._workspace.stanzas(SectionType.PROFILE, name):
            found += self._local.get(stanza.section, ())
            found += [
                reported
                for reported in self._units.get(("header", stanza.file, stanza.header), ())
                if reported not in found
            ]
        return found

    # One at a time

    def _refresh(self, dirty: set[Unit], changed: set[Key]) -> None:
        for key in changed:
            dirty |= self._askers.get(key, set())
        for unit in dirty:
            self._compute(unit)

    def _keep(self, file: File, section: Section) -> None:
        """Compute what a section alone gives; where that is nothing, nothing is kept."""
        found = tuple(self._section(file, section))
        if found:
            self._local[section] = found
        if suppressions(section):
            self._suppressing[file][section] = None

    def _units_of(self, file: File, section: Section) -> set[Unit]:
        units: set[Unit] = set()
        for stanza in stanzas(file, section):
            units.add(("header", file, stanza.header))
            if stanza.type is SectionType.PROFILE:
                units.add(("profile", stanza.name))
        return units

    def _compute(self, unit: Unit) -> None:
        self._forget(unit)
        view = View(self._workspace)
        found = self._found(unit, view)
        if found is None:
            return
        reported = tuple(found)
        if reported:
            self._units[unit] = reported
        self._asked[unit] = frozenset(view.asked)
        for key in view.asked:
            self._askers.setdefault(key, set()).add(unit)

    def _forget(self, unit: Unit) -> None:
        self._units.pop(unit, None)
        for key in self._asked.pop(unit, ()):
            askers = self._askers[key]
            askers.discard(unit)
            if not askers:
                del self._askers[key]
                self._workspace.forget(key)

    def _found(self, unit: Unit, view: View) -> Iterator[Reported] | None:
        """What a unit gives now; None where there is no such thing any more."""
        kind = unit[0]
        if kind == "header":
            _, file, header = unit
            found = self._workspace.header(file, header)
            regular = len(found) == 1 and is_regular_header(header)
            return self._run(On.HEADER, HeaderTarget(file, header, found, view), regular=regular) if found else None
        if kind == "profile":
            profile = view.profile(unit[1])
            return self._profile(ProfileTarget(profile, view)) if profile is not None else None
        entries = self._workspace.accounts.entries
        position = unit[1]
        return self._run(On.ACCOUNT, AccountTarget(entries[position], view)) if position < len(entries) else None

    def _profile(self, target: ProfileTarget) -> Iterator[Reported]:
        settings = target.profile.settings
        for rule in self._rules[On.PROFILE]:
            if not rule.keys or not rule.keys.isdisjoint(settings):
                for finding in rule.check(target):
                    yield Reported(rule, finding, finding.severity or rule.severity)
        for key, type_ in REFERENCES.items():
            effective = target.effective(key)
            if effective is not None and isinstance(effective.value, str):
                yield from self._run(On.REFERENCE, ReferenceTarget(target.profile, key, type_, effective, target.view))

    def _section(self, file: File, section: Section) -> Iterator[Reported]:
        own = stanzas(file, section)
        target = SectionTarget(file, self._workspace.document(file), section, read_section(section), own)
        yield from self._run(On.SECTION, target, regular=is_regular(section))
        for stanza in own:
            yield from self._options(stanza)

    def _options(self, stanza: Stanza) -> Iterator[Reported]:
        type_ = stanza.section_type
        for option in stanza.options:
            setting = catalog.setting(type_, option.key)
            yield from self._option(OptionTarget(stanza, option, type_, setting))
            for sub in option.nested:
                inner = f"{type_}/{option.key}"
                yield from self._option(OptionTarget(stanza, sub, inner, catalog.setting(inner, sub.key), option))

    def _option(self, target: OptionTarget) -> Iterator[Reported]:
        type_ = target.setting.type if target.setting else ""
        rules = self._by_type.get(type_)
        if rules is None:
            rules = self._by_type[type_] = [r for r in self._rules[On.OPTION] if not r.types or type_ in r.types]
        for rule in rules:
            for finding in rule.check(target):
                yield Reported(rule, finding, finding.severity or rule.severity)

    def _run(self, on: On, target: Any, *, regular: bool = False) -> Iterator[Reported]:
        for rule in self._rules[on]:
            if regular and rule.odd:
                continue
            for finding in rule.check(target):
                yield Reported(rule, finding, finding.severity or rule.severity)
