"""No secret is in anything that is said of whole files, wherever it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall import catalog
from tests.support.check_file import everything

CANARY = "cAn4rYxK7Zq/9Lm+2TfWbXcDvEaRyPlEjHsUoGiN"
TOKEN = "IQoJb3JpZ2luX2VjCaNaRyX4Zk9Qw=="

SECRET_LINES = [
    *(f"{setting.name} = {CANARY}" for setting in catalog.settings("profile") if setting.secret),
    *(f"{setting.name.upper()}: {TOKEN}" for setting in catalog.settings("profile") if setting.secret),
    f"aws_access_key_id = {CANARY}",
    f"aws_secret_access_key =\n  {CANARY}",
    f"aws_secret_access_key = x\n  {CANARY}",
    f"my_password = {CANARY}",
    f"region = eu-west-1\n  {CANARY}",
    f"region =\n  {CANARY}",
    f"region =\n  inner = {CANARY}",
    f"role_arn = arn:aws:iam::444455556666:role/Ops\n  {CANARY}",
    f"role_arn = arn:aws:iam::444455556666:role/Ops\nsource_profile = b\n  {CANARY}",
    f"s3 =\n  max_queue_size = {CANARY}",
    f"s3 =\n  password = {CANARY}",
    f"s3 =\n  {CANARY} = 1",
    f"s3 = {CANARY}\n  max_queue_size = 1",
    f"endpoint_url = https://me:{CANARY}@localhost/",
    f"endpoint_url = https://localhost/?token={CANARY}",
    f"endpoint_url = https://localhost/#{CANARY}",
    f"x_security_token_expires = 2026-11-22T14:12:00Z\n  {CANARY}",
    f"{CANARY} = x",
    f"{TOKEN} = x",
    CANARY,
    f"# {CANARY}",
    f"dynamodb = {CANARY}",
    f"dynamodb =\n  endpoint_url = https://me:{CANARY}@localhost/",
]

HEADERS = ["[profile a]", "[a]", "[default]", "[DEFAULT]", "[sso-session s]", "[services v]", "[plugins]", "[lost]", ""]


def check(file: str, lines: list[str]) -> None:
    text = "\n".join(lines)
    said = everything(f"//- {file}\n{text}\n")
    for secret in (CANARY, CANARY.lower(), TOKEN.strip("="), TOKEN.strip("=").lower()):
        assert secret not in said


@pytest.mark.parametrize("line", SECRET_LINES)
def test_no_secret_is_said(line: str) -> None:
    for file in ("config", "credentials"):
        for header in HEADERS:
            check(file, [header, line])
            check(file, [header, "source_profile = a", line, "region = eu-west-1"])


@given(st.sampled_from(["config", "credentials"]), st.lists(st.sampled_from([*HEADERS, *SECRET_LINES]), max_size=12))
def test_no_secret_is_said_of_any_mixture(file: str, lines: list[str]) -> None:
    check(file, lines)
