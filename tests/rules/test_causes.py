"""One cause, one report: what a fault brings about is not reported beside it."""

from __future__ import annotations

import pytest

from dev.artefacts.causes import CAUSES, Cause
from rolecall.rules import ALL
from rolecall.service import LanguageService
from rolecall.settings import READERS, Settings
from tests.support.check import check_example, service, turned_off

_EACH = pytest.mark.parametrize("one", CAUSES, ids=lambda one: f"{one.cause}-{one.consequence}")


def _annotated(one: Cause) -> str:
    files = one.example if one.example.startswith("//- ") else f"//- config\n{one.example}"
    return f"//- readers {' '.join(READERS)}\n{files}"


@_EACH
def test_only_the_cause_is_reported(one: Cause) -> None:
    found = check_example(_annotated(one))
    assert one.cause in found
    assert one.consequence not in found


@_EACH
def test_a_cause_that_is_off_explains_nothing(one: Cause) -> None:
    found = check_example(_annotated(one), off=one.cause)
    assert one.cause not in found
    assert (one.consequence in found) != bool(one.never)


@_EACH
def test_a_cause_that_does_not_run_explains_nothing(one: Cause) -> None:
    found = check_example(_annotated(one), rules=[rule for rule in ALL if rule.name != one.cause])
    assert (one.consequence in found) != bool(one.never)


PAIR = {"unknown-key", "partial-credentials"}
MISSPELLED = "[dev]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_acces_key = EXAMPLE\n"


def told(found: LanguageService) -> set[str]:
    return PAIR & {diagnostic.rule for diagnostic in found.diagnostics("credentials")}


def test_a_cause_that_a_comment_says_to_ignore_still_explains() -> None:
    ignored = MISSPELLED.replace("aws_secret", "# rolecall: ignore[unknown-key]\naws_secret")
    assert not told(service({"credentials": ignored}))


def test_what_is_off_counts_at_once() -> None:
    found = service({"credentials": MISSPELLED}, settings=Settings())
    assert told(found) == {"unknown-key"}
    found.settings = turned_off(Settings(), "unknown-key")
    assert told(found) == {"partial-credentials"}
    assert found.is_broken("dev")
    found.settings = Settings()
    assert told(found) == {"unknown-key"}


def test_nothing_is_looked_at_again_for_another_severity() -> None:
    found = service({"credentials": MISSPELLED}, settings=Settings())
    linter = found.linter
    found.settings = Settings(severities={"unknown-key": "error"}, readers=("go",))
    assert found.linter is linter


def test_they_are_rules_in_order_and_each_once() -> None:
    pairs = [(one.cause, one.consequence) for one in CAUSES]
    assert {name for pair in pairs for name in pair} <= {rule.name for rule in ALL}
    assert pairs == sorted(set(pairs))
