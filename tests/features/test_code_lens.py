"""What can be done with a profile, above its header."""

from rolecall.features.code_lens import MAX_PROFILES, code_lenses
from rolecall.host import FileFacts
from rolecall.model.accounts import Accounts
from rolecall.model.workspace import Document, Workspace
from rolecall.syntax import parse
from tests.support.check import NOW
from tests.support.check_file import check_lenses, workspace

TEXT = """\
//- config
[default]
[profile base]
[profile ops]
role_arn = arn:aws:iam::444455556666:role/OpsRole
source_profile = base
[profile web]
role_arn = arn:aws:iam::444455556666:role/OpsRole
web_identity_token_file = /token
[profile sso]
sso_account_id = 444455556666
[profile login]
login_session = arn:aws:iam::444455556666:user/me
[profile process]
credential_process = /bin/tool
[profile machine]
role_arn = arn:aws:iam::444455556666:role/OpsRole
credential_source = Ec2InstanceMetadata
[sso-session corp]
[DEFAULT]
[lost]
//- credentials
[base]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
[acme]
aws_access_key_id = ASIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
aws_session_token = made-up
"""


def test_each_kind_has_what_works_for_it() -> None:
    assert (
        check_lenses(TEXT)
        == """\
[default]: Details
[profile base]: Terminal · Who am I · Details
[profile ops]: Assume role · Terminal · Who am I · Details
[profile web]: Assume role · Terminal · Who am I · Details
[profile sso]: Terminal · Who am I · Details
[profile login]: Terminal · Details
[profile process]: Terminal · Details
[profile machine]: Terminal · Details
"""
    )


def test_a_profile_in_both_files_has_its_lenses_in_both() -> None:
    assert (
        check_lenses(TEXT, "credentials")
        == """\
[base]: Terminal · Who am I · Details
[acme]: Terminal · Who am I · Details
"""
    )


def test_a_broken_profile_can_only_be_looked_at() -> None:
    assert (
        check_lenses(TEXT, "credentials", broken={"base"})
        == """\
[base]: Details
[acme]: Terminal · Who am I · Details
"""
    )


def test_commands_are_those_of_the_protocol() -> None:
    found = code_lenses(workspace(TEXT), "config", lambda _: False)
    assert [(lens.title, lens.command) for lens in found if lens.profile == "ops"] == [
        ("Assume role", "rolecall.assumeRole"),
        ("Terminal", "rolecall.openTerminal"),
        ("Who am I", "rolecall.whoAmI"),
        ("Details", "rolecall.showProfile"),
    ]


def test_a_file_that_the_commands_do_not_work_on_has_none() -> None:
    foreign = Document("/repository/.aws/config", parse("[profile a]\n"), FileFacts(exists=True, readable=True))
    missing = Document("/repository/.aws/credentials", None)
    found = Workspace(foreign, missing, Accounts(), NOW)
    assert code_lenses(found, "config", lambda _: False) == []
    assert code_lenses(found, "credentials", lambda _: False) == []


def test_a_file_with_very_many_profiles_has_no_lenses() -> None:
    profiles = "".join(f"[profile p{number}]\n" for number in range(MAX_PROFILES))
    assert check_lenses(f"//- config\n{profiles}").count("\n") == MAX_PROFILES
    assert check_lenses(f"//- config\n{profiles}[profile last]\n//- credentials\n[base]\n") == ""
    assert check_lenses(f"//- config\n{profiles}[profile last]\n//- credentials\n[base]\n", "credentials") != ""
