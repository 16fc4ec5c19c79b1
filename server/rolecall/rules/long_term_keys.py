"""See the rule's own documentation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rolecall.lint import Finding, On, ProfileTarget, Severity, rule
from rolecall.readers.botocore.merge import SectionType

_LONG_TERM = re.compile(r"AKIA[A-Z0-9]{16,124}", re.ASCII)


@rule(
    on=On.PROFILE,
    severity=Severity.INFORMATION,
    keys=("aws_access_key_id",),
    when=lambda shape: any(f.settings.get("aws_access_key_id") == "AKIA" for f in shape.forms),
)
def long_term_keys(target: ProfileTarget) -> Iterator[Finding]:
    """A profile has a long-term access key.

    A key whose ID begins with `AKIA` works until somebody deactivates it, for whoever comes by a copy of this file too.
    AWS advises people to sign in with IAM Identity Center (SSO) instead, and to keep such a key for what cannot. Keys
    of stand-ins for AWS such as LocalStack are nobody's secret and are not reported.

    Bad:
    ```ini
    //- credentials
    [dev]
    aws_access_key_id = AKIAIOSFODNN7EXAMPLE
    aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
    ```

    Good:
    ```ini
    [profile dev]
    sso_session = corp
    sso_account_id = 123456789012
    sso_role_name = Developer

    [sso-session corp]
    sso_start_url = https://corp.awsapps.com/start
    sso_region = eu-west-1
    ```
    """
    key = target.profile.key_id
    # A key in [DEFAULT] is that of every profile, which is another matter.
    if key is None or key.stanza.type is not SectionType.PROFILE or target.effective("endpoint_url") is not None:
        return
    if _LONG_TERM.fullmatch(key.text):
        yield Finding(
            key.stanza.value_place(key.option),
            "A long-term access key, which works until somebody deactivates it; AWS advises to sign in with SSO",
            readers=(),
        )
