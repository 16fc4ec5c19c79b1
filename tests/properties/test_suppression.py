"""What the quick fix writes to have something ignored does that, and is nothing but a comment to every tool."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.check import check_ignored
from tests.support.pairs import CONFIGS, CREDENTIALS, READABLE


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.tuples(CONFIGS, CREDENTIALS), READABLE))
def test_suppression(pair: tuple[str, str]) -> None:
    check_ignored({"config": pair[0], "credentials": pair[1]})
