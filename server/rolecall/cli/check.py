"""`rolecall check`: what is wrong with the two files."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

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
from rolecall.cli.names import unknown_name
from rolecall.cli.project import project_of, project_problems
from rolecall.cli.terminal import FAILED, NO_FILES, Style, WrongUse, columns, displayed, style
from rolecall.host import Host
from rolecall.lint import On, Severity
from rolecall.model.accounts import FAULTS
from rolecall.readers.botocore.merge import File, SectionType, read_file
from rolecall.rules import ALL
from rolecall.service import Diagnostic, LanguageService
from rolecall.settings import READERS, Settings
from rolecall.store.project import ProjectSettings
from rolecall.syntax import Tree

if TYPE_CHECKING:
    from rolecall.cli.fixing import Fixed

# What only some formats and options need is imported where it is needed: a check should start at once.

FORMATS = ("text", "json", "sarif", "github")
LEVELS = ("error", "warning", "information", "hint")

_WHOLE = (On.PROFILE, On.REFERENCE)
"""The rules about these look at both files of a pair."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("files", nargs="*", metavar="FILE", help="config or credentials files; else your own two")
    add_pair_arguments(parser, "alone, the {other} file is not known, and rules that need it are not run")
    parser.add_argument("--accounts", metavar="F", help="the registered accounts; else your own, for your own files")
    parser.add_argument("--format", choices=FORMATS, default="text")
    parser.add_argument("--select", metavar="R,…", help="report these rules alone")
    parser.add_argument("--ignore", metavar="R,…", help="do not report these rules")
    parser.add_argument("--readers", metavar="T,…", help=f"the tools that count, of {', '.join(READERS)}")
    parser.add_argument(
        "--fail-on", choices=LEVELS, default="warning", help="from which severity on the exit code is 1 (warning)"
    )
    parser.add_argument(
        "--baseline", metavar="F", help="JSON of an earlier check, whose findings are not reported again"
    )
    parser.add_argument("--both", action="store_true", help="report the other file of each pair, too")
    parser.add_argument("--fix", action="store_true", help="apply the safe fixes first")


def run(arguments: argparse.Namespace, host: Host) -> int:
    """Report, and give the exit code."""
    wanted = _wanted(arguments)
    chosen = pairs(host, arguments.files, arguments.config, arguments.credentials, both=arguments.both)
    baseline = None
    if arguments.baseline is not None:
        from rolecall.cli.baseline import read_baseline

        baseline = read_baseline(host, arguments.baseline)
    paint = style(host)
    checks, problems = _checks(host, chosen, arguments.accounts, wanted)
    if arguments.fix:
        fixed, unsaved = _fix(checks)
        for line in _fixed_lines(fixed, host, paint):
            # What is not for people has nothing but findings.
            print(line, file=sys.stdout if arguments.format == "text" else sys.stderr)
        if fixed or unsaved:
            # What is reported is what stands on the disk now, also where nothing could be saved.
            checks, problems = _checks(host, chosen, arguments.accounts, wanted)
        problems += unsaved
    found = list(dict.fromkeys(one for check in checks for one in check.diagnostics(wanted)))
    result = _Result(found, checks, problems, _unjudged(checks, wanted, host))
    if baseline is not None:
        from rolecall.cli.baseline import part

        parted = part(host, found, baseline, result.paths)
        result = result._replace(found=parted.new, old=parted.old, gone=parted.gone)
    _report(arguments.format, result, host, paint)
    if result.unjudged and arguments.format != "text":
        print(f"rolecall: {result.unjudged}", file=sys.stderr)
    for problem in problems:
        print(f"rolecall: {problem}", file=sys.stderr)
    if problems:
        return FAILED
    return int(any(one.severity <= Severity[arguments.fail_on.upper()] for one in result.found))


class _Wanted(NamedTuple):
    """What the command line wants to know.

    selected, ignored  rules by name; everything but `ignored` where nothing is selected
    readers            the tools that count, or None for those that are set elsewhere
    """

    selected: frozenset[str]
    ignored: frozenset[str]
    readers: tuple[str, ...] | None

    def wants(self, rule: str) -> bool:
        return rule not in self.ignored and (not self.selected or rule in self.selected)

    def settings(self, project: ProjectSettings) -> Settings:
        """The settings of a project with what the command line says above them."""
        settings = project.under(Settings())
        severities = dict(settings.severities)
        for rule in ALL:
            usual = rule.severity.name.lower()
            # A rule that is off unless asked for is asked for by its name.
            if rule.name in self.selected and severities.get(rule.name, usual) == "off":
                severities[rule.name] = "information" if usual == "off" else usual
        return settings._replace(severities=severities, readers=self.readers or settings.readers)


class _Saved(NamedTuple):
    """What was fixed in a file, and where the text that stood there before is kept (None if nowhere)."""

    fixed: tuple[Fixed, ...]
    kept: str | None


class _Check(NamedTuple):
    """One pair of files, and what is known of it."""

    pair: Loaded
    accounts: LoadedAccounts
    service: LanguageService

    @property
    def files(self) -> tuple[File, ...]:
        """The files that are reported on, as far as they exist."""
        return tuple(file for file in self.pair.reported if self.pair.documents[file].tree is not None)

    def diagnostics(self, wanted: _Wanted) -> Iterator[Diagnostic]:
        for file in self.pair.reported:
            yield from self.service.diagnostics(file)
        # What is wrong with an accounts file itself is told without any rule being run.
        yield from (found for found in self.service.accounts_diagnostics() if wanted.wants(found.rule))

    def profiles(self) -> int:
        """How many profiles stand in the files that are reported on."""
        return len(self.service.workspace.names(SectionType.PROFILE, *self.pair.reported))


def _wanted(arguments: argparse.Namespace) -> _Wanted:
    known = {rule.name for rule in ALL} | FAULTS
    selected, ignored = (frozenset(_names(given, known, "rule")) for given in (arguments.select, arguments.ignore))
    readers = tuple(_names(arguments.readers, set(READERS), "reader"))
    return _Wanted(selected, ignored, readers or None)


def _names(given: str | None, known: set[str], what: str) -> list[str]:
    """The names of a list with commas. Raises WrongUse for one that is not known."""
    names = [name.strip() for name in (given or "").split(",") if name.strip()]
    for name in names:
        if name not in known:
            raise WrongUse(unknown_name(name, known, what))
    return names


def _checks(
    host: Host, chosen: Sequence[Pair], accounts: str | None, wanted: _Wanted
) -> tuple[list[_Check], list[str]]:
    """Read the files and look at them; also gives sentences about what cannot be read."""
    rules = [rule for rule in ALL if wanted.wants(rule.name)]
    loaded = [read_pair(host, pair) for pair in chosen]
    registered = read_accounts(host, accounts, own=any(pair.own for pair in loaded))
    checks = []
    problems = [problem for pair in loaded for problem in pair.problems]
    for pair in loaded:
        known = registered if accounts is not None or pair.own else NO_ACCOUNTS
        config, credentials = pair.documents["config"], pair.documents["credentials"]
        project = project_of(host, pair)
        problems += project_problems(host, project)
        service = LanguageService(
            config,
            credentials,
            accounts=known.accounts,
            now=host.now(),
            settings=wanted.settings(project),
            rules=rules,
        )
        checks.append(_Check(pair, known, service))
    return checks, [*dict.fromkeys(problems), *registered.problems]


def _unjudged(checks: Sequence[_Check], wanted: _Wanted, host: Host) -> str | None:
    """A sentence about what could not be judged, as the other file of a pair is not known; None if all was."""
    if not any(rule.on in _WHOLE for rule in ALL if wanted.wants(rule.name)):
        return None
    lone = [check.pair for check in checks if check.files and check.pair.missing is not None]
    rules = "so rules that need it were not run"
    match lone:
        case []:
            return None
        case [Loaded(reported=(file, *_), missing=str(missing)) as pair]:
            path = displayed(host, pair.documents[file].path)
            return (
                f"The {missing} file that belongs to {path} is not known, {rules}: "
                f"give --{file} {path} --{missing} F ({os.devnull} if there is none)."
            )
    return f"The other file of {len(lone)} files is not known, {rules}: give both as --config F --credentials F."


def _fix(checks: Sequence[_Check]) -> tuple[dict[str, _Saved], list[str]]:
    """Apply and save the safe fixes; gives what was saved by path, and sentences about what could not be."""
    from rolecall.cli.fixing import Rewritten, fix, save, texts
    from rolecall.store.errors import StoreError
    from rolecall.store.local import state_folder
    from rolecall.store.writer import Store

    store = Store(state_folder())
    saved: dict[str, _Saved] = {}
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
            for file in changed:
                own = tuple(one for one in fixed if one.path == file.path)
                saved[file.path] = _Saved(own, store.kept(file.path))
        except StoreError as error:
            problems.append(str(error))
    return saved, problems


def _fixed_lines(saved: Mapping[str, _Saved], host: Host, style: Style) -> Iterator[str]:
    for path, (fixed, kept) in saved.items():
        yield style.bold(f"Fixed in {displayed(host, path)}")
        yield from columns((f"  {one.line + 1}", f"{one.rule} ", one.title) for one in fixed)
        if kept is not None:
            yield style.dim(f"  Kept: the text as it was, below the first line of {displayed(host, kept)}")
        yield ""


class _Result(NamedTuple):
    """What is reported.

    problems   sentences about what stood in the way
    unjudged   a sentence about what could not be judged, though nothing is wrong with it
    old, gone  how many findings a baseline has beside those reported: still there, and no longer there
    """

    found: Sequence[Diagnostic]
    checks: Sequence[_Check]
    problems: Sequence[str]
    unjudged: str | None
    old: int = 0
    gone: int = 0

    @property
    def trees(self) -> dict[str, tuple[File, Tree]]:
        """The files that were checked, by path."""
        documents = [(file, check.pair.documents[file]) for check in self.checks for file in check.files]
        return {document.path: (file, document.tree) for file, document in documents if document.tree is not None}

    @property
    def registered(self) -> set[str]:
        """The accounts files that were checked."""
        return {check.accounts.path for check in self.checks if check.accounts.path is not None}

    @property
    def paths(self) -> set[str]:
        return {*self.trees, *self.registered}


def _report(form: str, result: _Result, host: Host, style: Style) -> None:
    if form == "text":
        _print(result, host, style)
    elif form == "json":
        from rolecall.cli.report import as_json

        print(as_json(result.found))
    else:
        from rolecall.cli.places import repository, within

        root = repository(host)
        if form == "sarif":
            from rolecall.cli.sarif import as_sarif

            print(as_sarif(result.found, result.trees, result.problems, lambda path: within(host, root, path)))
        else:
            from rolecall.cli.github import as_github

            print(as_github(result.found, lambda path: within(host, root, path) or path), end="")


def _print(result: _Result, host: Host, style: Style) -> None:
    from rolecall.cli.report import as_text, summary

    documents = [(file, check.pair.documents[file]) for check in result.checks for file in check.files]
    if not documents and not result.found:
        if not result.problems:
            print(NO_FILES)
        return
    print(as_text(result.found, result.trees, lambda path: displayed(host, path), style), end="")
    wrong = {one.path for one in result.found if one.severity is Severity.ERROR}
    refused = [
        displayed(host, document.path)
        for check in result.checks
        if "botocore" in check.service.settings.readers
        for document in (check.pair.documents[file] for file in check.files)
        if document.path in wrong
        and read_file(document.tree, undecodable=document.facts.undecodable_at is not None).error is not None
    ]
    profiles = sum(check.profiles() for check in result.checks)
    files = len(documents) + len(result.registered)
    ignored = sum(len(check.service.ignored(file)) for check in result.checks for file in check.files)
    told = {"ignored": ignored, "old": result.old, "gone": result.gone}
    print(summary(result.found, files, profiles, refused, style, **told, unjudged=result.unjudged))
