"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.edits import remove_option
from rolecall.lint import Finding, Fix, On, ProfileTarget, Related, Severity, quoted, rule
from rolecall.model.profile import Effective

_ALL = ("botocore", "javascript", "rust", "go", "java")


@rule(
    on=On.PROFILE,
    severity=Severity.ERROR,
    fixable=True,
    keys=("credential_source",),
    when=lambda shape: shape.has("source_profile"),
)
def conflicting_sources(target: ProfileTarget) -> Iterator[Finding]:
    """A role is to be assumed with two sources at once.

    `source_profile` and `credential_source` exclude each other. The AWS CLI and boto3 raise InvalidConfigError
    ("contains both source_profile and credential_source"), the other SDKs refuse the profile too; what either of the
    two says is not even looked at.

    Which one is too many only you can say, so neither fix is applied without asking.

    Bad:
    ```ini
    //- config
    [profile ops]
    role_arn = arn:aws:iam::123456789012:role/ops
    source_profile = base
    credential_source = Ec2InstanceMetadata

    //- credentials
    [base]
    aws_access_key_id = AKIAIOSFODNN7EXAMPLE
    aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
    ```

    Good:
    ```ini
    [profile ops]
    role_arn = arn:aws:iam::123456789012:role/ops
    credential_source = Ec2InstanceMetadata
    ```
    """
    profile = target.profile
    if not target.view.complete or not profile.is_role or "source_profile" not in profile.settings:
        return
    named, source = profile.settings["credential_source"], profile.settings["source_profile"]
    other = "line {0}" if source.stanza.file == named.stanza.file else f"line {{0}} of the {source.stanza.file} file"
    # JavaScript takes an empty value for none.
    readers = _ALL if named.text and source.text else tuple(reader for reader in _ALL if reader != "javascript")
    yield Finding(
        named.stanza.place(named.option.key_span),
        f'Both "credential_source" and "source_profile" ({other}) say who assumes the role: the AWS CLI, boto3 and the '
        "other SDKs refuse the profile",
        related=(Related(source.stanza.place(source.option.key_span), "The other source"),),
        fixes=(_deletion(named), _deletion(source)),
        readers=readers,
    )


def _deletion(found: Effective) -> Fix:
    return Fix(f"Delete {quoted(found.option.key)}", lambda _: [remove_option(found.stanza, found.option)])
