"""The only code that writes files."""

from __future__ import annotations

from rolecall.store.disk import write_private
from rolecall.store.errors import AlreadyExists, Busy, Conflict, NothingToUndo, Refused, StoreError
from rolecall.store.files import Decoded, Stored, decode, digest, read, read_text, stamp
from rolecall.store.local import LocalHost, state_folder
from rolecall.store.writer import Store

__all__ = [
    "AlreadyExists",
    "Busy",
    "Conflict",
    "Decoded",
    "LocalHost",
    "NothingToUndo",
    "Refused",
    "Store",
    "StoreError",
    "Stored",
    "decode",
    "digest",
    "read",
    "read_text",
    "stamp",
    "state_folder",
    "write_private",
]
