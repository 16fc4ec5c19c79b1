"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.edits import add_section
from rolecall.lint import Finding, Fix, On, ReferenceTarget, Severity, corrections, did_you_mean, meant, quoted, rule
from rolecall.model.headers import header_of
from rolecall.readers.botocore.merge import SectionType

_ALL = ("botocore", "javascript", "rust", "go", "java")
_TEMPLATE = (("aws_access_key_id", ""), ("aws_secret_access_key", ""))


@rule(
    on=On.REFERENCE,
    severity=Severity.ERROR,
    fixable=True,
    when=lambda shape: shape.has("source_profile") and shape.source is None,
)
def missing_source_profile(target: ReferenceTarget) -> Iterator[Finding]:
    """A role's source profile does not exist.

    The AWS CLI and boto3 raise InvalidConfigError ("The source_profile … does not exist"), and every other SDK fails
    too. The value is the bare name of a profile in either file, without the word `profile` and without quotes; case
    matters. A comment behind it is a part of the name for the AWS CLI and boto3, but not for the other SDKs. Where the
    section is there but written in a way that makes it no profile, such as `[base]` in the config file, that is
    reported instead.

    The name is corrected without asking where it differs only in case, quotes or the word `profile`.

    Bad:
    ```ini
    //- config
    [profile ops]
    role_arn = arn:aws:iam::123456789012:role/ops
    source_profile = bsae

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

    //- credentials
    [base]
    aws_access_key_id = AKIAIOSFODNN7EXAMPLE
    aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
    ```
    """
    profile, view = target.profile, target.view
    if target.key != "source_profile" or not profile.is_role:
        return
    if "credential_source" in profile.settings and view.is_reported("conflicting-sources"):
        # botocore refuses both sources together before it looks at either.
        return
    if not view.complete or view.exists(target.type, target.name) or view.is_misread(target.type, target.name):
        return
    found = meant(target)
    yield Finding(
        target.place,
        f"Source profile {quoted(target.name)} does not exist{did_you_mean(found.name)}",
        fixes=(*corrections(target, found), *_creation(target)),
        readers=("botocore",) if view.exists(target.type, target.uncommented) else _ALL,
    )


def _creation(target: ReferenceTarget) -> Iterator[Fix]:
    header = header_of("credentials", SectionType.PROFILE, target.name)
    if header is not None and target.uncommented == target.name:
        yield Fix(
            f"Create profile {quoted(target.name)} in the credentials file",
            lambda _: [add_section("credentials", header, _TEMPLATE)],
        )
