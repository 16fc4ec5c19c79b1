"""What can go wrong when a file is written.

Each message is one sentence with the cause and one with the way out, and may be shown as it is. It names files, never
anything that stands in them.

    StoreError
    ├── Conflict        the file is not the one that the change was made for
    ├── AlreadyExists   there is a file where a new one was to be created
    ├── Busy            another Rolecall is writing for too long
    ├── NothingToUndo   no write of ours is the last change of the file
    └── Refused         the file or the system does not allow it
"""

from __future__ import annotations

import errno


class StoreError(Exception):
    """A file was left as it was."""


class Conflict(StoreError):
    """The file changed after it was read. Read it again, make the change again."""

    def __init__(self) -> None:
        super().__init__("Not saved: another program changed the file meanwhile.")


class AlreadyExists(StoreError):
    """A new file was asked for, but something has that name."""

    def __init__(self, path: str) -> None:
        super().__init__(f'Not created: "{path}" exists already. Open it instead.')


class Busy(StoreError):
    """The lock was not to be had in time."""

    def __init__(self, path: str) -> None:
        super().__init__(f'Not saved: another Rolecall window is still writing "{path}". Try again.')


class NothingToUndo(StoreError):
    """The history holds nothing that could be put back without destroying a later change."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f'Not undone: "{path}" is not as Rolecall last wrote it. Undo in the editor, or change it by hand.'
        )


class Refused(StoreError):
    """The file cannot be written as it is; the message says why and what to do."""


_CAUSES = {
    errno.EACCES: "the system denies access. Check who owns it",
    errno.EPERM: "the system denies access. Check who owns it",
    errno.EROFS: "the disk is read-only. Make it writable, or choose another file in the settings",
    errno.ENOSPC: "the disk is full. Free some space and save again",
    errno.EDQUOT: "your share of the disk is used up. Free some space and save again",
    errno.EISDIR: "a folder has its name. Rename the folder",
    errno.ENOTDIR: "a file stands where its folder belongs. Rename that file",
    errno.ELOOP: "its symbolic links lead in a circle. Remove one of them",
    errno.ENAMETOOLONG: "its name is too long. Choose another file in the settings",
}


def refused(error: OSError, path: str) -> Refused:
    """The refusal that tells of an error of the system, without its own text."""
    cause = _CAUSES.get(error.errno or 0)
    if cause is None:
        cause = f"the system reports {errno.errorcode.get(error.errno or 0, 'an error')}. Save it in the editor instead"
    return Refused(f'Not saved: "{path}" cannot be written, {cause}.')
