"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.edits import remove_option
from rolecall.lint import Finding, Fix, On, ProfileTarget, Severity, rule
from rolecall.model.form import Shape
from rolecall.model.profile import Effective
from rolecall.readers.botocore.merge import SectionType

_TOKENS = ("aws_session_token", "aws_security_token")


def _may_have_one(shape: Shape) -> bool:
    return any(
        f.settings.get("aws_access_key_id") == "AKIA" and any(t in f.settings for t in _TOKENS) for f in shape.forms
    )


@rule(on=On.PROFILE, severity=Severity.WARNING, fixable=True, keys=_TOKENS, when=_may_have_one)
def unexpected_session_token(target: ProfileTarget) -> Iterator[Finding]:
    """A long-term access key has a session token.

    The ID of a long-term key starts with AKIA. Such a key has no token, and AWS rejects calls that carry one ("The
    security token included in the request is invalid"); no tool notices before. Usually a long-term key was written
    over a temporary one, which `aws configure` does without taking away the token.

    The fix deletes the token. It is not applied without asking: it may be the key that is the old one.

    Bad:
    ```ini
    //- credentials
    [dev]
    aws_access_key_id = AKIAIOSFODNN7EXAMPLE
    aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
    aws_session_token = EXAMPLETOKEN
    ```

    Good:
    ```ini
    //- credentials
    [dev]
    aws_access_key_id = AKIAIOSFODNN7EXAMPLE
    aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
    ```
    """
    keys = target.keys_in_use
    key_id = keys.get("aws_access_key_id")
    tokens = [keys[key] for key in _TOKENS if key in keys and keys[key].text]
    if not target.view.complete or key_id is None or not key_id.text.startswith("AKIA") or not tokens:
        return
    has_new = tokens[0].option.key == "aws_session_token"
    yield Finding(
        tokens[0].stanza.place(tokens[0].option.key_span),
        "A long-term key (AKIA…) does not work with a session token, which AWS rejects",
        fixes=tuple(_fixes(tokens)),
        readers=("botocore", "javascript", "rust", "go", "java") if has_new else ("botocore",),
    )


def _fixes(tokens: list[Effective]) -> Iterator[Fix]:
    # What comes from [DEFAULT] is that of others too.
    if all(token.stanza.type is SectionType.PROFILE for token in tokens):
        yield Fix("Delete the token", lambda _: [remove_option(token.stanza, token.option) for token in tokens])
