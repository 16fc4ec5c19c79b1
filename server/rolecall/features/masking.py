"""What may be shown of the two files. Denied by default: what is not known to be harmless is `•••`."""

from __future__ import annotations

import re

from rolecall import catalog

HIDDEN = "•••"
BLOCK = "…"
"""Stands for a nested block, and for whatever is cut off."""

_LIMIT = 80
_KEY_ID = re.compile(r"[A-Z0-9]{16,128}", re.ASCII)
_SETTING = re.compile(r"=|\s:|:\s")
# Greedy, as a password may hold any character. The start pages of IAM Identity Center end in "#/", which is no secret.
_USER_INFO = re.compile(r"^(\w+://)?.*@")
_AFTER_PATH = re.compile(r"([?#])(?!/?$).+")


def masked(section_type: str, key: str, value: str) -> str:
    """A value as it may be shown: one line of at most 80 characters that holds no secret.

    section_type what the catalogue calls the place: "profile", "sso-session", "services/dynamodb", "profile/s3", …
    value        as botocore has it, over several lines where it is continued
    """
    if value.startswith("\n"):
        return BLOCK
    found = catalog.setting(section_type, key)
    if found is None or found.wildcard or found.type == "nested":
        return HIDDEN if value else ""
    if not catalog.displayable(section_type, key):
        return f"set, {_characters(len(value))}" if value else "empty"
    first, more, _ = value.partition("\n")
    if found.type == "access-key-id":
        return shortened_key_id(first)
    if found.type == "url":
        first = _address(first)
    if catalog.is_like_secret_key(first):
        return HIDDEN
    return one_line(f"{first} {BLOCK}" if more else first)


def shortened_key_id(value: str) -> str:
    """An access key id as "AKIA…MPLE". Of what is none, and so may be a misplaced secret, only the length."""
    if not _KEY_ID.fullmatch(value):
        return f"set, {_characters(len(value))}" if value else ""
    return f"{value[:4]}…{value[-4:]}"


def address(value: str) -> str:
    """A web address without what a password or a token may stand in."""
    return one_line(_address(value))


def key_name(section_type: str, written: str) -> str:
    """The name of a key as it may be shown. An unknown one must look like a name: part of a secret may stand there."""
    found = catalog.setting(section_type, written)
    if found is not None and not found.wildcard:
        return written
    return written if catalog.looks_like_name(written) else HIDDEN


def header_name(text: str) -> str:
    """What stands between the brackets of a header, as it may be shown. It is a name, and names are no secrets; but a
    setting behind an open bracket is a header to some tools."""
    return HIDDEN if _SETTING.search(text) else one_line(text)


def one_line(text: str) -> str:
    """A text without line breaks and control characters, cut to 80 characters."""
    line = text if text.isprintable() else "".join(c if c.isprintable() else "\ufffd" for c in text)
    return line if len(line) <= _LIMIT else f"{line[: _LIMIT - 1]}{BLOCK}"


def _address(value: str) -> str:
    return _AFTER_PATH.sub(rf"\1{HIDDEN}", _USER_INFO.sub(rf"\1{HIDDEN}@", value))


def _characters(count: int) -> str:
    return "1 character" if count == 1 else f"{count} characters"
