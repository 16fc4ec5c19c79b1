"""`rolecall check`: what is wrong with the two files."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rolecall.cli.files import (
    NO_ACCOUNTS,
    Loaded,
    LoadedAccounts,
    Pair,
    add_pair_arguments,
    pairs,
    read_accounts,
    read_pair,
)
from rolecall.cli.fixing import Fixed, Rewritten, fix, save, texts
from rolecall.cli.names import unknown_name
from rolecall.cli.report import as_json, as_text, summary
from rolecall.cli.terminal import FAILED, NO_FILES, Style, WrongUse, columns, displayed, style
from rolecall.host import Host
from rolecall.lint import Severity
from rolecall.model.accounts import FAULTS
from rolecall.readers.botocore.merge import File, read_file
from rolecall.rules import ALL
from rolecall.service import Diagnostic, LanguageService
from rolecall.settings import READERS, Settings
from rolecall.store import Store, StoreError, state_folder

_LEVELS = ("error", "warning", "information", "hint")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("files", nargs="*", metavar="FILE", help="config or credentials files; else your own two")
    add_pair_arguments(parser)
    parser.add_argument("--accounts", metavar="F", help="the registered accounts; else your own, for your own files")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--select", metavar="R,…", help="report these rules alone")
    parser.add_argument("--ignore", metavar="R,…", help="do not report these rules")
    parser.add_argument("--readers", metavar="T,…", help=f"the tools that count, of {', '.join(READERS)}")
    parser.add_argument("--fail-on", choices=_LEVELS, default="warning", help="what exit code 1 takes (warning)")
    parser.add_argument("--fix", action="store_true", help="apply the safe fixes first")


def run(arguments: argparse.Namespace, host: Host) -> int:
    """Report, and give the exit code."""
    selection = _selection(arguments.select, arguments.ignore)
    settings = _settings(arguments.readers, selection)
    chosen = pairs(host, arguments.files, arguments.config, arguments.credentials)
    paint = style(host)
    checks, problems = _checks(host, chosen, arguments.accounts, selection, settings)
    if arguments.fix:
        fixed, unsaved = _fix(checks)
        for line in _fixed_lines(fixed, host, paint):
            print(line, file=sys.stderr if arguments.format == "json" else sys.stdout)
        if fixed:
            # What is reported is what stands on the disk now.
            checks, problems = _checks(host, chosen, arguments.accounts, selection, settings)
        problems += unsaved
    found = list(dict.fromkeys(one for check in checks for one in check.diagnostics(selection)))
    if arguments.format == "json":
        print(as_json(found))
    elif not problems or any(check.files for check in checks):
        _print(found, checks, settings.readers, host, paint)
    for problem in problems:
        print(f"rolecall: {problem}", file=sys.stderr)
    if problems:
        return FAILED
    return int(any(one.severity <= Severity[arguments.fail_on.upper()] for one in found))


class _Selection(NamedTuple):
    """The rules to report, by name; everything but `ignored` where nothing is selected."""

    selected: frozenset[str]
    ignored: frozenset[str]

    def wants(self, rule: str) -> bool:
        return rule not in self.ignored and (not self.selected or rule in self.selected)


class _Check(NamedTuple):
    """One pair of files, and what is known of it."""

    pair: Loaded
    accounts: LoadedAccounts
    service: LanguageService

    @property
    def files(self) -> tuple[File, ...]:
        """The files that are reported on, as far as they exist."""
        return tuple(file for file in self.pair.reported if self.pair.documents[file].tree is not None)

    def diagnostics(self, selection: _Selection) -> Iterator[Diagnostic]:
        for file in self.pair.reported:
            yield from self.service.diagnostics(file)
        # What is wrong with an accounts file itself is told without any rule being run.
        yield from (found for found in self.service.accounts_diagnostics() if selection.wants(found.rule))

    def profiles(self) -> int:
        """How many profiles stand in the files that are reported on."""
        profiles = self.service.workspace.profiles()
        return sum(any(stanza.file in self.pair.reported for stanza in profile.stanzas) for profile in profiles)


def _selection(select: str | None, ignore: str | None) -> _Selection:
    known = {rule.name for rule in ALL} | FAULTS
    return _Selection(*(frozenset(_names(given, known, "rule")) for given in (select, ignore)))


def _settings(readers: str | None, selection: _Selection) -> Settings:
    # A rule that is off unless asked for is asked for by its name.
    asked = {
        rule.name: "information" for rule in ALL if rule.severity is Severity.OFF and rule.name in selection.selected
    }
    if readers is None:
        return Settings(severities=asked)
    return Settings(readers=tuple(_names(readers, set(READERS), "reader")), severities=asked)


def _names(given: str | None, known: set[str], what: str) -> list[str]:
    """The names of a list with commas. Raises WrongUse for one that is not known."""
    names = [name.strip() for name in (given or "").split(",") if name.strip()]
    for name in names:
        if name not in known:
            raise WrongUse(unknown_name(name, known, what))
    return names


def _checks(
    host: Host, chosen: Sequence[Pair], accounts: str | None, selection: _Selection, settings: Settings
) -> tuple[list[_Check], list[str]]:
    """Read the files and look at them; also gives sentences about what cannot be read."""
    rules = [rule for rule in ALL if selection.wants(rule.name)]
    loaded = [read_pair(host, pair) for pair in chosen]
    registered = read_accounts(host, accounts, own=any(pair.own for pair in loaded))
    checks = []
    for pair in loaded:
        known = registered if accounts is not None or pair.own else NO_ACCOUNTS
        config, credentials = pair.documents["config"], pair.documents["credentials"]
        service = LanguageService(
            config, credentials, accounts=known.accounts, now=host.now(), settings=settings, rules=rules
        )
        checks.append(_Check(pair, known, service))
    return checks, [*(problem for pair in loaded for problem in pair.problems), *registered.problems]


def _fix(checks: Sequence[_Check]) -> tuple[list[Fixed], list[str]]:
    """Apply and save the safe fixes; gives those that were saved, and sentences about what could not be."""
    store = Store(state_folder())
    saved: list[Fixed] = []
    problems: list[str] = []
    for check in checks:
        # Bytes that are no text would not survive being written again.
        documents = {file: check.pair.documents[file] for file in check.files}
        files = [file for file in check.files if documents[file].facts.undecodable_at is None]
        fixed = fix(check.service, files)
        after = texts(check.service, files)
        before = {file: tree.text for file in files if (tree := documents[file].tree) is not None}
        changed = [
            Rewritten(documents[file].path, before[file], after[file], documents[file].own)
            for file in files
            if before[file] != after[file]
        ]
        try:
            save(store, changed)
            saved += fixed
        except StoreError as error:
            problems.append(str(error))
    return saved, problems


def _fixed_lines(fixed: Sequence[Fixed], host: Host, style: Style) -> Iterator[str]:
    for path in dict.fromkeys(one.path for one in fixed):
        yield style.bold(f"Fixed in {displayed(host, path)}")
        yield from columns((f"  {one.line + 1}", f"{one.rule} ", one.title) for one in fixed if one.path == path)
        yield ""


def _print(
    found: Sequence[Diagnostic], checks: Sequence[_Check], readers: Sequence[str], host: Host, style: Style
) -> None:
    documents = [(file, check.pair.documents[file]) for check in checks for file in check.files]
    registered = {check.accounts.path for check in checks} - {None}
    if not documents and not found:
        print(NO_FILES)
        return
    trees = {document.path: (file, document.tree) for file, document in documents if document.tree is not None}
    print(as_text(found, trees, lambda path: displayed(host, path), style), end="")
    wrong = {one.path for one in found if one.severity is Severity.ERROR}
    refused = [
        displayed(host, document.path)
        for _, document in documents
        if "botocore" in readers
        and document.path in wrong
        and read_file(document.tree, undecodable=document.facts.undecodable_at is not None).error is not None
    ]
    profiles = sum(check.profiles() for check in checks)
    print(summary(found, len(documents) + len(registered), profiles, refused, style))
