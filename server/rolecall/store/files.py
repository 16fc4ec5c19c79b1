"""Reading: the bytes of a file, their digest, their text and the facts."""

from __future__ import annotations

import codecs
import os
import re
import stat
import sys
from typing import NamedTuple

from rolecall.host import FileFacts, FileStamp, FileText

# Opening a named pipe would wait for a writer, so nothing waits; what was opened is looked at before it is read.
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_ESCAPED_BYTE = re.compile("[\udc80-\udcff]")
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


class Stored(NamedTuple):
    """What stands on the disk at one moment."""

    data: bytes
    """Empty where nothing could be read."""
    facts: FileFacts

    @property
    def digest(self) -> str | None:
        """Digest of the content; None for a file that does not exist or cannot be read."""
        return digest(self.data) if self.facts.readable else None

    def __repr__(self) -> str:
        # The content may be secret.
        return f"Stored({len(self.data)} bytes)"


class Decoded(NamedTuple):
    """The text of some bytes, and the facts that only the bytes tell."""

    text: str
    bom: bool
    undecodable_at: int | None
    utf16: bool


def digest(data: bytes) -> str:
    """The digest by which two contents are compared: SHA-256 in hexadecimal."""
    # Imported here: who only looks at files never needs it.
    import hashlib

    return hashlib.sha256(data).hexdigest()


def decode(data: bytes) -> Decoded:
    """The text of a file, whatever its bytes are.

    UTF-8, with every byte that is none replaced by one U+FFFD, so that all other positions stand. A byte order mark
    stays in the text as U+FEFF: botocore trips over it. UTF-16 is told by its byte order mark (which goes), decoded
    as editors do, and called undecodable from its start, because no AWS tool reads it.
    """
    encoding = _UTF16.get(data[:2])
    if encoding is not None:
        return Decoded(data[2:].decode(encoding, "replace"), bom=False, undecodable_at=0, utf16=True)
    text = data.decode("utf-8", "surrogateescape")
    bad = _ESCAPED_BYTE.search(text)
    if bad is not None:
        text = _ESCAPED_BYTE.sub("\ufffd", text)
    return Decoded(text, text.startswith("\ufeff"), None if bad is None else bad.start(), utf16=False)


def read(path: str) -> Stored:
    """The content of a file and its facts. Never raises: the facts tell what stood in the way.

    Only regular files (and the null device, which stands for "no file") are read; a pipe or a device is there but
    not readable.
    """
    is_symlink = os.path.islink(path)
    try:
        descriptor = os.open(path, _READ)
    except (OSError, ValueError):  # ValueError: the path holds a NUL.
        return Stored(b"", _facts_from_outside(path))
    facts = FileFacts(exists=True, is_symlink=is_symlink)
    try:
        state = os.fstat(descriptor)
        facts = _facts(state, is_symlink)
        if not stat.S_ISREG(state.st_mode) and not _is_null_device(path):
            return Stored(b"", facts)
        with open(descriptor, "rb", closefd=False) as file:
            data = file.read()
    except OSError:
        return Stored(b"", facts)
    finally:
        os.close(descriptor)
    _, bom, undecodable_at, utf16 = decode(data)
    facts = facts._replace(readable=True, bom=bom, undecodable_at=undecodable_at, utf16=utf16)
    return Stored(data, facts)


def read_text(path: str) -> FileText:
    """The text of a file and its facts."""
    stored = read(path)
    return FileText(decode(stored.data).text, stored.facts)


def stamp(path: str) -> FileStamp | None:
    """The outer state of the file that a path leads to; None when there is none."""
    try:
        state = os.stat(path)
    except (OSError, ValueError):
        return None
    return FileStamp(state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns)


def _facts(state: os.stat_result, is_symlink: bool) -> FileFacts:
    mode = None if sys.platform == "win32" else stat.S_IMODE(state.st_mode)
    return FileFacts(exists=True, is_dir=stat.S_ISDIR(state.st_mode), is_symlink=is_symlink, mode=mode)


def _facts_from_outside(path: str) -> FileFacts:
    """The facts of a file that cannot be opened."""
    is_symlink = os.path.islink(path)
    try:
        return _facts(os.stat(path), is_symlink)
    except (OSError, ValueError):
        return FileFacts(is_symlink=is_symlink)


def _is_null_device(path: str) -> bool:
    return os.path.realpath(path) == os.path.realpath(os.devnull)
