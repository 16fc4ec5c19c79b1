"""See the rule's own documentation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rolecall import catalog
from rolecall.edits import remove_option
from rolecall.lint import Finding, Fix, On, OptionTarget, Severity, quoted, rule
from rolecall.readers.botocore.ini import Option
from rolecall.settings import READERS

_ROLE = re.compile(r"role/[\w+=,.@/-]*?(?P<name>[\w+=,.@-]+)", re.ASCII)
_ACCOUNT = re.compile(r"[0-9]{12}")
_FORM = 'such as "arn:aws:iam::ACCOUNT:role/NAME"'
_LONGEST_NAME = 64


@rule(on=On.OPTION, severity=Severity.ERROR, fixable=True, types=("role-arn",))
def invalid_role_arn(target: OptionTarget) -> Iterator[Finding]:
    """A value is not the ARN of a role.

    AWS STS refuses to assume it, whatever tool asks; the AWS CLI and boto3 do not even ask if it is shorter than 20
    characters. An empty one still makes the profile that of a role to the AWS CLI and boto3, which refuse it then,
    whereas JavaScript takes it for not set. The ARN of a session (`assumed-role`), as `aws sts get-caller-identity`
    shows it, is none of a role.

    Bad:
    ```ini
    [profile ops]
    role_arn = arn:aws:sts::123456789012:assumed-role/ops/me
    source_profile = default
    ```

    Good:
    ```ini
    [profile ops]
    role_arn = arn:aws:iam::123456789012:role/ops
    source_profile = default
    ```
    """
    if target.setting is not None and target.setting.name == "role_arn" and not target.option.value:
        yield _empty(target)
    arn = target.plain
    problem = _problem(arn) if arn else None
    if problem is not None:
        yield Finding(target.value_place, f"{problem}: AWS STS refuses it", readers=target.among(READERS))


def _empty(target: OptionTarget) -> Finding:
    stanza, option = target.stanza, target.option
    assert isinstance(option, Option), "no block has a role"
    return Finding(
        target.key_place,
        "A role without an ARN: the AWS CLI and boto3 refuse the profile",
        fixes=(Fix("Delete this line", lambda _: [remove_option(stanza, option)]),),
    )


def _problem(arn: str) -> str | None:
    parts = arn.split(":", 5)
    if len(parts) < 6 or parts[0] != "arn":
        return f"{quoted(arn)} is not the ARN of a role, {_FORM}"
    _, partition, service, region, account, resource = parts
    kind, _, rest = resource.partition("/")
    if service == "sts" and kind == "assumed-role":
        role = f"arn:{partition}:iam::{account}:role/{rest.partition('/')[0]}"
        return f"The ARN of a session in place of that of its role, which may be {quoted(role)}"
    if service != "iam" or kind != "role":
        return f"The ARN of something else ({quoted(f'{service}:{kind}')}), not of a role, {_FORM}"
    if partition not in catalog.partitions():
        return f"AWS has no partition {quoted(partition)}"
    if region:
        return "The ARN of a role has no Region, only two colons in its place"
    if _ACCOUNT.fullmatch(account) is None:
        return f"The account id {quoted(account)} does not have twelve digits"
    found = _ROLE.fullmatch(resource)
    if found is None:
        return f"No role has a name such as {quoted(rest)}" if rest else "The name of the role is missing"
    return None if len(found["name"]) <= _LONGEST_NAME else f"The name of a role has at most {_LONGEST_NAME} characters"
