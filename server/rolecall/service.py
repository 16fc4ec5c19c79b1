"""The one way in: everything that an editor, the command line or a test can ask of a pair of files.

Plain data in, plain data out: positions count from 0, columns in code points. No I/O; the caller brings the texts.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from rolecall.edits import FileEdit, absolute
from rolecall.host import FileFacts
from rolecall.lint import Finding, Fix, Rule, Severity
from rolecall.lint.runner import Linter, Reported, is_suppressed
from rolecall.model.accounts import Accounts, AccountsError
from rolecall.model.stanza import Place
from rolecall.model.workspace import FILES, Document, Workspace
from rolecall.readers.botocore.merge import File
from rolecall.rules import ALL
from rolecall.settings import Settings
from rolecall.syntax import Change, Section, parse
from rolecall.text import Span, TextEdit


class RelatedPlace(NamedTuple):
    path: str
    span: Span
    message: str


class Diagnostic(NamedTuple):
    """A finding as it is shown: with the path and the lines of the file, and its message in full."""

    path: str
    span: Span
    rule: str
    severity: Severity
    message: str
    readers: tuple[str, ...]
    related: tuple[RelatedPlace, ...]
    fixes: tuple[Fix, ...]


class Placed(NamedTuple):
    """A finding that is shown, and the lines on which things start just now.

    severity  the one that the user chose for the rule, else the finding's own
    lines     the first line (from 0) of the section that its place is counted from, then of those of its related places
    """

    reported: Reported
    severity: Severity
    lines: tuple[int, ...]

    @property
    def appearance(self) -> tuple[int, int, int, str, str, tuple[int, ...]]:
        """What tells it from others of its file, in the order in which they are listed."""
        finding = self.reported.finding
        line, start, end = finding.place.span
        return line + self.lines[0], start, end, self.reported.rule.name, finding.message, self.lines

    @property
    def choice(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What says which one is shown of those that look the same: always the same one."""
        finding = self.reported.finding
        return tuple(fix.title for fix in finding.fixes), finding.readers


_DEFAULTS = Settings()


class Verdict(NamedTuple):
    """That a rule has something to report of a profile, and how bad it is."""

    rule: str
    severity: Severity


class LanguageService:
    """A pair of files under watch. Not thread-safe: one caller at a time."""

    def __init__(
        self,
        config: Document,
        credentials: Document,
        *,
        accounts: Accounts,
        now: datetime,
        settings: Settings = _DEFAULTS,
        rules: Iterable[Rule] = ALL,
    ) -> None:
        self._rules = tuple(rules)
        self.workspace = Workspace(config, credentials, accounts, now)
        self._choose(settings)
        self.linter = Linter(self._rules, self.workspace, ALL, self._live)

    # What changes it

    def change(self, file: File, changes: Iterable[Change]) -> None:
        """Apply changes, each to the text that the one before it left."""
        for change in changes:
            self.linter.apply(file, self.workspace.edit(file, change))

    def set_document(self, file: File, document: Document) -> None:
        """Put another state of a file in place of the one known: read anew, gone, or with other facts."""
        documents = {name: self.workspace.document(name) for name in FILES}
        documents[file] = document
        self.workspace = Workspace(
            documents["config"], documents["credentials"], self.workspace.accounts, self.workspace.now
        )
        self.linter = Linter(self._rules, self.workspace, ALL, self._live)

    def set_text(self, file: File, text: str | None, facts: FileFacts) -> None:
        """As `set_document`, for a file that stays where it is."""
        tree = None if text is None else parse(text)
        self.set_document(file, self.workspace.document(file)._replace(tree=tree, facts=facts, known=True))

    def set_time(self, now: datetime) -> bool:
        """Move the clock; whether anything has come to pass."""
        changed = self.workspace.set_time(now)
        self.linter.clock_moved(changed)
        return bool(changed)

    def set_accounts(self, accounts: Accounts) -> None:
        self.linter.accounts_changed(self.workspace.set_accounts(accounts))

    # What can be asked

    def diagnostics(self, file: File) -> list[Diagnostic]:
        """What there is to report of a file, in its order, and no comment says to ignore."""
        return [self._diagnostic(placed) for placed in self.placed(file)]

    def placed(self, file: File) -> list[Placed]:
        """As `diagnostics`, for those who have kept what they made of a finding.

        What several profiles have to say of one place, such as an SSO session that they share, is said once.
        """
        return self._listed(self.linter.sift(file).kept)

    def ignored(self, file: File) -> list[Diagnostic]:
        """What would be reported of a file if no comment said to ignore it."""
        return [self._diagnostic(placed) for placed in self._listed(self.linter.sift(file).ignored)]

    def _listed(self, reported: Iterable[Reported]) -> list[Placed]:
        found: dict[tuple[int, int, int, str, str, tuple[int, ...]], Placed] = {}
        for placed in self._placed(reported):
            appearance = placed.appearance
            known = found.setdefault(appearance, placed)
            if known is not placed and placed.choice < known.choice:
                found[appearance] = placed
        return [found[appearance] for appearance in sorted(found)]

    def accounts_diagnostics(self) -> list[Diagnostic]:
        """What there is to report of the accounts files, by path: what rules find, and what is wrong with the files."""
        found = self._diagnostics(self.linter.elsewhere())
        found += [self._of_error(error) for error in self.workspace.accounts.errors]
        found = [diagnostic for diagnostic in found if diagnostic.severity is not Severity.OFF]
        return sorted(found, key=lambda diagnostic: (diagnostic.path, diagnostic.span, diagnostic.rule))

    def problems(self, profile: str) -> list[Diagnostic]:
        """What there is to report of a profile."""
        return self._diagnostics(one for one in self.linter.of_profile(profile) if not is_suppressed(one))

    def verdicts(self, profile: str) -> list[Verdict]:
        """What `problems` reports, without the places, which are what costs: for lists of all profiles."""
        return self._verdicts(one for one in self.linter.of_profile(profile) if not is_suppressed(one))

    def all_verdicts(self) -> dict[str, list[Verdict]]:
        """The verdicts on every profile of which there is something to report, without an order."""
        found: dict[str, list[Verdict]] = {}
        for name, reported in self.linter.by_profile().items():
            verdicts = self._verdicts([one for one in reported if self._shown(one) and not is_suppressed(one)])
            if verdicts:
                found[name] = verdicts
        return found

    def broken(self) -> frozenset[str]:
        """The profiles of which `is_broken` is true. Linear in the findings."""
        found = self.linter.by_profile()
        return frozenset(
            name
            for name, reported in found.items()
            if any(one.severity is Severity.ERROR for one in self._verdicts(reported))
        )

    def is_broken(self, profile: str) -> bool:
        """Whether some tool refuses a profile, or refuses a file because of it: no comment changes that."""
        return any(verdict.severity is Severity.ERROR for verdict in self._verdicts(self.linter.of_profile(profile)))

    def text_edits(self, edits: Iterable[FileEdit]) -> dict[File, list[TextEdit]]:
        """Edits of sections as edits of the files."""
        return absolute(edits, {file: self.workspace.document(file).tree for file in FILES})

    def severity(self, reported: Reported) -> Severity:
        """The severity that the user chose for a rule, else the finding's own."""
        return self._chosen(reported.rule.name, reported.severity)

    @property
    def settings(self) -> Settings:
        """What the user chose."""
        return self._settings

    @settings.setter
    def settings(self, settings: Settings) -> None:
        before = self._live
        self._choose(settings)
        if self._live != before:
            self.linter = Linter(self._rules, self.workspace, ALL, self._live)

    def _choose(self, settings: Settings) -> None:
        self._settings = settings
        self._shown_as: dict[tuple[str, Severity, tuple[str, ...]], Severity] = {}
        # What a rule that is off would find explains nothing, so what others find depends on which ones are on.
        self._live = frozenset(
            rule.name for rule in self._rules if self._chosen(rule.name, rule.severity) is not Severity.OFF
        )

    def _verdicts(self, found: Iterable[Reported]) -> list[Verdict]:
        shown = ((reported.rule.name, self._shown(reported)) for reported in found)
        return [Verdict(rule, severity) for rule, severity in shown if severity is not Severity.OFF]

    def _chosen(self, rule: str, usual: Severity) -> Severity:
        chosen = self.settings.severities.get(rule, "").upper()
        return Severity[chosen] if chosen in Severity.__members__ else usual

    def _of_error(self, error: AccountsError) -> Diagnostic:
        """What is wrong with an accounts file: as bad as the same fault in AWS's files, and else a warning."""
        usual = next((rule.severity for rule in self._rules if rule.name == error.rule), Severity.WARNING)
        severity = self._chosen(error.rule, usual)
        return Diagnostic(error.path, error.span, error.rule, severity, error.message, (), (), ())

    def _shown(self, reported: Reported) -> Severity:
        """As what a finding is shown: OFF where it is not, also because it concerns only tools that nobody uses."""
        known = reported.rule.name, reported.severity, reported.finding.readers
        severity = self._shown_as.get(known)
        if severity is None:
            readers = reported.finding.readers
            concerns = not readers or not set(readers).isdisjoint(self.settings.readers)
            severity = self._shown_as[known] = self.severity(reported) if concerns else Severity.OFF
        return severity

    def _diagnostics(self, reported: Iterable[Reported]) -> list[Diagnostic]:
        return [self._diagnostic(placed) for placed in self._placed(reported)]

    def _placed(self, reported: Iterable[Reported]) -> list[Placed]:
        """The findings that are shown, with their lines. All sections are found in one pass over the files."""
        found = [(one, severity) for one in reported if (severity := self._shown(one)) is not Severity.OFF]
        sections = {section for one, _ in found for section in _sections(one.finding) if section is not None}
        starts: dict[Any, int] = {None: 0}
        for file in FILES:
            tree = self.workspace.document(file).tree
            starts |= tree.starts_of(sections) if tree else {}
        return [
            Placed(one, severity, tuple([starts[section] for section in _sections(one.finding)]))
            for one, severity in found
        ]

    def _diagnostic(self, placed: Placed) -> Diagnostic:
        finding = placed.reported.finding
        first, *others = placed.lines
        related = tuple(
            RelatedPlace(*self._located(other.place, line), other.message)
            for other, line in zip(finding.related, others, strict=True)
        )
        lines = [place.span.line + 1 for place in related]
        return Diagnostic(
            *self._located(finding.place, first),
            placed.reported.rule.name,
            placed.severity,
            finding.message.format(*lines),
            finding.readers,
            related,
            tuple(fix._replace(title=fix.title.format(*lines)) for fix in finding.fixes),
        )

    def _located(self, place: Place, first: int) -> tuple[str, Span]:
        """The path of a place, and its span in the file."""
        path = self.workspace.document(place.file).path if place.file in FILES else place.file
        return path, place.span.down(first)


def _sections(finding: Finding) -> list[Section | None]:
    """The sections that the places of a finding are counted from."""
    if not finding.related:
        return [finding.place.section]
    return [finding.place.section, *[related.place.section for related in finding.related]]
