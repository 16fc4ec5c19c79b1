"""Where the texts beside this file show an Error of a profile, the real botocore fails; where it fails, they show why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from rolecall.lint import Severity
from rolecall.readers.botocore.merge import refusal
from rolecall.syntax import parse
from tests.support.check import service, split
from tests.support.markers import facts
from tests.support.oracle import Oracle

FOLDER = Path(__file__).parent
RULES = (
    "conflicting-sources", "incomplete-sso", "missing-services-section", "missing-source-profile",
    "missing-sso-session", "partial-credentials", "role-without-source", "source-profile-loop",
    "source-profile-without-credentials", "source-without-role", "split-credentials", "sso-session-conflict",
    "shadowed-credentials",
)  # fmt: skip
_BLOCK = re.compile(r"^```ini\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks() -> Iterator[tuple[str, str]]:
    for rule in RULES:
        for text in _BLOCK.findall((FOLDER / f"{rule}.md").read_text(encoding="utf-8")):
            if "readers" not in facts(text):
                yield rule, text


@pytest.fixture(scope="module")
def oracle() -> Iterator[Oracle]:
    with Oracle() as found:
        yield found


@pytest.mark.parametrize(("rule", "text"), list(blocks()))
def test_errors_are_those_of_botocore(oracle: Oracle, rule: str, text: str) -> None:
    texts, _ = split(text)
    if any(refusal(parse(content)) for content in texts.values()):
        return
    oracle.place(texts.get("config", "").encode(), texts.get("credentials", "").encode())
    linted = service(texts)
    worst = min((d.severity for name in texts for d in linted.diagnostics(name)), default=Severity.INFORMATION)  # type: ignore[arg-type]  # File names.
    for profile in linted.workspace.profiles():
        ok, error, message = oracle.outcome(profile.name)
        if ok or error in ("NoCredentialsError", "CredentialRetrievalError"):
            # The environment may have what the files do not.
            ok, error, message = oracle.client(profile.name)
        reported = {d.rule for d in linted.problems(profile.name) if d.severity is Severity.ERROR}
        assert not (ok and rule in reported), (profile.name, reported)
        # The cause may be reported elsewhere, and be no worse than a misspelled key.
        assert ok or worst <= Severity.WARNING, (profile.name, error, message)
