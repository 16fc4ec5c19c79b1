"""`rolecall rules` and `rolecall explain`."""

from __future__ import annotations

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
