"""`rolecall readers`: what tools see in the two files."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence

from rolecall.cli.comparison import KINDS, NOT_FOLLOWED, Comparison, Difference, compare, label, quoted_name
from rolecall.cli.files import Loaded, add_pair_arguments, pairs, read_pair
from rolecall.cli.terminal import FAILED, Style, columns, count, displayed, listed, plain, style
from rolecall.features.masking import header_name, key_name, masked, one_line
from rolecall.host import Host
from rolecall.model.workspace import FILES
from rolecall.readers.botocore.resolve import NO_CREDENTIALS
from rolecall.readers.report import Report, report
from rolecall.readers.seen import FileError, Outcome, Source
from rolecall.readers.tools import TOOLS, Reading

_MEANINGS = {
    "keys": "access keys",
    "role": "assumes {role}",
    "web identity": "assumes {role} with a web identity",
    "sso": "IAM Identity Center (SSO)",
    "login": "AWS sign-in",
    "process": "credential process",
}
"""What each kind of provider is to people; {role} is the profile's own."""

_WHERE = {"shared-credentials-file": " of the credentials file", "config-file": " of the config file"}
_MOST = 20
"""More sections than that are listed only for those who ask for all."""
_FEW = 8
"""And so many headers in one line."""


class _Masking:
    """Shows what an editor would show."""

    def key(self, section_type: str, key: str) -> str:
        return key_name(section_type, key)

    def header(self, text: str) -> str:
        return header_name(text)

    def value(self, section_type: str, key: str, value: str) -> str:
        return masked(section_type, key, value)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_pair_arguments(parser)
    parser.add_argument("--reader", choices=tuple(TOOLS), help="one tool; else all, and where they differ")
    parser.add_argument("--all", action="store_true", help="list every profile, however many there are")
    parser.add_argument("--reveal", action="store_true", help="show secrets")
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(arguments: argparse.Namespace, host: Host) -> int:
    """Print what the tools see, and give the exit code."""
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
    masking = None if arguments.reveal else _Masking()
    names = [arguments.reader] if arguments.reader else list(TOOLS)
    readings = {name: TOOLS[name].read(*sources) for name in names}
    paint = style(host)
    if arguments.format == "json":
        found = {name: report(reading, masking).to_json() for name, reading in readings.items()}
        print(json.dumps({"version": 1, "readers": found}, indent=2))
    elif arguments.reader:
        print("\n".join(_one(arguments.reader, report(readings[arguments.reader], masking), loaded, host, paint)))
    else:
        print("\n".join(_all(readings, loaded, host, paint, reveal=arguments.reveal, most=_limit(arguments.all))))
    return 0


def _limit(everything: bool) -> int:
    return sys.maxsize if everything else _MOST


def _one(tool: str, report: Report, loaded: Loaded, host: Host, style: Style) -> Iterator[str]:
    """One tool: a line for each profile."""
    yield style.bold(TOOLS[tool].title)
    errors = report.config_error, report.credentials_error
    for file, error in zip(FILES, errors, strict=True):
        if error is not None:
            refuse = f"refuse {displayed(host, loaded.documents[file].path)}"
            yield f"  {style.red(refuse)}: {_refusal(error)}"
    if any(errors) and not report.profiles:
        yield "  No profile works until that is fixed: rolecall check"
        return
    rows = [
        (
            f"  {plain(quoted_name(name))}",
            plain(profile.region or ""),
            *_outcome(profile.settings, profile.outcome, style),
        )
        for name, profile in report.profiles.items()
    ]
    yield from columns(rows) if rows else ["  see no profile"]
    ignored = [f"[{one_line(header)}]" for header in report.ignored]
    if ignored:
        yield style.dim(f"  pay no attention to {_some(ignored)}")


def _all(
    readings: Mapping[str, Reading], loaded: Loaded, host: Host, style: Style, *, reveal: bool, most: int
) -> Iterator[str]:
    """All tools: what they refuse, then what they see differently, then what is the same to all."""
    for file in FILES:
        path = displayed(host, loaded.documents[file].path)
        errors = {tool: _error(reading, file) for tool, reading in readings.items()}
        yield from _refusals(path, errors, style, is_empty=loaded.documents[file].facts.utf16)
    able = {tool: reading for tool, reading in readings.items() if _reads(reading)}
    if not able:
        yield "No profile works with any tool until that is fixed: rolecall check"
        return
    found = compare(able, reveal=reveal)
    for difference in found.differences[:most]:
        yield from _difference(difference, style)
    if len(found.differences) > most:
        yield f"{count(len(found.differences) - most, 'more section')} differ: rolecall readers --all"
        yield ""
    everyone = "all tools" if len(able) == len(readings) else "all others"
    yield from _same(found, next(iter(able.values())), everyone, style, reveal=reveal, most=most)
    if found.ignored:
        yield ""
    for tools, headers in found.ignored.items():
        by = everyone if len(tools) == len(able) else listed([label(tool) for tool in tools])
        yield style.dim(f"{_some(headers)} {'is' if len(headers) == 1 else 'are'} ignored by {by}.")


def _error(reading: Reading, file: str) -> FileError | None:
    return reading.seen.config_error if file == "config" else reading.seen.credentials_error


def _reads(reading: Reading) -> bool:
    """Whether a tool gets anything out of the files."""
    seen = reading.seen
    return bool(seen.profiles) or (seen.config_error is None and seen.credentials_error is None)


def _refusals(path: str, errors: Mapping[str, FileError | None], style: Style, *, is_empty: bool) -> Iterator[str]:
    """Who refuses a file, and who does not. `is_empty`: to those who do not, there is nothing in it."""
    rows = [(f"  {label(tool)}", _refusal(error)) for tool, error in errors.items() if error is not None]
    if rows:
        others = [label(tool) for tool, error in errors.items() if error is None]
        yield f"{style.red('Refused:')} {style.bold(path)}"
        yield from columns(rows)
        if others:
            read = f"It is not refused by {listed(others)}, which see nothing in it."
            yield style.dim(f"  {read if is_empty else f'It is read by {listed(others)}.'}")
        yield ""


def _difference(difference: Difference, style: Style) -> Iterator[str]:
    yield style.bold(plain(difference.title))
    yield from columns(
        (
            f"  {style.yellow('≠') if row.differs else ' '} {label(row.tool)}",
            " · ".join(style.yellow(plain(fact.text)) if fact.differs else plain(fact.text) for fact in row.facts),
        )
        for row in difference.rows
    )
    yield ""


def _same(
    found: Comparison, reading: Reading, everyone: str, style: Style, *, reveal: bool, most: int
) -> Iterator[str]:
    """The profiles that are the same to everyone, as the first tool has them."""
    if not found.same:
        yield f"No profile is the same to {everyone}." if found.differences else "No tool sees any profile."
    elif len(found.same) > most:
        yield f"{len(found.same)} profiles are the same to {everyone}: rolecall readers --all"
    else:
        yield style.bold(f"The same to {everyone}")
        shown = report(reading, None if reveal else _Masking()).profiles
        yield from columns(
            (
                f"    {plain(quoted_name(name))}",
                plain(shown[name].region or ""),
                _shared(shown[name].settings, shown[name].outcome, style),
            )
            for name in found.same
        )


def _some(headers: Sequence[str]) -> str:
    more = len(headers) - _FEW
    return listed([*headers[:_FEW], f"{more} more"] if more > 0 else headers)


def _refusal(error: FileError) -> str:
    line = f" on line {error.line}"
    # Some tools name the line themselves.
    told = error.cause.endswith(line) or error.line is None
    return plain(f"{error.cause}{'' if told else line} ({error.error})")


def _shared(settings: dict[str, object], outcome: Outcome | None, style: Style) -> str:
    """How a profile signs in, in words that are no tool's own: it is the same to several."""
    if outcome is None:
        return style.dim(NOT_FOLLOWED)
    if outcome.method is not None:
        return style.green(_meaning(settings, outcome.method))
    return style.red("no credentials")


def _meaning(settings: dict[str, object], method: str) -> str:
    role = settings.get("role_arn")
    meaning = _MEANINGS.get(KINDS.get(method, ""), "") + _WHERE.get(method, "")
    return plain(meaning.format(role=role if isinstance(role, str) else "a role"))


def _outcome(settings: dict[str, object], outcome: Outcome | None, style: Style) -> tuple[str, str]:
    """What the tool calls that which wins or goes wrong, and what that is."""
    if outcome is None:
        return style.dim(NOT_FOLLOWED), ""
    if outcome.method is not None:
        return style.green(outcome.method), _meaning(settings, outcome.method)
    error = outcome.error or ""
    text = "nothing to sign in with" if error == NO_CREDENTIALS else " ".join(outcome.message.split())
    return style.red(error), plain(text)
