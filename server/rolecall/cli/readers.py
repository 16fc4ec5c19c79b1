"""`rolecall readers`: what a tool sees in the two files."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator

from rolecall.cli.files import Loaded, add_pair_arguments, pairs, read_pair
from rolecall.cli.terminal import FAILED, Style, columns, displayed, listed, plain, style
from rolecall.features.masking import key_name, masked, one_line
from rolecall.host import Host
from rolecall.model.workspace import FILES
from rolecall.readers.botocore.resolve import NO_CREDENTIALS
from rolecall.readers.report import Report, report
from rolecall.readers.seen import FileError, Outcome, Source
from rolecall.readers.tools import TOOLS

_METHODS = {
    "assume-role": "assumes {role}",
    "assume-role-with-web-identity": "assumes {role} with a web identity",
    "shared-credentials-file": "access keys of the credentials file",
    "config-file": "access keys of the config file",
    "sso": "IAM Identity Center (SSO)",
    "login": "AWS sign-in",
    "custom-process": "credential process",
}
"""What each provider of botocore is to people; {role} is the profile's own."""


class _Masking:
    """Shows what an editor would show."""

    def key(self, section_type: str, key: str) -> str:
        return key_name(section_type, key)

    def value(self, section_type: str, key: str, value: str) -> str:
        return masked(section_type, key, value)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_pair_arguments(parser)
    parser.add_argument("--reader", choices=tuple(TOOLS), default="botocore", help="the tool")
    parser.add_argument("--reveal", action="store_true", help="show secrets")
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(arguments: argparse.Namespace, host: Host) -> int:
    """Print what the tool sees, and give the exit code."""
    (pair,) = pairs(host, (), arguments.config, arguments.credentials)
    loaded = read_pair(host, pair)
    for problem in loaded.problems:
        print(f"rolecall: {problem}", file=sys.stderr)
    if loaded.problems:
        return FAILED
    sources = [
        Source(document.tree, document.facts.undecodable_at is not None, document.facts.utf16)
        for document in (loaded.documents[file] for file in FILES)
    ]
    found = report(TOOLS[arguments.reader].read(*sources), None if arguments.reveal else _Masking())
    if arguments.format == "json":
        print(json.dumps({"version": 1, "readers": {arguments.reader: found.to_json()}}, indent=2))
    else:
        print("\n".join(_text(found, loaded, host, style(host))))
    return 0


def _text(report: Report, loaded: Loaded, host: Host, style: Style) -> Iterator[str]:
    yield style.bold(TOOLS["botocore"].title)
    errors = {"config": report.config_error, "credentials": report.credentials_error}
    for file in FILES:
        document, error = loaded.documents[file], errors[file]
        if error is not None:
            yield f"  {style.red(f'refuse {displayed(host, document.path)}')}: {_refusal(error)}"
    if report.config_error or report.credentials_error:
        yield "  No profile works until that is fixed: rolecall check"
        return
    rows = [
        (f"  {plain(name)}", plain(profile.region or ""), *_outcome(profile.settings, profile.outcome, style))
        for name, profile in report.profiles.items()
    ]
    yield from columns(rows) if rows else ["  see no profile"]
    ignored = [f"[{one_line(header)}]" for header in report.ignored]
    if ignored:
        yield style.dim(f"  pay no attention to {listed(ignored)}")


def _refusal(error: FileError) -> str:
    return f"{error.cause}{f' on line {error.line}' if error.line else ''} ({error.error})"


def _outcome(settings: dict[str, object], outcome: Outcome | None, style: Style) -> tuple[str, str]:
    """What the tool calls that which wins or goes wrong, and what that is."""
    if outcome is None:
        return "", ""
    if outcome.method is not None:
        role = settings.get("role_arn")
        text = _METHODS[outcome.method].format(role=role if isinstance(role, str) else "a role")
        return style.green(outcome.method), plain(text)
    error = outcome.error or ""
    text = "nothing to sign in with" if error == NO_CREDENTIALS else " ".join(outcome.message.split())
    return style.red(error), plain(text)
