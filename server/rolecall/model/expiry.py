"""Expiry times that other tools write beside the keys they put into a profile.

No AWS SDK reads these settings, so keys that are long dead are still sent. Who writes what:

- ``x_security_token_expires``: saml2aws, okta-aws-cli, gimme-aws-creds; ISO 8601 with an offset
- ``aws_expiration``: aws-azure-login; ISO 8601
- ``aws_session_expiration``: several small tools; ISO 8601, also with an offset such as ``+0000``
- ``expiration``: aws-mfa writes ``2026-11-22 11:04:05`` in UTC, awsume the same form in local time
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime

EXPIRY_KEYS = ("x_security_token_expires", "aws_expiration", "aws_session_expiration", "expiration")
"""The settings that hold an expiry, the most trustworthy first."""

# datetime.fromisoformat() also takes bare dates, week dates and commas, which no tool writes here.
_FORM = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d)[Tt ](?P<time>\d\d:\d\d:\d\d(?:\.\d{1,9})?)"
    r" ?(?P<zone>Z|z|UTC|[+-]\d\d:?\d\d|\+0000 UTC)?",
    re.ASCII,
)
_UTC_NAMES = frozenset({"z", "utc", "+0000 utc"})
_AWSUME_MARKS = ("autoawsume", "awsumepy_command")


def parse_expiry(key: str, value: str) -> datetime | None:
    """Return the moment that an expiry setting names, in UTC, or None when it is no expiry or cannot be read.

    A time without a zone is taken as UTC. Where that may be wrong, see ``expiry_of``.
    """
    if key.lower() not in EXPIRY_KEYS:
        return None
    match = _FORM.fullmatch(value.strip())
    if match is None:
        return None
    zone = match["zone"] or "Z"
    offset = "+00:00" if zone.lower() in _UTC_NAMES else zone
    try:
        return datetime.fromisoformat(f"{match['date']}T{match['time']}{offset}").astimezone(UTC)
    except (ValueError, OverflowError):  # a thirteenth month, or a moment outside the years 1 to 9999
        return None


def expiry_of(settings: Mapping[str, object]) -> tuple[str, datetime] | None:
    """Return the setting of a profile that tells when its keys expire, and the moment in UTC; None when none does.

    awsume's ``expiration`` counts in the local time of a machine that need not be this one, so it tells nothing.
    """
    local_time = any(mark in settings for mark in _AWSUME_MARKS) or settings.get("manager") == "awsume"
    for key in EXPIRY_KEYS:
        value = settings.get(key)
        if not isinstance(value, str) or (key == "expiration" and local_time):
            continue
        moment = parse_expiry(key, value)
        if moment is not None:
            return key, moment
    return None
