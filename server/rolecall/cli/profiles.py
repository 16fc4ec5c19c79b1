"""`rolecall profiles`: every profile of both files."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC

from rolecall.cli.files import add_pair_arguments, pairs, read_accounts, read_pair
from rolecall.cli.project import project_of, project_problems
from rolecall.cli.terminal import FAILED, NO_FILES, Style, columns, plain, style
from rolecall.features.profiles import ProfileRow, Status, profiles
from rolecall.host import Host
from rolecall.service import LanguageService
from rolecall.settings import Settings

_HEADS = ("", "PROFILE", "KIND", "REGION", "ACCOUNT", "CHAIN", "EXPIRES", "PROBLEMS")
_MARKS: dict[Status, str] = {"ok": "✓", "warning": "!", "error": "✗"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_pair_arguments(parser)
    parser.add_argument("--accounts", metavar="F", help="the registered accounts; else your own, for your own files")
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(arguments: argparse.Namespace, host: Host) -> int:
    """Print the list, and give the exit code."""
    (pair,) = pairs(host, (), arguments.config, arguments.credentials)
    loaded = read_pair(host, pair)
    registered = read_accounts(host, arguments.accounts, own=loaded.own)
    problems = (*loaded.problems, *registered.problems)
    project = project_of(host, loaded)
    for problem in project_problems(host, project):
        print(f"rolecall: {problem}", file=sys.stderr)
    for problem in problems:
        print(f"rolecall: {problem}", file=sys.stderr)
    if problems:
        return FAILED
    config, credentials = loaded.documents["config"], loaded.documents["credentials"]
    service = LanguageService(
        config,
        credentials,
        accounts=registered.accounts,
        now=host.now(),
        settings=project.under(Settings()),
    )
    rows = profiles(service.workspace, service.problems)
    if arguments.format == "json":
        print(json.dumps({"version": 1, "profiles": [row.to_json() for row in rows]}, indent=2))
    elif rows:
        print("\n".join(_table(rows, style(host))))
    else:
        print("No profiles in these files." if config.tree or credentials.tree else NO_FILES)
    return FAILED if project.problems else 0


def _table(rows: Sequence[ProfileRow], style: Style) -> list[str]:
    """The profiles as aligned lines under heads; a column of which no profile has anything is left out."""
    cells = [tuple(map(style.dim, _HEADS)), *(_cells(row, style) for row in rows)]
    kept = [column for column in range(len(_HEADS)) if any(row[column] for row in cells[1:])]
    return columns([row[column] for column in kept] for row in cells)


def _cells(row: ProfileRow, style: Style) -> tuple[str, ...]:
    paint = {"ok": style.green, "warning": style.yellow, "error": style.red}[row.status]
    account = " · ".join(plain(text) for text in (row.account, row.account_id) if text)
    expires = f"{row.expires_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if row.expires_at else ""
    return (
        paint(_MARKS[row.status]),
        plain(row.name),
        row.kind,
        row.region or "",
        account,
        plain(" → ".join(row.chain)) if len(row.chain) > 1 else "",
        expires,
        paint(", ".join(row.problems)),
    )
