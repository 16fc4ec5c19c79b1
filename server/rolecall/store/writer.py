"""The writer: every change of a user's file goes through here.

A write follows symbolic links to the real file, takes the lock, compares the content with what the change was made
for, writes a complete new file beside it, compares once more, keeps the old content for undo and switches the names.
So the file always has its old or its new content, whole, and a change that another program made is never overwritten
(but for one that falls between the last comparison and the switch, a few microseconds; no system call closes that).
"""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rolecall.store import disk, history
from rolecall.store.errors import AlreadyExists, Conflict, NothingToUndo, Refused, refused
from rolecall.store.files import Stored, decode, digest, read
from rolecall.store.lock import locked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class _Target:
    """A file that is about to be changed, and where things that concern it are kept."""

    path: str
    """As the caller named it; for messages."""
    real: str
    """With symbolic links followed."""
    lock: str
    history: str
    pending: str
    """The journal of a write that has to happen in place: length of the old content, the old and the new content."""


class Store:
    """Writes files, and remembers in `state` (a folder of the user's, created when needed) how to undo that.

    All windows and commands of a user share one such folder: their lock is there too. `timeout` is how many seconds
    a write waits for another one.
    """

    def __init__(self, state: str, timeout: float = 5.0) -> None:
        self._state = os.path.abspath(state)
        self._timeout = timeout

    def write(self, path: str, data: bytes, expected: str | None, *, owner_only: bool = True) -> str:
        """Replace the content of a file; returns the digest of the new content.

        `expected` is the digest of the content that the change was made for, None for "there is no file". A new file
        is the owner's only (0600, its folder 0700). An existing one keeps its mode, without the rights of others
        unless `owner_only` is False. Raises StoreError, and then the file is as it was.
        """
        with self._open(path) as target:
            before = _read(target)
            if before.digest != expected:
                raise Conflict
            return _put(target, before, data, owner_only)

    def change(self, path: str, edit: Callable[[str], str], *, owner_only: bool = True) -> str:
        """Apply an edit to the text of a file, "" if there is none; returns the digest of the new content.

        Nobody's change is lost: when another program was quicker, the edit is made again on the new text. What `edit`
        raises is passed on. Raises StoreError, also for a file that is not UTF-8: its other bytes would not survive.
        """
        for left in reversed(range(_ATTEMPTS)):
            with self._open(path) as target:
                before = _read(target)
                if before.facts.undecodable_at is not None:
                    raise Refused(f'Not saved: "{path}" is not UTF-8. Open it in the editor and save it with UTF-8.')
                data = _encode(edit(decode(before.data).text), path)
                try:
                    return _put(target, before, data, owner_only)
                except Conflict:
                    if not left:
                        raise
        raise AssertionError("the last attempt returns or raises")

    def create(self, path: str, data: bytes = b"") -> str:
        """Create a file for the owner only, in a folder for the owner only; never overwrites. Returns the digest."""
        try:
            return self.write(path, data, None)
        except Conflict:
            raise AlreadyExists(path) from None

    def can_undo(self, path: str) -> bool:
        """Whether `undo` has something to put back: the last change of the file is ours."""
        target = self._target(path)
        return _undoable(history.records(target.history), read(target.real).digest)[0] is not None

    def kept(self, path: str) -> str | None:
        """The record that keeps, below its first line, what stood in a file before our last write.

        None where the last change of the file is not ours, or has created it.
        """
        target = self._target(path)
        record, _ = _undoable(history.records(target.history), read(target.real).digest)
        return None if record is None or record.before is None else record.file

    def undo(self, path: str) -> str | None:
        """Put back what stood in a file before our last write; again, the write before that, up to twenty times.

        A file that the write created is removed. Returns the digest of the content now, None for no file. Raises
        NothingToUndo when the file is not as we left it.
        """
        with self._open(path) as target:
            now = _read(target)
            record, stale = _undoable(history.records(target.history), now.digest)
            if record is None:
                raise NothingToUndo(path)
            if record.before is None:
                os.unlink(target.real)
                disk.sync_folder(os.path.dirname(target.real))
            else:
                _put(target, now, record.before, owner_only=False, undoable=False)
            for done in (*stale, record):
                history.drop(done)
            return record.before_digest

    def recover(self, path: str) -> None:
        """Finish a write that a crash interrupted; every write does this first.

        Needed only for a file that had to be overwritten in place, the one case in which a crash can leave it mixed.
        """
        with self._open(path):
            pass

    def _target(self, path: str) -> _Target:
        real = os.path.realpath(path)
        key = digest(os.path.normcase(real).encode("utf-8", "surrogateescape"))[:32]
        return _Target(path, real, *(os.path.join(self._state, kind, key) for kind in ("locks", "history", "pending")))

    @contextmanager
    def _open(self, path: str) -> Iterator[_Target]:
        """Hold the lock for a file; errors of the system come out as `Refused`."""
        if "\0" in path:
            raise Refused("Not saved: the name of the file holds a NUL. Choose another file in the settings.")
        try:
            target = self._target(path)
            disk.make_folder(os.path.dirname(target.lock))
            with locked(target.lock, path, self._timeout):
                _finish_interrupted(target)
                disk.sweep(os.path.dirname(target.real), f".{os.path.basename(target.real)}.")
                disk.sweep(os.path.dirname(target.pending))
                disk.sweep(target.history)
                yield target
        except OSError as error:
            ours = isinstance(error.filename, str) and error.filename.startswith(self._state)
            raise refused(error, self._state if ours else path) from error


def _encode(text: str, path: str) -> bytes:
    """The bytes of a text. Half a surrogate pair has none, and the error that says so would carry the whole text."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        pass
    raise Refused(f'Not saved: the text for "{path}" holds half a character. Remove it.')


def _read(target: _Target) -> Stored:
    """What stands in a file that is about to be changed; raises Refused for what is there but no readable file."""
    stored = read(target.real)
    if stored.facts.is_dir:
        raise Refused(f'Not saved: "{target.path}" is a folder. Rename it, or choose another file in the settings.')
    if stored.facts.exists and not os.path.isfile(target.real):
        raise Refused(f'Not saved: "{target.path}" is a device. Choose another file in the settings.')
    if stored.facts.exists and not stored.facts.readable:
        raise Refused(f'Not saved: "{target.path}" cannot be read. Check who owns it.')
    return stored


def _put(target: _Target, before: Stored, data: bytes, owner_only: bool, undoable: bool = True) -> str:
    """Bring data into a file, whose content was `before` a moment ago. The lock is held."""
    if before.digest is not None and data == before.data:
        return before.digest
    mode, owner = _rights(target, before, owner_only)
    if before.digest is None:
        disk.make_folder(os.path.dirname(target.real))
    temporary = None
    try:
        temporary = disk.write_temporary(target.real, data, mode, owner)
    except OSError as error:
        if before.digest is None or error.errno not in disk.IRREPLACEABLE:
            raise
    try:
        if read(target.real).digest != before.digest:
            raise Conflict
        with _recorded(target, before, data) if undoable else nullcontext():
            if temporary is None or not _switched(temporary, target, before):
                _overwrite(target, before, data, mode)
    finally:
        if temporary is not None:
            with suppress(FileNotFoundError):
                os.unlink(temporary)
    return digest(data)


def _rights(target: _Target, before: Stored, owner_only: bool) -> tuple[int, int | None]:
    """The mode of the file to come, and the user id that it belongs to; None is ours."""
    if before.digest is None:
        return 0o600, None
    state = os.stat(target.real)
    if not state.st_mode & stat.S_IWUSR:
        raise Refused(f'Not saved: "{target.path}" is read-only. Allow its owner to write it.')
    return state.st_mode & (0o700 if owner_only else 0o777), state.st_uid


@contextmanager
def _recorded(target: _Target, before: Stored, data: bytes) -> Iterator[None]:
    """Keep the old content for undo while the write happens, and after it unless it fails."""
    record = history.add(target.history, None if before.digest is None else before.data, data)
    try:
        yield
    except BaseException:
        history.drop(record)
        raise


def _switched(temporary: str, target: _Target, before: Stored) -> bool:
    """Let the complete new file become the file; False where the system does not let it be replaced."""
    try:
        if before.digest is None:
            disk.place_new(temporary, target.real)
        else:
            disk.switch(temporary, target.real)
    except FileExistsError:
        raise Conflict from None
    except OSError as error:
        if before.digest is None or error.errno not in disk.IRREPLACEABLE:
            raise
        return False
    return True


def _overwrite(target: _Target, before: Stored, data: bytes, mode: int) -> None:
    """Write in place, with both contents kept until it is done, so that a crash can be mended."""
    disk.write_private(target.pending, b"%d\n" % len(before.data) + before.data + data)
    try:
        disk.overwrite(target.real, data, mode)
    except OSError:
        # The disk may be full, but the old content has its room already.
        if read(target.real).digest != before.digest:
            disk.overwrite(target.real, before.data, mode)
        os.unlink(target.pending)
        raise
    os.unlink(target.pending)


def _finish_interrupted(target: _Target) -> None:
    """Complete an overwrite that a crash cut off. Anything but the traces of that is left alone."""
    pending = read(target.pending)
    if pending.digest is None:
        return
    length, _, both = pending.data.partition(b"\n")
    before, data = both[: int(length)], both[int(length) :]
    now = read(target.real)
    if now.facts.readable and _is_mixture(now.data, before, data):
        disk.overwrite(target.real, data, stat.S_IMODE(os.stat(target.real).st_mode))
    os.unlink(target.pending)


def _is_mixture(now: bytes, before: bytes, after: bytes) -> bool:
    """Whether a content is the beginning of `after` and the rest of `before`, and neither of the two."""
    if now in (before, after):
        return False
    common = next((at for at, (a, b) in enumerate(zip(now, after, strict=False)) if a != b), min(len(now), len(after)))
    return now[common:] == before[common:]


def _undoable(records: list[history.Record], now: str | None) -> tuple[history.Record | None, list[history.Record]]:
    """The record of the write that left the file as it is now, and newer ones that have no effect (any more).

    A crash between the steps of a write or of an undo leaves such a record: the file is as it was before it.
    """
    stale: list[history.Record] = []
    for record in records:
        if record.after == now:
            return record, stale
        if record.before_digest != now:
            break
        stale.append(record)
    return None, []
