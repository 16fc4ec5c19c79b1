"""The stand-in as others use it: from a shell, and its own strictness where sessions do not show it."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from pathlib import Path

import botocore.session
import pytest
from botocore.exceptions import ClientError

from rolecall.model.account_id import account_of_key
from tests.support.standin import MFA_CODE, StandIn

ROOT = Path(__file__).parents[2]


def sts(url: str, key_id: str, secret: str, token: str | None = None):
    return botocore.session.Session().create_client(
        "sts",
        region_name="us-east-1",
        endpoint_url=url,
        aws_access_key_id=key_id,
        aws_secret_access_key=secret,
        aws_session_token=token,
    )


def test_command_line(tmp_path: Path):
    config = tmp_path / "config.json"
    role = "arn:aws:iam::111122223333:role/Denied"
    config.write_text(json.dumps({"deniedRoles": [role]}), "utf-8")
    command = [sys.executable, "-m", "tests.support.standin", "--port", "0", "--config", str(config)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        assert ready["mfaCode"] == MFA_CODE
        key = ready["keys"][0]
        client = sts(ready["url"], key["accessKeyId"], key["secretAccessKey"])
        assert client.get_caller_identity()["Arn"] == key["arn"]
        with pytest.raises(ClientError, match="AccessDenied"):
            client.assume_role(RoleArn=role, RoleSessionName="me")
        with urllib.request.urlopen(f"{ready['url']}/_standin/log") as answer:
            log = json.load(answer)
        assert [entry["action"] for entry in log] == ["GetCallerIdentity", "AssumeRole"]
        process.communicate(timeout=20)  # closes its input
    assert process.returncode == 0


def test_issued_keys_tell_their_account_and_are_all_different(aws: StandIn):
    key = aws.add_user("111122223333", "alice")
    client = sts(aws.url, key.access_key_id, key.secret)
    issued = [client.get_session_token()["Credentials"] for _ in range(3)]
    assert len({row["AccessKeyId"] for row in issued}) == 3
    assert {account_of_key(row["AccessKeyId"]) for row in issued} == {"111122223333"}
    first = issued[0]
    again = sts(aws.url, first["AccessKeyId"], first["SecretAccessKey"], first["SessionToken"])
    assert again.get_caller_identity()["Arn"] == "arn:aws:iam::111122223333:user/alice"
    with pytest.raises(ClientError, match="AccessDenied"):
        again.get_session_token()


def test_one_code_for_many_roles_by_way_of_a_session(aws: StandIn):
    role = "arn:aws:iam::111122223333:role/Guarded"
    aws.sts.requires_mfa.add(role)
    key = aws.add_user("111122223333", "alice")
    client = sts(aws.url, key.access_key_id, key.secret)
    with pytest.raises(ClientError, match="not authorized"):
        client.assume_role(RoleArn=role, RoleSessionName="me")
    issued = client.get_session_token(SerialNumber="GAHT12345678", TokenCode=MFA_CODE)["Credentials"]
    guarded = sts(aws.url, issued["AccessKeyId"], issued["SecretAccessKey"], issued["SessionToken"])
    assert guarded.assume_role(RoleArn=role, RoleSessionName="me")["AssumedRoleUser"]["Arn"].endswith("/Guarded/me")


def test_role_from_a_role_has_one_hour(aws: StandIn):
    key = aws.add_user("111122223333", "alice")
    role = "arn:aws:iam::444455556666:role/Ops"
    issued = sts(aws.url, key.access_key_id, key.secret).assume_role(RoleArn=role, RoleSessionName="me")["Credentials"]
    chained = sts(aws.url, issued["AccessKeyId"], issued["SecretAccessKey"], issued["SessionToken"])
    assert chained.assume_role(RoleArn=role, RoleSessionName="me", DurationSeconds=3600)
    with pytest.raises(ClientError, match="role chaining"):
        chained.assume_role(RoleArn=role, RoleSessionName="me", DurationSeconds=3601)


def test_session_without_its_token_is_unknown(aws: StandIn):
    issued = aws.sts.issue_session("111122223333", "arn:aws:iam::111122223333:user/me", "AIDAME", 900)
    with pytest.raises(ClientError, match="InvalidClientTokenId"):
        sts(aws.url, issued.access_key_id, issued.secret).get_caller_identity()
