"""See the rule's own documentation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from rolecall.lint import Finding, On, ProfileTarget, Related, Severity, quoted, rule
from rolecall.model.account_id import account_of_key
from rolecall.model.accounts import Account
from rolecall.model.form import Shape
from rolecall.model.stanza import Place

_ACCOUNT_ID = re.compile(r"[0-9]{12}", re.ASCII)
_ROLE = re.compile(r"arn:[^:]*:iam::(?P<account>[0-9]{12}):role/.+", re.ASCII)
_DEVICE = re.compile(r"arn:[^:]*:iam::(?P<account>[0-9]{12}):(mfa|sms-mfa|u2f)/.+", re.ASCII)


class _Owner(NamedTuple):
    """The account that a profile works in, where that can be known: what says so, and where."""

    account: str
    says: str
    place: Place


_TELLING = ("aws_access_key_id", "role_arn", "sso_account_id", "mfa_serial", "aws_account_id")
"""Settings that tell of an account."""


def _may_disagree(shape: Shape) -> bool:
    return shape.accounts or sum(key in shape.settings for key in _TELLING) > 1


@rule(
    on=On.PROFILE,
    severity=Severity.WARNING,
    keys=_TELLING,
    when=_may_disagree,
)
def account_mismatch(target: ProfileTarget) -> Iterator[Finding]:
    """What names the account of a profile names two different ones.

    An access key that AWS made since about 2019 holds the id of its account; a role has it in its ARN, and SSO asks for
    it. It should be the id of the registered account that names the profile, and the one under `aws_account_id`.
    Somebody who trusts either of them works in the wrong account. An MFA device belongs to the user who assumes a role,
    so it is in the account of the source profile, not in that of the role: otherwise AWS STS does not accept its codes.

    Bad:
    ```ini
    //- config
    [profile dev]
    sso_session = corp
    sso_account_id = 111122223333
    sso_role_name = Developer

    [sso-session corp]
    sso_start_url = https://corp.awsapps.com/start
    sso_region = eu-west-1

    //- accounts
    {"accounts": [{"name": "Production", "profile": "dev", "accountId": "444455556666"}]}
    ```

    Good:
    ```ini
    //- config
    [profile dev]
    sso_session = corp
    sso_account_id = 444455556666
    sso_role_name = Developer

    [sso-session corp]
    sso_start_url = https://corp.awsapps.com/start
    sso_region = eu-west-1

    //- accounts
    {"accounts": [{"name": "Production", "profile": "dev", "accountId": "444455556666"}]}
    ```
    """
    if target.effective("endpoint_url") is not None:
        # A stand-in for AWS has accounts of its own.
        return
    owner = _owner(target)
    if owner is not None:
        yield from _registered(target, owner)
        yield from _named(target, owner)
    yield from _device(target)


def _owner(target: ProfileTarget) -> _Owner | None:
    profile = target.profile
    match profile.kind:
        case "assume-role" | "web-identity" | "environment":
            role = _ROLE.fullmatch(profile.get("role_arn") or "")
            return _Owner(role["account"], "The role is of", target.place("role_arn")) if role else None
        case "sso":
            account = profile.get("sso_account_id") or ""
            if _ACCOUNT_ID.fullmatch(account) is None:
                return None
            return _Owner(account, "SSO signs in to", target.place("sso_account_id"))
        case "static" | "session":
            key = profile.key_id
            found = account_of_key(key.text) if key is not None else None
            if key is None or found is None:
                return None
            return _Owner(found, "The key is of", key.stanza.value_place(key.option))
        case _:
            return None


def _registered(target: ProfileTarget, owner: _Owner) -> Iterator[Finding]:
    """Whether the accounts that name the profile are others. One with a role is that of the role, and one with an
    endpoint that of a stand-in for AWS."""
    named = [
        account
        for account in target.view.accounts.of_profile(target.name)
        if account.role is None and account.endpoint_url is None and _ACCOUNT_ID.fullmatch(account.account_id or "")
    ]
    if not named or any(account.account_id == owner.account for account in named):
        return
    account = named[0]
    yield Finding(
        owner.place,
        f"{owner.says} account {_short(owner.account)}, the account {quoted(account.name)} is "
        f"{_short(account.account_id or '')}",
        related=(Related(_place(account), "The account that names this profile"),),
        readers=(),
    )


def _named(target: ProfileTarget, owner: _Owner) -> Iterator[Finding]:
    """Whether `aws_account_id` is another one. To a profile with a role it may be that of its own keys."""
    named = target.effective("aws_account_id")
    if named is None or target.profile.is_role or _ACCOUNT_ID.fullmatch(named.text) is None:
        return
    if named.text != owner.account:
        yield Finding(
            target.place("aws_account_id"),
            f"{owner.says} account {_short(owner.account)}, this says {_short(named.text)}",
            related=(Related(owner.place, f"{owner.says} account {_short(owner.account)}"),),
            readers=(),
        )


def _device(target: ProfileTarget) -> Iterator[Finding]:
    """Whether the MFA device is another account's than the keys that assume the role."""
    profile = target.profile
    device = _DEVICE.fullmatch(profile.get("mfa_serial") or "")
    if device is None or profile.kind != "assume-role":
        return
    source = target.view.summary(profile.get("source_profile") or "")
    if source is None or source.kind not in ("static", "session") or source.account_id is None:
        return
    if _ACCOUNT_ID.fullmatch(source.account_id) and device["account"] != source.account_id:
        yield Finding(
            target.place("mfa_serial"),
            f"The MFA device is of account {_short(device['account'])}, the keys of source profile "
            f"{quoted(source.name)} are of {_short(source.account_id)}: AWS STS refuses its codes",
            readers=(),
        )


def _place(account: Account) -> Place:
    return Place(account.path, None, account.at("accountId"))


def _short(account: str) -> str:
    return f"{account[:4]}…{account[-4:]}"
