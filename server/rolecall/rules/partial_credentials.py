"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.lint import Finding, On, ProfileTarget, Related, Severity, is_misspelled, rule
from rolecall.model.form import Shape
from rolecall.model.profile import Effective, Profile
from rolecall.readers.botocore.merge import File

_OTHER: dict[File, File] = {"config": "credentials", "credentials": "config"}


def _has_half(shape: Shape) -> bool:
    return any(("aws_access_key_id" in f.settings) != ("aws_secret_access_key" in f.settings) for f in shape.forms)


@rule(on=On.PROFILE, severity=Severity.ERROR, keys=("aws_access_key_id", "aws_secret_access_key"), when=_has_half)
def partial_credentials(target: ProfileTarget) -> Iterator[Finding]:
    """A profile has one half of an access key.

    With an access key ID that has no `aws_secret_access_key` beside it, the AWS CLI and boto3 raise
    PartialCredentialsError; the other SDKs refuse the profile too. Half a key in the credentials file even hides a
    whole one in the config file. That the halves stand in different files is for `split-credentials` to say.

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
    profile, view = target.profile, target.view
    if not view.complete or is_misspelled(profile, ("aws_access_key_id", "aws_secret_access_key"), view):
        return
    if profile.half_pair is None:
        yield from _lonely_secrets(profile)
    elif profile.signs_in_itself and not (profile.split_pair and view.is_reported("split-credentials")):
        yield _lonely_id(profile, profile.half_pair)


def _lonely_id(profile: Profile, half: Effective) -> Finding:
    hidden = profile.by_file[_OTHER[half.stanza.file]].get("aws_secret_access_key")
    if hidden is None or profile.split_pair:
        return Finding(
            half.stanza.value_place(half.option),
            "Access key ID without its secret access key: the AWS CLI and boto3 refuse the profile",
            # Some tools take the other half from the other file.
            readers=("botocore", "javascript", "rust", "go", "java") if hidden is None else ("botocore", "go"),
        )
    return Finding(
        half.stanza.value_place(half.option),
        f"Access key ID without its secret access key, which hides the key in the {hidden.stanza.file} file (line "
        "{0}): the AWS CLI and boto3 refuse the profile",
        related=(Related(hidden.stanza.place(hidden.option.key_span), "The secret access key"),),
    )


def _lonely_secrets(profile: Profile) -> Iterator[Finding]:
    for found in profile.by_file.values():
        secret = found.get("aws_secret_access_key")
        if secret is not None and "aws_access_key_id" not in found:
            yield Finding(
                secret.stanza.place(secret.option.key_span),
                "Secret access key without its access key ID: the AWS CLI and boto3 ignore it",
                severity=Severity.WARNING,
                readers=("botocore", "javascript", "rust", "go"),
            )
