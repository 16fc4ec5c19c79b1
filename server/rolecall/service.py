"""The one way in: everything that an editor, the command line or a test can ask of a pair of files.

Plain data in, plain data out: positions count from 0, columns in code points. No I/O; the caller brings the texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from rolecall.edits import FileEdit, absolute
from rolecall.host import FileFacts
from rolecall.lint import Fix, Rule, Severity
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

    @property
    def appearance(self) -> tuple[Span, str, str, Severity, tuple[str, ...], tuple[str, ...]]:
        """What tells it from others of its file, in the order in which they are listed."""
        return self.span, self.rule, self.message, self.severity, self.readers, tuple(fix.title for fix in self.fixes)


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
        self.settings = settings
        self._rules = tuple(rules)
        self.workspace = Workspace(config, credentials, accounts, now)
        self.linter = Linter(self._rules, self.workspace, ALL)

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
        self.linter = Linter(self._rules, self.workspace, ALL)

    def set_text(self, file: File, text: str | None, facts: FileFacts) -> None:
        """As `set_document`, for a file that stays where it is."""
        tree = None if text is None else parse(text)
        self.set_document(file, self.workspace.document(file)._replace(tree=tree, facts=facts, known=True))

    def set_time(self, now: datetime) -> None:
        self.linter.clock_moved(self.workspace.set_time(now))

    def set_accounts(self, accounts: Accounts) -> None:
        self.linter.accounts_changed(self.workspace.set_accounts(accounts))

    # What can be asked

    def diagnostics(self, file: File) -> list[Diagnostic]:
        """What there is to report of a file, in its order, and no comment says to ignore.

        What several profiles have to say of one place, such as an SSO session that they share, is said once.
        """
        found: dict[tuple[Span, str, str, Severity, tuple[str, ...], tuple[str, ...]], Diagnostic] = {}
        for diagnostic in self._diagnostics(self.linter.sift(file).kept):
            found.setdefault(diagnostic.appearance, diagnostic)
        return [found[key] for key in sorted(found)]

    def ignored(self, file: File) -> list[Diagnostic]:
        """What would be reported of a file if no comment said to ignore it."""
        found = {one.appearance: one for one in self._diagnostics(self.linter.sift(file).ignored)}
        return [found[key] for key in sorted(found)]

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

    def is_broken(self, profile: str) -> bool:
        """Whether some tool refuses a profile, or refuses a file because of it: no comment changes that."""
        return any(verdict.severity is Severity.ERROR for verdict in self._verdicts(self.linter.of_profile(profile)))

    def text_edits(self, edits: Iterable[FileEdit]) -> dict[File, list[TextEdit]]:
        """Edits of sections as edits of the files."""
        return absolute(edits, {file: self.workspace.document(file).tree for file in FILES})

    def severity(self, reported: Reported) -> Severity:
        """The severity that the user chose for a rule, else the finding's own."""
        return self._chosen(reported.rule.name, reported.severity)

    def _verdicts(self, found: Iterable[Reported]) -> list[Verdict]:
        return [Verdict(reported.rule.name, self.severity(reported)) for reported in found if self._shown(reported)]

    def _chosen(self, rule: str, usual: Severity) -> Severity:
        chosen = self.settings.severities.get(rule, "").upper()
        return Severity[chosen] if chosen in Severity.__members__ else usual

    def _of_error(self, error: AccountsError) -> Diagnostic:
        """What is wrong with an accounts file: as bad as the same fault in AWS's files, and else a warning."""
        usual = next((rule.severity for rule in self._rules if rule.name == error.rule), Severity.WARNING)
        severity = self._chosen(error.rule, usual)
        return Diagnostic(error.path, error.span, error.rule, severity, error.message, (), (), ())

    def _shown(self, reported: Reported) -> bool:
        readers = reported.finding.readers
        if readers and not set(readers) & set(self.settings.readers):
            return False
        return self.severity(reported) is not Severity.OFF

    def _diagnostics(self, reported: Iterable[Reported]) -> list[Diagnostic]:
        """The findings that are shown, with paths and lines. All sections are found in one pass over the files."""
        found = [one for one in reported if self._shown(one)]
        places = [place for one in found for place in (one.finding.place, *(r.place for r in one.finding.related))]
        sections = {place.section for place in places if place.section is not None}
        starts: dict[Section, int] = {}
        for file in FILES:
            tree = self.workspace.document(file).tree
            starts |= tree.starts_of(sections) if tree else {}
        return [self._diagnostic(one, starts) for one in found]

    def _diagnostic(self, reported: Reported, starts: Mapping[Section, int]) -> Diagnostic:
        finding = reported.finding
        related = tuple(RelatedPlace(*self._located(other.place, starts), other.message) for other in finding.related)
        lines = [place.span.line + 1 for place in related]
        return Diagnostic(
            *self._located(finding.place, starts),
            reported.rule.name,
            self.severity(reported),
            finding.message.format(*lines),
            finding.readers,
            related,
            tuple(fix._replace(title=fix.title.format(*lines)) for fix in finding.fixes),
        )

    def _located(self, place: Place, starts: Mapping[Section, int]) -> tuple[str, Span]:
        """The path of a place, and its span in the file."""
        paths: dict[str, str] = {file: self.workspace.document(file).path for file in FILES}
        first = starts[place.section] if place.section is not None else 0
        return paths.get(place.file, place.file), place.span.down(first)
