"""The real AWS SDK for JavaScript on pairs of files, and where our reader says something else.

One process of Node answers for the whole run. Reading and merging are the SDK's own functions on contents in memory;
for outcomes everything outside of the two files answers with success (`tests/readers/javascript/oracle.mjs`).
"""

from __future__ import annotations

import atexit
import base64
import functools
import json
import re
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from rolecall.readers.javascript.ini import OBJECT_MEMBERS
from rolecall.readers.javascript.reading import JavaScriptReading, read
from rolecall.readers.seen import Outcome, Source
from rolecall.store.files import decode
from rolecall.syntax import parse

_ROOT = Path(__file__).parents[2]
_NODE = _ROOT / ".tools/bin/node"
_PACKAGES = _ROOT / ".tools/javascript"
_ORACLE = _ROOT / "tests/readers/javascript/oracle.mjs"
_BATCH = 200
"""Pairs per message: enough that the way to the process and back does not count."""

MISSING = None if (_PACKAGES / ".ready").exists() else "The AWS SDK for JavaScript is not set up: run `make setup`"
"""Why the SDK cannot be asked, or None."""

_MIXED = re.compile(rb"(?:\xff\xfe|\xfe\xff).*\n\s*\[", re.DOTALL)
"""A file in UTF-16 with a line that is in UTF-8, which our reader does not follow."""

Pair = tuple[bytes, bytes]


class Disagreement(NamedTuple):
    """A pair of which our reader says something else than the SDK."""

    config: bytes
    credentials: bytes
    about: str
    ours: object
    theirs: object


def check_javascript(config: bytes, credentials: bytes, *, outcomes: bool) -> None:
    """Assert that our reader and the SDK say the same of a pair."""
    found = compare([(config, credentials)], outcomes=outcomes)
    assert not found, found[0]


def compare(pairs: Iterable[Pair], *, outcomes: bool) -> list[Disagreement]:
    """Where our reader and the SDK differ on pairs of (config, credentials), of those that the reader follows."""
    given = [pair for pair in pairs if not any(_MIXED.match(data) for data in pair)]
    found: list[Disagreement] = []
    for start in range(0, len(given), _BATCH):
        batch = given[start : start + _BATCH]
        for pair, answer in zip(batch, sdk_sees(batch, outcomes=outcomes), strict=True):
            theirs = _uniform(answer)
            ours = _uniform(_ours(*pair, outcomes=outcomes))
            found += [
                Disagreement(*pair, about, ours[about], theirs[about]) for about in ours if ours[about] != theirs[about]
            ]
    return found


def sdk_sees(pairs: Sequence[Pair], *, outcomes: bool) -> list[dict[str, Any]]:
    """The SDK's answers, as `oracle.mjs` describes them."""
    requests = [
        {"config": _encoded(config), "credentials": _encoded(credentials), "outcomes": outcomes}
        for config, credentials in pairs
    ]
    process = _process()
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(requests).encode() + b"\n")
    process.stdin.flush()
    answers: list[dict[str, Any]] = json.loads(process.stdout.readline())
    return answers


def reading_of(config: bytes, credentials: bytes) -> JavaScriptReading:
    """What our reader makes of two files with these bytes."""
    return read(_source(config), _source(credentials))


def _source(data: bytes) -> Source:
    decoded = decode(data)
    return Source(parse(decoded.text), decoded.undecodable_at is not None, decoded.utf16)


def _ours(config: bytes, credentials: bytes, *, outcomes: bool) -> dict[str, Any]:
    reading = reading_of(config, credentials)
    view, seen = reading.view, reading.seen
    said: dict[str, Any] = {
        "errors": [error and [error.error, error.cause] for error in (seen.config_error, seen.credentials_error)],
        "config": view.config,
        "credentials": view.credentials,
        "sessions": seen.sso_sessions,
        "merged": view.merged,
    }
    if outcomes:
        said["regions"] = {name: reading.region(name) for name in seen.profiles}
        said["outcomes"] = {name: _told(reading.resolution(name)) for name in seen.profiles}
    return said


def _told(outcome: Outcome | None) -> list[str | None]:
    assert outcome is not None
    return [outcome.method] if outcome.ok else [None, outcome.error, outcome.message]


def _uniform(said: dict[str, Any]) -> dict[str, Any]:
    """The same with one U+FFFD for each row of them: how many there are says nothing of a tool.

    Left out are profiles of the config file that `parseKnownFiles` then loses, because of their names.
    """
    config = {name: keys for name, keys in said["config"].items() if name not in OBJECT_MEMBERS}
    found: dict[str, Any] = json.loads(re.sub(r"(?:\\ufffd)+", r"\\ufffd", json.dumps({**said, "config": config})))
    return found


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


@functools.cache
def _process() -> subprocess.Popen[bytes]:
    process = subprocess.Popen([_NODE, _ORACLE, _PACKAGES], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    atexit.register(_end, process)
    return process


def _end(process: subprocess.Popen[bytes]) -> None:
    process.communicate()
