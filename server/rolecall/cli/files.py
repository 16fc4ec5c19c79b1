"""Which files a command line means, and reading them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import NamedTuple

from rolecall.cli.terminal import displayed
from rolecall.host import FileFacts, FileText, Host
from rolecall.model.accounts import Accounts
from rolecall.model.workspace import FILES, Document
from rolecall.readers.botocore.merge import File
from rolecall.settings import Settings
from rolecall.store.pairs import expanded, kind_of, load, other, sibling, unknown, user_accounts, user_paths


class Pair(NamedTuple):
    """The paths of two files that belong together; None for a counterpart that is unknown.

    reported  the files that the command is about; the other one is only looked at
    named     those of them that the command line names, which must be there
    """

    paths: dict[File, str | None]
    reported: tuple[File, ...]
    named: tuple[File, ...]


class Loaded(NamedTuple):
    """A pair as read.

    problems  sentences about files that cannot be read; each is unknown to the others
    """

    documents: dict[File, Document]
    reported: tuple[File, ...]
    problems: tuple[str, ...]

    @property
    def missing(self) -> File | None:
        """The file of the pair that nothing is known of, where the other one is known."""
        unknown = [file for file in FILES if not self.documents[file].known]
        return unknown[0] if len(unknown) == 1 else None

    @property
    def own(self) -> bool:
        """Whether one of the user's own files is among those that the command is about."""
        return any(self.documents[file].own for file in self.reported)


class LoadedAccounts(NamedTuple):
    """The registered accounts, the path that they were read from (None if from none), and what stood in the way."""

    accounts: Accounts
    path: str | None
    problems: tuple[str, ...]


NO_ACCOUNTS = LoadedAccounts(Accounts(), None, ())


def add_pair_arguments(parser: argparse.ArgumentParser, alone: str = "alone, as if there were no {other} file") -> None:
    """The options that say which config and which credentials file.

    alone  what it means to give but one of them; `{other}` is the other one
    """
    for file in FILES:
        parser.add_argument(f"--{file}", metavar="F", help=f"the {file} file; {alone.format(other=other(file))}")


def pairs(
    host: Host, files: Sequence[str], config: str | None, credentials: str | None, *, both: bool = False
) -> list[Pair]:
    """The pairs that a command line means: what it names, else the user's own two files.

    A file that is named pairs with the user's other file if it is one of the user's, else with its sibling.

    both  the other file of a pair is reported, too, if there is one
    """
    own = user_paths(host, Settings())
    if not files and config is None and credentials is None:
        return [Pair(dict(own), FILES, ())]
    found: list[Pair] = []
    if config is not None or credentials is not None:
        paths: dict[File, str | None] = {"config": config, "credentials": credentials}
        given = tuple(file for file in FILES if paths[file] is not None)
        found.append(Pair(paths, given, given))
    for path in files:
        if not _joined(host, found, path):
            found.append(_pair_of(host, own, path))
    return [pair._replace(reported=FILES) for pair in found] if both else found


def _joined(host: Host, found: list[Pair], path: str) -> bool:
    """Whether a named file is one of a pair already; it is named there then."""
    wanted = expanded(host, path)
    for position, pair in enumerate(found):
        for file in FILES:
            there = pair.paths[file]
            if there is not None and expanded(host, there) == wanted:
                named = tuple(name for name in FILES if name == file or name in pair.named)
                # The path is shown as it was given.
                found[position] = Pair({**pair.paths, file: path}, named, named)
                return True
    return False


def _pair_of(host: Host, own: dict[File, str], path: str) -> Pair:
    wanted = expanded(host, path)
    file = next((name for name in FILES if own[name] == wanted), None)
    counterpart = own[other(file)] if file is not None else sibling(path)
    file = file or kind_of(path)
    paths: dict[File, str | None] = {"config": counterpart, "credentials": counterpart, file: path}
    return Pair(paths, (file,), (file,))


def read_pair(host: Host, pair: Pair) -> Loaded:
    """Read a pair. What cannot be read is unknown to the rest, and told if the command is about it."""
    own = user_paths(host, Settings())
    documents: dict[File, Document] = {}
    problems: list[str] = []
    for file in FILES:
        path = pair.paths[file]
        if path is None:
            documents[file] = unknown()
            continue
        is_own = own[file] == expanded(host, path)
        document = load(host, _plain(host, path), own=is_own)
        facts = document.facts
        missing = not facts.exists and (file in pair.named or not is_own)
        if missing or (not facts.readable and facts.exists):
            documents[file] = unknown()
            if file in pair.named or (facts.exists and file in pair.reported):
                problems.append(_problem(host, path, facts))
        else:
            documents[file] = document
    reported = tuple(file for file in pair.reported if documents[file].known)
    return Loaded(documents, reported, tuple(problems))


def read_accounts(host: Host, named: str | None, *, own: bool) -> LoadedAccounts:
    """The accounts of a named file, else those that the user has registered where the command is about own files."""
    if named is None and not own:
        return NO_ACCOUNTS
    path = named if named is not None else user_accounts(host)
    file: FileText = host.read(_plain(host, path))
    if file.facts.readable:
        # Imported here: most have no accounts, and a check should start at once.
        from rolecall.accounts import parse_file

        return LoadedAccounts(parse_file(file, path), path, ())
    if named is None and not file.facts.exists:
        return NO_ACCOUNTS
    return LoadedAccounts(Accounts(), None, (_problem(host, path, file.facts),))


def _plain(host: Host, path: str) -> str:
    """The path as it was given, so that it is printed so; only ~, which a shell may have left, is the home folder."""
    return expanded(host, path) if path.startswith("~") else path


def _problem(host: Host, path: str, facts: FileFacts) -> str:
    shown = displayed(host, path)
    if facts.is_dir:
        return f'"{shown}" is a folder, not a file.'
    if facts.exists:
        return f'"{shown}" cannot be read: the system denies it, or it is not an ordinary file.'
    if facts.is_symlink:
        return f'"{shown}" is a symbolic link that leads nowhere.'
    return f'"{shown}" does not exist.'
