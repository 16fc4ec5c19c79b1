"""The steps of a write that survives a crash: a complete new file first, then one switch of names.

`path` is a real path in this module: the caller has followed symbolic links, or does not want them followed.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from contextlib import suppress

_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_SUFFIX = ".rolecall"
_ABANDONED_AFTER = 60.0
"""Seconds after which a temporary file is taken for the remains of a crash; no write takes that long."""
_TRIES, _PAUSE = 10, 0.05


def make_folder(path: str) -> None:
    """Create a folder and its missing parents, all for the owner only."""
    missing = []
    while not os.path.isdir(path) and os.path.dirname(path) != path:
        missing.append(path)
        path = os.path.dirname(path)
    for folder in reversed(missing):
        with suppress(FileExistsError):
            os.mkdir(folder, 0o700)


def write_temporary(path: str, data: bytes, mode: int, owner: int | None = None) -> str:
    """Write data to a new file beside `path`, on the disk for sure, and return its name.

    It is the owner's alone from the start and takes `mode` at the end. `owner` is the user id that the file shall
    belong to, when it is another than ours.
    """
    folder, name = os.path.split(path)
    # The module `tempfile` does the same, and costs the start of the server more than all the rest of the store.
    temporary = os.path.join(folder, f".{name}.{os.urandom(8).hex()}{_SUFFIX}")
    descriptor = os.open(temporary, _CREATE, 0o600)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            if sys.platform != "win32":
                if owner is not None and owner != os.fstat(descriptor).st_uid:
                    os.fchown(descriptor, owner, -1)
                os.fchmod(descriptor, mode)
            os.fsync(descriptor)
    except BaseException:
        os.unlink(temporary)
        raise
    return temporary


def sweep(folder: str, start: str = ".") -> None:
    """Remove the temporary files that crashed writes left in a folder, because they hold secrets.

    Only those of files whose name begins as `start` says, which is a dot and the beginning.
    """
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(start) and entry.name.endswith(_SUFFIX):
                with suppress(OSError):
                    if time.time() - entry.stat(follow_symlinks=False).st_mtime > _ABANDONED_AFTER:
                        os.unlink(entry.path)


def switch(temporary: str, path: str) -> None:
    """Let the temporary file take the place of `path` in one step."""
    for left in reversed(range(_TRIES)):
        try:
            os.replace(temporary, path)
            break
        except PermissionError:
            # Windows refuses while any program, such as a virus scanner, has the file open; it soon has not.
            if sys.platform != "win32" or not left:
                raise
            time.sleep(_PAUSE)
    sync_folder(os.path.dirname(path))


def place_new(temporary: str, path: str) -> None:
    """Let the temporary file become `path`. Raises FileExistsError when there is one; that is never overwritten."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:
        # This file system has no hard links. An empty file claims the name, and only we replace what we claimed.
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            os.replace(temporary, path)
        except OSError:
            os.unlink(path)
            raise
    else:
        os.unlink(temporary)
    sync_folder(os.path.dirname(path))


def overwrite(path: str, data: bytes, mode: int) -> None:
    """Write data over the content of a file that cannot be replaced. A crash leaves a new beginning and an old rest."""
    with open(path, "r+b", buffering=0) as file:
        if sys.platform != "win32":
            # Whoever may write a file but does not own it cannot change its mode either.
            with suppress(PermissionError):
                os.fchmod(file.fileno(), mode)
        rest = memoryview(data)
        while rest:
            rest = rest[file.write(rest) :]
        file.truncate()
        os.fsync(file.fileno())


def sync_folder(path: str) -> None:
    """Bring the names in a folder to the disk; the file system decides whether it can."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def write_private(path: str, data: bytes) -> None:
    """Write a file of our own, such as a cache: complete or not at all, for the owner only, its folder too.

    What stood there is replaced, a symbolic link as well. Raises OSError.
    """
    path = os.path.abspath(path)
    make_folder(os.path.dirname(path))
    temporary = write_temporary(path, data, 0o600)
    try:
        switch(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


IRREPLACEABLE = frozenset({errno.EBUSY, errno.EXDEV, errno.EACCES, errno.EPERM})
"""Errors of `write_temporary` and `switch` that say nothing about writing into the file itself: it may be mounted by
itself, as containers do, or stand in a folder that belongs to someone else."""
