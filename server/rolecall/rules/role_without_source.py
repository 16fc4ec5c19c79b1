"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.edits import set_option
from rolecall.lint import Finding, Fix, On, ProfileTarget, Severity, is_misspelled, quoted, rule


@rule(
    on=On.PROFILE,
    severity=Severity.ERROR,
    fixable=True,
    keys=("role_arn",),
    when=lambda shape: not shape.has("source_profile", "credential_source"),
)
def role_without_source(target: ProfileTarget) -> Iterator[Finding]:
    """Nothing says with which credentials a role is assumed.

    A profile with `role_arn` needs `source_profile` or `credential_source` (or `web_identity_token_file`). Without,
    the AWS CLI and boto3 raise PartialCredentialsError, even where the profile has keys of its own: they are not used.
    The JavaScript SDK uses such keys and ignores the role.

    Bad:
    ```ini
    [profile ops]
    role_arn = arn:aws:iam::123456789012:role/ops
    ```

    Good:
    ```ini
    //- config
    [profile ops]
    role_arn = arn:aws:iam::123456789012:role/ops
    source_profile = default

    //- credentials
    [default]
    aws_access_key_id = AKIAIOSFODNN7EXAMPLE
    aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
    ```
    """
    settings = target.profile.settings
    sources = ("source_profile", "credential_source")
    arn = target.profile.get("role_arn")
    if not target.profile.is_role or any(key in settings for key in sources):
        return
    if not target.view.complete or is_misspelled(target.profile, sources, target.view):
        return
    if not arn and target.view.is_reported("invalid-role-arn"):
        return
    yield Finding(
        target.place("role_arn"),
        'Nothing says who assumes this role: the AWS CLI and boto3 need "source_profile" or "credential_source"',
        fixes=tuple(_fixes(target)),
        readers=_readers(target),
    )


def _readers(target: ProfileTarget) -> tuple[str, ...]:
    if not target.profile.get("role_arn"):
        return ("botocore",)
    return ("botocore", "rust") if target.profile.keys_in else ("botocore", "javascript", "rust", "java")


def _fixes(target: ProfileTarget) -> Iterator[Fix]:
    source = _best_source(target)
    if source is not None:
        stanza = target.profile.settings["role_arn"].stanza
        yield Fix(
            f"Add {quoted(f'source_profile = {source}')}", lambda _: [set_option(stanza, "source_profile", source)]
        )


def _best_source(target: ProfileTarget) -> str | None:
    """The default profile if it has keys, else the only other profile that has."""
    default = target.view.summary("default")
    if default is not None and default.keys_in and target.name != "default":
        return "default"
    others = target.view.key_holders() - {target.name}
    return next(iter(others)) if len(others) == 1 else None
