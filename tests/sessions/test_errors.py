"""What people are told when a session cannot be had. Each sentence stands here in full."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime

import pytest

from rolecall.sessions import Limits, Session, SessionError
from rolecall.sessions.documents import Documents, sections
from rolecall.sessions.errors import shown
from rolecall.sessions.explain import explain
from rolecall.sessions.faults import Trace
from tests.sessions.conftest import CREDENTIALS, DEVICE, Person, Setup
from tests.support.standin import MFA_CODE

OPS = "[profile ops]\nrole_arn = arn:aws:iam::444455556666:role/OpsRole\nsource_profile = base\n"
SSO = "[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\n"
SSO_DEV = "[profile dev]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Admin\n"
HALF = "[base]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n"
TOP = "[profile top]\nrole_arn = arn:aws:iam::111122223333:role/Top\nsource_profile = ops\n"

# profile asked for, config file, credentials file, code, sentence
FAULTS_IN_THE_FILES = [
    (
        "nope",
        "",
        CREDENTIALS,
        "no-such-profile",
        'Could not use profile "nope": there is no such profile.',
    ),
    (
        "empty",
        "[profile empty]\nregion = eu-west-1\n",
        "",
        "no-credentials",
        (
            'Could not use profile "empty": it has nothing to sign in with.'
            " Add its access key, or a role_arn with a source_profile."
        ),
    ),
    (
        "blank",
        "",
        "[blank]\naws_access_key_id =\naws_secret_access_key =\n",
        "no-credentials",
        (
            'Could not use profile "blank": it has nothing to sign in with.'
            " Add its access key, or a role_arn with a source_profile."
        ),
    ),
    (
        "ops",
        OPS.replace("= base", "= bsae"),
        CREDENTIALS,
        "missing-source-profile",
        'Could not use profile "ops": its source profile "bsae" does not exist. Correct source_profile.',
    ),
    (
        "ops",
        OPS + "[profile base]\nregion = eu-west-1\n",
        "",
        "source-profile-without-credentials",
        'Could not use profile "ops": its source profile "base" has nothing to sign in with. Add its access key.',
    ),
    (
        "ops",
        OPS.replace("= base", "= dev") + OPS.replace("profile ops", "profile dev").replace("= base", "= ops"),
        "",
        "source-profile-loop",
        (
            'Could not use profile "ops": the role chain loops (ops → dev → ops).'
            " Let one of them use a source_profile with keys."
        ),
    ),
    (
        "ops",
        OPS.replace("source_profile = base\n", ""),
        CREDENTIALS,
        "role-without-source",
        'Could not use profile "ops": profile "ops" names a role but no source_profile. Add source_profile.',
    ),
    (
        "ops",
        OPS + "credential_source = Environment\n",
        CREDENTIALS,
        "conflicting-sources",
        'Could not use profile "ops": profile "ops" has both source_profile and credential_source. Remove one of them.',
    ),
    (
        "ops",
        OPS.replace("source_profile = base", "credential_source = Ec2InstanceMetadata"),
        CREDENTIALS,
        "credential-source",
        (
            "Could not get the keys that credential_source names: Rolecall asks neither the environment nor a metadata"
            " service for keys. Use the profile on the machine that it was written for, or give it a source_profile."
        ),
    ),
    (
        "ops",
        OPS.replace("source_profile = base", "credential_source = Nowhere"),
        CREDENTIALS,
        "invalid-value",
        'Could not use profile "ops": its credential_source is none that AWS knows. Correct credential_source.',
    ),
    (
        "ops",
        OPS,
        HALF,
        "partial-credentials",
        (
            'Could not use profile "ops": the secret access key is missing next to the other half of the key of profile'
            ' "base". Add it, in the same file.'
        ),
    ),
    (
        "proc",
        "[profile proc]\ncredential_process = /bin/false --secret wJalrXUtnFEMI\n",
        "",
        "process-not-allowed",
        (
            'Could not use profile "proc": it gets its keys from a program (credential_process), which'
            " Rolecall does not start. Use the profile in a terminal, where AWS tools start the program themselves."
        ),
    ),
    (
        "ops",
        OPS + "[profile base]\ncredential_process = /bin/false\n",
        "",
        "process-not-allowed",
        (
            'Could not use profile "base": it gets its keys from a program (credential_process), which'
            " Rolecall does not start. Use the profile in a terminal, where AWS tools start the program themselves."
        ),
    ),
    (
        "console",
        "[profile console]\nlogin_session = arn:aws:iam::111122223333:user/me\n",
        "",
        "login-session",
        (
            'Could not use profile "console": it signs in with a console login (login_session), which Rolecall cannot'
            " use. Use the profile in a terminal with the AWS CLI."
        ),
    ),
    (
        "dev",
        SSO + SSO_DEV,
        "",
        "sso-sign-in",
        'Could not use profile "dev": its IAM Identity Center sign-in is missing. Run: aws sso login --profile dev',
    ),
    (
        "ops",
        SSO + SSO_DEV + OPS.replace("= base", "= dev"),
        "",
        "sso-sign-in",
        'Could not use profile "ops": its IAM Identity Center sign-in is missing. Run: aws sso login --profile dev',
    ),
    (
        "dev",
        SSO_DEV,
        "",
        "missing-sso-session",
        'Could not use profile "dev": the sso-session "corp" does not exist. Correct sso_session.',
    ),
    (
        "dev",
        SSO + SSO_DEV.replace("sso_role_name = Admin\n", ""),
        "",
        "incomplete-sso",
        'Could not use profile "dev": sso_role_name is not set for profile "dev". Add what is missing.',
    ),
    (
        "dev",
        SSO + SSO_DEV + "sso_region = eu-west-1\n",
        "",
        "sso-session-conflict",
        'Could not use profile "dev": profile "dev" and its sso-session disagree. Remove what the profile repeats.',
    ),
    (
        "ci",
        "[profile ci]\nrole_arn = arn:aws:iam::444455556666:role/Ci\nweb_identity_token_file = /nonexistent/token\n",
        "",
        "web-identity-token",
        (
            'Could not use profile "ci": its web_identity_token_file cannot be read.'
            " Check the path, or that the program that writes it has run."
        ),
    ),
    (
        "ops",
        OPS.replace("arn:aws:iam::444455556666:role/OpsRole", "OpsRole"),
        CREDENTIALS,
        "invalid-value",
        'Could not assume the role of profile "ops": AWS tools do not take the value of role_arn. Correct it.',
    ),
    (
        "ops",
        OPS + "duration_seconds = 60\n",
        CREDENTIALS,
        "invalid-value",
        "Could not assume OpsRole: AWS tools do not take the value of duration_seconds. Correct it.",
    ),
    (
        "ops",
        OPS + "sts_regional_endpoints = near\n",
        CREDENTIALS,
        "invalid-value",
        'Could not use profile "ops": AWS tools do not take the value of sts_regional_endpoints. Correct it.',
    ),
    (
        "ops",
        OPS.replace("= base", "="),
        CREDENTIALS,
        "empty-value",
        'Could not use profile "ops": source_profile of profile "ops" is empty. Name a profile.',
    ),
    (
        "ops",
        OPS + "mfa_serial =\n  a = b\n",
        CREDENTIALS,
        "invalid-value",
        (
            'Could not use profile "ops": mfa_serial of profile "ops" holds a block of settings where a value is'
            " expected. Write the value on the line of the setting."
        ),
    ),
    (
        "top",
        OPS + TOP + f"duration_seconds = 7200\nmfa_serial = {DEVICE}\n",
        CREDENTIALS,
        "duration-over-chain-limit",
        (
            "Could not assume Top: AWS allows a role that is assumed from another role one hour."
            ' Set duration_seconds of profile "top" to 3600 or less.'
        ),
    ),
]


@pytest.mark.parametrize(
    ("profile", "config", "credentials", "code", "sentence"),
    FAULTS_IN_THE_FILES,
    ids=[f"{row[3]}-{number}" for number, row in enumerate(FAULTS_IN_THE_FILES)],
)
def test_fault_in_the_files_is_found_without_a_call(
    setup: Setup, profile: str, config: str, credentials: str, code: str, sentence: str
):
    error = setup.with_files(config, credentials).error(profile)
    assert (error.code, str(error)) == (code, sentence)
    assert setup.aws.log == []


def test_missing_services_section(setup: Setup):
    made = setup.with_options(sts_endpoint=None).with_files(OPS + "services = nope\n")
    assert str(made.error("ops")) == (
        'Could not use profile "ops": the services section "nope" does not exist. Correct services.'
    )


@pytest.mark.parametrize("setting", ["endpoint_url = localhost:4566", "endpoint_url = http://[::1", "region = eu/west"])
def test_settings_that_make_no_address(setup: Setup, setting: str):
    made = setup.with_options(sts_endpoint=None).with_files(OPS + setting + "\n")
    assert made.error("ops").code == "invalid-endpoint"


def test_denied_role(setup: Setup):
    setup.aws.sts.denied_roles.add("arn:aws:iam::444455556666:role/OpsRole")
    error = setup.with_files(OPS).error("ops")
    assert error.code == "denied"
    assert str(error) == (
        'Could not assume OpsRole: AWS denied it to profile "base".'
        " Check the role's trust policy and permissions. If the role asks for MFA, set mfa_serial."
    )
    with_mfa = setup.with_files(OPS + f"mfa_serial = {DEVICE}\n").error("ops", Person([MFA_CODE]))
    assert str(with_mfa).endswith("Check the role's trust policy and permissions.")


def test_denied_in_the_middle_of_a_chain(setup: Setup):
    setup.aws.sts.denied_roles.add("arn:aws:iam::111122223333:role/Top")
    error = setup.with_files(OPS + TOP).error("top")
    assert str(error).startswith('Could not assume Top: AWS denied it to profile "ops".')


def test_device_of_somebody_else(setup: Setup):
    setup.aws.sts.known_devices = set()
    person = Person(["123456"])
    error = setup.with_files(OPS + f"mfa_serial = {DEVICE}\n").error("ops", person)
    assert str(error) == "Could not assume OpsRole: the MFA device is not one of this user's. Check mfa_serial."
    assert len(person.questions) == 1


def test_expired_source(setup: Setup):
    issued = setup.aws.sts.issue_session("111122223333", "arn:aws:iam::111122223333:user/me", "AIDAME", 900)
    credentials = (
        f"[base]\naws_access_key_id = {issued.access_key_id}\naws_secret_access_key = {issued.secret}\n"
        f"aws_session_token = {issued.token}\n"
    )
    made = setup.with_files(OPS, credentials)
    assert made.resolve("ops").method == "assume-role"
    setup.aws.advance(901)
    error = made.error("ops")
    assert error.code == "source-expired"
    assert str(error) == (
        'Could not assume OpsRole: the session of profile "base" has expired. Get new keys for it and try again.'
    )
    with pytest.raises(SessionError) as caught:
        made.who_am_i("base")
    assert str(caught.value) == (
        'Could not identify profile "base": the session of profile "base" has expired.'
        " Get new keys for it and try again."
    )


def test_key_that_aws_does_not_know(setup: Setup):
    error = setup.with_files(OPS, CREDENTIALS.replace("AKIAIOSFODNN7EXAMPLE", "AKIAQQQQQQQQQEXAMPLE")).error("ops")
    assert error.code == "unknown-key"
    assert str(error) == (
        'Could not assume OpsRole: AWS does not know the access key of profile "base".'
        " Check the access key and the session token, and that the key was not deleted or made inactive."
    )


def test_secret_of_another_key(setup: Setup):
    error = setup.with_files(OPS, CREDENTIALS.replace("wJalr", "xJalr")).error("ops")
    assert error.code == "wrong-secret"
    assert str(error) == (
        'Could not assume OpsRole: the secret access key of profile "base" does not belong to its access key.'
        " Copy both again from the same place."
    )


def test_place_is_the_region_where_nothing_else_is_set():
    trace = Trace("ops", sections(Documents()), Limits())
    trace.region = "eu-west-1"
    from botocore.exceptions import EndpointConnectionError, ReadTimeoutError

    assert str(explain(ReadTimeoutError(endpoint_url="https://user:secret@host"), trace)) == (
        "Could not reach STS in eu-west-1 within 10 s. Check the network or the profile's region."
    )
    assert str(explain(EndpointConnectionError(endpoint_url="https://user:secret@host"), trace)) == (
        "Could not reach STS in eu-west-1. Check the network or the profile's region."
    )
    trace.region = "wJalrXUtnFEMI"
    assert "wJalr" not in str(explain(EndpointConnectionError(endpoint_url="x"), trace))


def test_unknown_failures_name_their_class_only():
    trace = Trace("ops", sections(Documents()), Limits())
    error = explain(KeyError("wJalrXUtnFEMI"), trace)
    assert str(error) == 'Could not use profile "ops": the AWS library failed (KeyError).'


def test_names_are_cut_and_stay_on_one_line():
    assert shown("a\nb\x1b[0m") == '"a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}[0m"'
    assert len(shown("x" * 500)) == 82


def test_a_session_is_not_pickled_and_shows_no_key():
    session = Session("ops", "ASIAEXAMPLE", "SECRET", "TOKEN", datetime(2030, 1, 1, tzinfo=UTC), "assume-role", None)
    assert all(word not in repr(session) for word in ("ASIAEXAMPLE", "SECRET", "TOKEN"))
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(session)
