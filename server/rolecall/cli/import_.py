"""`rolecall import`: put keys that someone has as text into a profile of the credentials file."""

from __future__ import annotations

import argparse
import sys

from rolecall.cli.files import add_pair_arguments, pairs, read_accounts, read_pair
from rolecall.cli.terminal import FAILED, WrongUse, displayed, listed, plain, style
from rolecall.edits import EditError
from rolecall.edits.imports import (
    Imported,
    NoKeys,
    doubts,
    key_edits,
    read_keys,
    same_account,
    settled_target,
    takes_keys,
)
from rolecall.host import Host
from rolecall.lsp.doubts import doubt_words
from rolecall.lsp.words import account_words, until
from rolecall.model.workspace import Workspace
from rolecall.store.errors import Conflict, StoreError
from rolecall.store.files import decode
from rolecall.text import TextEdit, apply_edits


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "file", metavar="FILE", nargs="?", default="-", help="a CSV, JSON or text file with keys; - for standard input"
    )
    parser.add_argument("--profile", metavar="P", help="the profile that gets the keys, if the text does not say")
    add_pair_arguments(parser)


def run(arguments: argparse.Namespace, host: Host) -> int:
    """Write the keys, tell where they are, and give the exit code. Raises WrongUse."""
    (pair,) = pairs(host, (), arguments.config, arguments.credentials)
    path = pair.paths["credentials"]
    if path is None:
        raise WrongUse("--config needs --credentials beside it: that is where the keys go.")
    loaded = read_pair(host, pair)
    registered = read_accounts(host, None, own=loaded.own)
    problems = (*loaded.problems, *registered.problems)
    for problem in problems:
        print(f"rolecall: {problem}", file=sys.stderr)
    if problems:
        return FAILED
    workspace = Workspace(loaded.documents["config"], loaded.documents["credentials"], registered.accounts, host.now())
    chosen = _chosen(workspace, _read(host, arguments.file), arguments.profile)
    for target, keys in chosen.items():
        for doubt in doubts(workspace, target, keys):
            words = doubt_words(registered.accounts, target, keys.account_id, doubt)
            print(f"rolecall: {plain(words)}", file=sys.stderr)
    kept = _write(workspace, chosen)
    paint = style(host)
    for target, keys in chosen.items():
        whose = account_words(registered.accounts, keys.account_id)
        of_whom = plain(f" of {whose}" if whose else "")
        place = displayed(host, path)
        print(f"{paint.bold(plain(target))} in {place} has the keys{of_whom}{until(keys.expires_at)}.")
    if kept is not None:
        print(paint.dim(f"Kept: the text as it was, below the first line of {displayed(host, kept)}"))
    return 0


def _read(host: Host, file: str) -> str:
    if file == "-":
        if sys.stdin.isatty():
            print("Paste the keys, then end with Ctrl-D (Ctrl-Z and Enter on Windows).", file=sys.stderr)
        return decode(sys.stdin.buffer.read()).text
    found = host.read(file)
    if not found.facts.readable:
        raise WrongUse(f'"{plain(file)}" cannot be read.')
    return found.text


def _chosen(workspace: Workspace, text: str, profile: str | None) -> dict[str, Imported]:
    """The keys that each profile gets."""
    try:
        found = read_keys(text)
    except NoKeys as error:
        refusal = str(error)
    else:
        return _placed(workspace, found, profile)
    raise WrongUse(refusal)


def _placed(workspace: Workspace, found: list[Imported], profile: str | None) -> dict[str, Imported]:
    if profile is not None and len(found) > 1:
        found = [keys for keys in found if keys.profile == profile][:1]
        if not found:
            raise WrongUse(f'there are several sets of keys, and none says that it is of "{plain(profile)}".')
    chosen = {}
    for keys in found:
        target = profile or settled_target(workspace, keys)
        if target is None:
            raise WrongUse(_question(workspace, keys))
        known = workspace.profile(target)
        if known is not None and not takes_keys(known):
            raise WrongUse(f'tools would not look at keys in "{plain(target)}". Choose another profile.')
        chosen[target] = keys
    return chosen


def _question(workspace: Workspace, keys: Imported) -> str:
    """What to say where nobody knows which profile is meant."""
    similar = [f'"{plain(one.name)}"' for one in same_account(workspace, keys)]
    if not similar:
        return "which profile gets the keys? Name it with --profile."
    new = f', or --profile "{plain(keys.profile)}" for a new one' if keys.profile else ""
    return (
        f"which profile gets the keys? {listed(similar)} {'has' if len(similar) == 1 else 'have'} keys of the same "
        f"account: name one with --profile{new}."
    )


def _write(workspace: Workspace, chosen: dict[str, Imported]) -> str | None:
    """Where the text is kept that stood there before; None where there was none. Raises WrongUse."""
    from rolecall.edits import absolute
    from rolecall.store.local import state_folder
    from rolecall.store.writer import Store

    document = workspace.document("credentials")
    before = document.tree.text if document.tree is not None else ""

    try:
        edits = [edit for target, keys in chosen.items() for edit in key_edits(workspace, target, keys, keys.region)]
        placed: list[TextEdit] = absolute(edits, {"config": None, "credentials": document.tree})["credentials"]

        def change(text: str) -> str:
            if text != before:
                raise Conflict
            return apply_edits(text, placed)

        store = Store(state_folder())
        store.change(document.path, change)
    except (EditError, StoreError) as error:
        raise WrongUse(str(error)) from None
    return store.kept(document.path) if before else None
