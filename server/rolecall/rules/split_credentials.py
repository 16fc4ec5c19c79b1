"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rolecall.edits import FileEdit, insert_options, remove_option
from rolecall.lint import Finding, Fix, On, ProfileTarget, Related, Severity, is_misspelled, rule
from rolecall.model.form import Shape
from rolecall.model.profile import Effective, Profile
from rolecall.readers.botocore.merge import SectionType

_PARTS = ("aws_access_key_id", "aws_secret_access_key", "aws_session_token", "aws_security_token")


def _has_half(shape: Shape) -> bool:
    return any(("aws_access_key_id" in f.settings) != ("aws_secret_access_key" in f.settings) for f in shape.forms)


@rule(on=On.PROFILE, severity=Severity.ERROR, fixable=True, keys=("aws_access_key_id",), when=_has_half)
def split_credentials(target: ProfileTarget) -> Iterator[Finding]:
    """The halves of an access key stand in different files.

    The AWS CLI and boto3 look for both halves in the same file and raise PartialCredentialsError; Go refuses the
    profile too. The JavaScript and Rust SDKs put the two together, so that the profile works with some tools only.

    The fix moves what stands in the config file to the credentials file. It is not applied without asking: one half
    may be a leftover that belongs to another key.

    Bad:
    ```ini
    //- config
    [profile dev]
    aws_access_key_id = AKIAIOSFODNN7EXAMPLE

    //- credentials
    [dev]
    aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
    ```

    Good:
    ```ini
    //- credentials
    [dev]
    aws_access_key_id = AKIAIOSFODNN7EXAMPLE
    aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
    ```
    """
    profile = target.profile
    pair = profile.split_pair
    if pair is None or not target.view.complete or not profile.signs_in_itself:
        return
    if is_misspelled(profile, _PARTS[:2], target.view):
        return
    half, secret = pair
    yield Finding(
        half.stanza.value_place(half.option),
        f"The secret access key of this ID stands in the {secret.stanza.file} file (line {{0}}): the AWS CLI and boto3 "
        "look for both in one file and refuse the profile, JavaScript puts them together",
        related=(Related(secret.stanza.place(secret.option.key_span), "The secret access key"),),
        fixes=tuple(_fixes(profile, half, secret)),
        readers=("botocore", "go"),
    )


def _fixes(profile: Profile, half: Effective, secret: Effective) -> Iterator[Fix]:
    here, there = (half, secret) if half.stanza.file == "config" else (secret, half)
    config, credentials = profile.by_file["config"], profile.by_file["credentials"]
    # What belongs to a key goes with it.
    moved = [config[key] for key in _PARTS if key in config and key not in credentials]
    stanzas = {found.stanza for found in (*moved, there)}
    if stanzas != {here.stanza, there.stanza} or any(stanza.type is not SectionType.PROFILE for stanza in stanzas):
        return
    if any(found.option.last != found.option.line for found in moved):
        return

    def edits() -> Sequence[FileEdit]:
        added = insert_options(there.stanza, [(found.option.key, found.text) for found in moved])
        return [*(remove_option(found.stanza, found.option) for found in moved), added]

    yield Fix("Move to the credentials file", lambda _: edits())
