"""Whole sections to start from, as snippets with tab stops."""

from __future__ import annotations

from typing import NamedTuple

from rolecall.readers.botocore.merge import File


class Snippet(NamedTuple):
    """A section of a common kind.

    label  what people look for
    file   where it belongs
    help   one sentence
    body   in the syntax of the Language Server Protocol
    """

    label: str
    file: File
    help: str
    body: str


SNIPPETS = (
    Snippet(
        "role with MFA",
        "config",
        "A profile that assumes a role with the keys of another profile and a code of your MFA device.",
        "[profile ${1:name}]\n"
        "role_arn = arn:aws:iam::${2:123456789012}:role/${3:RoleName}\n"
        "source_profile = ${4:default}\n"
        "mfa_serial = arn:aws:iam::${5:123456789012}:mfa/${6:user}\n"
        "region = ${7:us-east-1}\n$0",
    ),
    Snippet(
        "role",
        "config",
        "A profile that assumes a role with the keys of another profile.",
        "[profile ${1:name}]\n"
        "role_arn = arn:aws:iam::${2:123456789012}:role/${3:RoleName}\n"
        "source_profile = ${4:default}\n"
        "region = ${5:us-east-1}\n$0",
    ),
    Snippet(
        "SSO profile with sso-session",
        "config",
        "A profile that signs in through IAM Identity Center, and the sign-in that others can share.",
        "[sso-session ${1:company}]\n"
        "sso_start_url = https://${2:company}.awsapps.com/start\n"
        "sso_region = ${3:us-east-1}\n"
        "sso_registration_scopes = sso:account:access\n\n"
        "[profile ${4:name}]\n"
        "sso_session = ${1:company}\n"
        "sso_account_id = ${5:123456789012}\n"
        "sso_role_name = ${6:RoleName}\n"
        "region = ${7:us-east-1}\n$0",
    ),
    Snippet(
        "credential process",
        "config",
        "A profile whose keys come from a command.",
        "[profile ${1:name}]\ncredential_process = ${2:/path/to/command}\nregion = ${3:us-east-1}\n$0",
    ),
    Snippet(
        "services block",
        "config",
        "Endpoints of single services, for the profiles that name this section.",
        "[services ${1:name}]\n${2:dynamodb} =\n  endpoint_url = ${3:http://localhost:8000}\n$0",
    ),
    Snippet(
        "access key",
        "credentials",
        "A profile with a long-term access key.",
        "[${1:name}]\naws_access_key_id = ${2:AKIA}\naws_secret_access_key = $3\n$0",
    ),
    Snippet(
        "temporary session",
        "credentials",
        "A profile with temporary keys and their session token.",
        "[${1:name}]\naws_access_key_id = ${2:ASIA}\naws_secret_access_key = $3\naws_session_token = $4\n$0",
    ),
)
