"""Noticing that the keys of a profile changed, without keeping them."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

from rolecall.model.account_id import account_of_key
from rolecall.sessions.documents import Documents, Section, sections, text_of

Kind = Literal["new-session", "renewed", "replaced", "added", "removed"]


class TokenChange(NamedTuple):
    """One profile whose keys are not what they were.

    ``new-session``: a temporary key with another id, also where there was none. ``renewed``: the same id with another
    secret or token. ``replaced``: a long-term key in place of another key. ``added``: a long-term key where there was
    none. ``removed``: no complete key any more.
    """

    profile: str
    kind: Kind
    old_key_id: str | None
    new_key_id: str | None
    same_account: bool | None
    """None where a key id does not tell its account, or one of both is missing."""


class Token(NamedTuple):
    """A key as it is remembered: its id, whether it is temporary, and a keyed digest of its secrets."""

    access_key_id: str
    temporary: bool
    digest: bytes


Tokens: TypeAlias = Mapping[str, Token]
"""By profile."""


class TokenWatch:
    """Takes and compares pictures of the keys of all profiles. Only pictures of the same watch can be compared."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)

    def picture(self, documents: Documents) -> Tokens:
        """Remember each profile that has an access key id and a secret, as botocore merges the files."""
        pictures = {name: self._token(settings) for name, settings in sections(documents).profiles.items()}
        return {name: token for name, token in pictures.items() if token is not None}

    def compare(self, old: Tokens, new: Tokens) -> list[TokenChange]:
        """Return what changed, in the order of the new files and then of the old."""
        changes = [_change(name, old.get(name), token) for name, token in new.items()]
        changes += [_change(name, token, None) for name, token in old.items() if name not in new]
        return [change for change in changes if change is not None]

    def _token(self, settings: Section) -> Token | None:
        key_id = text_of(settings, "aws_access_key_id")
        secret = text_of(settings, "aws_secret_access_key")
        if key_id is None or secret is None:
            return None
        # botocore prefers the older of the two names.
        token = text_of(settings, "aws_security_token") or text_of(settings, "aws_session_token")
        digest = hashlib.blake2b(key=self._key, digest_size=32)
        for part in (secret, token or ""):
            encoded = part.encode("utf-8", "surrogatepass")
            digest.update(len(encoded).to_bytes(8, "big") + encoded)
        return Token(key_id, token is not None or key_id.startswith("ASIA"), digest.digest())


def _change(profile: str, old: Token | None, new: Token | None) -> TokenChange | None:
    if old == new:
        return None
    old_id = old.access_key_id if old else None
    new_id = new.access_key_id if new else None
    return TokenChange(profile, _kind(old, new), old_id, new_id, _same_account(old_id, new_id))


def _kind(old: Token | None, new: Token | None) -> Kind:
    if new is None:
        return "removed"
    if old is not None and old.access_key_id == new.access_key_id:
        return "renewed"
    if new.temporary:
        return "new-session"
    return "added" if old is None else "replaced"


def _same_account(old_id: str | None, new_id: str | None) -> bool | None:
    if old_id is None or new_id is None:
        return None
    if old_id == new_id:
        return True
    accounts = account_of_key(old_id), account_of_key(new_id)
    return None if None in accounts else accounts[0] == accounts[1]
