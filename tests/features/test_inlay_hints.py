"""Hints within the lines."""

from datetime import UTC, datetime

from rolecall.features.inlay_hints import inlay_hints
from tests.support.check import NOW
from tests.support.check_file import check_hints, workspace

ACCOUNTS = """\
//- accounts
{"accounts": [
  {"name": "Acme Dev", "accountId": "111122223333", "profile": "base", "region": "eu-west-1"},
  {"name": "Acme US", "accountId": "111122223333", "region": "us-east-1"},
  {"name": "Acme Production", "accountId": "444455556666"}
]}
"""


def test_accounts_are_named_behind_headers_and_ids() -> None:
    text = f"""\
//- config
[profile base]
region = eu-west-1
aws_account_id = 111122223333
[profile ops]
role_arn = arn:aws:iam::444455556666:role/OpsRole
source_profile = base
mfa_serial = arn:aws:iam::111122223333:mfa/me
[profile sandbox]
sso_account_id = 444455556666
sso_role_name = Developer
[profile elsewhere]
role_arn = arn:aws:iam::999999999999:role/OpsRole
mfa_serial = 111122223333
{ACCOUNTS}"""
    assert (
        check_hints(text)
        == """\
[profile base] «Acme Dev»
aws_account_id = 111122223333 «Acme Dev»
[profile ops] «Acme Production»
role_arn = arn:aws:iam::444455556666:role/OpsRole «Acme Production»
mfa_serial = arn:aws:iam::111122223333:mfa/me «Acme Dev»
[profile sandbox] «Acme Production»
sso_account_id = 444455556666 «Acme Production»
"""
    )


def test_of_several_accounts_of_an_id_the_header_names_the_one_of_the_region() -> None:
    text = f"""\
//- config
[profile us]
role_arn = arn:aws:iam::111122223333:role/OpsRole
region = us-east-1
{ACCOUNTS}"""
    assert check_hints(text).splitlines()[0] == "[profile us] «Acme US»"


def test_an_account_that_names_the_profile_of_another_one_is_not_it() -> None:
    text = """\
//- config
[profile base]
role_arn = arn:aws:iam::444455556666:role/OpsRole
//- accounts
{"accounts": [{"name": "Wrong", "accountId": "111122223333", "profile": "base"},
              {"name": "Right", "accountId": "444455556666"}]}
"""
    assert check_hints(text).splitlines()[0] == "[profile base] «Right»"


def test_without_registered_accounts_nothing_is_named() -> None:
    assert check_hints("[profile ops]\nrole_arn = arn:aws:iam::444455556666:role/OpsRole\n") == ""


def test_expiry_settings_say_how_long_the_keys_last() -> None:
    text = """\
//- credentials
[today]
x_security_token_expires = 2026-11-22T14:12:00+01:00
[long]
aws_expiration = 2026-11-26T18:00:00Z
[yesterday]
aws_session_expiration = 2026-11-22T11:59:59+0000
[now]
expiration = 2026-11-22 12:00:01
[local]
manager = awsume
expiration = 2026-11-22 12:00:01
[other]
x_security_token_expires = soon
x_security_token_expires = 2026-11-22T14:12:00+01:00
  # and
  more
"""
    assert (
        check_hints(text, "credentials")
        == """\
x_security_token_expires = 2026-11-22T14:12:00+01:00 «in 1 h 12 m»
aws_expiration = 2026-11-26T18:00:00Z «in 4 d 6 h»
aws_session_expiration = 2026-11-22T11:59:59+0000 «expired»
expiration = 2026-11-22 12:00:01 «in 1 m»
"""
    )


def test_a_live_session_is_told_behind_the_header_in_both_files() -> None:
    text = "//- config\n[profile ops]\n//- credentials\n[ops]\n[base]\n[gone]\n"
    sessions = {"ops": datetime(2026, 11, 22, 13, 0, tzinfo=UTC), "gone": NOW}
    assert check_hints(text, "config", sessions) == "[profile ops] «1 h»\n"
    assert check_hints(text, "credentials", sessions) == "[ops] «1 h»\n[gone] «expired»\n"


def test_hints_follow_the_clock() -> None:
    found = workspace("[profile ops]\nx_security_token_expires = 2026-11-22T12:05:00Z\n")
    assert [hint.label for hint in inlay_hints(found, "config")] == ["in 5 m"]
    found.set_time(datetime(2026, 11, 22, 12, 5, tzinfo=UTC))
    assert [(hint.label, hint.tooltip) for hint in inlay_hints(found, "config")] == [
        ("expired", "Expired on 2026-11-22 at 12:05 UTC.")
    ]


def test_a_part_of_a_file_gives_the_hints_of_its_sections() -> None:
    found = workspace("".join(f"[profile p{n}]\nexpiration = 2026-11-22 12:00:01\n" for n in range(200)))
    assert [hint.position.line for hint in inlay_hints(found, "config", first=100, last=102)] == [101, 103]
