"""What a tool sees in the two files, as plain data for `rolecall readers`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

from rolecall.readers.seen import FileError, Outcome, Quoted, Value
from rolecall.readers.tools import Reading


class Masking(Protocol):
    """What may be shown of keys and of values, each in a section of the catalogue's name for its type."""

    def key(self, section_type: str, key: str) -> str:
        """The key as it may be shown."""

    def header(self, text: str) -> str:
        """What stands between the brackets of a header, as it may be shown."""

    def value(self, section_type: str, key: str, value: str) -> str:
        """The value as it may be shown."""


class ProfileReport(NamedTuple):
    """One profile: what both files say of it together, its region if it has one, and how resolving it ends (None where
    we do not follow the tool there)."""

    settings: dict[str, Any]
    region: str | None
    outcome: Outcome | None


class Report(NamedTuple):
    """Both files as a tool works with them, as far as it may be shown."""

    config_error: FileError | None
    credentials_error: FileError | None
    profiles: dict[str, ProfileReport]
    sso_sessions: dict[str, dict[str, Any]]
    services: dict[str, dict[str, Any]]
    ignored: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The report as `rolecall readers --format json` prints it."""
        return {
            "fileError": {"config": _error(self.config_error), "credentials": _error(self.credentials_error)},
            "profiles": {
                name: {
                    "settings": profile.settings,
                    "region": profile.region,
                    "resolution": _resolution(profile.outcome),
                }
                for name, profile in self.profiles.items()
            },
            "ssoSessions": self.sso_sessions,
            "services": self.services,
            "ignoredSections": list(self.ignored),
        }


def report(reading: Reading, masking: Masking | None) -> Report:
    """What a tool makes of the files. Without a masking secrets are shown too."""
    seen = reading.seen
    return Report(
        seen.config_error,
        seen.credentials_error,
        {name: _profile(reading, name, masking) for name in seen.profiles},
        {name: _settings("sso-session", found, masking) for name, found in seen.sso_sessions.items()},
        {name: _settings("services", found, masking) for name, found in seen.services.items()},
        tuple(masking.header(text) for text in seen.ignored) if masking else seen.ignored,
    )


def _profile(reading: Reading, name: str, masking: Masking | None) -> ProfileReport:
    shown = _settings("profile", reading.seen.profiles[name], masking)
    region = reading.region(name)
    if region is not None and masking is not None:
        region = masking.value("profile", "region", region)
    outcome = reading.resolution(name)
    if outcome is not None:
        outcome = outcome._replace(pieces=tuple(_told(piece, masking) for piece in outcome.pieces))
    return ProfileReport(shown, region, outcome)


def _settings(section_type: str, settings: Mapping[str, Value], masking: Masking | None) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for key, value in settings.items():
        name = _free(masking.key(section_type, key), shown) if masking else key
        if not isinstance(value, str):
            shown[name] = _settings(f"{section_type}/{key}", value, masking)
        else:
            shown[name] = masking.value(section_type, key, value) if masking else value
    return shown


def _free(name: str, taken: Mapping[str, Any]) -> str:
    """The name, with a number behind it where several hidden ones look the same."""
    number = 2
    free = name
    while free in taken:
        free = f"{name}{number}"
        number += 1
    return free


def _told(piece: str | Quoted, masking: Masking | None) -> str:
    """A piece of an error's message, as it may be shown."""
    if masking is None or isinstance(piece, str):
        return str(piece)
    type_, key, value = piece
    if value is None:
        return masking.key(type_, key)
    # botocore prints a nested block as Python does.
    return masking.value(type_, key, value) if isinstance(value, str) else "…"


def _error(error: FileError | None) -> dict[str, Any] | None:
    return None if error is None else {"line": error.line, "error": error.error, "cause": error.cause}


def _resolution(outcome: Outcome | None) -> dict[str, Any] | None:
    if outcome is None:
        return None
    if outcome.ok:
        return {"ok": True, "method": outcome.method}
    return {"ok": False, "error": outcome.error, "message": outcome.message}
