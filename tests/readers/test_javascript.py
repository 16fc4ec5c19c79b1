"""Our reader of the AWS SDK for JavaScript says what the real SDK says, of any pair of files."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from rolecall.readers.javascript.client import is_url
from rolecall.readers.javascript.ini import OBJECT_MEMBERS
from rolecall.readers.javascript.reading import read
from rolecall.readers.seen import FileError, Outcome, Source
from tests.readers.cases import CASES, KEYS, ROLE, Case
from tests.support.javascript import MISSING, check_javascript, reading_of, sdk_sees
from tests.support.pairs import CONFIGS, CREDENTIALS, READABLE, SECRET

real = pytest.mark.skipif(MISSING is not None, reason=str(MISSING))

BASE = f"[profile base]\n{KEYS}"
SSO = "sso_account_id = 123456789012\nsso_role_name = Admin\n"
SESSION = "sso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\n"


def config_of(text: str) -> dict[str, dict[str, object]]:
    """The profiles that a config file alone gives."""
    return dict(reading_of(text.encode(), b"").seen.profiles)  # type: ignore[arg-type]  # Values are only compared.


def outcome_of(config: str, profile: str) -> Outcome:
    outcome = reading_of(config.encode(), b"").resolution(profile)
    assert outcome is not None
    return outcome


# What the real SDK says.


@real
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_snippets(case: Case) -> None:
    check_javascript(case.config, case.credentials, outcomes=True)


@real
@settings(max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(CONFIGS, CREDENTIALS)
def test_reading_and_merging(config: str, credentials: str) -> None:
    check_javascript(config.encode(), credentials.encode(), outcomes=False)


@real
@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(READABLE)
def test_outcomes(pair: tuple[str, str]) -> None:
    config, credentials = pair
    check_javascript(config.encode(), credentials.encode(), outcomes=True)


_SPACES = st.sampled_from(["", "", " ", "\t", "\r", "\xa0", "\ufeff", "\x85", "\x1c", "\u2028", "\0"])
_WORDS = st.sampled_from(
    ["profile", "sso-session", "services", "default", "dev", "a.b", "12", "1", "é", "#", " #", ";x", "=", "[", "]", '"', "'",
     "s3", "region", "__proto__", "constructor", "profile.dev", "sso-session.x"]
)  # fmt: skip
_HEADERS = st.one_of(
    st.builds("[{}{}{}]{}".format, _WORDS, _SPACES, _WORDS, _SPACES),
    st.builds("{}[{}]{}".format, _SPACES, _WORDS, _SPACES),
    st.builds('[{}{}"{}"]'.format, _WORDS, _SPACES, _WORDS),
)
_ENTRIES = st.builds("{}{}{}={}{}{}".format, _SPACES, _WORDS, _SPACES, _SPACES, st.one_of(_WORDS, st.just("")), _SPACES)
_ODDITIES = st.lists(
    st.tuples(
        st.one_of(_HEADERS, _ENTRIES, _ENTRIES, _ENTRIES, st.text(max_size=8)), st.sampled_from(["\n", "\r\n", "\r"])
    ),
    max_size=8,
).map(lambda lines: "".join(text + end for text, end in lines).encode("utf-8", "replace"))


@real
@settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_ODDITIES, _ODDITIES)
@example(b"\xe2\x82\n[profile a]\nx = \xff\xfe\xed\xa0\x80\n", b"")
def test_odd_characters_in_odd_places(config: bytes, credentials: bytes) -> None:
    check_javascript(config, credentials, outcomes=False)


_SETTINGS_OF_CLIENTS = st.lists(
    st.sampled_from(
        ["region = us-east-1", "region = us_east", "region = fips-us-east-1", "region = *", "defaults_mode = AUTO", "defaults_mode = nope",
         "retry_mode = nope", "endpoint_url = localhost:4566", "endpoint_url = nope", "endpoint_url = http://localhost:4566",
         "use_fips_endpoint = true", "use_fips_endpoint = yes", "use_dualstack_endpoint = true", "services = local", "services = nope",
         "ignore_configured_endpoint_urls = true", "ignore_configured_endpoint_urls = yes"]
    ),
    max_size=4,
).map("\n".join)  # fmt: skip


@real
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_SETTINGS_OF_CLIENTS, _SETTINGS_OF_CLIENTS, _SETTINGS_OF_CLIENTS)
def test_what_the_clients_of_sts_and_sso_refuse(config: str, credentials: str, role: str) -> None:
    text = (
        f"[default]\n{config}\n[services local]\nsts =\n  endpoint_url = nope\n{BASE}"
        f"[profile ops]\n{ROLE}source_profile = base\n{role}\n[profile web]\n{ROLE}web_identity_token_file = /token\n"
        f"[profile sso]\nsso_session = corp\n{SSO}[sso-session corp]\n{SESSION}"
    )
    check_javascript(text.encode(), f"[default]\n{credentials}\n".encode(), outcomes=True)


REGRESSIONS: dict[str, tuple[str, str]] = {
    "a dotted header is the section that the SDK would make of it": ("[profile.dev]\nregion = x\n[services.s]\na = b\n", ""),
    "the same profile under two headers": ('[profile dev]\na = 1\n[profile.dev]\nb = 2\n[profile "dev"]\na = 3\n', ""),
    "a prefixed default replaces the other one": ("[profile default]\na = 1\n[default]\nb = 2\n", ""),
    "a profile named like a session takes its place, but not as a session": (
        f"[sso-session x]\n{SESSION}[profile sso-session.x]\nregion = y\n", ""),
    "sessions and services of the credentials file are none": ("", f"[sso-session x]\n{SESSION}[services s]\na = b\n"),
    "a profile without a name": ("[profile.]\nregion = x\n", ""),
    "a key named __proto__ leaves an empty profile": ("[profile a]\n__proto__ = x\n", ""),
    "a file is dropped for a profile named __proto__": ("[a]\nb = c\n[__proto__]\n", "[dev]\nb = c\n[profile __proto__]\n"),
    "but not for one in quotes": ('[profile "__proto__"]\nregion = x\n[profile b]\nregion = y\n', ""),
    "sections named like members of objects": (
        "".join(f"[profile {name}]\nregion = x\n" for name in sorted(OBJECT_MEMBERS - {"__proto__"})),
        "".join(f"[{name}]\nregion = x\n" for name in sorted(OBJECT_MEMBERS - {"__proto__"}))),
    "a source named like a member of objects is a cycle": (f"[profile a]\n{ROLE}source_profile = toString\n", ""),
    "a session named like a member of objects is empty": (f"[profile a]\nsso_session = valueOf\n{SSO}", ""),
    "keys that look like numbers are told first": (f"[profile a]\nsso_session = x\n9 = a\n10 = b\n01 = c\n4294967295 = d\n{SSO}[sso-session x]\na = b\n", ""),
    "sources that look like numbers are told first": (
        f"[profile b]\n{ROLE}source_profile = z\n[profile z]\n{ROLE}source_profile = 7\n[profile 7]\n{ROLE}source_profile = z\n", ""),
    "a source that only names where credentials come from": (
        f"[profile a]\n{ROLE}source_profile = b\n[profile b]\ncredential_source = EcsContainer\n", ""),
    "a source that names both hands on what the other source gives": (
        f"[profile c]\n{ROLE}source_profile = d\n[profile d]\ncredential_source = EcsContainer\nsource_profile = base\n{BASE}", ""),
    "a source that only hands on can be in a cycle": (
        f"[profile e]\n{ROLE}source_profile = f\n[profile f]\ncredential_source = EcsContainer\nsource_profile = e\n", ""),
    "a section is looked up among sources by its full name": (f"[profile a]\n{ROLE}source_profile = services.s\n[services s]\n{KEYS}", ""),
    "a web identity is asked for in the default profile's region": (
        f"[default]\nregion = us_east\n[profile w]\n{ROLE}web_identity_token_file = /t\nregion = us-east-1\n", ""),
    "a web identity is asked for with keys where the default profile prefers such a signature": (
        f"[default]\nauth_scheme_preference = x,  sigv4a\nendpoint_url = nope\n[profile w]\n{ROLE}web_identity_token_file = /t\n", ""),
    "a role is assumed with keys anyway": (
        f"[default]\nauth_scheme_preference = sigv4a\n{BASE}[profile a]\n{ROLE}source_profile = base\n", ""),
    "a session's region beats the profile's": (f"[profile a]\nsso_session = x\nsso_region = us_east\n{SSO}[sso-session x]\n{SESSION}", ""),
    "a session without a region takes the profile's away": (
        f"[profile a]\nsso_session = x\n{SESSION}{SSO}[sso-session x]\nsso_start_url = u\n", ""),
    "a lone carriage return does not end a line": ("[profile a]\r[profile b]\nx = 1\r[profile c]\ny = 2\r", "[a]\rb = c\n"),
}  # fmt: skip
"""Pairs on which the reader once said something else, or that its readers would not believe."""


@real
@pytest.mark.parametrize("pair", REGRESSIONS.values(), ids=REGRESSIONS)
def test_examples(pair: tuple[str, str]) -> None:
    config, credentials = pair
    check_javascript(config.encode(), credentials.encode(), outcomes=True)


@real
def test_the_sdk_is_asked_in_batches_and_answers_in_order() -> None:
    pairs = [(f"[profile p{number}]\na = b\n".encode(), b"") for number in range(3)]
    assert [list(answer["merged"]) for answer in sdk_sees(pairs, outcomes=False)] == [["p0"], ["p1"], ["p2"]]


@real
def test_one_pair_leaves_nothing_behind_for_the_next() -> None:
    polluting = b"", b"[constructor]\nsso_region = us-east-1\nsso_start_url = u\n"
    asking = f"[profile a]\nsso_session = constructor\n{SSO}".encode(), b""
    first, *_, last = sdk_sees([asking, polluting, asking], outcomes=True)
    assert first == last


# What of it is said nowhere else.


def test_a_refused_file_is_told_with_its_line_and_the_other_one_still_works() -> None:
    seen = reading_of(b"[default]\na = b\n\n[__proto__]\n", b"[dev]\na = b\n").seen
    assert seen.config_error == FileError(4, "Error", 'Found invalid profile name "__proto__"')
    assert seen.credentials_error is None
    assert seen.profiles == {"dev": {"a": "b"}}


def test_headers_that_give_nothing() -> None:
    text = (
        "[dev]\na = b\n[profile two  words]\na = b\n[ profile dev ]\na = b\n[plugins]\na = b\n[my thing]\na = b\n[default]\na = b\n"
        "[profile default]\na = b\n[profile empty]\n[profile full]\na = b\n[services s]\na = b\n[sso-session s]\na = b\n"
    )
    seen = reading_of(text.encode(), b"").seen
    ignored = ("dev", "two  words", " profile dev ", "plugins", "my thing", "default", "profile empty")
    assert seen.ignored == tuple("profile two  words" if name == "two  words" else name for name in ignored)
    assert set(seen.profiles) == {"default", "full"}
    assert (set(seen.services), set(seen.sso_sessions)) == ({"s"}, {"s"})


def test_a_file_that_is_not_there_is_an_empty_one() -> None:
    seen = read(Source(None), Source(None)).seen
    assert (seen.config_error, seen.credentials_error, seen.profiles) == (None, None, {})


def test_nothing_is_found_in_utf16() -> None:
    assert reading_of("[profile dev]\nregion = x\n".encode("utf-16"), b"").seen.profiles == {}


def test_keys_of_a_nested_block_stand_among_the_others() -> None:
    assert config_of("[profile dev]\ns3 =\n  addressing_style = path\nregion = x\n") == {
        "dev": {"s3.addressing_style": "path", "region": "x"}
    }


@pytest.mark.parametrize(
    ("profile", "method"),
    [
        ("base", "CREDENTIALS_PROFILE"),
        ("ops", "CREDENTIALS_PROFILE_SOURCE_PROFILE"),
        ("web", "CREDENTIALS_PROFILE_STS_WEB_ID_TOKEN"),
        ("tool", "CREDENTIALS_PROFILE_PROCESS"),
        ("sso", "CREDENTIALS_PROFILE_SSO"),
        ("old", "CREDENTIALS_PROFILE_SSO_LEGACY"),
        ("me", "CREDENTIALS_PROFILE_LOGIN"),
    ],
)
def test_methods(profile: str, method: str) -> None:
    text = (
        f"{BASE}[profile ops]\n{ROLE}source_profile = base\n[profile web]\n{ROLE}web_identity_token_file = /token\n"
        f"[profile tool]\ncredential_process = /bin/tool\n[profile sso]\nsso_session = corp\n{SSO}"
        f"[sso-session corp]\n{SESSION}[profile old]\n{SSO}{SESSION}[profile me]\nlogin_session = me\n"
    )
    assert outcome_of(text, profile) == Outcome(method)


def test_a_chain_of_any_length_is_followed() -> None:
    chain = "".join(f"[profile p{number}]\n{ROLE}source_profile = p{number + 1}\n" for number in range(2000))
    assert outcome_of(f"{chain}[profile p2000]\n{KEYS}", "p0").ok
    assert (
        "Profiles visited: p1, p2, " in outcome_of(f"{chain}[profile p2000]\n{ROLE}source_profile = p5\n", "p0").message
    )


def test_what_an_error_repeats_of_a_value_can_be_told_from_the_rest() -> None:
    """A secret may have been put where a name belongs."""
    for text in (
        f"[profile a]\n{ROLE}source_profile = {SECRET}\n",
        f"[profile a]\n{ROLE}credential_source = {SECRET}\n",
        f"[profile a]\n{ROLE}source_profile = base\nregion = {SECRET}\n{BASE}",
        f"[profile a]\nsso_region = x\n{SECRET} = x\n",
        f"[default]\ndefaults_mode = {SECRET}\n[profile a]\n{ROLE}source_profile = base\n{BASE}",
    ):
        outcome = outcome_of(text, "a")
        assert SECRET in outcome.message
        assert SECRET not in "".join(piece for piece in outcome.pieces if isinstance(piece, str))


def test_a_reading_does_not_show_what_it_holds() -> None:
    reading = reading_of(BASE.encode(), b"")
    assert reading.seen.profiles["base"]["aws_secret_access_key"] == SECRET
    assert SECRET not in repr(reading) + repr(reading.view) + repr(reading.seen)


_URLS = {
    "http://localhost:4566": True, "https://example.com/a?b#c": True, "localhost:4566": True, "http:x": True, "HTTP:\\\\x": True, "x:": True,
    "file:///x": True, "http://[::1]:80": True, "http://user:pass@host": True, "http://a:": True, "x://a b": False, "x://[zz]": False,
    "x:///": True, "x://": True, "": False, "nope": False, "http://": False, "http://:80": False, "http://a:x": False, "http://a:99999": False, "http://a:000080": True, "http://a:\u0663": False,
    "http://[::1": False, "http://[zz]": False, "http://a b": False, "http://a%zz": False, "http://a%20b": False, "http://%41": True, "x://@": False, "x://:80": False, "http://<host>": False, "//host": False,
    "${URL}": False, "http://${HOST}": True, "1x:": False,
}  # fmt: skip


@pytest.mark.parametrize(("url", "valid"), _URLS.items())
def test_urls(url: str, valid: bool) -> None:
    assert is_url(url) == valid


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_any_bytes_are_read(config: bytes, credentials: bytes) -> None:
    reading = reading_of(config, credentials)
    for profile in reading.seen.profiles:
        assert reading.resolution(profile) == reading.resolution(profile)
