"""What stands before a "=" is shown where it surely is a name, and never where it may be a piece of a secret."""

from __future__ import annotations

import pytest

from rolecall.catalog import is_like_secret_key, looks_like_name, section_types, settings


@pytest.mark.parametrize(
    "name",
    ["region", "Region", "regoin", "AWS_ACCESS_KEY_ID", "awsAccessKeyId", "AWSAccessKeyId", "ec2_role", "max-attempts", "sso.region", "Region2"],
)  # fmt: skip
def test_names(name: str) -> None:
    assert looks_like_name(name)


@pytest.mark.parametrize(
    "piece", ["x7Fq", "Zm9v", "IQoJb3Jp", "abcDEFghiJKL", "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY", "AKIAIOSFODNN7EXAMPLE", "a b", ""]
)  # fmt: skip
def test_pieces_of_secrets(piece: str) -> None:
    assert not looks_like_name(piece)


def test_every_setting_is_a_name() -> None:
    names = [setting.name for kind in section_types() for setting in settings(kind.name) if not setting.wildcard]
    assert [name for name in names if not looks_like_name(name)] == []


def test_a_secret_in_a_wrong_place_is_one() -> None:
    assert is_like_secret_key("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
    assert not is_like_secret_key("arn:aws:iam::123456789012:role/Administr")
