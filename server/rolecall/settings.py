"""The user's settings. Their documentation here is the one in the editor: the client's package.json is generated."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

READERS = ("botocore", "javascript", "rust", "go", "c", "java")
"""Tools whose view can be asked for. "botocore" stands for the AWS CLI and boto3."""

SEVERITIES = ("error", "warning", "information", "hint", "off")
"""What can be said of a rule, from the worst on."""


class Settings(NamedTuple):
    """What a user can choose. Names are those of the editor's settings, in snake case.

    config_file       Path of the config file. Empty: `AWS_CONFIG_FILE`, or else `~/.aws/config`.
    credentials_file  Path of the credentials file. Empty: `AWS_SHARED_CREDENTIALS_FILE`, or else `~/.aws/credentials`.
    accounts_file     Path of the registered accounts. Empty: `accounts.json` in the user's configuration folder.
    readers           The tools that your team uses. Findings that concern only other tools are not shown; where these
                      tools read a section differently, a lens above it says so.
    severities        Another severity for a rule, by its name: "error", "warning", "information", "hint" or "off".
    """

    config_file: str = ""
    credentials_file: str = ""
    accounts_file: str = ""
    readers: tuple[str, ...] = ("botocore",)
    severities: Mapping[str, str] = MappingProxyType({})
