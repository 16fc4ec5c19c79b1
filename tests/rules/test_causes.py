"""One cause, one report: what a fault brings about is not reported beside it."""

from __future__ import annotations

import pytest

from dev.artefacts.causes import CAUSES, Cause
from rolecall.rules import ALL
from rolecall.settings import READERS
from tests.support.check import check_example


@pytest.mark.parametrize("one", CAUSES, ids=lambda one: f"{one.cause}-{one.consequence}")
def test_only_the_cause_is_reported(one: Cause) -> None:
    files = one.example if one.example.startswith("//- ") else f"//- config\n{one.example}"
    found = check_example(f"//- readers {' '.join(READERS)}\n{files}")
    assert one.cause in found
    assert one.consequence not in found


def test_they_are_rules_in_order_and_each_once() -> None:
    pairs = [(one.cause, one.consequence) for one in CAUSES]
    assert {name for pair in pairs for name in pair} <= {rule.name for rule in ALL}
    assert pairs == sorted(set(pairs))
