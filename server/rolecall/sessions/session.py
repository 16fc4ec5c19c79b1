"""A live session: credentials, what they are, and until when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NoReturn


@dataclass(frozen=True, slots=True)
class Session:
    """Credentials of a profile. Its repr shows no key, and it cannot be pickled."""

    profile: str
    access_key_id: str = field(repr=False)
    secret_access_key: str = field(repr=False)
    session_token: str | None = field(repr=False)
    expires_at: datetime | None
    """In UTC; None for long-term keys and where nobody wrote it down."""
    method: str
    """botocore's name for the provider that won, such as ``assume-role``."""
    account_id: str | None
    arn: str | None = None
    """Who the credentials speak for, where AWS said so."""
    region: str | None = field(default=None, repr=False)
    """The Region of the profile, None where it sets none."""
    endpoints: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The profile's own endpoints by environment variable, for example ``AWS_ENDPOINT_URL_STS``."""
    fingerprint: bytes = field(default=b"", repr=False, compare=False)
    """Digest of the settings that the session was made from; see ``documents.fingerprint``."""

    def exports(self) -> dict[str, str]:
        """Return the environment variables that give any AWS tool this session."""
        variables = {"AWS_ACCESS_KEY_ID": self.access_key_id, "AWS_SECRET_ACCESS_KEY": self.secret_access_key}
        if self.session_token is not None:
            variables["AWS_SESSION_TOKEN"] = self.session_token
        if self.expires_at is not None:
            variables["AWS_CREDENTIAL_EXPIRATION"] = self.expires_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        if self.region is not None:
            variables["AWS_REGION"] = variables["AWS_DEFAULT_REGION"] = self.region
        return variables | dict(self.endpoints)

    def environment(self) -> dict[str, str | None]:
        """Return ``exports`` for a terminal; None marks a variable that would stand in their way.

        With AWS_PROFILE set the AWS SDK for JavaScript passes over keys in the environment, and a token that belongs to
        other keys makes AWS refuse these.
        """
        return {"AWS_PROFILE": None, "AWS_SESSION_TOKEN": None, "AWS_SECURITY_TOKEN": None, **self.exports()}

    def __reduce__(self) -> NoReturn:
        raise TypeError("a session holds secrets and is not pickled")
