"""What is offered while people type, and what stands there once it is accepted."""

from __future__ import annotations

import pytest

from rolecall.features.completion import MAX_NAMES
from tests.support.check_cursor import check_accepted, completed, item_at, offered

KEYS = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n"
ACCOUNTS = '//- accounts\n{"accounts": [{"name": "Prod", "accountId": "444455556666"}]}\n'

ACCEPTED = {
    "a key that is begun": ("[profile a]\nreg$0\n", "region", "[profile a]\nregion = $0\n"),
    "a key on an empty line": ("[profile a]\n$0\n", "output", "[profile a]\noutput = $0\n"),
    "a key at the end of the file": ("[profile a]\n$0", "region", "[profile a]\nregion = $0"),
    "a key before its delimiter": ("[profile a]\nreg$0 = x\n", "region", "[profile a]\nregion$0 = x\n"),
    "a key whose end is wrong": ("[profile a]\nreg$0oin=x\n", "region", "[profile a]\nregion$0=x\n"),
    "a key in an indented section": ("[profile a]\n  reg$0\n", "region", "[profile a]\n  region = $0\n"),
    "a block": ("[profile a]\ns3$0\n", "s3", "[profile a]\ns3 =\n  $0\n"),
    "a key in a block": (
        "[profile a]\ns3 =\n  addr$0\n",
        "addressing_style",
        "[profile a]\ns3 =\n  addressing_style = $0\n",
    ),
    "a key on the empty line of a block": (
        "[profile a]\ns3 =\n  $0\n",
        "addressing_style",
        "[profile a]\ns3 =\n  addressing_style = $0\n",
    ),
    "a key of a service": (
        "[services a]\ndynamodb =\n  $0",
        "endpoint_url",
        "[services a]\ndynamodb =\n  endpoint_url = $0",
    ),
    "a service": (
        "[services a]\ndyn$0\n",
        "service",
        "[services a]\ndynamodb =\n  endpoint_url = http://localhost:8000$0\n",
    ),
    "a value where a space is still due": (
        "[profile a]\nregion =$0\n",
        "eu-west-1",
        "[profile a]\nregion = eu-west-1$0\n",
    ),
    "a value behind a tight sign": ("[profile a]\nregion=$0\n", "eu-west-1", "[profile a]\nregion=eu-west-1$0\n"),
    "a value in place of another": (
        "[profile a]\nregion = eu-$0west-2\n",
        "eu-west-1",
        "[profile a]\nregion = eu-west-1$0\n",
    ),
    "a value before another": ("[profile a]\noutput = $0 text\n", "json", "[profile a]\noutput = json$0\n"),
    "a value in a block": (
        "[profile a]\ns3 =\n  addressing_style = $0\n",
        "virtual",
        "[profile a]\ns3 =\n  addressing_style = virtual$0\n",
    ),
    "a member of a list": (
        "[profile a]\nauth_scheme_preference = sigv4a, s$0, noAuth\n",
        "sigv4",
        "[profile a]\nauth_scheme_preference = sigv4a, sigv4$0, noAuth\n",
    ),
    "a name with spaces": (
        '[profile my base]\n[profile "my base"]\n[profile b]\nsource_profile = my $0\n',
        "my base",
        '[profile my base]\n[profile "my base"]\n[profile b]\nsource_profile = my base$0\n',
    ),
    "a header that is begun": ("[pro$0\n", "[profile name]", "[profile name]\n"),
    "a header whose bracket the editor has closed": ("[$0]\n", "[sso-session name]", "[sso-session name]\n"),
    "a header in place of another": ("[$0services x]\n", "[default]", "[default]$0\n"),
    "a header of credentials for a profile of the config file": (
        "//- config\n[profile dev]\nregion = eu-west-1\n//- credentials\n[$0\n",
        "[dev]",
        "//- config\n[profile dev]\nregion = eu-west-1\n//- credentials\n[dev]$0\n",
    ),
    "a header of the config file that needs quotes": (
        f"//- config\n[$0\n//- credentials\n[a b]\n{KEYS}",
        '[profile "a b"]',
        f'//- config\n[profile "a b"]$0\n//- credentials\n[a b]\n{KEYS}',
    ),
    "a whole section": (
        "//- credentials\n$0",
        "access key",
        "//- credentials\n[name]\naws_access_key_id = AKIA\naws_secret_access_key = \n$0",
    ),
    "a whole section from its first letters": (
        "[profile a]\nregion = eu-west-1\n\nserv$0",
        "services block",
        "[profile a]\nregion = eu-west-1\n\n[services name]\ndynamodb =\n  endpoint_url = http://localhost:8000\n$0",
    ),
}


@pytest.mark.parametrize(("text", "accept", "after"), ACCEPTED.values(), ids=ACCEPTED)
def test_accepting(text: str, accept: str, after: str) -> None:
    check_accepted(text, accept, after)


FIRST = {
    "a role needs a source": (
        "[profile a]\nrole_arn = arn:aws:iam::123456789012:role/x\n$0",
        ["source_profile", "mfa_serial", "role_session_name"],
    ),
    "a source needs a role": ("[profile a]\nsource_profile = b\n$0", ["role_arn"]),
    "half a key needs the other half": (
        "//- credentials\n[a]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n$0",
        ["aws_secret_access_key"],
    ),
    "a temporary key needs its token": (
        f"//- credentials\n[a]\n{KEYS.replace('AKIA', 'ASIA')}$0",
        ["aws_session_token"],
    ),
    "a key in the other file needs nothing here": (
        f"//- config\n[profile a]\n$0\n//- credentials\n[a]\n{KEYS.splitlines()[0]}\n",
        ["credential_process", "role_arn"],
    ),
    "an SSO profile": ("[profile a]\nsso_session = b\n$0", ["sso_account_id", "sso_role_name"]),
    "an SSO profile that names no session": ("[profile a]\nsso_role_name = b\n$0", ["sso_session", "sso_account_id"]),
    "an SSO profile of the older form": (
        "[profile a]\nsso_start_url = https://a.awsapps.com/start\n$0",
        ["sso_region", "sso_account_id", "sso_role_name"],
    ),
    "an sso-session": ("[sso-session a]\n$0", ["sso_start_url", "sso_region", "sso_registration_scopes"]),
    "an empty section of the credentials file": (
        "//- credentials\n[a]\n$0",
        ["aws_access_key_id", "aws_secret_access_key", "aws_session_token"],
    ),
    "settings of a block": ("[profile a]\ns3 =\n  $0", ["addressing_style", "payload_signing_enabled"]),
    "below an empty line a new section comes first": (
        "[profile a]\nregion = eu-west-1\n\n$0",
        ["[default]", "[profile name]", "[sso-session name]", "[services name]", "role with MFA"],
    ),
    "in an empty file": ("$0", ["[default]", "[profile name]", "[sso-session name]", "[services name]"]),
    "choices in their order": ("[profile a]\nretry_mode = $0", ["legacy", "standard", "adaptive"]),
    "yes or no": ("[profile a]\nuse_fips_endpoint = $0", ["true", "false"]),
    "what counts when nothing is set": ("[profile a]\nduration_seconds = $0", ["3600"]),
    "Regions of the commercial partition": ("[profile a]\nregion = $0", ["af-south-1", "ap-east-1"]),
    "Regions of a sign-in": ("[sso-session a]\nsso_region = $0", ["af-south-1", "ap-east-1"]),
    "sso-sessions": ("[sso-session b]\n[sso-session a]\n[profile c]\nsso_session = $0", ["a", "b"]),
    "services sections": ("[services b]\n[services a]\n[profile c]\nservices = $0", ["a", "b"]),
    "registered accounts": (
        f"{ACCOUNTS}//- config\n[profile a]\nsso_account_id = $0",
        ["444455556666"],
    ),
}


@pytest.mark.parametrize(("text", "first"), FIRST.values(), ids=FIRST)
def test_what_comes_first(text: str, first: list[str]) -> None:
    assert offered(text)[: len(first)] == first


NOTHING = {
    "in a comment": "[profile a]\n# reg$0\n",
    "in a further line of a value": "[profile a]\nregion = x\n  reg$0\n",
    "on an indented empty line below a value": "[profile a]\nregion = x\n  $0\n",
    "in the indent before a key": "[profile a]\n $0 region = x\n",
    "at a secret": "[profile a]\naws_secret_access_key = $0\n",
    "at a setting that nobody knows": "[profile a]\nwhatever = $0\n",
    "in a block that nobody knows": "[profile a]\nregion =\n  $0\n",
    "in a section that no tool reads": "[dev]\nregion = x\nre$0 = x\n",
    "above the first header": "region = $0\n",
}


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING)
def test_nothing_is_offered(text: str) -> None:
    assert offered(text) == []


ABSENT = {
    "a setting that is there": ("[profile a]\nregion = eu-west-1\n$0", "region"),
    "a setting of a block that is there": ("[profile a]\ns3 =\n  addressing_style = path\n  $0", "addressing_style"),
    "a setting that cannot stand beside another": ("[profile a]\nsource_profile = b\n$0", "credential_source"),
    "a setting that cannot stand beside one of the other file": (
        "//- config\n[profile a]\n$0\n//- credentials\n[a]\nsource_profile = b\n",
        "credential_source",
    ),
    "a setting that is not for the file": ("//- credentials\n[a]\n$0", "services"),
    "a Region that stands for a whole partition": ("[profile a]\nregion = $0", "aws-global"),
    "the profile itself without keys": ("[profile b]\n[profile a]\nsource_profile = $0", "a"),
    "a header that is there": ("[default]\n\n$0", "[default]"),
    "a header for a profile that has its own credentials": (
        "//- config\n[profile a]\ncredential_process = x\n//- credentials\n[$0",
        "[a]",
    ),
    "a section of the credentials file in the config file": ("$0", "access key"),
}


@pytest.mark.parametrize(("text", "label"), ABSENT.values(), ids=ABSENT)
def test_what_does_not_fit_is_not_offered(text: str, label: str) -> None:
    assert offered(text)
    assert label not in offered(text)


def test_the_own_key_is_offered_again() -> None:
    assert "region" in offered("[profile a]\nreg$0ion = x\n")


def test_sources_that_can_sign_in_come_first_and_loops_last() -> None:
    text = f"""\
//- config
[profile alpha]
region = eu-west-1
[profile back]
role_arn = arn:aws:iam::123456789012:role/x
source_profile = ops
[profile ops]
role_arn = arn:aws:iam::123456789012:role/x
source_profile = $0
//- credentials
[keys]
{KEYS}"""
    found = completed(text).items
    assert [(item.label, item.description) for item in found] == [
        ("keys", "access key"),
        ("alpha", "no credentials"),
        ("back", "leads back here"),
    ]


def test_a_role_with_keys_of_its_own_may_be_its_own_source() -> None:
    text = f"//- config\n[profile a]\nrole_arn = x\nsource_profile = $0\n//- credentials\n[a]\n{KEYS}"
    assert offered(text) == ["a"]


def test_what_an_item_says() -> None:
    item = item_at("[profile a]\nreg$0", "region")
    assert (item.detail, item.description, item.deprecated, item.continues) == ("Region", "config", False, True)
    assert "Read by: AWS CLI, boto3" in item.documentation
    secret = item_at("[profile a]\n$0", "aws_secret_access_key")
    assert (secret.detail, secret.description, secret.continues) == ("secret", "credentials", False)
    assert item_at("[profile a]\n$0", "aws_security_token").deprecated
    assert item_at("[profile a]\nregion = $0", "eu-west-1").description == "Europe (Ireland)"
    assert item_at("[profile a]\nretry_mode = $0", "standard").description == "default"
    assert (
        item_at(
            "[sso-session s]\nsso_start_url = https://a.awsapps.com/start\n[profile a]\nsso_session = $0", "s"
        ).description
        == "https://a.awsapps.com/start"
    )


def test_third_party_settings_come_last() -> None:
    found = completed("//- credentials\n[a]\n$0").items
    settings = [item for item in found if item.sort.startswith("k")]
    assert settings[-1].description == "aws-azure-login"
    assert [item.sort[1] for item in settings] == sorted(item.sort[1] for item in settings)


def test_of_many_names_those_that_begin_as_typed() -> None:
    names = "".join(f"[profile p{number}]\n" for number in range(MAX_NAMES + 50))
    found = completed(f"{names}[profile z]\nsource_profile = $0")
    assert len(found.items) == MAX_NAMES
    assert found.is_incomplete
    assert offered(f"{names}[profile a]\nsource_profile = P24$0") == ["p24", *(f"p24{digit}" for digit in range(10))]


def test_few_names_are_all_sent() -> None:
    found = completed("[profile b]\n[profile a]\nsource_profile = zzz$0")
    assert [item.label for item in found.items] == ["b"]
    assert not found.is_incomplete


def test_of_many_accounts_those_that_begin_as_typed() -> None:
    entries = ", ".join(f'{{"name": "n{number}", "accountId": "{100000000000 + number}"}}' for number in range(300))
    accounts = f'//- accounts\n{{"accounts": [{entries}]}}\n'
    found = completed(f"//- config\n[profile a]\nsso_account_id = $0\n{accounts}")
    assert len(found.items) == MAX_NAMES
    assert found.is_incomplete
    typed = offered(f"//- config\n[profile a]\nsso_account_id = 10000000029$0\n{accounts}")
    assert typed == [f"10000000029{digit}" for digit in range(10)]
