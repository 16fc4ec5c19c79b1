"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.lint import Finding, On, ProfileTarget, Severity, is_misspelled, rule
from rolecall.model.form import Shape

_TOKENS = ("aws_session_token", "aws_security_token")


def _may_lack_it(shape: Shape) -> bool:
    return any(
        f.settings.get("aws_access_key_id") == "ASIA" and not any(t in f.settings for t in _TOKENS) for f in shape.forms
    )


@rule(on=On.PROFILE, severity=Severity.ERROR, keys=("aws_access_key_id",), when=_may_lack_it)
def missing_session_token(target: ProfileTarget) -> Iterator[Finding]:
    """A temporary access key has no session token.

    The ID of a temporary key starts with ASIA. AWS rejects every call that is signed with such a key and carries no
    session token ("The security token included in the request is invalid"); no tool notices before. Usually the third
    of the three lines was not copied. botocore wants the token in the same file as the key.

    Bad:
    ```ini
    //- credentials
    [dev]
    aws_access_key_id = ASIAIOSFODNN7EXAMPLE
    aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
    ```

    Good:
    ```ini
    //- credentials
    [dev]
    aws_access_key_id = ASIAIOSFODNN7EXAMPLE
    aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
    aws_session_token = EXAMPLETOKEN
    ```
    """
    profile = target.profile
    if not target.view.complete or is_misspelled(profile, _TOKENS, target.view):
        return
    found = target.keys_in_use
    key_id = found.get("aws_access_key_id")
    if key_id is None or not key_id.text.startswith("ASIA") or any(key in found and found[key].text for key in _TOKENS):
        return
    elsewhere = any(profile.get(key) for key in _TOKENS)
    yield Finding(
        key_id.stanza.value_place(key_id.option),
        "A temporary key (ASIA…) does not work without its session token"
        + (f", which the AWS CLI and boto3 look for in the {key_id.stanza.file} file only" if elsewhere else ""),
        readers=("botocore",) if elsewhere else ("botocore", "javascript", "rust", "go", "java"),
    )
