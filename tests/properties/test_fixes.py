"""A fix leads to a text that botocore reads if it read the one before, and a safe one is done when it is done."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.check import check_fixes
from tests.support.pairs import CONFIGS, CREDENTIALS, OFF, READABLE


@settings(max_examples=500, deadline=None)
@given(st.one_of(st.tuples(CONFIGS, CREDENTIALS), READABLE), OFF)
def test_fixes(pair: tuple[str, str], off: list[str]) -> None:
    check_fixes({"config": pair[0], "credentials": pair[1]}, off)
