"""What the texts beside this file do not show of the rules about profiles and accounts: how bad a finding is, which
tools it is about, when a rule has to stay silent, and that findings follow edits, accounts and the time."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rolecall.accounts import parse as parse_accounts
from rolecall.lint import Severity
from rolecall.readers.botocore.merge import File
from rolecall.service import Diagnostic, LanguageService
from rolecall.settings import READERS, Settings
from rolecall.syntax import Change
from rolecall.text import Position
from tests.support.check import document, service
from tests.support.markers import files
from tests.support.pairs import KEY_ID, READABLE, SECRET, TEMPORARY_ID

ROLE = "role_arn = arn:aws:iam::111122223333:role/dev"
PAIR = f"aws_access_key_id = {KEY_ID}\naws_secret_access_key = {SECRET}"
SPLIT_PAIR = f"""\
//- config
[profile a]
aws_access_key_id = {KEY_ID}
//- credentials
[a]
aws_secret_access_key = {SECRET}
"""
SPLIT_SESSION = f"""\
//- config
[profile a]
aws_session_token = t
//- credentials
[a]
aws_access_key_id = {TEMPORARY_ID}
aws_secret_access_key = {SECRET}
"""
ACCOUNTS = """{"accounts": [
  {"name": "One", "accountId": "111122223333"},
  {"name": "Two", "accountId": "123456789012"},
  {"name": "Three", "profile": "dev"}
]}"""


def every_reader(texts: dict[str, str]) -> LanguageService:
    return service(texts, settings=Settings(readers=READERS))


def found(linted: LanguageService, rule: str) -> list[Diagnostic]:
    """What a rule reports, in all files."""
    everywhere = [*linted.diagnostics("config"), *linted.diagnostics("credentials"), *linted.accounts_diagnostics()]
    return [diagnostic for diagnostic in everywhere if diagnostic.rule == rule]


@pytest.mark.parametrize(
    ("rule", "text", "severity", "readers"),
    [
        ("partial-credentials", f"//- credentials\n[a]\naws_access_key_id = {KEY_ID}\n", "error", "bjrgJ"),
        ("partial-credentials", f"//- credentials\n[a]\naws_secret_access_key = {SECRET}\n", "warning", "bjrg"),
        ("split-credentials", SPLIT_PAIR, "error", "bg"),
        ("missing-session-token", SPLIT_SESSION, "error", "b"),
        ("missing-source-profile", f"[profile a]\n{ROLE}\nsource_profile = x\n", "error", "bjrgJ"),
        ("source-profile-without-credentials",
         f"[profile a]\n{ROLE}\nsource_profile = b\n[profile b]\ncredential_source = EcsContainer\n", "error", "b"),
        ("source-profile-loop",
         f"[profile a]\n{ROLE}\nsource_profile = b\n{PAIR}\n[profile b]\n{ROLE}\nsource_profile = a\n", "error", "brJ"),
        ("role-without-source", f"[profile a]\n{ROLE}\n", "error", "bjrJ"),
        ("role-without-source", f"[profile a]\n{ROLE}\n{PAIR}\n", "error", "br"),
        ("missing-sso-session", "[profile a]\nsso_session = x\nsso_account_id = 1\n", "error", "bjrg"),
        ("missing-sso-session", "[profile a]\nsso_session = x\ncredential_process = p\n", "error", "b"),
        ("incomplete-sso", "[profile a]\nsso_account_id = 111122223333\n", "error", "bjrgJ"),
        ("incomplete-sso", "[profile a]\nsso_start_url = u\nsso_region = eu-west-1\n", "warning", "bjrgJ"),
        ("incomplete-sso", "[profile a]\nsso_session = s\n[sso-session s]\nsso_start_url = u\nsso_region = r\n", "information", "bjrgJ"),
        ("dangling-config", "//- config\n[profile a]\nregion = eu-west-1\n//- credentials\n", "warning", ""),
        ("dangling-config", "[profile a]\nregion = eu-west-1\n", "information", ""),
    ],
)  # fmt: skip
def test_severity_and_tools(rule: str, text: str, severity: str, readers: str) -> None:
    letters = {"botocore": "b", "javascript": "j", "rust": "r", "go": "g", "c": "c", "java": "J"}
    [diagnostic] = found(every_reader(files(text)), rule)
    assert diagnostic.severity is Severity[severity.upper()]
    assert "".join(letters[reader] for reader in diagnostic.readers) == readers


@given(READABLE)
@settings(max_examples=100)
def test_an_unknown_counterpart_silences_what_depends_on_it(pair: tuple[str, str]) -> None:
    texts = dict(zip(("config", "credentials"), pair, strict=True))
    independent = {"duplicate-credentials", "expired-credentials"}
    names: tuple[File, File] = ("config", "credentials")
    for known, unknown in (names, names[::-1]):
        linted = service({known: texts[known], "accounts": ACCOUNTS})
        linted.set_document(unknown, document(unknown, None)._replace(known=False))
        rules = {diagnostic.rule for diagnostic in (*linted.diagnostics(known), *linted.accounts_diagnostics())}
        assert not rules & (_OWN - independent)


_OWN = {
    "duplicate-credentials", "partial-credentials", "missing-session-token", "missing-source-profile",
    "source-profile-without-credentials", "source-profile-loop", "role-without-source", "missing-sso-session",
    "incomplete-sso", "dangling-config", "unmatched-profile", "unmatched-account", "expired-credentials",
    "split-credentials", "conflicting-sources", "sso-session-conflict", "missing-services-section", "shadowed-credentials",
    "source-without-role", "unexpected-session-token", "stale-security-token", "duration-over-chain-limit",
}  # fmt: skip
_LINES = st.sampled_from(
    ["[profile dev]", "[dev]", "[base]", "[profile ops]", "[DEFAULT]", "[sso-session corp]", ROLE,
     "source_profile = dev", "source_profile = ops", "sso_session = corp", "sso_account_id = 123456789012",
     f"aws_access_key_id = {KEY_ID}", f"aws_access_key_id = {TEMPORARY_ID}", f"aws_secret_access_key = {SECRET}",
     "sso_region = eu-west-1", "region = eu-west-1", "expiration = 2026-11-22 11:00:00",
     "aws_account_id = 123456789012"]
)  # fmt: skip
_FILES: st.SearchStrategy[File] = st.sampled_from(["config", "credentials"])
_EDITS = st.lists(st.tuples(_FILES, st.integers(0, 12), st.integers(0, 3), st.lists(_LINES, max_size=3)), max_size=12)


@given(READABLE, _EDITS)
@settings(max_examples=200, deadline=None)
def test_findings_follow_edits(pair: tuple[str, str], edits: list[tuple[File, int, int, list[str]]]) -> None:
    texts = {"config": pair[0], "credentials": pair[1]}
    linted = every_reader({**texts, "accounts": ACCOUNTS})
    for file, first, gone, lines in edits:
        before = texts[file].splitlines(keepends=True)
        start, end = min(first, len(before)), min(first + gone, len(before))
        new = "".join(f"{line}\n" for line in lines)
        texts[file] = "".join((*before[:start], new, *before[end:]))
        linted.change(file, [Change(Position(start, 0), Position(end, 0), new)])
        fresh = every_reader({**texts, "accounts": ACCOUNTS})
        for rule in _OWN:
            assert _plain(found(linted, rule)) == _plain(found(fresh, rule)), (rule, texts)


def _plain(diagnostics: list[Diagnostic]) -> list[tuple[object, ...]]:
    """Diagnostics without the edits of their fixes, which are functions."""
    return [(*d[:6], d.related, [(fix.title, fix.safe) for fix in d.fixes]) for d in diagnostics]


def test_findings_follow_the_time() -> None:
    linted = service({"credentials": f"[a]\naws_access_key_id = {TEMPORARY_ID}\nexpiration = 2026-11-22 12:00:01\n"})
    assert not found(linted, "expired-credentials")
    linted.set_time(datetime(2026, 11, 22, 12, 0, 1, tzinfo=UTC))
    assert found(linted, "expired-credentials")


def test_findings_follow_the_accounts() -> None:
    linted = service({"credentials": f"[dev]\n{PAIR}\n[ops]\n{PAIR}\n"})
    assert not found(linted, "unmatched-profile")
    linted.set_accounts(parse_accounts(ACCOUNTS, "accounts.json"))
    assert [diagnostic.span.line for diagnostic in found(linted, "unmatched-profile")] == [3]
    assert [diagnostic.span.line for diagnostic in found(linted, "unmatched-account")] == [1, 2]
    linted.set_accounts(parse_accounts('{"accounts": [{"name": "A", "profile": "ops"}]}', "accounts.json"))
    assert [diagnostic.span.line for diagnostic in found(linted, "unmatched-profile")] == [0]
    assert not found(linted, "unmatched-account")


def test_what_is_wrong_with_an_accounts_file_is_reported_there() -> None:
    text = '{"accounts": [\n  {"name": "A", "accountId": "12"},\n  {"name": "A", "colour": "red"},\n]}'
    linted = service({"accounts": text}, settings=Settings(severities={"duplicate-account": "error"}))
    errors = [(d.span.line, d.rule, d.severity.name) for d in linted.accounts_diagnostics()]
    assert (1, "invalid-account-id", "WARNING") in errors
    assert (2, "duplicate-account", "ERROR") in errors
    assert (2, "unknown-key", "INFORMATION") in errors
    linted.settings = Settings(severities={"unknown-key": "off"})
    assert "unknown-key" not in {d.rule for d in linted.accounts_diagnostics()}


def test_what_an_sso_session_lacks_concerns_every_profile_that_uses_it() -> None:
    use = "sso_session = s\nsso_account_id = 111122223333\nsso_role_name = r\n"
    linted = service({"config": f"[profile a]\n{use}[profile b]\n{use}[sso-session s]\nsso_region = eu-west-1\n"})
    assert len(found(linted, "incomplete-sso")) == 1
    for profile in ("a", "b"):
        assert "incomplete-sso" in {diagnostic.rule for diagnostic in linted.problems(profile)}


@pytest.mark.parametrize("name", ["a]b", "a\tb", "", "DEFAULT", "two words", "it's", '"'])
def test_a_missing_profile_is_created_under_its_very_name(name: str) -> None:
    linted = service({"config": f"[profile ops]\n{ROLE}\nsource_profile = {name}\n"})
    [diagnostic] = found(linted, "missing-source-profile")
    creations = [fix for fix in diagnostic.fixes if fix.title.startswith("Create")]
    for fix in creations:
        edits = linted.text_edits(fix.edits(linted.workspace))["credentials"]
        linted.set_document("credentials", document("credentials", edits[0].text))
        assert not found(linted, "missing-source-profile")
    assert bool(creations) == (name not in ("a]b", "", "DEFAULT"))
