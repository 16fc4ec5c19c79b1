"""The page of what the tools see differently: snippets that were compared, and what Rolecall reports of each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from typing import TYPE_CHECKING, Any, NamedTuple

from dev.artefacts.base import ROOT, Artefact, table

if TYPE_CHECKING:
    # The program is imported no sooner than the page is made: what it is made from may be generated just before.
    from rolecall.readers.seen import Outcome, Seen, Settings, Source

PAGE = "server/docs/divergences.md"
CASES = ROOT / "tests/readers/cases.py"
VERDICTS = ROOT / "tests/readers/divergences.json"

NOTICE = "<!-- Generated from tests/readers/divergences.json by `make generate`; do not edit. -->"

HEAD = """# What the tools see differently

Each row is a pair of files that was given to all tools; their text is in `tests/readers/cases.py`, by its id. `refused`
stands behind a tool that refuses one of the two files. A nested block is the same for two tools if it says the same,
whatever shape it has in them.

*Reported* are the rules that find something when all six readers are chosen in `rolecall.readers`, save for
`dangling-config` and `long-term-keys`, which nearly all short snippets have. Where none of them is about the
difference, the row says why. `tests/readers/test_divergences.py` holds that exactly these rules report. How each reader
is held to its tool is told in [readers.md](readers.md)."""

READING = """## Reading and merging

*Read alike* shows which tools end up with the same profiles, sessions and services: one group a semicolon."""

RESOLVING = """## Resolving credentials

The way to credentials that wins for each profile, or the error. Token caches, token files, processes and services count
as answering; the environment has no keys."""

BESIDE = frozenset({"dangling-config", "long-term-keys"})
"""Rules that find something in most short snippets, and nothing of what the tools see differently."""

ALIKE = "All tools read it alike, and nothing in it fails."
"""The reason that is no matter of opinion: a test looks whether it is so."""


WAYS = {
    "shared-credentials-file": "keys",
    "config-file": "keys",
    "assume-role": "role",
    "assume-role-with-web-identity": "web identity",
    "sso": "SSO",
    "login": "login",
    "custom-process": "process",
    "CREDENTIALS_PROFILE": "keys",
    "CREDENTIALS_PROFILE_SOURCE_PROFILE": "role",
    "CREDENTIALS_PROFILE_STS_WEB_ID_TOKEN": "web identity",
    "CREDENTIALS_PROFILE_SSO": "SSO",
    "CREDENTIALS_PROFILE_SSO_LEGACY": "SSO",
    "CREDENTIALS_PROFILE_LOGIN": "login",
    "CREDENTIALS_PROFILE_PROCESS": "process",
}
"""One word for what the tools that we follow to the credentials call by different names."""


class Verdict(NamedTuple):
    """What is reported of a snippet: the names of rules, and why none is about a difference ("" where one is)."""

    rules: tuple[str, ...]
    why: str = ""


class Case(NamedTuple):
    """A snippet, as `tests/readers/cases.py` gives it."""

    id: str
    title: str
    config: bytes
    credentials: bytes


def artefacts() -> Iterator[Artefact]:
    yield Artefact(PAGE, page)


@cache
def cases() -> tuple[Case, ...]:
    spec = spec_from_file_location("cases", CASES)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return tuple(Case(*case) for case in module.CASES)


def verdicts() -> dict[str, Verdict]:
    """The verdicts by the snippets' ids."""
    loaded: dict[str, dict[str, Any]] = json.loads(VERDICTS.read_text(encoding="utf-8"))
    return {id_: Verdict(tuple(found["rules"]), found.get("why", "")) for id_, found in loaded.items()}


def written(found: dict[str, Verdict]) -> str:
    """The text of the file of verdicts: one snippet a line."""
    lines = (f"  {json.dumps(id_)}: {json.dumps(_plain(verdict))}" for id_, verdict in found.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _plain(verdict: Verdict) -> dict[str, Any]:
    plain: dict[str, Any] = {"rules": list(verdict.rules)}
    return {**plain, "why": verdict.why} if verdict.why else plain


def page() -> str:
    found = verdicts()
    read = [[*_named(case), _groups(case), *_judged(found[case.id])] for case in cases() if case.id[0] in "gm"]
    resolved = [[*_named(case), *_outcomes(case), *_judged(found[case.id])] for case in cases() if case.id[0] == "r"]
    judged = ["Reported", "Why nothing else"]
    return "\n\n".join(
        [
            NOTICE,
            HEAD,
            READING,
            table(["Id", "Snippet", "Read alike", *judged], read),
            RESOLVING,
            table(["Id", "Snippet", "boto3, AWS CLI", "JavaScript", *judged], resolved) + "\n",
        ]
    )


def _named(case: Case) -> list[str]:
    return [case.id, _safe(case.title)]


def _judged(verdict: Verdict) -> list[str]:
    rules = (rule for rule in verdict.rules if rule not in BESIDE)
    return [", ".join(f"[{rule}](rules/{rule}.md)" for rule in rules), _safe(verdict.why)]


def _safe(text: str) -> str:
    """A text that Markdown shows as it is."""
    return "".join(f"\\{letter}" if letter in "\\`*_<>[]#" else letter for letter in text)


def groups(case: Case) -> list[list[str]]:
    """The tools that see the same in a snippet, together; the first tool's group first."""
    from rolecall.readers.tools import TOOLS

    found: dict[str, list[str]] = {}
    for name, tool in TOOLS.items():
        seen = tool.read(*sources(case)).seen
        found.setdefault(repr(_meant(seen)), []).append(name)
    return list(found.values())


def refusing(case: Case) -> set[str]:
    """The tools that refuse one of the files of a snippet."""
    from rolecall.readers.tools import TOOLS

    seen = {name: tool.read(*sources(case)).seen for name, tool in TOOLS.items()}
    return {name for name in seen if seen[name].config_error or seen[name].credentials_error}


def ends(case: Case, tool: str) -> dict[str, Outcome]:
    """How resolving ends for each profile that a tool sees."""
    from rolecall.readers.tools import TOOLS

    reading = TOOLS[tool].read(*sources(case))
    found = {name: reading.resolution(name) for name in reading.seen.profiles}
    return {name: outcome for name, outcome in found.items() if outcome is not None}


def is_alike(case: Case) -> bool:
    """Whether all tools see the same in a snippet and refuse nothing; and, where it is about more than reading, whether
    the tools that we follow there find the same way to credentials for each profile."""
    if len(groups(case)) > 1 or refusing(case):
        return False
    ways = [
        {name: WAYS[end.method] if end.method else "" for name, end in ends(case, tool).items()}
        for tool in ("botocore", "javascript")
    ]
    # A snippet about reading alone has hardly ever something to sign in with.
    return case.id[0] == "g" or (ways[0] == ways[1] and all(ways[0].values()))


def sources(case: Case) -> list[Source]:
    from rolecall.readers.seen import Source
    from rolecall.store.files import decode
    from rolecall.syntax import parse

    decoded = [decode(data) for data in (case.config, case.credentials)]
    return [Source(parse(file.text), file.undecodable_at is not None, file.utf16) for file in decoded]


def _groups(case: Case) -> str:
    refused = refusing(case)
    return "; ".join(
        ", ".join(f"{name} refused" if name in refused else name for name in group) for group in groups(case)
    )


def _outcomes(case: Case) -> list[str]:
    return [
        ", ".join(f"{_safe(name)}: {WAYS[end.method] if end.method else end.error}" for name, end in found.items())
        for found in (ends(case, "botocore"), ends(case, "javascript"))
    ]


def _meant(seen: Seen) -> object:
    """What is seen, in one shape for all tools, and in an order that does not count."""
    refused = bool(seen.config_error), bool(seen.credentials_error)
    return refused, *(
        sorted((name, sorted(_flat(settings).items())) for name, settings in group.items())
        for group in (seen.profiles, seen.sso_sessions, seen.services)
    )


def _flat(settings: Settings) -> dict[str, str]:
    """Settings with those of nested blocks as "block.key", whether a tool keeps them apart or as lines of a value."""
    flat: dict[str, str] = {}
    for key, value in settings.items():
        lines = value.split("\n")[1:] if isinstance(value, str) and value.startswith("\n") else []
        inner = (
            {name.strip(): text.strip() for name, _, text in (line.partition("=") for line in lines)}
            if isinstance(value, str)
            else value
        )
        flat |= {f"{key}.{name}": text for name, text in inner.items()} if inner else {key: str(value)}
    return flat
