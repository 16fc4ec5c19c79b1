"""One writer at a time.

No AWS tool locks these files, so a lock can only keep Rolecall's own windows and commands apart; against everybody
else the digest check protects. It is the kernel's lock on a file that stays where it is: the kernel lets go of it when
a process dies, however it dies. A lock file that is created and removed would need to guess whether the process that
its content names is still alive, which goes wrong when ids are used again or belong to another container.
That is little enough code to do without a library.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rolecall.store.errors import Busy

if TYPE_CHECKING:
    from collections.abc import Iterator

_PAUSE = 0.01
_TAKEN = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _let_go(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _let_go(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


@contextmanager
def locked(lock_file: str, path: str, timeout: float) -> Iterator[None]:
    """Hold the lock for `path`; threads and processes wait for each other up to `timeout` seconds, then get `Busy`.

    A file system without locks (some network shares) is used without one.
    """
    descriptor = os.open(lock_file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        held = _wait(descriptor, path, timeout)
        try:
            yield
        finally:
            if held:
                _let_go(descriptor)
    finally:
        os.close(descriptor)


def _wait(descriptor: int, path: str, timeout: float) -> bool:
    deadline = time.monotonic() + timeout
    while True:
        try:
            _take(descriptor)
        except OSError as error:
            if error.errno not in _TAKEN:
                return False
            if time.monotonic() > deadline:
                raise Busy(path) from None
            time.sleep(_PAUSE)
        else:
            return True
