"""What may be shown of a value or a key."""

import pytest

from rolecall import catalog
from rolecall.features.masking import address, key_name, masked
from rolecall.lint import quoted_key

SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"


@pytest.mark.parametrize(
    ("place", "key", "value", "shown"),
    [
        ("profile", "region", "eu-west-1", "eu-west-1"),
        ("profile", "REGION", "eu-west-1", "eu-west-1"),
        ("profile", "region", "", ""),
        ("profile", "region", f"eu-west-1\n{SECRET}", "eu-west-1 …"),
        ("profile", "region", "a\tb\x00", "a\ufffdb\ufffd"),
        ("profile", "ca_bundle", "x" * 81, "x" * 79 + "…"),
        ("profile", "ca_bundle", "x" * 80, "x" * 80),
        ("profile", "aws_secret_access_key", SECRET, "set, 40 characters"),
        ("profile", "aws_secret_access_key", "x", "set, 1 character"),
        ("profile", "aws_secret_access_key", "", "empty"),
        ("profile", "credential_process", f"/bin/tool {SECRET}", "set, 50 characters"),
        ("sso-session", "aws_secret_access_key", SECRET, "•••"),
        ("profile", "aws_access_key_id", "AKIAIOSFODNN7EXAMPLE", "AKIA…MPLE"),
        ("profile", "aws_access_key_id", SECRET, "set, 40 characters"),
        ("profile", "aws_access_key_id", f"AKIAIOSFODNN7EXAMPLE\n{SECRET}", "AKIA…MPLE"),
        ("profile", "my_password", SECRET, "•••"),
        ("profile", "my_password", "", ""),
        ("profile", "s3", f"\nsecret = {SECRET}", "…"),
        ("profile", "region", f"\nsecret = {SECRET}", "…"),
        ("profile", "s3", SECRET, "•••"),
        ("profile/s3", "max_queue_size", "20", "20"),
        ("profile/s3", "password", SECRET, "•••"),
        ("services", "dynamodb", SECRET, "•••"),
        ("services", "dynamodb", f"\nendpoint_url = {SECRET}", "…"),
        ("services/dynamodb", "endpoint_url", "http://localhost:8000", "http://localhost:8000"),
        ("services/dynamodb", "endpoint_url", f"http://me:{SECRET}@localhost/x", "http://•••@localhost/x"),
        ("plugins", "mine", SECRET, "•••"),
        ("forgotten", "region", SECRET, "•••"),
        ("sso-session", "sso_start_url", "https://corp.awsapps.com/start#/", "https://corp.awsapps.com/start#/"),
    ],
)
def test_masked(place: str, key: str, value: str, shown: str) -> None:
    assert masked(place, key, value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("https://host/path", "https://host/path"),
        ("https://me:pass/word#1@host/path", "https://•••@host/path"),
        ("me:password@host", "•••@host"),
        ("https://host/?token=1#more", "https://host/?•••"),
        ("https://host/#token", "https://host/#•••"),
        ("https://host/#", "https://host/#"),
    ],
)
def test_addresses(value: str, shown: str) -> None:
    assert address(value) == shown


@pytest.mark.parametrize(
    "name",
    ["regoin", "my_own_key", "ssoRegistrationScopes", "x-corp.profile", "S3_USE_ARN_REGION", "endpointUrl", "x_v2"],
)
def test_a_name_that_people_make_up_is_shown(name: str) -> None:
    assert key_name("profile", name) == name


@pytest.mark.parametrize(
    "name",
    [
        SECRET,
        SECRET.replace("/", ""),
        SECRET.replace("/", "_"),
        "AKIAIOSFODNN7EXAMPLE",
        "ASIAIOSFODNN7EXAMPLE",
        "IQoJb3JpZ2luX2VjEJr",
        "d41d8cd98f00b204e9800998ecf8427e",
        "8f14e45f-ceea-467f-a8f2-1c0e5d6b7a90",
        "with space",
        "",
        "x" * 33,
    ],
)
def test_a_name_that_may_be_a_secret_is_not(name: str) -> None:
    assert key_name("profile", name) == "•••"
    assert quoted_key(name) == "•••"


def test_every_known_name_is_shown() -> None:
    for kind in catalog.section_types():
        for setting in catalog.settings(kind.name):
            if not setting.wildcard:
                assert key_name(kind.name, setting.name) == setting.name
