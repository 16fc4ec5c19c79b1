"""Our botocore reader says what the installed botocore says, of any pair of files."""

from __future__ import annotations

import shlex

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from rolecall.readers.botocore.merge import View, header_words, read, read_file, settings_of
from rolecall.readers.botocore.resolve import resolve
from rolecall.syntax import parse
from tests.support.oracle import Oracle, botocore_sees
from tests.support.pairs import CONFIGS, CREDENTIALS, READABLE, SECRET


def view_of(config: str, credentials: str) -> View:
    return read(read_file(parse(config)), read_file(parse(credentials)))


def check_reading(config: str, credentials: str, *, outcomes: bool) -> None:
    with botocore_sees(config.encode(), credentials.encode()) as real:
        ours = view_of(config, credentials)
        check_refusals(ours, real)
        if ours.refused:
            assert ours.profiles == {}
            return
        theirs = real.full_config()
        assert ours.profiles == theirs["profiles"]
        assert ours.sso_sessions == theirs["sso_sessions"]
        assert ours.services == theirs["services"]
        assert [name for name in ours.ignored if not _is_typed(name)] == real.ignored()
        if outcomes:
            for profile in ours.profiles:
                outcome = resolve(ours, profile)
                assert (outcome.ok, outcome.method or outcome.error, outcome.message) == real.outcome(profile), profile


def _is_typed(name: str) -> bool:
    """botocore drops a header such as [profile] without a trace; we list it as ignored."""
    return name.startswith(("profile", "sso-session", "services"))


def check_refusals(ours: View, real: Oracle) -> None:
    for file, view in (("config", ours.config), ("credentials", ours.credentials)):
        theirs = real.refusal(file)
        assert (view.error is None) == (theirs is None), (file, view.error, theirs)
        if view.error is not None and theirs is not None:
            cause, line = theirs
            assert view.error.cause == cause
            assert line is None or view.error.line == line


@settings(max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(CONFIGS, CREDENTIALS)
@example("[DEFAULT]\na = 1\n[DEFAULT]\na = 2\n", "")
@example("[DEFAULT]\ns3 =\n  x\n", "")
def test_reading_and_merging(config: str, credentials: str) -> None:
    check_reading(config, credentials, outcomes=False)


@settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(READABLE)
def test_outcomes(pair: tuple[str, str]) -> None:
    check_reading(*pair, outcomes=True)


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
