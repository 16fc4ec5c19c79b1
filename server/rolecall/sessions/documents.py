"""The two AWS files as botocore reads them, and what a session needs to know of their profiles.

All of this is pure and free of botocore, so that watching the files never waits for its import.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from rolecall.readers.botocore.merge import FileView, View, read
from rolecall.readers.botocore.resolve import has_static_key, is_role
from rolecall.readers.seen import Settings, Value

Section: TypeAlias = Mapping[str, Value]
"""Settings by name; a nested block such as ``s3`` is a mapping itself."""

_FINGERPRINT_KEY = secrets.token_bytes(32)


@dataclass(frozen=True, slots=True)
class Documents:
    """Both files by section header without the brackets, each as ``botocore.configloader.raw_config_parse`` gives it.

    The text may be unsaved: nothing here is read from a disk. The values hold secrets and stay out of the repr.
    """

    config: dict[str, Settings] = field(default_factory=dict, repr=False)
    credentials: dict[str, Settings] = field(default_factory=dict, repr=False)


class Chain(NamedTuple):
    """Profiles from the one that was asked for to the one that has the first credentials."""

    profiles: tuple[str, ...]
    loops: bool


def sections(documents: Documents) -> View:
    """Both files as botocore reads them: profiles with the values of both, SSO sessions and services."""
    return read(FileView(None, documents.config), FileView(None, documents.credentials))


def text_of(settings: Section, key: str) -> str | None:
    """Return the value of a setting, or None when it is missing, empty or a nested block."""
    value = settings.get(key)
    return value if isinstance(value, str) and value else None


def role_chain(profile: str, profiles: Mapping[str, Section]) -> Chain:
    """Follow ``source_profile`` as botocore does. A source that does not exist ends the chain and is part of it."""
    names = [profile]
    while is_role(settings := profiles.get(names[-1], {})):
        if len(names) > 1 and has_static_key(settings):
            break
        source = text_of(settings, "source_profile")
        if source is None:
            break
        if source == names[-1] and has_static_key(settings):
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
