"""What is reported stands in the text, and after any edits it is what a look at the result from scratch gives."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.check import check_declared, check_incremental, check_spans, check_turned_off
from tests.support.pairs import CONFIGS, CREDENTIALS, OFF, READABLE

PIECES = st.sampled_from(
    ["[profile dev]\n", "[dev]\n", "[base]\n", "[default]\n", "[DEFAULT]\n", "[profile base]\n", "[sso-session corp]\n", "[", "]", "\n", "#",
     "  ", "region = us-east-1\n", "source_profile = base\n", "role_arn = arn:aws:iam::123456789012:role/demo\n", "=", "x", "\ufeff", "profile ",
     "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\n", "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n", "s3 =\n  a\n", "",
     "# rolecall: ignore[unknown-region]\n", "# rolecall: ignore[source-profile-loop, missing-source-profile, dangling-config]\n", "# rolecall: "]
)  # fmt: skip
PAIRS = st.one_of(st.tuples(CONFIGS, CREDENTIALS), READABLE)
FRACTION = st.floats(0, 1, exclude_max=True)
# Whole lines come and go most of the time, as names and keys that stand in the middle of others mean little.
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["config", "credentials"]),
        FRACTION,
        st.one_of(st.just(0.0), st.just(0.0), FRACTION),
        st.sampled_from([0, 0, 20, 20, 40, 1, 3]),
        PIECES,
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=500, deadline=None)
@given(PAIRS, OFF)
def test_findings_are_pieces_of_one_line(pair: tuple[str, str], off: list[str]) -> None:
    check_spans({"config": pair[0], "credentials": pair[1]}, off)


@settings(max_examples=1000, deadline=None)
@given(PAIRS, OFF)
def test_rules_find_nothing_where_they_need_not_look(pair: tuple[str, str], off: list[str]) -> None:
    check_declared({"config": pair[0], "credentials": pair[1]}, off)


@settings(max_examples=500, deadline=None)
@given(PAIRS, CHANGES, OFF)
def test_edits_give_what_a_look_from_scratch_gives(
    pair: tuple[str, str], changes: list[tuple[str, float, float, int, str]], off: list[str]
) -> None:
    check_incremental({"config": pair[0], "credentials": pair[1]}, changes, off)


@settings(max_examples=500, deadline=None)
@given(PAIRS, OFF)
def test_a_rule_that_is_off_hides_nothing_of_others(pair: tuple[str, str], off: list[str]) -> None:
    check_turned_off({"config": pair[0], "credentials": pair[1]}, off)
