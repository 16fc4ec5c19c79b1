"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall import catalog
from rolecall.lint import Finding, On, ProfileTarget, Severity, quoted, rule
from rolecall.model.form import Shape
from rolecall.model.profile import Profile
from rolecall.readers.botocore.merge import SectionType

_SIGN_IN = frozenset(
    ("role_arn", "source_profile", "credential_source", "web_identity_token_file", "sso_session", "sso_start_url",
     "sso_account_id", "sso_role_name", "login_session", "credential_process", "aws_access_key_id",
     "aws_secret_access_key")
)  # fmt: skip
"""Settings that show how a profile is meant to get credentials. What is wrong with them is for other rules to say."""

_AWS_TOOLS = frozenset(
    ("botocore", "awscli", "awscli-v1", "awscli-v2", "javascript", "rust", "go", "java", "dotnet", "cpp", "toolkits")
)


def _may_dangle(shape: Shape) -> bool:
    return shape.credentials is None and _SIGN_IN.isdisjoint(shape.settings)


@rule(on=On.PROFILE, severity=Severity.WARNING, when=_may_dangle)
def dangling_config(target: ProfileTarget) -> Iterator[Finding]:
    """A profile of the config file has settings, but nothing to get credentials from.

    It has no section in the credentials file, and no role, SSO, process or login either. The tools then go on to the
    environment and to the role of the machine, and mostly end with "Unable to locate credentials". Often the profile is
    a leftover, or its name differs from the one in the credentials file.

    Not reported are the default profile, which many keep for its Region alone, profiles that another tool such as
    Granted supplies with credentials, and profiles that a role names as its source, where the role is reported. Where
    there is no credentials file at all it is information only.

    Bad:
    ```ini
    //- config
    [profile old]
    region = eu-west-1

    //- credentials
    [dev]
    aws_access_key_id = AKIAIOSFODNN7EXAMPLE
    aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
    ```

    Good:
    ```ini
    //- config
    [profile dev]
    region = eu-west-1

    //- credentials
    [dev]
    aws_access_key_id = AKIAIOSFODNN7EXAMPLE
    aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
    ```
    """
    profile, view = target.profile, target.view
    credentials = view.document("credentials")
    if not view.complete or profile.name == "default" or not profile.settings:
        return
    if any(stanza.file == "credentials" for stanza in profile.stanzas) or _has_way_in(profile):
        return
    is_source = view.is_referred(SectionType.PROFILE, profile.name)
    if is_source and view.is_reported("source-profile-without-credentials"):
        return
    yield Finding(
        profile.main.place(),
        f"Profile {quoted(profile.name)} has settings but no credentials anywhere",
        severity=Severity.INFORMATION if credentials.tree is None else Severity.WARNING,
        readers=(),
    )


def _has_way_in(profile: Profile) -> bool:
    """Whether it says how it gets credentials, be it to a tool of others."""
    if not _SIGN_IN.isdisjoint(profile.settings):
        return True
    found = (catalog.setting("profile", key) for key in profile.settings)
    return any(setting is not None and _AWS_TOOLS.isdisjoint(setting.tools) for setting in found)
