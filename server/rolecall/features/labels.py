"""Words and times as they are shown everywhere in an editor."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from rolecall.model.profile import Kind

KIND_LABELS: dict[Kind, str] = {
    "static": "access key",
    "session": "temporary session",
    "assume-role": "assume role",
    "web-identity": "web identity role",
    "sso": "SSO",
    "login": "console sign-in",
    "process": "credential process",
    "environment": "environment",
    "none": "no credentials",
}


def time_left(end: datetime, now: datetime) -> str:
    """How long it is until a moment, rounded up to minutes: "11 h 32 m", "5 m", "3 d 2 h", or "expired"."""
    if end <= now:
        return "expired"
    minutes = -((now - end) // timedelta(minutes=1))
    hours, minutes = divmod(minutes, 60)
    if hours >= 48:
        return _units(hours // 24, "d", hours % 24, "h")
    return _units(hours, "h", minutes, "m") if hours else f"{minutes} m"


def utc(moment: datetime) -> str:
    """A moment as "2026-11-22 at 11:04 UTC"."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d at %H:%M UTC")


def _units(large: int, large_unit: str, small: int, small_unit: str) -> str:
    return f"{large} {large_unit} {small} {small_unit}" if small else f"{large} {large_unit}"
