"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.lint import Finding, On, ProfileTarget, Severity, rule
from rolecall.model.expiry import EXPIRY_KEYS, expiry_of


@rule(on=On.PROFILE, severity=Severity.WARNING, keys=EXPIRY_KEYS)
def expired_credentials(target: ProfileTarget) -> Iterator[Finding]:
    """The keys of a profile have expired, as the tool that wrote them noted beside them.

    Tools such as saml2aws and aws-azure-login write the time of expiry into the profile. The AWS CLI and the SDKs do
    not read it: they go on sending the keys, and AWS answers "The security token included in the request is expired".
    Only temporary keys expire, so beside a long-term key (AKIA…) an old time means nothing. The time is shown in UTC.

    Bad:
    ```ini
    //- credentials
    [dev]
    aws_access_key_id = ASIAIOSFODNN7EXAMPLE
    aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
    aws_session_token = EXAMPLETOKEN
    x_security_token_expires = 2020-01-31T11:04:00+01:00
    ```

    Good:
    ```ini
    //- credentials
    [dev]
    aws_access_key_id = ASIAIOSFODNN7EXAMPLE
    aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
    aws_session_token = EXAMPLETOKEN
    x_security_token_expires = 2999-01-31T11:04:00+01:00
    ```
    """
    for file in target.profile.keys_in:
        found = target.profile.by_file[file]
        expiry = expiry_of({key: effective.value for key, effective in found.items()})
        if expiry is None or found["aws_access_key_id"].text.startswith("AKIA"):
            continue
        key, moment = expiry
        if target.view.is_past(moment):
            at = found[key]
            yield Finding(
                at.stanza.value_place(at.option), f"Expired on {moment:%Y-%m-%d} at {moment:%H:%M} UTC", readers=()
            )
