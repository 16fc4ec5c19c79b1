"""Noticing changed keys."""

from __future__ import annotations

import pytest

from rolecall.sessions import Documents, TokenChange, TokenWatch
from tests.support.standin import make_key

ACME, ACME_SECOND = make_key("111122223333", 0)[0], make_key("111122223333", 1)[0]
SESSION, SESSION_SECOND = (make_key("111122223333", n, "ASIA")[0] for n in (0, 1))
STRANGER = make_key("444455556666", 0, "ASIA")[0]
OLD_KIND = "AKIAIOSFODNN7EXAMPLE"


def keys(key_id: str, secret: str = "s", token: str | None = None) -> dict[str, str]:
    found = {"aws_access_key_id": key_id, "aws_secret_access_key": secret}
    return found | {"aws_session_token": token} if token else found


def changes(old: dict[str, str], new: dict[str, str]) -> list[TokenChange]:
    watch = TokenWatch()
    return watch.compare(watch.picture(Documents({}, {"a": old})), watch.picture(Documents({}, {"a": new})))


@pytest.mark.parametrize(
    ("old", "new", "kind", "same_account"),
    [
        (keys(SESSION, token="t"), keys(SESSION_SECOND, token="u"), "new-session", True),
        (keys(SESSION, token="t"), keys(STRANGER, token="u"), "new-session", False),
        (keys(ACME), keys(SESSION, token="t"), "new-session", True),
        ({}, keys(SESSION, token="t"), "new-session", None),
        (keys(OLD_KIND), keys(SESSION, token="t"), "new-session", None),
        (keys(SESSION, token="t"), keys(SESSION, token="u"), "renewed", True),
        (keys(SESSION, token="t"), keys(SESSION, "other", token="t"), "renewed", True),
        (keys(ACME), keys(ACME_SECOND), "replaced", True),
        (keys(SESSION, token="t"), keys(ACME), "replaced", True),
        ({}, keys(ACME), "added", None),
        (keys(ACME), {}, "removed", None),
        (keys(ACME), {"aws_access_key_id": ACME}, "removed", None),
    ],
)
def test_kinds_of_change(old: dict[str, str], new: dict[str, str], kind: str, same_account: bool | None):
    [change] = changes(old, new)
    assert change == TokenChange(
        "a",
        kind,
        old.get("aws_access_key_id"),
        new.get("aws_access_key_id") if kind != "removed" else None,
        same_account,
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (keys(ACME), keys(ACME)),
        (keys(ACME), keys(ACME) | {"region": "eu-west-1"}),
        ({}, {"region": "eu-west-1"}),
        ({"aws_access_key_id": ACME}, {"aws_access_key_id": ACME_SECOND}),
    ],
)
def test_no_change(old: dict[str, str], new: dict[str, str]):
    assert changes(old, new) == []


def test_secret_and_token_are_told_apart():
    assert len(changes(keys(SESSION, "ab", "c"), keys(SESSION, "a", "bc"))) == 1


def test_both_files_count_and_removed_profiles_come_last():
    watch = TokenWatch()
    old = watch.picture(Documents({"profile a": keys(ACME), "profile gone": keys(ACME)}, {}))
    new = watch.picture(Documents({"profile a": keys(ACME)}, {"a": keys(SESSION, token="t"), "b": keys(ACME)}))
    assert [(change.profile, change.kind) for change in watch.compare(old, new)] == [
        ("a", "new-session"),
        ("b", "added"),
        ("gone", "removed"),
    ]


def test_nothing_secret_is_kept():
    watch = TokenWatch()
    picture = watch.picture(Documents({}, {"a": keys(SESSION, "wJalrEXAMPLEKEY", "TOKEN")}))
    assert "wJalrEXAMPLEKEY" not in repr(picture)
    assert "TOKEN" not in repr(picture)
    other = TokenWatch().picture(Documents({}, {"a": keys(SESSION, "wJalrEXAMPLEKEY", "TOKEN")}))
    assert picture["a"].digest != other["a"].digest
