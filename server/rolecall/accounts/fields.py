"""The fields of an account: their names in the file, what they mean and which values are right.

One declaration for the reader, the editor of the file and the published schema.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from rolecall import catalog


class Field(NamedTuple):
    """One field of an account."""

    name: str
    """As in the file."""
    attribute: str
    """As in `rolecall.model.accounts.Account`."""
    help: str
    examples: tuple[str, ...]
    pattern: str | None = None
    """Regular expression of a whole value, with anchors; None where any text but an empty one is right."""
    rule: str = ""
    """The rule that a value breaks which does not match."""
    problem: str = ""
    """The message about such a value; {value} is filled in, in double quotes."""


def _role_pattern() -> str:
    setting = catalog.setting("profile", "role_arn")
    if setting is None or setting.pattern is None:
        raise LookupError("the catalogue knows no pattern of role_arn")
    return setting.pattern


ALL = (
    Field("name", "name", "What the account is called; unique in the file.", ("Acme Production",)),
    Field("description", "description", "What the account is for.", ("Customer-facing systems",)),
    Field(
        "accountId",
        "account_id",
        "The twelve digits of the AWS account that a session ends up in.",
        ("111122223333",),
        "^[0-9]{12}$",
        "invalid-account-id",
        "Account id {value} is not twelve digits",
    ),
    Field("profile", "profile", "The profile to sign in with; absent when each developer names it.", ("acme",)),
    Field(
        "role",
        "role",
        "ARN of the role that is assumed with the profile.",
        ("arn:aws:iam::111122223333:role/OpsRole",),
        _role_pattern(),
        "invalid-role-arn",
        "Role {value} is not the ARN of a role such as arn:aws:iam::111122223333:role/OpsRole",
    ),
    Field("region", "region", "The Region to work in.", ("eu-west-1",)),
    Field(
        "endpointUrl",
        "endpoint_url",
        "Address of a stand-in for AWS such as LocalStack; absent for AWS itself.",
        ("http://localhost:4566",),
        r"^https?://[^\s/]\S*$",
        "invalid-value",
        "Endpoint {value} is not an address that starts with http:// or https://",
    ),
    Field(
        "environment",
        "environment",
        'How careful to be: "production" is marked wherever it is active.',
        ("production", "staging", "development", "local"),
    ),
)
BY_NAME = {field.name: field for field in ALL}

_SHOWN = 80
"""Longest value that a message repeats."""


def problem(field: Field, value: str) -> tuple[str, str] | None:
    """The rule that a value breaks and the message about it; None for a right value."""
    if not value.strip():
        return "empty-value", f'"{field.name}" is empty'
    if field.pattern is None or re.fullmatch(field.pattern, value, re.ASCII):
        return None
    return field.rule, field.problem.format(value=quoted(value))


def quoted(text: str) -> str:
    """A text of the file in double quotes for a message: on one line, cut where it is long. Not what has the form of a
    secret access key."""
    if catalog.is_like_secret_key(text):
        return "•••"
    line = "".join(character if character.isprintable() else "\ufffd" for character in text)
    return f'"{line}"' if len(line) <= _SHOWN else f'"{line[: _SHOWN - 1]}…"'
