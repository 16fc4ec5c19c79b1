"""The contents that Rolecall replaced, kept for undo in a folder of the owner's.

One folder per file, named by a digest of its path; one record per write, numbered. A record is a line of JSON with
the digests before and after, then the content before. At most `KEPT` records stay.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass, field

from rolecall.store.disk import write_private
from rolecall.store.files import digest

KEPT = 20


@dataclass(frozen=True, slots=True)
class Record:
    """One write: what stood there before, and the digest of what was written."""

    file: str
    """Where the record itself is kept."""
    before: bytes | None = field(repr=False)
    """None when the write created the file."""
    after: str

    @property
    def before_digest(self) -> str | None:
        """The digest of the content before; None when there was no file."""
        return None if self.before is None else digest(self.before)


def add(folder: str, before: bytes | None, after: bytes) -> Record:
    """Keep a record of a write that is about to happen, and forget the oldest. Raises OSError."""
    names = _names(folder)
    number = int(names[-1]) + 1 if names else 1
    file = os.path.join(folder, f"{number:08d}")
    head = json.dumps({"version": 1, "created": before is None, "after": digest(after)})
    write_private(file, head.encode() + b"\n" + (before or b""))
    for name in names[: -(KEPT - 1)]:
        with suppress(OSError):
            os.unlink(os.path.join(folder, name))
    return Record(file, before, digest(after))


def records(folder: str) -> list[Record]:
    """The records of a file, newest first; what is not a whole record is left out."""
    found = (_record(os.path.join(folder, name)) for name in reversed(_names(folder)))
    return [record for record in found if record is not None]


def drop(record: Record) -> None:
    """Forget a record."""
    with suppress(FileNotFoundError):
        os.unlink(record.file)


def _names(folder: str) -> list[str]:
    try:
        return sorted(name for name in os.listdir(folder) if name.isdecimal())
    except FileNotFoundError:
        return []


def _record(file: str) -> Record | None:
    try:
        with open(file, "rb") as opened:
            head, before = json.loads(opened.readline()), opened.read()
        return Record(file, None if head["created"] else before, str(head["after"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
