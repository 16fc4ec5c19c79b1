"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.lint import Finding, On, ProfileTarget, Severity, is_misspelled, rule
from rolecall.readers.botocore.merge import SectionType

_TOKENS = ("aws_session_token", "aws_security_token")


@rule(on=On.PROFILE, severity=Severity.ERROR, keys=("aws_access_key_id",))
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
    if not target.view.complete or is_misspelled(profile, _TOKENS):
        return
    file = profile.keys_from
    if file is None:
        return
    found = profile.by_file[file]
    key_id = found["aws_access_key_id"]
    if not key_id.text.startswith("ASIA") or any(key in found and found[key].text for key in _TOKENS):
        return
    # A role's own keys do nothing unless a role is assumed with them, its own or another one.
    if not profile.signs_in_itself and not target.view.referrers(SectionType.PROFILE, target.name):
        return
    elsewhere = any(profile.get(key) for key in _TOKENS)
    yield Finding(
        key_id.stanza.value_place(key_id.option),
        "A temporary key (ASIA…) does not work without its session token"
        + (f", which the AWS CLI and boto3 look for in the {file} file only" if elsewhere else ""),
        readers=("botocore",) if elsewhere else ("botocore", "javascript", "rust", "go", "java"),
    )
