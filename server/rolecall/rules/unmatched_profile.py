"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.lint import Finding, On, ProfileTarget, Severity, quoted, rule


@rule(on=On.PROFILE, severity=Severity.WARNING, when=lambda shape: shape.accounts)
def unmatched_profile(target: ProfileTarget) -> Iterator[Finding]:
    """A profile belongs to none of the registered accounts.

    An account of the accounts file belongs to a profile that it names, to profiles whose account id is its own (as
    far as that can be told from the role, from SSO or from the access key ID), and to profiles that assume its role.
    A profile without any of these is easily one for an account that should not be in use any more. Nothing is reported
    as long as no account is registered, nor of profiles without credentials.

    Bad:
    ```ini
    //- credentials
    [scratch]
    aws_access_key_id = AKIAIOSFODNN7EXAMPLE
    aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY

    //- accounts
    {"accounts": [{"name": "Acme", "profile": "acme"}]}
    ```

    Good:
    ```ini
    //- credentials
    [scratch]
    aws_access_key_id = AKIAIOSFODNN7EXAMPLE
    aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY

    //- accounts
    {"accounts": [{"name": "Acme", "profile": "scratch"}]}
    ```
    """
    profile, accounts = target.profile, target.view.accounts
    if not target.view.complete or not accounts.entries:
        return
    if profile.kind == "none" or accounts.of_profile(profile.name):
        return
    account_id, role = profile.account_id, profile.get("role_arn")
    if account_id is not None and accounts.of_id(account_id):
        return
    if role and any(account.role == role for account in accounts.entries):
        return
    yield Finding(profile.main.place(), f"Profile {quoted(profile.name)} belongs to no registered account", readers=())
