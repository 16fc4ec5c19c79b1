"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.edits import replace_span
from rolecall.lint import Finding, Fix, On, ProfileTarget, Severity, rule
from rolecall.readers.botocore.resolve import duration_seconds

_LIMIT = 3600
_LONGEST = 43200
"""Seconds. What is more is wrong whoever calls."""


@rule(
    on=On.PROFILE,
    severity=Severity.WARNING,
    fixable=True,
    keys=("duration_seconds",),
    when=lambda shape: (duration_seconds(shape.settings) or 0) > _LIMIT,
)
def duration_over_chain_limit(target: ProfileTarget) -> Iterator[Finding]:
    """A role that is assumed by another role is asked for longer than one hour.

    Where the caller itself has a role, AWS STS gives at most 3600 seconds, whatever the maximum of the role, and
    refuses to give more ("exceeds the 1 hour session limit for roles assumed by role chaining"). Callers with a role
    are a source profile with `role_arn`, one that signs in with SSO or a web identity, and the role of an EC2 instance
    or a container. Not so the access key of a user. Rust does not read `duration_seconds`.

    The fix writes the longest duration that AWS STS accepts.

    Bad:
    ```ini
    [profile sso]
    sso_start_url = https://corp.awsapps.com/start
    sso_region = eu-west-1
    sso_account_id = 123456789012
    sso_role_name = Developer

    [profile ops]
    role_arn = arn:aws:iam::123456789012:role/ops
    source_profile = sso
    duration_seconds = 14400
    ```

    Good:
    ```ini
    //- config
    [profile ops]
    role_arn = arn:aws:iam::123456789012:role/ops
    source_profile = base
    duration_seconds = 14400

    //- credentials
    [base]
    aws_access_key_id = AKIAIOSFODNN7EXAMPLE
    aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
    ```
    """
    profile = target.profile
    duration = duration_seconds(profile.values())
    if not target.view.complete or not profile.is_role or duration is None or duration <= _LIMIT:
        return
    if duration > _LONGEST and target.view.is_reported("invalid-duration"):
        return
    caller = _caller(target)
    if caller is None:
        return
    place = target.place("duration_seconds")
    option = profile.settings["duration_seconds"].option
    fix = Fix(f'Change to "{_LIMIT}"', lambda _: [replace_span(place, str(_LIMIT))], safe=True)
    yield Finding(
        place,
        f"AWS STS refuses {duration} seconds: {caller}, and a role may assume another one for {_LIMIT} seconds at most",
        fixes=(fix,) if option.last == option.line else (),
        readers=("botocore", "javascript", "go", "java"),
    )


def _caller(target: ProfileTarget) -> str | None:
    """Who assumes the role, where that surely is a role itself."""
    settings = target.profile.settings
    if "credential_source" in settings:
        named = target.profile.get("credential_source")
        is_machine = named in ("Ec2InstanceMetadata", "EcsContainer") and "source_profile" not in settings
        return "the caller is the role of the machine" if is_machine else None
    name = target.profile.get("source_profile")
    source = target.view.summary(name) if name is not None else None
    if source is None:
        return None
    if source.is_role and not source.static:
        return "the source profile is a role itself" if source.name != target.name else None
    if source.provider == "sso":
        return "the source profile signs in with SSO"
    return (
        "the source profile signs in with a web identity"
        if source.provider == "assume-role-with-web-identity"
        else None
    )
