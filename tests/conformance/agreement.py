"""Whether our botocore reader says of a pair of files what botocore says."""

from __future__ import annotations

from botocore.exceptions import ConfigParseError

from rolecall.readers.botocore.reading import BotocoreReading, read
from rolecall.readers.seen import FileError, Outcome, Source
from rolecall.store.files import decode
from rolecall.syntax import parse
from tests.support.oracle import Oracle, Refused
from tests.support.pairs import Pair


def reading_of(pair: Pair) -> BotocoreReading:
    """Our reading of two files with these bytes."""
    config, credentials = (_source(data) for data in pair)
    return read(config, credentials)


def _source(data: bytes) -> Source:
    decoded = decode(data)
    return Source(parse(decoded.text), undecodable=decoded.undecodable_at is not None)


def difference(oracle: Oracle, pair: Pair, *, outcomes: bool) -> str | None:
    """Where our reader and botocore say something else, in words for developers, or None where they agree: on what is
    refused (cause and line), on profiles and their values, sso-sessions, services and ignored sections, and, where asked
    for, on how each profile ends (what wins, or the error's class and message)."""
    oracle.place(*pair)
    reading = reading_of(pair)
    seen = reading.seen
    try:
        theirs = oracle.full_config()
    except ConfigParseError:
        refusals = oracle.refusal("config"), oracle.refusal("credentials")
        errors = zip((seen.config_error, seen.credentials_error), refusals, strict=True)
        ours = tuple(_refusal(error, refused) for error, refused in errors)
        return _told("refusals", ours, refusals) or _told("profiles of refused files", seen.profiles, {})
    found = (
        _told("refusals", (seen.config_error, seen.credentials_error), (None, None))
        or _told("profiles", seen.profiles, theirs.pop("profiles"))
        or _told("sso-sessions", seen.sso_sessions, theirs.pop("sso_sessions"))
        or _told("services", seen.services, theirs.pop("services"))
        or _told("ignored sections", [name for name in seen.ignored if not _is_dropped(name)], list(theirs))
    )
    if found is None and outcomes:
        for profile in seen.profiles:
            ours_ends, theirs_ends = _ending(reading.resolution(profile)), oracle.outcome(profile)
            found = found or _told(f"outcome of {profile!r}", ours_ends, theirs_ends)
    return found


def _told(about: str, ours: object, theirs: object) -> str | None:
    return None if ours == theirs else f"{about}\n  ours:   {ours!r}\n  theirs: {theirs!r}"


def _refusal(error: FileError | None, theirs: Refused | None) -> Refused | None:
    if error is None:
        return None
    # We know the line of every refusal, botocore does not.
    return Refused(error.cause, None if theirs is not None and theirs.line is None else error.line)


def _is_dropped(name: str) -> bool:
    """botocore drops a header such as [profile] without a trace; we list it as ignored."""
    return name.startswith(("profile", "sso-session", "services"))


def _ending(outcome: Outcome | None) -> tuple[bool, str | None, str]:
    assert outcome is not None
    return outcome.ok, outcome.method or outcome.error, outcome.message
