"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.lint import Finding, On, ReferenceTarget, Severity, rule


@rule(on=On.REFERENCE, severity=Severity.WARNING, when=lambda shape: shape.source == (shape.config, shape.credentials))
def self_referencing_source(target: ReferenceTarget) -> Iterator[Finding]:
    """A role is assumed with the keys of its own profile.

    The AWS CLI, boto3, JavaScript, Rust and Go accept a profile that names itself as its source, if it has keys of its
    own. Java raises IllegalStateException ("Circular relationship detected"). Keys in a profile of their own work
    everywhere. Without keys no tool can resolve it, see `source-profile-loop`.

    Bad:
    ```ini
    //- readers java
    //- config
    [profile ops]
    role_arn = arn:aws:iam::123456789012:role/ops
    source_profile = ops

    //- credentials
    [ops]
    aws_access_key_id = AKIAIOSFODNN7EXAMPLE
    aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
    ```

    Good:
    ```ini
    //- readers java
    //- config
    [profile ops]
    role_arn = arn:aws:iam::123456789012:role/ops
    source_profile = base

    //- credentials
    [base]
    aws_access_key_id = AKIAIOSFODNN7EXAMPLE
    aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
    ```
    """
    profile = target.profile
    if target.key != "source_profile" or target.name != profile.name or not profile.is_role:
        return
    if profile.summary.static and "credential_source" not in profile.settings:
        yield Finding(
            target.place,
            "Names its own profile as the source: Java refuses it as circular, other tools use its keys; keys in a "
            "profile of their own work everywhere",
            readers=("java",),
        )
