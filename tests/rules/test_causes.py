"""One cause, one report: what a fault brings about is not reported beside it."""

from __future__ import annotations

import pytest

from dev.artefacts.causes import CAUSES, Cause
from rolecall.rules import ALL
from rolecall.settings import READERS
from tests.support.check import check_example

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


def test_they_are_rules_in_order_and_each_once() -> None:
    pairs = [(one.cause, one.consequence) for one in CAUSES]
    assert {name for pair in pairs for name in pair} <= {rule.name for rule in ALL}
    assert pairs == sorted(set(pairs))
