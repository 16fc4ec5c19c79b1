"""From profiles to live sessions, over HTTP, against a stand-in that is as strict as AWS."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rolecall.sessions import CancelToken, Limits, Session, SessionError, resolution
from tests.sessions.conftest import CREDENTIALS, DEVICE, IMPATIENT, Person, Setup
from tests.support.standin import MFA_CODE, StandIn, closed_port_url

OPS = """
[profile ops]
role_arn = arn:aws:iam::444455556666:role/OpsRole
source_profile = base
region = eu-west-1
"""
OPS_WITH_MFA = OPS + f"mfa_serial = {DEVICE}\n"


def test_static_keys_need_no_call(setup: Setup):
    session = setup.with_files().resolve("base")
    assert (session.method, session.expires_at, session.arn) == ("shared-credentials-file", None, None)
    assert session.access_key_id == "AKIAIOSFODNN7EXAMPLE"
    assert setup.aws.log == []


def test_keys_in_the_config_file_count_too(setup: Setup):
    keys = CREDENTIALS.replace("[base]", "[profile base]")
    assert setup.with_files(keys, "").resolve("base").method == "config-file"


def test_account_comes_from_the_key_or_from_the_setting(setup: Setup):
    key = setup.aws.add_user("111122223333", "alice")
    credentials = f"[a]\naws_access_key_id = {key.access_key_id}\naws_secret_access_key = {key.secret}\n"
    assert setup.with_files("", credentials).resolve("a").account_id == "111122223333"
    assert (
        setup.with_files("", credentials + "aws_account_id = 444455556666\n").resolve("a").account_id == "444455556666"
    )
    assert setup.with_files().resolve("base").account_id is None  # an id of the old kind does not tell


def test_expiry_that_another_tool_wrote(setup: Setup):
    credentials = CREDENTIALS + "aws_session_token = EXAMPLETOKEN\nx_security_token_expires = 2030-01-02T03:04:05Z\n"
    session = setup.with_files("", credentials).resolve("base")
    assert session.expires_at == datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC)


def test_role(setup: Setup):
    session = setup.with_files(OPS).resolve("ops")
    assert session.method == "assume-role"
    assert session.account_id == "444455556666"
    assert session.arn is not None
    assert session.arn.startswith("arn:aws:sts::444455556666:assumed-role/OpsRole/")
    assert session.access_key_id.startswith("ASIA")
    assert session.expires_at == datetime.fromtimestamp(int(setup.aws.now()) + 3600, UTC)
    assert session.region == "eu-west-1"


def test_default_profile(setup: Setup):
    session = setup.with_files(OPS.replace("profile ops", "default")).resolve("default")
    assert session.method == "assume-role"


def test_chain_of_roles(setup: Setup):
    top = "[profile top]\nrole_arn = arn:aws:iam::111122223333:role/Top\nsource_profile = ops\nrole_session_name = me\n"
    made = setup.with_files(OPS + top)
    assert made.resolve("top").arn == "arn:aws:sts::111122223333:assumed-role/Top/me"
    assert setup.aws.actions() == ["AssumeRole", "AssumeRole"]
    assert made.steps == ["Assuming OpsRole", "Assuming Top"]


def test_role_of_a_profile_that_is_its_own_source(setup: Setup):
    config = OPS.replace("source_profile = base", "source_profile = ops")
    session = setup.with_files(config, CREDENTIALS.replace("base", "ops")).resolve("ops")
    assert session.method == "assume-role"


def test_web_identity(setup: Setup, tmp_path: Path):
    token = tmp_path / "token"
    token.write_text("header.payload.signature", "utf-8")
    config = f"[profile ci]\nrole_arn = arn:aws:iam::444455556666:role/Ci\nweb_identity_token_file = {token}\n"
    assert setup.with_files(config).resolve("ci").method == "assume-role-with-web-identity"
    assert "unsigned" not in setup.aws.log[0]
    assert setup.aws.log[0].access_key_id is None


SSO = """
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = us-east-1
[services local]
sso =
  endpoint_url = {url}
[profile dev]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Admin
services = local
[profile top]
role_arn = arn:aws:iam::444455556666:role/Top
source_profile = dev
services = local
"""


def signed_in(setup: Setup, expires_at: str = "2099-01-01T00:00:00Z") -> Setup:
    """Leave a token as the AWS CLI does; the file's name is the digest of the session's."""
    name = hashlib.sha1(b"corp", usedforsecurity=False).hexdigest()
    token = {"startUrl": "https://corp.awsapps.com/start", "accessToken": "aoaEXAMPLE", "expiresAt": expires_at}
    (setup.folder / f"{name}.json").write_text(json.dumps(token), "utf-8")
    setup.aws.portal.tokens.add("aoaEXAMPLE")
    setup.aws.portal.assignments.add(("111122223333", "Admin"))
    return setup.with_options(sso_cache=setup.folder).with_files(SSO)


def test_sso_profile_that_the_cli_signed_in_to(setup: Setup):
    made = signed_in(setup)
    session = made.resolve("dev")
    assert (session.method, session.account_id) == ("sso", "111122223333")
    assert session.expires_at == datetime.fromtimestamp(int(setup.aws.now()) + 3600, UTC)
    assert made.steps == ["Getting keys from IAM Identity Center"]
    assert made.resolve("top").account_id == "444455556666"


def test_sso_token_that_has_expired(setup: Setup):
    sentence = (
        'Could not use profile "dev": its IAM Identity Center sign-in has expired. Run: aws sso login --profile dev'
    )
    assert str(signed_in(setup, "2020-01-01T00:00:00Z").error("dev")) == sentence
    assert setup.aws.log == []
    made = signed_in(setup)
    setup.aws.portal.tokens.clear()
    assert str(made.error("dev")) == sentence


def test_sso_role_that_one_is_not_assigned_to(setup: Setup):
    made = signed_in(setup)
    setup.aws.portal.assignments.clear()
    assert str(made.error("dev")) == (
        'Could not use profile "dev": you are not assigned to that account and permission set.'
        " Check sso_account_id and sso_role_name."
    )


def test_endpoint_of_the_profile(setup: Setup):
    local = setup.with_options(sts_endpoint=None)
    plain = local.with_files(OPS + "endpoint_url = {url}\n")
    assert plain.resolve("ops").endpoints == {"AWS_ENDPOINT_URL": setup.aws.url}
    section = local.with_files(OPS + "services = demo\n[services demo]\nsts =\n  endpoint_url = {url}\n")
    assert section.resolve("ops").endpoints == {"AWS_ENDPOINT_URL_STS": setup.aws.url}


# --- MFA


def test_right_code(setup: Setup, right_code: Person):
    made = setup.with_files(OPS_WITH_MFA)
    assert made.resolve("ops", right_code).method == "assume-role"
    assert right_code.questions == [(DEVICE, 1, None)]
    assert made.steps == ["Waiting for the MFA code", "Assuming OpsRole"]


def test_role_that_requires_mfa_takes_the_code(setup: Setup, right_code: Person):
    setup.aws.sts.requires_mfa.add("arn:aws:iam::444455556666:role/OpsRole")
    assert setup.with_files(OPS_WITH_MFA).resolve("ops", right_code).method == "assume-role"


def test_wrong_code_and_then_the_right_one(setup: Setup):
    person = Person(["000000", "12ab", MFA_CODE])
    setup.with_files(OPS_WITH_MFA).resolve("ops", person)
    assert person.questions == [
        (DEVICE, 1, None),
        (DEVICE, 2, "The code was not accepted. Wait for the next one."),
        (DEVICE, 3, "An MFA code has six digits."),
    ]
    assert setup.aws.actions() == ["AssumeRole", "AssumeRole"]


def test_three_wrong_codes(setup: Setup):
    person = Person(["000000", "000001", "000002", MFA_CODE])
    error = setup.with_files(OPS_WITH_MFA).error("ops", person)
    assert error.code == "mfa-code-refused"
    assert str(error) == (
        "Could not assume OpsRole: the MFA code was not accepted. Wait for the next code and try again."
    )
    assert len(person.questions) == 3


def test_three_answers_that_are_no_codes_never_reach_aws(setup: Setup):
    error = setup.with_files(OPS_WITH_MFA).error("ops", Person(["", "12345", "1234567"]))
    assert error.code == "mfa-code-refused"
    assert setup.aws.log == []


def test_used_code_is_refused_as_aws_refuses_it(setup: Setup):
    made = setup.with_files(OPS_WITH_MFA)
    made.resolve("ops", Person([MFA_CODE]))
    assert made.error("ops", Person([MFA_CODE, None])).code == "cancelled"
    setup.aws.advance(30)
    made.resolve("ops", Person([MFA_CODE]))


def test_person_gives_up(setup: Setup):
    error = setup.with_files(OPS_WITH_MFA).error("ops", Person([None]))
    assert error.code == "cancelled"
    assert setup.aws.log == []


def test_two_devices_in_a_chain_have_three_tries_each(setup: Setup):
    top = "[profile top]\nrole_arn = arn:aws:iam::111122223333:role/Top\nsource_profile = ops\nmfa_serial = other\n"
    # botocore wants nine characters of a serial number at least.
    config = OPS_WITH_MFA + top.replace("= other", "= GAHT12345678")
    person = Person(["000000", "000000", MFA_CODE, "000000", "000000", MFA_CODE])
    setup.with_files(config).resolve("top", person)
    assert [(serial, attempt) for serial, attempt, _ in person.questions] == [
        *((DEVICE, attempt) for attempt in (1, 2, 3)),
        *(("GAHT12345678", attempt) for attempt in (1, 2, 3)),
    ]
    assert setup.aws.actions().count("AssumeRole") == 6  # the role that was had is not assumed again


# --- Cancelling, limits, and several at once


def test_cancelled_before_it_began(setup: Setup):
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(SessionError) as caught:
        setup.with_files(OPS).resolve("ops", cancel=cancel)
    assert caught.value.code == "cancelled"
    assert setup.aws.log == []


def test_cancelled_while_a_person_is_thinking(setup: Setup):
    cancel = CancelToken()
    answered = threading.Event()

    def think(serial: str, attempt: int, message: str | None) -> str:
        cancel.cancel()
        answered.wait(20)
        return MFA_CODE

    with pytest.raises(SessionError) as caught:
        setup.with_files(OPS_WITH_MFA).resolve("ops", think, cancel)
    assert caught.value.code == "cancelled"
    answered.set()
    assert setup.aws.log == []


def test_cancelled_while_aws_hangs(setup: Setup):
    cancel = CancelToken()
    slow = setup.with_options(limits=Limits(read=20, attempts=1)).with_files(OPS)
    setup.aws.fail_next("hang")
    slow.steps = _Signal(cancel.cancel)
    with pytest.raises(SessionError) as caught:
        slow.resolve("ops", cancel=cancel)
    assert caught.value.code == "cancelled"


class _Signal(list):
    """Calls a function when something is appended."""

    def __init__(self, call):
        super().__init__()
        self._call = call

    def append(self, item):
        super().append(item)
        self._call()


def test_the_whole_has_a_limit(setup: Setup):
    setup.aws.fail_next("hang")
    limits = Limits(read=20, attempts=1, total=0.5)
    error = setup.with_options(limits=limits).with_files(OPS).error("ops")
    assert str(error) == 'Could not finish with profile "ops" within 0.5 s. Check the network and try again.'


def test_time_to_think_does_not_count(setup: Setup, monkeypatch: pytest.MonkeyPatch):
    clock = [0.0]
    monkeypatch.setattr("rolecall.sessions.control.time.monotonic", lambda: clock[0])

    def think(serial: str, attempt: int, message: str | None) -> str:
        clock[0] += 1000
        return MFA_CODE

    assert setup.with_files(OPS_WITH_MFA).resolve("ops", think)


@pytest.fixture
def joined(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Is set once somebody waits for the resolution of another."""
    event = threading.Event()
    wait = resolution._wait

    def spy(*arguments):
        event.set()
        return wait(*arguments)

    monkeypatch.setattr(resolution, "_wait", spy)
    return event


def test_two_who_want_the_same_profile_share_one_question(setup: Setup, joined: threading.Event):
    made = setup.with_files(OPS_WITH_MFA)
    asked, may_answer = threading.Event(), threading.Event()
    questions: list[str] = []

    def ask(serial: str, attempt: int, message: str | None) -> str:
        questions.append(serial)
        asked.set()
        may_answer.wait(20)
        return MFA_CODE

    sessions: list[Session] = []
    first = threading.Thread(target=lambda: sessions.append(made.resolve("ops", ask)))
    first.start()
    assert asked.wait(20)
    second = threading.Thread(target=lambda: sessions.append(made.resolve("ops", ask)))
    second.start()
    assert joined.wait(20)
    may_answer.set()
    first.join(20)
    second.join(20)
    assert questions == [DEVICE]
    assert len(sessions) == 2
    assert sessions[0] is sessions[1]


def test_one_question_at_a_time_for_a_device(setup: Setup):
    other = OPS_WITH_MFA.replace("profile ops", "profile dev").replace("OpsRole", "DevRole")
    made = setup.with_files(OPS_WITH_MFA + other)
    open_questions, most = 0, 0
    lock = threading.Lock()

    def ask(serial: str, attempt: int, message: str | None) -> str:
        nonlocal open_questions, most
        with lock:
            open_questions += 1
            most = max(most, open_questions)
        setup.aws.advance(30)
        with lock:
            open_questions -= 1
        return MFA_CODE

    threads = [threading.Thread(target=made.resolve, args=(name, ask)) for name in ("ops", "dev")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert most == 1
    assert setup.aws.actions() == ["AssumeRole", "AssumeRole"]


def test_after_one_is_cancelled_the_other_goes_on(setup: Setup, joined: threading.Event):
    made = setup.with_files(OPS_WITH_MFA)
    cancel = CancelToken()
    asked, release = threading.Event(), threading.Event()

    def never(serial: str, attempt: int, message: str | None) -> None:
        asked.set()
        release.wait(20)

    failures: list[SessionError] = []

    def lead() -> None:
        try:
            made.resolve("ops", never, cancel)
        except SessionError as error:
            failures.append(error)

    leader = threading.Thread(target=lead)
    leader.start()
    assert asked.wait(20)
    sessions: list = []
    follower = threading.Thread(target=lambda: sessions.append(made.resolve("ops", Person([MFA_CODE]))))
    follower.start()
    assert joined.wait(20)
    cancel.cancel()
    release.set()
    leader.join(20)
    follower.join(20)
    assert [failure.code for failure in failures] == ["cancelled"]
    assert len(sessions) == 1


# --- Isolation


POISON = {
    "AWS_ACCESS_KEY_ID": "AKIAI44QH8DHBEXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY",
    "AWS_SESSION_TOKEN": "poison",
    "AWS_PROFILE": "poison",
    "AWS_DEFAULT_PROFILE": "poison",
    "AWS_REGION": "us-west-2",
    "AWS_DEFAULT_REGION": "us-west-2",
    "AWS_CONFIG_FILE": "/nonexistent/poison",
    "AWS_SHARED_CREDENTIALS_FILE": "/nonexistent/poison",
    "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
    "AWS_ENDPOINT_URL_STS": "http://127.0.0.1:9",
    "AWS_ROLE_ARN": "arn:aws:iam::999999999999:role/Poison",
    "AWS_WEB_IDENTITY_TOKEN_FILE": "/nonexistent/poison",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1:9/poison",
    "AWS_CA_BUNDLE": "/nonexistent/poison",
    "AWS_DATA_PATH": "/nonexistent/poison",
    "AWS_CSM_ENABLED": "true",
    "AWS_DEFAULTS_MODE": "auto",
    "BOTOCORE_EXPERIMENTAL__PLUGINS": "poison=tests.sessions.poison",
}


def test_the_environment_changes_nothing(setup: Setup, monkeypatch: pytest.MonkeyPatch):
    for name, value in POISON.items():
        monkeypatch.setenv(name, value)
    local = setup.with_options(sts_endpoint=None).with_files(OPS + "endpoint_url = {url}\n")
    assert local.resolve("ops").arn is not None
    assert {entry.access_key_id for entry in setup.aws.log} == {"AKIAIOSFODNN7EXAMPLE"}
    assert local.who_am_i("ops").account == "444455556666"


@pytest.mark.parametrize(
    "config",
    [
        "[profile empty]\nregion = eu-west-1\n",
        "[profile empty]\ndefaults_mode = auto\n",
        "[profile empty]\nec2_metadata_service_endpoint = {url}\n",
        "[profile empty]\ncsm_enabled = true\ncsm_host = 127.0.0.1\n",
    ],
)
def test_no_metadata_service_is_asked(setup: Setup, config: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("AWS_EC2_METADATA_DISABLED", raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", setup.aws.url)
    connected: list[object] = []
    monkeypatch.setattr("socket.socket.connect", lambda _self, address: connected.append(address))
    assert setup.with_files(config).error("empty").code == "no-credentials"
    assert connected == []


def test_modes_that_would_ask_the_metadata_service_are_left_out(setup: Setup):
    made = setup.with_files(OPS + "defaults_mode = auto\ncsm_enabled = true\n")
    assert made.resolve("ops").arn is not None
    assert setup.aws.actions() == ["AssumeRole"]


def test_nothing_is_read_from_or_written_to_the_home(setup: Setup, right_code: Person):
    setup.with_files(OPS_WITH_MFA).resolve("ops", right_code)
    assert not (Path(os.environ["HOME"]) / ".aws").exists()


def test_credentials_go_to_no_stranger(setup: Setup):
    local = setup.with_options(sts_endpoint=None)
    for address, place in (
        ("https://sts.amazonaws.com.example.org", "sts.amazonaws.com.example.org"),
        ("http://sts.eu-west-1.amazonaws.com", "sts.eu-west-1.amazonaws.com"),
        ("http://10.0.0.1:4566", "10.0.0.1:4566"),
    ):
        error = local.with_files(OPS + f"endpoint_url = {address}\n").error("ops")
        assert str(error) == (
            f'Could not use profile "ops": credentials would go to STS at {place},'
            " which is neither AWS over TLS nor this machine. Check endpoint_url."
        )


def test_strangers_may_be_allowed(setup: Setup):
    # 127.0.0.1 under a name that is neither loopback nor AWS; nothing is sent as nobody answers to the name.
    url = "http://localstack.invalid:4566"
    options = {"sts_endpoint": None, "trusted_endpoints": frozenset({url})}
    error = setup.with_options(**options).with_files(OPS + f"endpoint_url = {url}\n").error("ops")
    assert error.code == "network"


# --- Nobody answers


def test_closed_port(setup: Setup):
    url = closed_port_url()
    error = setup.with_options(sts_endpoint=url).with_files(OPS).error("ops")
    host = url.removeprefix("http://")
    assert str(error) == f"Could not reach STS at {host}. Check that it runs there, or the endpoint_url."


def test_hanging_server(setup: Setup):
    setup.aws.fail_next("hang")
    error = setup.with_options(limits=IMPATIENT).with_files(OPS).error("ops")
    host = setup.aws.url.removeprefix("http://")
    assert str(error) == f"Could not reach STS at {host} within 0.5 s. Check that it runs there, or the endpoint_url."


def test_dropped_connection_is_tried_again_once(setup: Setup):
    setup.aws.fail_next("drop")
    patient = setup.with_options(limits=Limits(connect=1, read=5, attempts=2))
    assert patient.with_files(OPS).resolve("ops")
    setup.aws.fail_next("drop", times=2)
    assert patient.with_files(OPS).error("ops").code == "network"


@pytest.mark.parametrize(("fault", "code"), [("500", "aws-fault"), ("429", "throttled")])
def test_faults_of_aws(setup: Setup, fault: str, code: str):
    setup.aws.fail_next(fault)
    assert setup.with_files(OPS).error("ops").code == code


def test_stand_in_is_moto_for_everything_else(aws: StandIn):
    import botocore.session

    key = aws.add_user("111122223333", "alice")
    iam = botocore.session.Session().create_client(
        "iam",
        region_name="us-east-1",
        endpoint_url=aws.url,
        aws_access_key_id=key.access_key_id,
        aws_secret_access_key=key.secret,
    )
    iam.create_user(UserName="someone")
    assert [user["UserName"] for user in iam.list_users()["Users"]] == ["someone"]
    iam.delete_user(UserName="someone")
