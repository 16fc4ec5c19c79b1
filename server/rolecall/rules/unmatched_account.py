"""See the rule's own documentation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rolecall.lint import AccountTarget, Finding, On, Severity, did_you_mean, quoted, rule
from rolecall.model.stanza import Place
from rolecall.readers.botocore.merge import SectionType

_ACCOUNT_ID = re.compile(r"[0-9]{12}", re.ASCII)


@rule(on=On.ACCOUNT, severity=Severity.WARNING)
def unmatched_account(target: AccountTarget) -> Iterator[Finding]:
    """A registered account has no profile.

    The profile that the account names is in neither file; or the account names none, and no profile is known to be of
    its id. Nobody can work in the account then before a profile is added. An id can be told from the role of a profile,
    from its SSO settings and from access keys that were made since about 2019.

    Bad:
    ```ini
    //- credentials
    [acme]
    aws_access_key_id = AKIAIOSFODNN7EXAMPLE
    aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY

    //- accounts
    {"accounts": [{"name": "Acme", "profile": "amce"}]}
    ```

    Good:
    ```ini
    //- credentials
    [acme]
    aws_access_key_id = AKIAIOSFODNN7EXAMPLE
    aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY

    //- accounts
    {"accounts": [{"name": "Acme", "profile": "acme"}]}
    ```
    """
    account, view = target.account, target.view
    if not view.complete:
        return
    if account.profile is not None:
        if not view.exists(SectionType.PROFILE, account.profile):
            near = view.near(SectionType.PROFILE, account.profile)
            yield Finding(
                Place(account.path, None, account.at("profile")),
                f"Profile {quoted(account.profile)} does not exist{did_you_mean(near)}",
                readers=(),
            )
        return
    # A wrong id is told as such, and an account without any may be one of LocalStack.
    is_id = account.account_id is not None and _ACCOUNT_ID.fullmatch(account.account_id) is not None
    if is_id and not view.of_account(account.account_id or ""):
        yield Finding(
            Place(account.path, None, account.at("name")),
            f"No profile is known to be of account {quoted(account.name)}",
            readers=(),
        )
