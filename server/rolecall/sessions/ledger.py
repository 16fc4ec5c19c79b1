"""What is known, in memory, of the sessions that Rolecall made."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from rolecall.sessions.documents import Documents, fingerprint
from rolecall.sessions.session import Session


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Ledger:
    """Sessions by profile and expiries by access key id, until they expire. Safe to use from several threads.

    Expiries go by access key id because the keys may be written to a profile of any name.
    """

    def __init__(self, now: Callable[[], datetime] = _utc_now) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._by_profile: dict[str, Session] = {}
        self._expiries: dict[str, datetime] = {}

    def remember(self, session: Session) -> None:
        """Note a session that AWS issued. Keys that nobody knows the end of are not worth a note."""
        if session.expires_at is None:
            return
        with self._lock:
            self._forget_expired()
            self._by_profile[session.profile] = session
            self._expiries[session.access_key_id] = session.expires_at

    def expiry_of_key(self, access_key_id: str) -> datetime | None:
        """Return when a key that was issued here expires, None if unknown or over."""
        with self._lock:
            self._forget_expired()
            return self._expiries.get(access_key_id)

    def expiry_of_profile(self, profile: str) -> datetime | None:
        """Return when the last session of a profile expires, None if there is none or it is over."""
        with self._lock:
            self._forget_expired()
            session = self._by_profile.get(profile)
            return session.expires_at if session else None

    def expiries(self) -> dict[str, datetime]:
        """Return when the live session of each profile that has one expires."""
        with self._lock:
            self._forget_expired()
            found = self._by_profile.items()
            return {profile: session.expires_at for profile, session in found if session.expires_at is not None}

    def session(self, profile: str, documents: Documents, at_least: timedelta = timedelta(minutes=1)) -> Session | None:
        """Return the live session of a profile for use again, so that nobody is asked for a code twice.

        None when it has less time left than ``at_least``, or when the settings that it was made from have changed.
        """
        with self._lock:
            self._forget_expired()
            session = self._by_profile.get(profile)
        if session is None or session.expires_at is None or session.expires_at - self._now() < at_least:
            return None
        return session if session.fingerprint == fingerprint(profile, documents) else None

    def forget(self, profile: str) -> None:
        """Drop the session of a profile; what is known of its key stays."""
        with self._lock:
            self._by_profile.pop(profile, None)

    def _forget_expired(self) -> None:
        now = self._now()
        self._expiries = {key: moment for key, moment in self._expiries.items() if moment > now}
        self._by_profile = {
            profile: session
            for profile, session in self._by_profile.items()
            if session.expires_at is not None and session.expires_at > now
        }
