"""The two AWS files as botocore reads them, and what a session needs to know of their profiles.

All of this is pure and free of botocore, so that watching the files never waits for its import.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

Section: TypeAlias = Mapping[str, str | Mapping[str, str]]
"""Settings by name; a nested block such as ``s3`` is a mapping itself."""

_FINGERPRINT_KEY = secrets.token_bytes(32)
_STATIC_KEYS = ("aws_access_key_id", "aws_secret_access_key")


@dataclass(frozen=True, slots=True)
class Documents:
    """Both files by section header without the brackets, each as ``botocore.configloader.raw_config_parse`` gives it.

    The text may be unsaved: nothing here is read from a disk. The values hold secrets and stay out of the repr.
    """

    config: Mapping[str, Section] = field(default_factory=dict, repr=False)
    credentials: Mapping[str, Section] = field(default_factory=dict, repr=False)


class Sections(NamedTuple):
    """What the headers of both files name: profiles with the values of both, SSO sessions and services."""

    profiles: dict[str, dict[str, str | Mapping[str, str]]]
    sso_sessions: dict[str, Section]
    services: dict[str, Section]


class Chain(NamedTuple):
    """Profiles from the one that was asked for to the one that has the first credentials."""

    profiles: tuple[str, ...]
    loops: bool


def sections(documents: Documents) -> Sections:
    """Read the headers and merge both files as botocore does: what the credentials file says wins."""
    found = Sections({}, {}, {})
    for header, settings in documents.config.items():
        if header == "default":
            found.profiles[header] = dict(settings)
            continue
        for prefix, target in (
            ("profile", found.profiles),
            ("sso-session", found.sso_sessions),
            ("services", found.services),
        ):
            if header.startswith(prefix):
                name = _second_word(header)
                if name is not None:
                    target[name] = dict(settings)
                break
    for name, settings in documents.credentials.items():
        found.profiles.setdefault(name, {}).update(settings)
    return found


def _second_word(header: str) -> str | None:
    try:
        words = shlex.split(header)
    except ValueError:  # a quotation mark that is never closed: botocore ignores such a section
        return None
    return words[1] if len(words) == 2 else None


def text_of(settings: Section, key: str) -> str | None:
    """Return the value of a setting, or None when it is missing, empty or a nested block."""
    value = settings.get(key)
    return value if isinstance(value, str) and value else None


def is_role(settings: Section) -> bool:
    """Tell whether botocore assumes a role for a profile with another profile's credentials."""
    return "role_arn" in settings and "web_identity_token_file" not in settings


def role_chain(profile: str, profiles: Mapping[str, Section]) -> Chain:
    """Follow ``source_profile`` as botocore does. A source that does not exist ends the chain and is part of it."""
    names = [profile]
    while is_role(settings := profiles.get(names[-1], {})):
        if len(names) > 1 and any(key in settings for key in _STATIC_KEYS):
            break
        source = text_of(settings, "source_profile")
        if source is None:
            break
        if source == names[-1] and any(key in settings for key in _STATIC_KEYS):
            break
        if source in names:
            return Chain((*names, source), loops=True)
        names.append(source)
    return Chain(tuple(names), loops=False)


def fingerprint(profile: str, documents: Documents) -> bytes:
    """Return a digest of everything that the credentials of a profile depend on.

    It is keyed with bytes that only this process has, so that it tells nothing about the secrets in it.
    """
    found = sections(documents)
    names = role_chain(profile, found.profiles).profiles
    content = [[name, found.profiles.get(name)] for name in names]
    text = json.dumps([content, found.sso_sessions, found.services], sort_keys=True, default=dict)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), key=_FINGERPRINT_KEY, digest_size=32).digest()
