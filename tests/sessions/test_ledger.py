"""What is remembered of sessions, and for how long."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from rolecall.sessions import Documents, Ledger, Session
from rolecall.sessions.documents import fingerprint

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
OPS = {"role_arn": "arn:aws:iam::444455556666:role/OpsRole", "source_profile": "base"}
BASE = {"aws_access_key_id": "AKIAIOSFODNN7EXAMPLE", "aws_secret_access_key": "EXAMPLEKEY"}
DOCUMENTS = Documents({"profile ops": OPS, "profile other": {"region": "eu-west-1"}}, {"base": BASE})


class Clock:
    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> datetime:
        return self.time


def session(expires_at: datetime | None, profile: str = "ops") -> Session:
    mark = fingerprint(profile, DOCUMENTS)
    return Session(profile, "ASIAEXAMPLE", "x", "y", expires_at, "assume-role", None, fingerprint=mark)


def test_expiry_is_known_until_it_is_over():
    clock = Clock()
    ledger = Ledger(clock)
    ledger.remember(session(NOON + timedelta(hours=1)))
    assert ledger.expiry_of_key("ASIAEXAMPLE") == ledger.expiry_of_profile("ops") == NOON + timedelta(hours=1)
    assert ledger.expiry_of_key("ASIAOTHER") is None
    assert ledger.expiry_of_profile("base") is None
    clock.time += timedelta(hours=1)
    assert ledger.expiry_of_key("ASIAEXAMPLE") is None
    assert ledger.expiry_of_profile("ops") is None
    assert ledger.session("ops", DOCUMENTS) is None


def test_keys_without_an_end_are_not_noted():
    ledger = Ledger(Clock())
    ledger.remember(session(None))
    assert ledger.session("ops", DOCUMENTS) is None


def test_session_is_used_again_while_its_settings_stay():
    ledger = Ledger(Clock())
    made = session(NOON + timedelta(hours=1))
    ledger.remember(made)
    assert ledger.session("ops", DOCUMENTS) is made
    elsewhere = Documents({**DOCUMENTS.config, "profile other": {"region": "eu-west-2"}}, DOCUMENTS.credentials)
    assert ledger.session("ops", elsewhere) is made
    other_role = Documents({"profile ops": OPS | {"role_arn": "arn:aws:iam::444455556666:role/Other"}}, {"base": BASE})
    assert ledger.session("ops", other_role) is None
    other_key = Documents(DOCUMENTS.config, {"base": BASE | {"aws_secret_access_key": "other"}})
    assert ledger.session("ops", other_key) is None


def test_session_that_is_nearly_over_is_not_used_again():
    clock = Clock()
    ledger = Ledger(clock)
    ledger.remember(session(NOON + timedelta(minutes=5)))
    assert ledger.session("ops", DOCUMENTS, at_least=timedelta(minutes=10)) is None
    assert ledger.session("ops", DOCUMENTS) is not None


def test_forgetting_a_profile_keeps_the_expiry_of_its_key():
    ledger = Ledger(Clock())
    ledger.remember(session(NOON + timedelta(hours=1)))
    ledger.forget("ops")
    assert ledger.session("ops", DOCUMENTS) is None
    assert ledger.expiry_of_key("ASIAEXAMPLE") is not None
