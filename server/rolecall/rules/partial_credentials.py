"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.lint import Finding, On, ProfileTarget, Related, Severity, is_misspelled, rule
from rolecall.readers.botocore.merge import File

_OTHER: dict[File, File] = {"config": "credentials", "credentials": "config"}


@rule(on=On.PROFILE, severity=Severity.ERROR, keys=("aws_access_key_id", "aws_secret_access_key"))
def partial_credentials(target: ProfileTarget) -> Iterator[Finding]:
    """A profile has one half of an access key.

    With an access key ID that has no `aws_secret_access_key` beside it, the AWS CLI and boto3 raise
    PartialCredentialsError; the other SDKs refuse the profile too. botocore looks for both halves in the same file: of
    a key that is split over config and credentials it finds only one, whereas the JavaScript SDK puts them together.

    The other way round, a secret access key without its ID is a warning: the AWS CLI, boto3 and the JavaScript SDK
    ignore it; Rust and Go refuse the profile.

    Bad:
    ```ini
    //- credentials
    [dev]
    aws_access_key_id = AKIAIOSFODNN7EXAMPLE
    ```

    Good:
    ```ini
    //- credentials
    [dev]
    aws_access_key_id = AKIAIOSFODNN7EXAMPLE
    aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
    ```
    """
    if not target.view.complete or is_misspelled(target.profile, ("aws_access_key_id", "aws_secret_access_key")):
        return
    half = target.profile.half_pair
    if half is None:
        yield from _lonely_secrets(target)
    elif target.profile.signs_in_itself:
        yield from _lonely_id(target)


def _lonely_id(target: ProfileTarget) -> Iterator[Finding]:
    half = target.profile.half_pair
    assert half is not None, "it was asked for"
    other = _OTHER[half.stanza.file]
    secret = target.profile.by_file[other].get("aws_secret_access_key")
    place = half.stanza.value_place(half.option)
    if secret is None:
        yield Finding(
            place,
            "Access key ID without its secret access key: the AWS CLI and boto3 refuse the profile",
            readers=("botocore", "javascript", "rust", "go", "java"),
        )
        return
    if "aws_access_key_id" in target.profile.by_file[other]:
        message = (
            f"Access key ID without its secret access key, which hides the key in the {other} file (line {{0}}): the "
            "AWS CLI and boto3 refuse the profile"
        )
    else:
        message = (
            f"The secret access key stands in the {other} file (line {{0}}): the AWS CLI and boto3 look for both "
            "halves in one file and refuse the profile"
        )
    related = Related(secret.stanza.place(secret.option.key_span), "The secret access key")
    yield Finding(place, message, related=(related,))


def _lonely_secrets(target: ProfileTarget) -> Iterator[Finding]:
    for found in target.profile.by_file.values():
        secret = found.get("aws_secret_access_key")
        if secret is not None and "aws_access_key_id" not in found:
            yield Finding(
                secret.stanza.place(secret.option.key_span),
                "Secret access key without its access key ID: the AWS CLI and boto3 ignore it",
                severity=Severity.WARNING,
                readers=("botocore", "javascript", "rust", "go"),
            )
