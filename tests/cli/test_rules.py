"""`rolecall rules` and `rolecall explain`."""

from __future__ import annotations

import re

import pytest

from rolecall.rules import ALL
from tests.cli.support import check_json, check_run


def test_every_rule_is_listed() -> None:
    report, code = check_json("rules")
    assert code == 0
    assert [rule["name"] for rule in report["rules"]] == [rule.name for rule in ALL]
    found = next(rule for rule in report["rules"] if rule["name"] == "duplicate-section")
    assert found == {
        "name": "duplicate-section",
        "severity": "error",
        "fixable": True,
        "summary": "The same section stands twice in one file.",
    }
    assert [line.split()[0] for line in check_run("rules").out.splitlines()] == [rule.name for rule in ALL]


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.name)
def test_every_rule_is_explained(rule) -> None:
    ran = check_run("explain", rule.name)
    assert ran.code == 0
    assert ran.out.startswith(f"{rule.name} ({rule.severity.name.lower()}")
    assert rule.docs.summary in ran.out
    assert rule.docs.body in ran.out


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.name)
def test_a_terminal_shows_no_markup(rule, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    out = check_run("explain", rule.name).out
    assert "`" not in out
    bare = re.sub(r"\x1b\[\d+m", "", out)
    # Not a line of the text is lost but the fences.
    text = [line for line in f"{rule.docs.summary}\n\n{rule.docs.body}".strip().split("\n") if "```" not in line]
    assert [line.strip() for line in bare.splitlines()[2:]] == [line.replace("`", "").strip() for line in text]
