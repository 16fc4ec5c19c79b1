"""Telling names of settings from secrets that stand where a name should."""

from __future__ import annotations

import re

_NAME = re.compile(r"[A-Za-z0-9_.-]{1,64}", re.ASCII)
_KEY_ID = re.compile(r"[A-Z0-9]{16,128}", re.ASCII)
_PARTS = re.compile(r"[_.-]")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|[0-9]+", re.ASCII)
_LONGEST_PART = 32
_BESIDE_ADDRESS = re.compile(r"@|[?#].")


_WORDS = re.compile(r"[a-z0-9]+|[A-Z0-9]+|[a-z]*[A-Z]*(?:[A-Z][a-z]+)+\d*")
"""In one case, or as in awsAccessKeyId, AWSAccessKeyId and Region2."""


def looks_like_name(text: str) -> bool:
    """Whether a text is surely the name of a setting, known or not, rather than a secret or a part of one."""
    if _NAME.fullmatch(text) is None or _looks_random(text):
        return False
    # The last line of a long token may be short, but its cases are mixed as in no word.
    return all(_WORDS.fullmatch(part) is not None for part in _PARTS.split(text) if part)


def may_hold_password(url: str) -> bool:
    """Whether more than the address of a page stands in a URL: before it may be a password, behind it a token."""
    return _BESIDE_ADDRESS.search(url) is not None


_SECRET_KEY = re.compile(r"(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])[A-Za-z0-9/+]{40}", re.ASCII)
_REMARK = re.compile(r"([ \t][#;]).+")


def is_like_secret_key(value: str) -> bool:
    """Whether a value has the form of a secret access key, such as one that was pasted in a wrong place."""
    return _SECRET_KEY.fullmatch(value) is not None


def without_remark(value: str) -> str:
    """One line of a value without what stands behind a # or ;, which may be anything."""
    return _REMARK.sub(r"\1…", value)


def _looks_random(text: str) -> bool:
    """Whether cases and digits alternate more often, or letters stand closer, than in anything that people make up."""
    parts = _PARTS.split(text)
    return any(
        len(piece) >= shortest and len(piece) < letters * len(_WORD.findall(piece))
        for piece, shortest, letters in [(text, 13, 3), *((part, 16, 5) for part in parts)]
    ) or any(len(part) > _LONGEST_PART or _KEY_ID.fullmatch(part) for part in parts)
