"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.lint import Finding, On, ProfileTarget, Severity, is_misspelled, rule
from rolecall.readers.botocore.merge import SectionType

_PARAMETERS = ("duration_seconds", "external_id", "role_session_name")
"""Settings that say how a role is assumed, of which no other tool makes something else."""


@rule(
    on=On.PROFILE,
    severity=Severity.WARNING,
    keys=("source_profile", "credential_source", "web_identity_token_file", *_PARAMETERS),
    when=lambda shape: not shape.has("role_arn"),
)
def source_without_role(target: ProfileTarget) -> Iterator[Finding]:
    """A profile says how to assume a role, but not which one.

    Without `role_arn` the AWS CLI, boto3 and Java ignore `source_profile` and `credential_source` without a word: the
    profile has none of the credentials of its source. Rust and Go refuse it, and so does JavaScript if there is no
    other way to sign in. A web identity without a role is an error: the AWS CLI and boto3 raise InvalidConfigError.

    Other settings for roles, such as `duration_seconds`, merely do nothing; that is information. So is a source
    profile that may be meant for aws-vault, awsume and the like, which know such profiles: where `mfa_serial` stands
    beside it, or where the source has nothing to sign in with in the two files. `mfa_serial` alone is not reported.

    Bad:
    ```ini
    //- config
    [profile ops]
    source_profile = base
    region = eu-west-1

    //- credentials
    [base]
    aws_access_key_id = AKIAIOSFODNN7EXAMPLE
    aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
    ```

    Good:
    ```ini
    //- config
    [profile ops]
    role_arn = arn:aws:iam::123456789012:role/ops
    source_profile = base
    region = eu-west-1

    //- credentials
    [base]
    aws_access_key_id = AKIAIOSFODNN7EXAMPLE
    aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
    ```
    """
    settings = target.profile.settings
    if "role_arn" in settings or not target.view.complete or is_misspelled(target.profile, ("role_arn",), target.view):
        return
    if target.profile.get("web_identity_token_file"):
        yield Finding(
            target.place("web_identity_token_file"),
            'A web identity needs "role_arn" too: the AWS CLI and boto3 refuse the profile',
            severity=Severity.ERROR,
            readers=("botocore", "javascript", "rust", "go"),
        )
    elif "source_profile" in settings or "credential_source" in settings:
        yield from _sources(target)
    else:
        # What comes from [DEFAULT] may be meant for others.
        found = [key for key in _PARAMETERS if key in settings and settings[key].stanza.type is SectionType.PROFILE]
        for key in found[:1]:
            yield Finding(
                settings[key].stanza.place(settings[key].option.key_span),
                f'{_listed(found)} {"does" if len(found) == 1 else "do"} nothing without "role_arn"',
                severity=Severity.INFORMATION,
                readers=("botocore", "javascript", "rust", "go", "java"),
            )


def _sources(target: ProfileTarget) -> Iterator[Finding]:
    settings, view = target.profile.settings, target.view
    key = "source_profile" if "source_profile" in settings else "credential_source"
    is_source = key == "credential_source" and view.is_referred(SectionType.PROFILE, target.name)
    if is_source and view.is_reported("source-profile-without-credentials"):
        # A role that names this profile as its source is refused.
        return
    if settings[key].stanza.type is not SectionType.PROFILE:
        # What comes from [DEFAULT] may be meant for others.
        return
    yield Finding(
        target.place(key),
        f'"{key}" does nothing without "role_arn": the AWS CLI and boto3 ignore it',
        severity=Severity.INFORMATION if key == "source_profile" and _is_for_others(target) else Severity.WARNING,
        readers=("botocore", "javascript", "java"),
    )


def _is_for_others(target: ProfileTarget) -> bool:
    """Whether another tool may be meant, which keeps the credentials itself."""
    source = target.view.summary(target.profile.get("source_profile") or "")
    return "mfa_serial" in target.profile.settings or (source is not None and source.kind == "none")


def _listed(keys: list[str]) -> str:
    *most, last = (f'"{key}"' for key in keys)
    return f"{', '.join(most)} and {last}" if most else last
