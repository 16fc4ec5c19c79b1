"""What is said of wrong headers is so for the installed botocore, and what is proposed in their place is read."""

from __future__ import annotations

import pytest

from rolecall.model.headers import Mistake, misread
from tests.support.oracle import botocore_sees


def names(header: str) -> list[str]:
    """The profiles, sessions and services that botocore finds under one header."""
    with botocore_sees(f"[{header}]\nregion = us-east-1\n".encode(), b"") as real:
        found = real.full_config()
    return [name for group in ("profiles", "sso_sessions", "services") for name in found[group]]


@pytest.mark.parametrize(
    ("header", "mistake", "meant"),
    [
        ("dev", Mistake.NO_PREFIX, "dev"),
        ("bob's", Mistake.NO_PREFIX, "bob's"),
        ("profile", Mistake.NO_NAME, None),
        ("services ", Mistake.NO_NAME, None),
        ("Profile dev", Mistake.UNKNOWN_TYPE, "dev"),
        ("sso_session corp", Mistake.UNKNOWN_TYPE, "corp"),
        ("sso session corp", Mistake.UNKNOWN_TYPE, "corp"),
        ("profile-dev", Mistake.UNKNOWN_TYPE, "dev"),
        ("Default", Mistake.UNKNOWN_TYPE, "default"),
        ("team dev", Mistake.UNKNOWN_TYPE, None),
        (" profile dev ", Mistake.INNER_SPACE, "dev"),
        ("profile a b", Mistake.SEVERAL_WORDS, "a b"),
        ('profile "dev', Mistake.OPEN_QUOTE, "dev"),
        ("profile bob's", Mistake.OPEN_QUOTE, "bob's"),
    ],
)
def test_botocore_ignores_the_header_and_reads_the_better_one(header: str, mistake: Mistake, meant: str | None) -> None:
    found = misread(header)
    assert found is not None
    assert found.mistake is mistake
    assert names(header) == []
    assert (names(found.better) if found.better else None) == (None if meant is None else [meant])


def test_botocore_alone_reads_a_type_by_its_beginning() -> None:
    found = misread("profiles dev")
    assert found is not None
    assert found.mistake is Mistake.LOOSE_TYPE
    assert names("profiles dev") == names(found.better) == ["dev"]


@pytest.mark.parametrize(
    "header", ["default", "DEFAULT", "profile dev", 'profile "a b"', "profile\tdev", "sso-session corp", "plugins"]
)
def test_nothing_is_wrong_with_a_header_that_is_read(header: str) -> None:
    assert misread(header) is None
