"""Our botocore reader says what the installed botocore says, of any pair of files."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rolecall.readers.botocore.merge import View, header_words, read, read_file, settings_of
from rolecall.syntax import parse
from tests.conformance.agreement import difference
from tests.readers.cases import CASES, Case
from tests.support.oracle import Oracle
from tests.support.pairs import SECRET, Pair, damaged, resolvable, written


def view_of(config: str, credentials: str) -> View:
    return read(read_file(parse(config)), read_file(parse(credentials)))


@pytest.fixture(scope="module")
def botocore() -> Iterator[Oracle]:
    with Oracle() as oracle:
        yield oracle


def check(oracle: Oracle, config: str, credentials: str = "") -> None:
    assert difference(oracle, Pair(config.encode(), credentials.encode()), outcomes=True) is None


@pytest.mark.parametrize("maker", [written, resolvable, damaged])
def test_reading_and_merging(botocore: Oracle, maker: Callable[[Random], Pair]) -> None:
    for index in range(3334):
        pair = maker(Random(f"reading:{index}"))
        assert difference(botocore, pair, outcomes=False) is None, (index, pair)


@pytest.mark.parametrize(("maker", "count"), [(written, 200), (resolvable, 600), (damaged, 200)])
def test_outcomes(botocore: Oracle, maker: Callable[[Random], Pair], count: int) -> None:
    for index in range(count):
        pair = maker(Random(f"outcomes:{index}"))
        assert difference(botocore, pair, outcomes=True) is None, (index, pair)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_snippets(botocore: Oracle, case: Case) -> None:
    assert difference(botocore, Pair(case.config, case.credentials), outcomes=True) is None


@settings(max_examples=500)
@given(st.text(st.sampled_from(" \t\r\nabc'\"\\#\x0b\x85\u00a0é]")))
def test_the_words_of_a_header_are_those_of_a_shell(header: str) -> None:
    try:
        words = shlex.split(header)
    except ValueError:
        words = None
    assert header_words(header) == words


def test_a_refused_file_is_read_as_it_will_be_once_repaired() -> None:
    text = "region = x\n[DEFAULT]\noutput = json\n[a]\nregion = x\nword\n[a]\nregion = y\n"
    assert read_file(parse(text)).sections == {}
    assert settings_of(parse(text)) == {"a": {"output": "json", "region": "y"}}


def test_a_view_does_not_show_what_it_holds() -> None:
    view = view_of("", f"[base]\naws_secret_access_key = {SECRET}\n")
    assert view.profiles["base"]["aws_secret_access_key"] == SECRET
    assert SECRET not in repr(view) + repr(view.credentials)
