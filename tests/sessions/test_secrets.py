"""No secret gets out: not in an error, a log, a traceback, a repr or a progress text, whatever goes wrong."""

from __future__ import annotations

import io
import logging
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rolecall import catalog
from rolecall.sessions import Session, SessionError
from tests.sessions.conftest import DEVICE, IMPATIENT, Person, Setup
from tests.support.standin import closed_port_url

CANARY = "cAnArY"
CODE = "987654"
OPS = f"""
[profile ops]
role_arn = arn:aws:iam::444455556666:role/OpsRole
source_profile = base
external_id = {CANARY}external
"""
KEYS = """
[base]
aws_access_key_id = {key}
aws_secret_access_key = {secret}
aws_session_token = {token}
"""
# These hold names, which are not secret: of sections, and of the session in the ARN that AWS answers with.
NAMES = {"source_profile", "sso_session", "services", "role_session_name"}


class Output:
    """Everything that anybody could read."""

    def __init__(self, log: io.StringIO) -> None:
        self._log = log
        self._parts: list[str] = []

    def add(self, *values: object) -> None:
        self._parts += [f"{value} {value!r}" for value in values]

    def add_error(self, error: SessionError) -> None:
        self.add(error, error.args, vars(error))
        self._parts += traceback.format_exception(error)

    @property
    def text(self) -> str:
        return "\n".join([*self._parts, self._log.getvalue()])


@pytest.fixture
def output() -> Iterator[Output]:
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield Output(log)
    root.removeHandler(handler)
    root.setLevel(level)


def check_no_secret(
    made: Setup, profile: str, output: Output, *secrets: str, ask: Callable | None = None, identify: bool = True
) -> str:
    """Resolve and identify, and look for the secrets in all that came of it. Return what a person was told."""
    told = ""
    try:
        session = made.resolve(profile, ask or Person([CODE] * 3))
        output.add(session)
        if identify:
            output.add(made.who_am_i(profile, session=session))
    except SessionError as error:
        output.add_error(error)
        told = error.code
    output.add(made.documents, *made.steps)
    output.add(made.aws.log)
    text = output.text
    for secret in secrets:
        assert secret not in text
    return told


OUTCOMES: dict[str, Callable[[Setup], Setup]] = {
    "": lambda made: made,
    "denied": lambda made: _with(made, lambda: made.aws.sts.denied_roles.add("arn:aws:iam::444455556666:role/OpsRole")),
    "aws-fault": lambda made: _with(made, lambda: made.aws.fail_next("500")),
    "throttled": lambda made: _with(made, lambda: made.aws.fail_next("429")),
    "network": lambda made: made.with_options(sts_endpoint=closed_port_url()),
    "timeout": lambda made: _with(made.with_options(limits=IMPATIENT), lambda: made.aws.fail_next("hang")),
    "source-expired": lambda made: _with(made, lambda: made.aws.advance(4000)),
}


def _with(made: Setup, change: Callable[[], object]) -> Setup:
    change()
    return made


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_keys_and_tokens(setup: Setup, output: Output, outcome: str):
    issued = setup.aws.sts.issue_session("111122223333", "arn:aws:iam::111122223333:user/me", "AIDAME", 3600)
    keys = KEYS.format(key=issued.access_key_id, secret=issued.secret, token=issued.token)
    made = OUTCOMES[outcome](setup.with_files(OPS, keys))
    assert check_no_secret(made, "ops", output, issued.secret, issued.token, CANARY) == outcome


def test_keys_that_were_issued(setup: Setup, output: Output):
    keys = KEYS.format(key="AKIAIOSFODNN7EXAMPLE", secret="wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", token="")
    made = setup.with_files(OPS, keys.replace("aws_session_token = \n", ""))
    session = made.resolve("ops")
    assert isinstance(session, Session)
    output.add(session, vars(Person([])), *made.steps, made.aws.log)
    assert session.secret_access_key not in output.text
    assert session.session_token not in output.text


def test_wrong_keys(setup: Setup, output: Output):
    keys = KEYS.format(key=CANARY + "id", secret=CANARY + "secret", token=CANARY + "token")
    assert check_no_secret(setup.with_files(OPS, keys), "ops", output, CANARY + "secret", CANARY + "token") == (
        "unknown-key"
    )


def test_mfa_codes(setup: Setup, output: Output):
    keys = KEYS.format(key="AKIAIOSFODNN7EXAMPLE", secret="wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", token="")
    made = setup.with_files(OPS + f"mfa_serial = {DEVICE}\n", keys.replace("aws_session_token = \n", ""))
    assert check_no_secret(made, "ops", output, CODE) == "mfa-code-refused"
    assert check_no_secret(made, "ops", output, "not-a-code", ask=Person(["not-a-code"] * 3)) == "mfa-code-refused"


def test_content_of_a_web_identity_token(setup: Setup, output: Output, tmp_path: Path):
    token = tmp_path / "token"
    token.write_text(CANARY, "utf-8")
    config = f"[profile ci]\nrole_arn = arn:aws:iam::444455556666:role/Ci\nweb_identity_token_file = {token}\n"
    assert check_no_secret(setup.with_files(config), "ci", output, CANARY) == "web-identity-token"


def test_broken_sso_token(setup: Setup, output: Output, tmp_path: Path):
    # The file's name is what the AWS CLI makes of the session's name "corp".
    import hashlib

    name = hashlib.sha1(b"corp", usedforsecurity=False).hexdigest()
    (tmp_path / f"{name}.json").write_text(f'{{"accessToken": "{CANARY}"', "utf-8")
    config = (
        "[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\n"
        "[profile dev]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Admin\n"
    )
    made = setup.with_options(sso_cache=tmp_path).with_files(config)
    assert check_no_secret(made, "dev", output, CANARY) == "sso-sign-in"


@pytest.mark.parametrize("kind", ["role", "keys"])
def test_secrets_pasted_as_the_value_of_any_other_setting(setup: Setup, output: Output, kind: str):
    keys = KEYS.format(key="AKIAIOSFODNN7EXAMPLE", secret="wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", token="")
    keys = keys.replace("aws_session_token = \n", "")
    settings = [row.name for row in catalog.settings("profile") if row.name not in NAMES]
    assert len(settings) > 50
    for name in settings:
        config = "".join(line for line in OPS.splitlines(True) if not line.startswith(f"{name} "))
        profile = "ops" if kind == "role" else "base"
        other = {"role": "", "keys": "[profile base]\n"}[kind]
        value = {"role": f"{CANARY}value", "keys": f"x\n  {CANARY}swallowed"}[kind]
        made = setup.with_files(f"{config}{other}{name} = {value}\n", keys)
        check_no_secret(made, profile, output, CANARY, identify=kind == "keys")
