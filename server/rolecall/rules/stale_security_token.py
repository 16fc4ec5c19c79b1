"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.edits import remove_option
from rolecall.lint import Finding, Fix, On, ProfileTarget, Related, Severity, rule
from rolecall.readers.botocore.merge import SectionType


@rule(on=On.PROFILE, severity=Severity.WARNING, fixable=True, keys=("aws_security_token",))
def stale_security_token(target: ProfileTarget) -> Iterator[Finding]:
    """An old security token goes before the session token.

    `aws_security_token` is what the session token was called long ago. Where both stand in a profile, the AWS CLI and
    boto3 send the one under the old name; JavaScript, Rust, Go and Java know only `aws_session_token`. Tools such as
    saml2aws write both with the same value; whatever renews the session token alone leaves the other one behind.

    The fix deletes the old line, so that all tools send the same token.

    Bad:
    ```ini
    //- credentials
    [dev]
    aws_access_key_id = ASIAIOSFODNN7EXAMPLE
    aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
    aws_session_token = EXAMPLETOKEN2
    aws_security_token = EXAMPLETOKEN1
    ```

    Good:
    ```ini
    //- credentials
    [dev]
    aws_access_key_id = ASIAIOSFODNN7EXAMPLE
    aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
    aws_session_token = EXAMPLETOKEN2
    aws_security_token = EXAMPLETOKEN2
    ```
    """
    keys = target.keys_in_use
    old, new, key_id = (keys.get(key) for key in ("aws_security_token", "aws_session_token", "aws_access_key_id"))
    if not target.view.complete or old is None or new is None or key_id is None or old.text == new.text:
        return
    # An empty token is not sent. A long-term key wants neither.
    if not old.text or not new.text:
        return
    if key_id.text.startswith("AKIA") and target.view.is_reported("unexpected-session-token"):
        return
    yield Finding(
        old.stanza.place(old.option.key_span),
        'The AWS CLI and boto3 send this old token instead of "aws_session_token" on line {0}',
        related=(Related(new.stanza.place(new.option.key_span), "The token that other tools send"),),
        # What comes from [DEFAULT] is that of others too.
        fixes=(Fix("Delete this line", lambda _: [remove_option(old.stanza, old.option)]),)
        if old.stanza.type is SectionType.PROFILE
        else (),
    )
