"""Sessions as text, read back by the shells themselves where this machine has them."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from rolecall.sessions import SHELLS, Session, SessionError, Shell, render

SESSION = Session(
    "ops",
    "ASIAWO645SY5AEXAMPLE",
    "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "IQoJb3Jp+/TOKEN==",
    datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC),
    "assume-role",
    "444455556666",
    region="eu-west-1",
    endpoints={"AWS_ENDPOINT_URL_STS": "http://127.0.0.1:4566"},
)
LONG_TERM = Session("base", "AKIAIOSFODNN7EXAMPLE", "EXAMPLEKEY", None, None, "config-file", None)

EXPECTED: dict[Shell, str] = {
    "bash": """\
unset AWS_PROFILE
export AWS_SESSION_TOKEN=IQoJb3Jp+/TOKEN==
unset AWS_SECURITY_TOKEN
export AWS_ACCESS_KEY_ID=ASIAWO645SY5AEXAMPLE
export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
export AWS_CREDENTIAL_EXPIRATION=2030-01-02T03:04:05Z
export AWS_REGION=eu-west-1
export AWS_DEFAULT_REGION=eu-west-1
export AWS_ENDPOINT_URL_STS=http://127.0.0.1:4566
""",
    "powershell": """\
Remove-Item Env:AWS_PROFILE -ErrorAction Ignore
$Env:AWS_SESSION_TOKEN = 'IQoJb3Jp+/TOKEN=='
""",
    "cmd": """\
set "AWS_PROFILE="
set "AWS_SESSION_TOKEN=IQoJb3Jp+/TOKEN=="
""",
    "fish": """\
set -e AWS_PROFILE
set -gx AWS_SESSION_TOKEN 'IQoJb3Jp+/TOKEN=='
""",
    "dotenv": """\
AWS_SESSION_TOKEN=IQoJb3Jp+/TOKEN==
AWS_ACCESS_KEY_ID=ASIAWO645SY5AEXAMPLE
""",
}


@pytest.mark.parametrize("shell", EXPECTED)
def test_lines(shell: Shell):
    assert render(SESSION, shell).startswith(EXPECTED[shell])


def test_json_is_that_of_a_credential_process():
    assert json.loads(render(SESSION, "json")) == {
        "Version": 1,
        "AccessKeyId": "ASIAWO645SY5AEXAMPLE",
        "SecretAccessKey": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "SessionToken": "IQoJb3Jp+/TOKEN==",
        "Expiration": "2030-01-02T03:04:05Z",
        "AccountId": "444455556666",
    }
    assert set(json.loads(render(LONG_TERM, "json"))) == {"Version", "AccessKeyId", "SecretAccessKey"}


def test_long_term_keys_take_a_stale_token_away():
    assert "unset AWS_SESSION_TOKEN\n" in render(LONG_TERM, "bash")
    assert LONG_TERM.environment()["AWS_SESSION_TOKEN"] is None
    assert "AWS_SESSION_TOKEN" not in LONG_TERM.exports()
    assert "AWS_REGION" not in LONG_TERM.exports()


@pytest.mark.parametrize("secret", ["a'b", 'a"b', "a b", "a$HOME`id`b", "a\\b", "a;b&c|d<e>f", "a!b", "é", "a%PATH%b"])
def test_bash_reads_back_what_was_written(secret: str):
    bash = shutil.which("bash") or "/bin/sh"
    script = render(replace(SESSION, secret_access_key=secret), "bash") + 'printf %s "$AWS_SECRET_ACCESS_KEY"\n'
    done = subprocess.run([bash], input=script.encode(), capture_output=True, check=True, env={"LC_ALL": "C.UTF-8"})
    assert done.stdout.decode() == secret


@pytest.mark.parametrize(
    ("shell", "secret", "written"),
    [
        ("powershell", "a'b’c", "$Env:AWS_SECRET_ACCESS_KEY = 'a''b’’c'"),
        ("powershell", "a$b`c", "$Env:AWS_SECRET_ACCESS_KEY = 'a$b`c'"),
        ("fish", "a'b\\c", "set -gx AWS_SECRET_ACCESS_KEY 'a\\'b\\\\c'"),
        ("cmd", "a b&c", 'set "AWS_SECRET_ACCESS_KEY=a b&c"'),
        ("dotenv", "a b#c$d", "AWS_SECRET_ACCESS_KEY='a b#c$d'"),
    ],
)
def test_quoting(shell: Shell, secret: str, written: str):
    assert written in render(replace(SESSION, secret_access_key=secret), shell).splitlines()


@pytest.mark.parametrize(
    ("shell", "secret"),
    [("cmd", "a%PATH%b"), ("cmd", 'a"b'), ("dotenv", "a'b"), *((shell, "a\nb") for shell in SHELLS if shell != "json")],
)
def test_what_a_shell_cannot_hold_is_refused_without_showing_it(shell: Shell, secret: str):
    with pytest.raises(SessionError) as caught:
        render(replace(SESSION, secret_access_key=secret), shell)
    assert caught.value.code == "not-exportable"
    assert str(caught.value) == (
        "Could not write AWS_SECRET_ACCESS_KEY: the value holds a character that this shell cannot."
    )
