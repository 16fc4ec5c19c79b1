"""Runs rules over a workspace, once in full and then only where an edit made a difference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import chain
from typing import Any, NamedTuple

from rolecall import catalog
from rolecall.lint.bare import BareOption, Deeper
from rolecall.lint.findings import Finding, Severity
from rolecall.lint.rule import UNKNOWN, On, Rule
from rolecall.lint.suppression import OF_ACCOUNTS, SuppressionTarget, may_suppress, suppressed_by, suppressions
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
from rolecall.model.form import Shape
from rolecall.model.headers import is_usual_header
from rolecall.model.index import REFERENCES
from rolecall.model.stanza import Stanza, section_type, stanzas
from rolecall.model.workspace import FILES, Key, Update, Workspace
from rolecall.readers.botocore.ini import read_section
from rolecall.readers.botocore.merge import File, SectionType, meaning
from rolecall.syntax import Section
from rolecall.syntax.regular import regular

_KEPT = 1 << 16
_KEPT_SHAPES = 1 << 12

Unit = tuple[Any, ...]
"""What is computed as a whole: ("profile", name), ("header", file, text) or ("account", position)."""


class Reported:
    """A finding with the rule that gave it and the severity that it has here. Compared by identity: what is found again
    because nothing changed is the very same object.

    shown  what was last made of it for somebody to see, kept by whoever did that
    """

    __slots__ = ("finding", "rule", "severity", "shown")

    def __init__(self, rule: Rule, finding: Finding, severity: Severity) -> None:
        self.rule = rule
        self.finding = finding
        self.severity = severity
        self.shown: Any = None


def is_suppressed(reported: Reported) -> bool:
    """Whether a comment says to ignore it."""
    return suppressed_by(reported.rule.name, reported.finding.place) is not None


class Sifted(NamedTuple):
    """The findings of a file: those to report, and those that a comment says to ignore."""

    kept: list[Reported]
    ignored: list[Reported]


class _Look(NamedTuple):
    """How options of one key are looked at in regular sections."""

    setting: catalog.Setting | None
    rules: tuple[Rule, ...]
    is_secret: bool

    def finds_nothing(self, file: File, type_: str, live: Set[str], key: str, value: str) -> bool:
        """Whether no rule finds anything, as far as the value says."""
        target = BareOption(file, type_, self.setting, live, key, value)
        try:
            for rule in self.rules:
                for _ in rule.check(target):
                    return False
        except Deeper:
            return False
        return True


class _Desk(NamedTuple):
    """What is known of options in regular sections of one type in one file: how each key is looked at, and keys with
    values in which nothing was found."""

    keys: dict[str, _Look]
    clean: set[tuple[str, str]]


class Linter:
    """The findings of a workspace, kept up to date.

    Findings of one section alone are kept with the section; all others are kept by unit, with the questions that the
    unit asked. An edit computes anew the few of its file as a whole, the sections that came, and the units whose
    questions have another answer.
    """

    def __init__(
        self, rules: Sequence[Rule], workspace: Workspace, known: Iterable[Rule] = (), live: Set[str] | None = None
    ) -> None:
        """
        known  the rules that there are, of which `rules` may be a few
        live   those of `rules` of which people see what they find: nothing else explains to them why another rule
               stays silent. None for all
        """
        self._rules: dict[On, list[Rule]] = {on: [] for on in On}
        self._known = {rule.name: rule.on for rule in known}
        self._live = frozenset(rule.name for rule in rules) if live is None else live
        for rule in rules:
            self._rules[rule.on].append(rule if rule.rests_on <= self._live else rule._replace(when=None))
        self._about_regular_sections = [rule for rule in self._rules[On.SECTION] if not rule.odd]
        self._about_usual_headers = [rule for rule in self._rules[On.HEADER] if not rule.odd]
        self._about_profiles = (*self._rules[On.PROFILE], *self._rules[On.REFERENCE])
        # Rules of options by the type of the setting, apart by whether they look at regular ones too.
        self._by_type: dict[tuple[str, bool], list[Rule]] = {}
        self._desks: dict[tuple[File, str], _Desk] = {}
        self._relevant: dict[Shape, tuple[Rule, ...]] = {}
        self._workspace = workspace
        self._local: dict[Section, tuple[Reported, ...]] = {}
        self._files: dict[File, tuple[Reported, ...]] = {}
        self._units: dict[Unit, tuple[Reported, ...]] = {}
        self._asked: dict[Unit, frozenset[Key]] = {}
        self._askers: dict[Key, set[Unit]] = {}
        # The sections with comments that say to ignore something, in no order.
        self._suppressing: dict[File, dict[Section, None]] = {file: {} for file in FILES}
        for position in range(len(workspace.accounts.entries)):
            self._compute(("account", position))
        for file in FILES:
            tree = workspace.document(file).tree
            self._files[file] = tuple(self._run(On.FILE, FileTarget(file, workspace.document(file))))
            for section in tree.sections() if tree else ():
                self._keep(file, section)
            for header in list(workspace.unusual_headers(file)):
                self._compute(("header", file, header))
        for name in workspace.names(SectionType.PROFILE):
            self._compute(("profile", name))

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
        dirty = {unit for unit in self._asked if unit[0] == "account"}
        dirty |= {("account", position) for position in range(len(self._workspace.accounts.entries))}
        self._refresh(dirty | self._all_profiles(), changed)

    def findings(self, file: File) -> Iterator[Reported]:
        """All findings of a file, in no order."""
        yield from self._files[file]
        for found in chain(self._local.values(), self._units.values()):
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
        heard = self._heard()
        for section in self._suppressing[file]:
            kept += self._of_comments(file, section, used, heard)
        return Sifted(kept, ignored)

    def _of_comments(
        self, file: File, section: Section, used: Set[tuple[Section | None, int, str]], heard: Set[str]
    ) -> Iterator[Reported]:
        """What is found of the comments of a section.

        used   the names in them that ignore something
        heard  the rules that would have reported what there is to report
        """
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

    def _heard(self) -> Set[str]:
        """The rules that run, and know what they need to."""
        local = {On.SECTION, On.OPTION}
        wide = {On.HEADER, On.PROFILE, On.REFERENCE}
        complete = all(self._workspace.document(file).known for file in FILES)
        heard = {rule.name for on in (local | wide if complete else local) for rule in self._rules[on]}
        return heard if self._workspace.accounts.entries else heard - OF_ACCOUNTS

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

    def by_profile(self) -> dict[str, list[Reported]]:
        """For every profile that findings concern, what `of_profile` gives, in no order. Linear in the findings."""
        found: dict[str, list[Reported]] = {}
        for unit, reported in self._units.items():
            if unit[0] == "profile":
                found.setdefault(unit[1], []).extend(reported)
            elif unit[0] == "header":
                type_, name = meaning(unit[1], unit[2])
                if type_ is SectionType.PROFILE:
                    found.setdefault(name, []).extend(reported)
        for section, reported in self._local.items():
            file = reported[0].finding.place.file
            for name in self._workspace.profiles_in(file, section) if file in FILES else ():
                found.setdefault(name, []).extend(reported)
        return found

    # One at a time

    def _refresh(self, dirty: set[Unit], changed: set[Key]) -> None:
        workspace = self._workspace
        for key in changed:
            dirty |= self._askers.get(key, set())
            match key:
                # Profiles of which the shape alone says that there is nothing to report have asked no questions.
                case ("form", type_, name) if type_ in REFERENCES.values():
                    dirty |= {("profile", referring) for referring in workspace.referring(type_, name)}
                case ("source", name):
                    dirty |= {("profile", led) for led in workspace.led_by(name)}
                case ("shared", key_id):
                    dirty |= {("profile", holder) for holder in workspace.holding(key_id)}
                case ("defaults",):
                    dirty |= self._all_profiles()
        for unit in dirty:
            self._compute(unit)

    def _all_profiles(self) -> set[Unit]:
        return {("profile", name) for name in self._workspace.names(SectionType.PROFILE)}

    def _keep(self, file: File, section: Section) -> None:
        """Compute what a section alone gives; where that is nothing, nothing is kept."""
        if self._is_quiet(file, section):
            return
        found = tuple(self._section(file, section))
        if found:
            self._local[section] = found
        if suppressions(section):
            self._suppressing[file][section] = None

    def _is_quiet(self, file: File, section: Section) -> bool:
        """Whether its text alone says that a section gives nothing."""
        found = regular(section)
        if found is None or self._about_regular_sections or may_suppress(section):
            return False
        header, entries = found
        if not entries:
            return True
        means = meaning(file, header)
        place = file, means.type.value or section_type(header, means)
        desk = self._desks.get(place)
        if desk is None:
            desk = self._desks[place] = _Desk({}, set())
        known, clean = desk
        for entry in entries.items():
            if entry in clean:
                continue
            key, value = entry
            look = known.get(key)
            if look is None:
                look = known[key] = self._look(place[1], key)
            if look.rules and not look.finds_nothing(file, place[1], self._live, key, value):
                return False
            if look.rules and not look.is_secret:
                if len(clean) > _KEPT:
                    clean.clear()
                clean.add(entry)
        return True

    def _look(self, type_: str, key: str) -> _Look:
        setting = catalog.setting(type_, key)
        rules = self._option_rules(setting.type if setting else UNKNOWN, regular=True)
        return _Look(setting, tuple(rules), catalog.is_secret(key))

    def _units_of(self, file: File, section: Section) -> set[Unit]:
        units: set[Unit] = set()
        for stanza in stanzas(file, section):
            units.add(("header", file, stanza.header))
            if stanza.type is SectionType.PROFILE:
                units.add(("profile", stanza.name))
        return units

    def _compute(self, unit: Unit) -> None:
        before = self._asked.pop(unit, frozenset[Key]())
        self._units.pop(unit, None)
        rules = self._looking(unit)
        if rules:
            view = View(self._workspace, self._live)
            found = self._found(unit, view, rules)
            if found is not None:
                reported = tuple(found)
                if reported:
                    self._units[unit] = reported
                self._asked[unit] = asked = frozenset(view.asked)
                for key in asked - before:
                    self._askers.setdefault(key, set()).add(unit)
                before -= asked
        # Only now, so that an answer that is asked for again need not be found again.
        for key in before:
            self._ask_no_more(unit, key)

    def _looking(self, unit: Unit) -> Sequence[Rule]:
        """The rules that may have something to say of a unit."""
        if unit[0] == "header":
            _, file, header = unit
            is_usual = is_usual_header(file, header) and self._workspace.is_only(file, header)
            if not is_usual:
                return self._rules[On.HEADER]
            type_ = meaning(file, header).type.value
            return [rule for rule in self._about_usual_headers if not rule.types or type_ in rule.types]
        if unit[0] == "account":
            return self._rules[On.ACCOUNT]
        shape = self._workspace.shape(unit[1])
        if shape is None:
            return self._about_profiles
        rules_ = self._relevant.get(shape)
        if rules_ is None:
            if len(self._relevant) > _KEPT_SHAPES:
                self._relevant.clear()
            rules_ = self._relevant[shape] = tuple(rule for rule in self._about_profiles if _concerns(rule, shape))
        return rules_

    def _ask_no_more(self, unit: Unit, key: Key) -> None:
        askers = self._askers[key]
        askers.discard(unit)
        if not askers:
            del self._askers[key]
            self._workspace.forget(key)

    def _found(self, unit: Unit, view: View, rules: Sequence[Rule]) -> Iterator[Reported] | None:
        """What a unit gives now; None where there is no such thing any more."""
        kind = unit[0]
        if kind == "header":
            _, file, header = unit
            found = self._workspace.header(file, header)
            return _apply(rules, HeaderTarget(file, header, found, view)) if found else None
        if kind == "profile":
            profile = view.profile(unit[1])
            return self._profile(ProfileTarget(profile, view), rules) if profile is not None else None
        entries = self._workspace.accounts.entries
        position = unit[1]
        return _apply(rules, AccountTarget(entries[position], view)) if position < len(entries) else None

    def _profile(self, target: ProfileTarget, rules: Sequence[Rule]) -> Iterator[Reported]:
        settings = target.profile.settings
        own = [rule for rule in rules if rule.on is On.PROFILE]
        yield from _apply([rule for rule in own if not rule.keys or not rule.keys.isdisjoint(settings)], target)
        referring = [rule for rule in rules if rule.on is On.REFERENCE]
        for key, type_ in REFERENCES.items() if referring else ():
            effective = target.effective(key)
            if effective is not None and isinstance(effective.value, str):
                yield from _apply(referring, ReferenceTarget(target.profile, key, type_, effective, target.view))

    def _section(self, file: File, section: Section) -> Iterator[Reported]:
        own = stanzas(file, section)
        target = SectionTarget(file, self._workspace.document(file), section, read_section(section), own, self._live)
        is_regular = regular(section) is not None
        yield from _apply([rule for rule in self._rules[On.SECTION] if not (rule.odd and is_regular)], target)
        for stanza in own:
            yield from self._options(stanza, is_regular)

    def _options(self, stanza: Stanza, is_regular: bool) -> Iterator[Reported]:
        type_ = stanza.section_type
        for option in stanza.options:
            setting = catalog.setting(type_, option.key)
            yield from self._option(OptionTarget(stanza, option, type_, setting, self._live), is_regular)
            for sub in option.nested:
                inner = f"{type_}/{option.key}"
                target = OptionTarget(stanza, sub, inner, catalog.setting(inner, sub.key), self._live, option)
                yield from self._option(target, is_regular)

    def _option(self, target: OptionTarget, is_regular: bool) -> Iterator[Reported]:
        return _apply(
            self._option_rules(target.setting.type if target.setting else UNKNOWN, regular=is_regular), target
        )

    def _option_rules(self, type_: str, *, regular: bool) -> list[Rule]:
        """The rules that look at options of a type, in regular sections or in others."""
        known = self._by_type.get((type_, regular))
        if known is None:
            known = self._by_type[type_, regular] = [
                rule
                for rule in self._rules[On.OPTION]
                if (not rule.types or type_ in rule.types) and not (rule.odd and regular)
            ]
        return known

    def _run(self, on: On, target: Any) -> Iterator[Reported]:
        return _apply(self._rules[on], target)


def _apply(rules: Iterable[Rule], target: Any) -> Iterator[Reported]:
    for rule in rules:
        for finding in rule.check(target):
            yield Reported(rule, finding, finding.severity or rule.severity)


def _concerns(rule: Rule, shape: Shape) -> bool:
    """Whether a rule may have something to say of profiles of a shape."""
    if rule.keys and not shape.has(*rule.keys):
        return False
    if rule.on is On.REFERENCE and not shape.has(*REFERENCES):
        return False
    return rule.when is None or rule.when(shape)
