"""The kinds of fact that the catalogue holds; _data.py is nothing but values of these."""

from __future__ import annotations

from typing import Literal, NamedTuple

FileKind = Literal["config", "credentials"]

ValueType = Literal[
    "access-key-id",
    "account-id",
    "arn",
    "boolean",
    "command",
    "datetime",
    "enum",
    "guid",
    "integer",
    "list",
    "mfa-serial",
    "nested",
    "number",
    "path",
    "path-list",
    "profile-ref",
    "rate",
    "region",
    "role-arn",
    "secret",
    "services-ref",
    "size",
    "sso-session-ref",
    "string",
    "url",
]


class Deprecation(NamedTuple):
    """Why a setting should no longer be written, and the setting that took its place if there is one."""

    message: str
    replacement: str | None = None


class BadValue(NamedTuple):
    """What tools do with a value that a setting cannot have.

    effect      what boto3 and the AWS CLI do, as far as they read the setting:
                    refused         they fail as soon as they work with the profile
                    refused-role    they fail to assume the profile's role
                    refused-by-sts  they, or else AWS STS, which every tool asks, refuse to assume the profile's role
                    sign-in-fails   the AWS CLI cannot sign in with SSO
                    command-fails   every command of the AWS CLI fails
                    output-fails    the AWS CLI runs a command, but fails to print what it gives
                    transfer-fails  "aws s3" fails to copy
                    false           they take it for "false"
                    ignored         they take it as not set
    services    what alone is refused, such as "S3"
    ignored_by  tools that take it as not set
    """

    effect: str
    services: str | None = None
    ignored_by: tuple[str, ...] = ()


class Setting(NamedTuple):
    """One setting. A name in angle brackets ("<service>") stands for any name in its section."""

    name: str
    sections: tuple[str, ...]
    """Where it may stand: "profile", "sso-session", "services", "services/*", "profile/s3", …"""
    files: tuple[FileKind, ...]
    type: ValueType
    tools: tuple[str, ...]
    """Ids of the tools that read it; `tool_title` names them for people."""
    help: str
    """What it means, one sentence."""
    docs: str | None = None
    """Address of its documentation; other tools' own settings have none."""
    note: str | None = None
    """Where tools differ, one or two sentences."""
    enum: tuple[str, ...] = ()
    """Every value that some tool accepts, for the type "enum"."""
    ignore_case: bool = False
    """boto3 and the AWS CLI take the values of `enum` in any case."""
    items: tuple[str, ...] = ()
    """Known members, for the type "list"."""
    default: str | None = None
    """What counts when it is not set, as it would be written in the file."""
    env: tuple[str, ...] = ()
    """Environment variables that override it, the strongest first."""
    secret: bool = False
    """The value is, or may carry, a secret, and is never shown."""
    pattern: str | None = None
    """Regular expression that the whole value matches, with letters and digits those of ASCII (`re.ASCII`)."""
    minimum: int | None = None
    maximum: int | None = None
    min_length: int | None = None
    max_length: int | None = None
    units: str | None = None
    """Unit of a plain number: "seconds", "bytes", …"""
    requires: tuple[str, ...] = ()
    """Settings without which it has no effect, or is an error."""
    conflicts: tuple[str, ...] = ()
    """Settings that must not stand beside it."""
    deprecated: Deprecation | None = None
    bad_value: BadValue | None = None
    """None where it is not known, or where nothing happens."""
    third_party: bool = False
    """Written and read by tools that are not AWS's."""
    common: bool = False
    """One of those that most people use."""

    @property
    def wildcard(self) -> bool:
        """Whether it stands for any name."""
        return self.name.startswith("<")


class SectionType(NamedTuple):
    """One kind of section, by the first word of its header."""

    name: str
    named: bool
    """Whether a name follows the word, as in [sso-session NAME]."""
    files: tuple[FileKind, ...]
    settings: str
    """The section type whose settings it holds; [default] holds those of a profile."""
    help: str
    docs: str


class Partition(NamedTuple):
    """A group of Regions with its own accounts and domain names."""

    id: str
    title: str
    dns_suffix: str
    dual_stack_dns_suffix: str
    implicit_global_region: str
    """The Region that services without Regions, such as IAM, are reached in."""
    region_pattern: str
    """Regular expression that the ids of its Regions match, those still to come included."""


class Region(NamedTuple):
    """A Region id that botocore knows."""

    id: str
    description: str
    partition: str
    pseudo: bool = False
    """It stands for a whole partition (aws-global), and nobody means to write it."""
