"""Accounts in key ids, and the expiry times of other tools."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall.model.account_id import account_of_key
from rolecall.model.expiry import EXPIRY_KEYS, expiry_of, parse_expiry
from tests.support.standin import make_key

MOMENT = datetime(2026, 11, 22, 11, 4, 5, tzinfo=UTC)


@given(account=st.integers(0, 999_999_999_999), n=st.integers(0, 15), prefix=st.sampled_from(["AKIA", "ASIA"]))
def test_account_of_every_key_of_the_new_kind(account: int, n: int, prefix: str):
    key_id, secret = make_key(f"{account:012d}", n, prefix)
    assert account_of_key(key_id) == f"{account:012d}"
    assert (len(key_id), len(secret)) == (20, 40)


@pytest.mark.parametrize(
    "key_id",
    [
        "AKIAIOSFODNN7EXAMPLE",  # of the old kind: it would decode to a wrong account
        "AKIAI44QH8DHBEXAMPLE",  # 8 is no base32 digit
        "AROARTX3GSDSQEXAMPLE",
        "AKIARTX3GSDSQEXAMPL",
        "AKIARTX3GSDSQEXAMPLEX",
        "akiartx3gsdsqexample",
        "AKIA777777777EXAMPLE",  # more than twelve digits
        "AKIARTX3GSDSQEXAMPL\N{FULLWIDTH LATIN CAPITAL LETTER E}",
        "",
    ],
)
def test_key_ids_that_do_not_tell(key_id: str):
    assert account_of_key(key_id) is None


@given(st.text())
def test_any_text_may_be_asked(text: str):
    account_of_key("AKIA" + text)
    parse_expiry("expiration", text)


@pytest.mark.parametrize(
    "value",
    [
        "2026-11-22T11:04:05Z",
        "2026-11-22T11:04:05+00:00",
        "2026-11-22T12:04:05+01:00",
        "2026-11-22T06:04:05-0500",
        "2026-11-22T11:04:05.000Z",
        "2026-11-22T11:04:05.000000000Z",
        "2026-11-22 11:04:05",
        "2026-11-22T11:04:05",
        "2026-11-22T11:04:05UTC",
        "2026-11-22 11:04:05 +0000 UTC",
        "  2026-11-22T11:04:05Z  ",
    ],
)
def test_forms_of_an_expiry(value: str):
    for key in EXPIRY_KEYS:
        assert parse_expiry(key, value) == MOMENT
    assert parse_expiry("X_Security_Token_Expires", value) == MOMENT
    assert parse_expiry("region", value) is None


@pytest.mark.parametrize(
    "value",
    [
        "",
        "never",
        "2026-11-22",
        "2026-W47-7T11:04:05Z",
        "2026-13-22T11:04:05Z",
        "2026-11-22T25:04:05Z",
        "9999-12-31T23:59:59-12:00",
        "0001-01-01T00:00:00+12:00",
        "1795345445",
        "2026-11-22T11:04:05+99:99",
    ],
)
def test_what_is_no_expiry(value: str):
    assert parse_expiry("expiration", value) is None


def test_most_trustworthy_setting_of_a_profile():
    settings = {"expiration": "2020-01-01 00:00:00", "x_security_token_expires": "2026-11-22T11:04:05Z"}
    assert expiry_of(settings) == ("x_security_token_expires", MOMENT)
    assert expiry_of({"expiration": "2026-11-22 11:04:05"}) == ("expiration", MOMENT)
    assert expiry_of({"x_security_token_expires": "soon", "aws_expiration": "2026-11-22T11:04:05Z"}) == (
        "aws_expiration",
        MOMENT,
    )
    assert expiry_of({"s3": {"expiration": "2026-11-22 11:04:05"}}) is None


def test_local_time_of_awsume_tells_nothing():
    for mark in ({"manager": "awsume"}, {"autoawsume": "true"}):
        assert expiry_of({"expiration": "2026-11-22 11:04:05", **mark}) is None
