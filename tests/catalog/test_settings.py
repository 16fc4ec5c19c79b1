"""What the catalogue says of sections and settings, held to botocore where botocore has a table of its own."""

from __future__ import annotations

import re

import pytest
from botocore.configprovider import (
    BOTOCORE_DEFAUT_SESSION_VARIABLES,
    DEFAULT_PROXIES_CONFIG_VARS,
    DEFAULT_S3_CONFIG_VARS,
)

from rolecall import catalog

SECRETS = {
    "aws_secret_access_key",
    "aws_session_token",
    "aws_security_token",
    "credential_process",
    "mfa_process",
    "web_identity_token_process",
    "awsumepy_command",
}

PLACES = [
    "default",
    "profile",
    "profile/s3",
    "profile/emr",
    "profile/api_versions",
    "sso-session",
    "services",
    "services/dynamodb",
    "plugins",
    "preview",
]


def listed(names: str | list[str] | None) -> list[str]:
    return [names] if isinstance(names, str) else list(names or [])


def as_written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def botocore_variables() -> list[tuple[str, str, list[str], object]]:
    """The place and name, the environment variables and the default of everything botocore reads from a profile."""
    rows = []
    tables = [BOTOCORE_DEFAUT_SESSION_VARIABLES, DEFAULT_S3_CONFIG_VARS, DEFAULT_PROXIES_CONFIG_VARS]
    for table in tables:
        for names, env, default, _ in table.values():
            for name in names if isinstance(names, list) else [names]:
                if isinstance(name, tuple):
                    rows.append((f"profile/{name[0]}", name[1], [], default))
                elif name is not None:
                    rows.append(("profile", name, listed(env), default))
    return rows


@pytest.mark.parametrize(("place", "name", "env", "default"), botocore_variables())
def test_every_variable_of_botocore_is_known(place: str, name: str, env: list[str], default: object) -> None:
    setting = catalog.setting(place, name)
    assert setting is not None
    assert "botocore" in setting.tools
    assert set(env) <= set(setting.env)
    if default not in (None, "", {}):
        assert setting.default == as_written(default)


def test_the_settings_of_credential_providers_are_known() -> None:
    names = [
        "aws_access_key_id",
        "aws_secret_access_key",
        "aws_session_token",
        "aws_security_token",
        "aws_account_id",
        "credential_process",
        "credential_source",
        "role_arn",
        "role_session_name",
        "source_profile",
        "external_id",
        "mfa_serial",
        "duration_seconds",
        "web_identity_token_file",
        "login_session",
        "sso_session",
        "sso_account_id",
        "sso_role_name",
        "sso_start_url",
        "sso_region",
        "services",
    ]
    assert [name for name in names if catalog.setting("profile", name) is None] == []


@pytest.mark.parametrize(
    ("place", "name", "found"),
    [
        ("profile", "region", "region"),
        ("profile", "Region", "region"),
        ("default", "region", "region"),
        ("profile", "regoin", None),
        ("profile", "addressing_style", None),
        ("profile/s3", "addressing_style", "addressing_style"),
        ("default/s3", "addressing_style", "addressing_style"),
        ("profile/emr", "service_role", "service_role"),
        ("profile/dynamodb", "endpoint_url", None),
        ("sso-session", "sso_start_url", "sso_start_url"),
        ("sso-session", "sso_account_id", None),
        ("services", "elastic_beanstalk", "<service>"),
        ("services/elastic_beanstalk", "endpoint_url", "endpoint_url"),
        ("services/elastic_beanstalk", "region", None),
        ("plugins", "cli_legacy_plugin_path", "cli_legacy_plugin_path"),
        ("plugins", "endpoint", "<plugin name>"),
        ("preview", "cloudsearch", "<command>"),
        ("profiles", "region", None),
        ("", "region", None),
    ],
)
def test_a_setting_is_known_where_it_stands(place: str, name: str, found: str | None) -> None:
    setting = catalog.setting(place, name)
    assert (setting.name if setting else None) == found


@pytest.mark.parametrize("place", PLACES)
def test_a_place_lists_what_it_knows(place: str) -> None:
    settings = catalog.settings(place)
    assert settings
    assert [catalog.setting(place, setting.name) for setting in settings] == list(settings)


def test_the_common_settings_are_few_and_of_aws() -> None:
    common = {row.name for row in catalog.settings("profile") if row.common}
    assert {"region", "output", "role_arn", "source_profile", "mfa_serial", "sso_session"} <= common
    assert len(common) <= 15
    assert not any(row.third_party for row in catalog.settings("profile") if row.common)


def test_secrets_are_secret_in_whatever_case_and_section() -> None:
    known = {row.name for place in PLACES for row in catalog.settings(place) if row.secret}
    assert known == SECRETS
    for name in SECRETS:
        assert catalog.is_secret(name)
        assert catalog.is_secret(name.upper())
        # A services section takes any name, so even there the name of a secret must not open its value.
        assert [place for place in PLACES if catalog.displayable(place, name.title())] == []


def test_what_is_unknown_is_not_displayable() -> None:
    assert not catalog.displayable("profile", "aws_secret_access_kee")
    assert not catalog.displayable("unknown", "region")
    assert not catalog.displayable("sso-session", "output")


def test_what_is_known_and_not_secret_is_displayable() -> None:
    assert catalog.displayable("profile", "region")
    assert catalog.displayable("profile", "AWS_ACCESS_KEY_ID")
    assert catalog.displayable("profile", "external_id")
    assert catalog.displayable("services/dynamodb", "endpoint_url")


@pytest.mark.parametrize(
    ("place", "name", "value", "fits"),
    [
        ("profile", "aws_access_key_id", "AKIAIOSFODNN7EXAMPLE", True),
        ("profile", "aws_access_key_id", '"AKIAIOSFODNN7EXAMPLE"', False),
        ("profile", "aws_account_id", "012345678901", True),
        ("profile", "aws_account_id", "1234-5678-9012", False),
        ("profile", "aws_account_id", "٠١٢٣٤٥٦٧٨٩٠١", False),
        ("profile", "role_arn", "arn:aws:iam::111122223333:role/OpsRole", True),
        ("profile", "role_arn", "arn:aws-us-gov:iam::111122223333:role/team/a:b/Ops+Role", True),
        ("profile", "role_arn", "arn:aws:iam::111122223333:role/team/", False),
        ("profile", "role_arn", "arn:aws:iam::111122223333:user/me", False),
        ("profile", "role_arn", "arn:aws:sts::111122223333:assumed-role/OpsRole/me", False),
        ("profile", "role_arn", "arn:aws:iam::111122223333:role/Ops Role", False),
        ("profile", "role_arn", "OpsRole", False),
        ("profile", "mfa_serial", "arn:aws:iam::111122223333:mfa/me", True),
        ("profile", "mfa_serial", "GAHT12345678", True),
        ("profile", "mfa_serial", "my phone", False),
        ("profile", "role_session_name", "me@example.com", True),
        ("profile", "role_session_name", "me and you", False),
        ("profile/s3", "multipart_chunksize", "16MB", True),
        ("profile/s3", "multipart_chunksize", "8 MiB", True),
        ("profile/s3", "multipart_chunksize", "8388608", True),
        ("profile/s3", "multipart_chunksize", "8xb", False),
        ("profile/s3", "max_bandwidth", "10Mb/s", True),
        ("profile/s3", "max_bandwidth", "10485760", True),
        ("profile/s3", "max_bandwidth", "10MB", False),
    ],
)
def test_the_form_of_values(place: str, name: str, value: str, fits: bool) -> None:
    setting = catalog.setting(place, name)
    assert setting is not None
    assert setting.pattern is not None
    assert (re.fullmatch(setting.pattern, value, re.ASCII) is not None) is fits


def test_section_types() -> None:
    assert [row.name for row in catalog.section_types()] == [
        "default",
        "profile",
        "sso-session",
        "services",
        "plugins",
        "preview",
    ]
    services = catalog.section_type("services")
    assert services is not None
    assert services.named
    assert services.files == ("config",)
    assert catalog.section_type("profiles") is None
    assert catalog.section_type("Profile") is None


def test_a_deprecated_setting_names_its_replacement() -> None:
    setting = catalog.setting("profile", "aws_security_token")
    assert setting is not None
    assert setting.deprecated == catalog.Deprecation("AWS renamed this token", "aws_session_token")


def test_tools_have_titles() -> None:
    assert catalog.tool_title("botocore") == "boto3"
    assert catalog.tool_title("something else") == "something else"
