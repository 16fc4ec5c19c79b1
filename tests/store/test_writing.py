"""Writing: what is kept, what is refused and what the refusal says."""

from __future__ import annotations

import errno
import os
import re
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from rolecall.store import disk
from rolecall.store.disk import write_private
from rolecall.store.errors import AlreadyExists, Busy, Conflict, NothingToUndo, Refused, StoreError
from rolecall.store.files import digest, read
from rolecall.store.writer import Store

SECRET = b"aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n"
OLD, NEW = b"[a]\n" + SECRET, b"[b]\r\n" + SECRET


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(str(tmp_path / "state"), timeout=0.05)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "aws" / "credentials"
    path.parent.mkdir(mode=0o700)
    path.write_bytes(OLD)
    path.chmod(0o600)
    return path


def check_write(store: Store, path: Path, *, mode: int | None = 0o600, owner_only: bool = True) -> None:
    """The new content arrives, complete and alone, with the mode."""
    assert store.write(str(path), NEW, read(str(path)).digest, owner_only=owner_only) == digest(NEW)
    assert path.read_bytes() == NEW
    assert mode_of(path) == mode
    assert leftovers(path) == []


def check_refused(action: Callable[[], object], message: str, kind: type[StoreError] = Refused) -> None:
    """The action fails with exactly this message, and nothing of the content is in the exception or its cause."""
    with pytest.raises(kind, match=f"^{re.escape(message)}$") as caught:
        action()
    told = f"{caught.value!r} {caught.value.__cause__!r} {caught.value.__context__!r}"
    assert "EXAMPLEKEY" not in told


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def leftovers(path: Path) -> list[str]:
    return [name for name in os.listdir(path.parent) if name not in ("credentials", "config", "link")]


def failing(error: int) -> Callable[..., None]:
    """A call of the system that fails."""

    def fail(*_: object, **__: object) -> None:
        raise OSError(error, os.strerror(error), "somewhere")

    return fail


# --- what is kept -----------------------------------------------------------------------------------------------------


def test_a_file_is_replaced(store: Store, file: Path) -> None:
    check_write(store, file)


@pytest.mark.parametrize(
    ("before", "owner_only", "after"),
    [
        (0o644, True, 0o600),
        (0o755, True, 0o700),
        (0o600, True, 0o600),
        (0o644, False, 0o644),
        (0o664, False, 0o664),
    ],
)
def test_the_mode_is_kept_without_the_rights_of_others(
    store: Store, file: Path, before: int, owner_only: bool, after: int
) -> None:
    file.chmod(before)
    check_write(store, file, mode=after, owner_only=owner_only)


def test_a_link_stays_a_link(store: Store, file: Path) -> None:
    link = file.parent / "link"
    link.symlink_to(file)
    check_write(store, link)
    assert link.is_symlink()
    assert file.read_bytes() == NEW


def test_a_link_to_nowhere_gets_its_file(store: Store, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "dotfiles" / "credentials")
    store.create(str(tmp_path / "link"), NEW)
    assert (tmp_path / "dotfiles" / "credentials").read_bytes() == NEW


def test_a_new_file_and_its_folder_are_the_owners(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "home" / ".aws" / "credentials"
    umask = os.umask(0)
    try:
        check_write(store, path)
    finally:
        os.umask(umask)
    assert mode_of(path.parent) == 0o700


def test_the_same_content_is_not_written_again(store: Store, file: Path) -> None:
    before = file.stat()
    assert store.write(str(file), OLD, digest(OLD)) == digest(OLD)
    assert file.stat() == before
    assert not store.can_undo(str(file))


def test_what_a_write_replaced_is_kept_below_the_first_line_of_its_record(store: Store, file: Path) -> None:
    assert store.kept(str(file)) is None
    store.write(str(file), b"new", digest(OLD))
    kept = store.kept(str(file))
    assert kept is not None
    assert Path(kept).read_bytes().partition(b"\n")[2] == OLD
    file.write_bytes(b"by another program")
    assert store.kept(str(file)) is None


def test_nothing_is_kept_of_a_file_that_was_not_there(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "created"
    store.create(str(path), b"new")
    assert store.kept(str(path)) is None


def test_the_owner_stays_the_owner(store: Store, file: Path) -> None:
    if os.getuid() != 0:
        assert file.stat().st_uid == os.getuid()
        return
    os.chown(file, 1234, 1234)
    check_write(store, file)
    assert file.stat().st_uid == 1234


def test_temporary_files_of_a_crash_are_removed_once_they_are_old(store: Store, file: Path, tmp_path: Path) -> None:
    old, fresh, foreign = (file.parent / name for name in (".credentials.a.rolecall", ".credentials.b.rolecall", "x"))
    store.write(str(file), NEW, digest(OLD))
    (record,) = (path for path in (tmp_path / "state" / "history").rglob("*") if path.is_file())
    of_history = record.parent / ".00000002.a.rolecall"
    for path in (old, fresh, foreign, of_history):
        path.write_bytes(SECRET)
    for path in (old, foreign, of_history):
        os.utime(path, (1, 1))
    store.recover(str(file))
    assert sorted(leftovers(file)) == [".credentials.b.rolecall", "x"]
    assert os.listdir(record.parent) == [record.name]


# --- changes of others ------------------------------------------------------------------------------------------------


def test_a_change_of_another_program_is_not_overwritten(store: Store, file: Path) -> None:
    seen = read(str(file)).digest
    file.write_bytes(b"theirs")
    message = "Not saved: another program changed the file meanwhile."
    check_refused(lambda: store.write(str(file), NEW, seen), message, Conflict)
    check_refused(lambda: store.write(str(file), NEW, None), message, Conflict)
    file.unlink()
    check_refused(lambda: store.write(str(file), NEW, seen), message, Conflict)
    assert leftovers(file) == []


@pytest.mark.parametrize("existing", [True, False])
def test_nor_one_that_happens_while_we_write(
    store: Store, file: Path, monkeypatch: pytest.MonkeyPatch, existing: bool
) -> None:
    write_temporary = disk.write_temporary

    def interrupted(*arguments: object) -> str:
        file.write_bytes(b"theirs")
        return write_temporary(*arguments)

    monkeypatch.setattr(disk, "write_temporary", interrupted)
    if not existing:
        file.unlink()
    with pytest.raises(Conflict):
        store.write(str(file), NEW, digest(OLD) if existing else None)
    assert file.read_bytes() == b"theirs"
    assert leftovers(file) == []


def test_nor_a_file_that_appears_at_the_last_moment(store: Store, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link = os.link

    def late(source: str, target: str) -> None:
        file.write_bytes(b"theirs")
        link(source, target)

    file.unlink()
    monkeypatch.setattr("os.link", late)
    with pytest.raises(Conflict):
        store.write(str(file), NEW, None)
    assert file.read_bytes() == b"theirs"
    assert not store.can_undo(str(file))


def test_an_edit_is_made_again_on_the_new_text(store: Store, file: Path) -> None:
    texts = []

    def edit(text: str) -> str:
        texts.append(text)
        if len(texts) == 1:
            file.write_text("[theirs]\n")
        return text + "x = 1\n"

    store.change(str(file), edit)
    assert texts == [OLD.decode(), "[theirs]\n"]
    assert file.read_text() == "[theirs]\nx = 1\n"


def test_an_edit_that_never_meets_a_quiet_file_gives_up(store: Store, file: Path) -> None:
    count = iter(range(100))

    def edit(text: str) -> str:
        file.write_text(f"[{next(count)}]\n")
        return text + "x = 1\n"

    with pytest.raises(Conflict):
        store.change(str(file), edit)


def test_twenty_threads_lose_nothing(tmp_path: Path, file: Path) -> None:
    store = Store(str(tmp_path / "state"), timeout=20)
    threads = [
        threading.Thread(target=store.change, args=(str(file), lambda text, n=n: f"{text}k{n} = {n}\n"))
        for n in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    lines = file.read_text().splitlines()
    assert sorted(lines[2:]) == sorted(f"k{n} = {n}" for n in range(20))


def test_a_writer_that_does_not_come_to_an_end_is_not_waited_for(store: Store, file: Path, tmp_path: Path) -> None:
    entered, leave = threading.Event(), threading.Event()

    def slow(text: str) -> str:
        entered.set()
        assert leave.wait(10)
        return text

    other = threading.Thread(target=Store(str(tmp_path / "state")).change, args=(str(file), slow))
    other.start()
    assert entered.wait(10)
    message = f'Not saved: another Rolecall window is still writing "{file}". Try again.'
    check_refused(lambda: store.write(str(file), NEW, digest(OLD)), message, Busy)
    leave.set()
    other.join(10)
    check_write(store, file)


def test_a_file_system_without_locks_is_used_without(store: Store, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fcntl.flock", failing(errno.ENOLCK))
    check_write(store, file)


# --- what is refused --------------------------------------------------------------------------------------------------


def test_creating_never_overwrites(store: Store, file: Path) -> None:
    message = f'Not created: "{file}" exists already. Open it instead.'
    check_refused(lambda: store.create(str(file), NEW), message, AlreadyExists)
    assert file.read_bytes() == OLD


def test_a_folder(store: Store, tmp_path: Path) -> None:
    message = f'Not saved: "{tmp_path}" is a folder. Rename it, or choose another file in the settings.'
    check_refused(lambda: store.create(str(tmp_path)), message)


def test_a_device(store: Store) -> None:
    message = f'Not saved: "{os.devnull}" is a device. Choose another file in the settings.'
    check_refused(lambda: store.change(os.devnull, lambda text: text + "x"), message)


def test_a_name_with_a_nul(store: Store) -> None:
    message = "Not saved: the name of the file holds a NUL. Choose another file in the settings."
    check_refused(lambda: store.create("a\0b"), message)


def test_a_read_only_file(store: Store, file: Path) -> None:
    file.chmod(0o400)
    message = f'Not saved: "{file}" is read-only. Allow its owner to write it.'
    check_refused(lambda: store.write(str(file), NEW, digest(OLD)), message)


def test_a_file_where_the_folder_belongs(store: Store, file: Path) -> None:
    path = file / "config"
    message = f'Not saved: "{path}" cannot be written, a file stands where its folder belongs. Rename that file.'
    check_refused(lambda: store.create(str(path)), message)


def test_an_unreadable_file(store: Store, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def deny(path: str, *rest: int) -> int:
        if path == str(file):
            raise PermissionError(errno.EACCES, "denied", path)
        return real(path, *rest)

    monkeypatch.setattr("os.open", deny)
    message = f'Not saved: "{file}" cannot be read. Check who owns it.'
    check_refused(lambda: store.write(str(file), NEW, None), message)


def test_text_that_is_not_utf_8(store: Store, file: Path) -> None:
    file.write_bytes(OLD + b"\xff")
    message = f'Not saved: "{file}" is not UTF-8. Open it in the editor and save it with UTF-8.'
    check_refused(lambda: store.change(str(file), str.upper), message)
    assert file.read_bytes() == OLD + b"\xff"


def test_text_that_has_no_bytes(store: Store, file: Path) -> None:
    message = f'Not saved: the text for "{file}" holds half a character. Remove it.'
    check_refused(lambda: store.change(str(file), lambda text: text + "\ud83d"), message)


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (errno.ENOSPC, "the disk is full. Free some space and save again"),
        (errno.EROFS, "the disk is read-only. Make it writable, or choose another file in the settings"),
        (errno.EIO, "the system reports EIO. Save it in the editor instead"),
    ],
)
def test_errors_of_the_system(
    store: Store, file: Path, monkeypatch: pytest.MonkeyPatch, error: int, cause: str
) -> None:
    monkeypatch.setattr("os.fsync", failing(error))
    message = f'Not saved: "{file}" cannot be written, {cause}.'
    check_refused(lambda: store.write(str(file), NEW, digest(OLD)), message)
    assert file.read_bytes() == OLD
    assert leftovers(file) == []


def test_a_state_folder_that_cannot_be_had(tmp_path: Path, file: Path) -> None:
    state = tmp_path / "state"
    state.write_text("a file")
    message = f'Not saved: "{state}" cannot be written, a file stands where its folder belongs. Rename that file.'
    check_refused(lambda: Store(str(state)).write(str(file), NEW, digest(OLD)), message)


# --- files that cannot be replaced ------------------------------------------------------------------------------------


@pytest.mark.parametrize("error", [errno.EBUSY, errno.EXDEV, errno.EACCES])
def test_a_mounted_file_is_overwritten(
    store: Store, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    file.chmod(0o644)
    inode = file.stat().st_ino
    monkeypatch.setattr(disk, "switch", only_for(tmp_path / "state", disk.switch, failing(error)))
    check_write(store, file)
    assert file.stat().st_ino == inode
    assert os.listdir(tmp_path / "state" / "pending") == []
    assert store.undo(str(file)) == digest(OLD)
    assert file.read_bytes() == OLD


def test_a_file_in_a_folder_of_someone_else_is_overwritten(
    store: Store, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    denied = only_for(tmp_path / "state", disk.write_temporary, failing(errno.EACCES))
    monkeypatch.setattr(disk, "write_temporary", denied)
    check_write(store, file)


@pytest.mark.parametrize("new", [NEW, NEW * 2, b"[b]\n", b""], ids=["similar", "longer", "shorter", "empty"])
def test_a_crash_while_overwriting_is_mended(
    store: Store, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, new: bytes
) -> None:
    class Crash(BaseException):
        pass

    def crash_after(count: int) -> Callable[..., None]:
        def crash(path: str, data: bytes, _mode: int) -> None:
            with open(path, "r+b") as opened:
                opened.write(data[:count])
            raise Crash

        return crash

    for cut in range(len(new) + 1):
        file.write_bytes(OLD)
        with monkeypatch.context() as patch:
            patch.setattr(disk, "switch", only_for(tmp_path / "state", disk.switch, failing(errno.EBUSY)))
            patch.setattr(disk, "overwrite", crash_after(cut))
            with pytest.raises(Crash):
                store.write(str(file), new, digest(OLD))
        untouched = file.read_bytes() == OLD
        store.recover(str(file))
        assert file.read_bytes() == (OLD if untouched else new)
        assert os.listdir(tmp_path / "state" / "pending") == []


def test_what_someone_else_wrote_after_a_crash_is_left_alone(store: Store, file: Path, tmp_path: Path) -> None:
    store.recover(str(file))
    (lock,) = (tmp_path / "state" / "locks").iterdir()
    write_private(str(tmp_path / "state" / "pending" / lock.name), b"%d\n" % len(OLD) + OLD + NEW)
    file.write_bytes(b"theirs")
    store.recover(str(file))
    assert file.read_bytes() == b"theirs"
    assert os.listdir(tmp_path / "state" / "pending") == []


def test_a_full_disk_while_overwriting_brings_the_old_content_back(
    store: Store, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    overwrite = disk.overwrite

    def half(path: str, data: bytes, mode: int) -> None:
        overwrite(path, data, mode)
        if data == NEW:
            failing(errno.ENOSPC)()

    monkeypatch.setattr(disk, "switch", only_for(tmp_path / "state", disk.switch, failing(errno.EBUSY)))
    monkeypatch.setattr(disk, "overwrite", half)
    with pytest.raises(Refused, match="the disk is full"):
        store.write(str(file), NEW, digest(OLD))
    assert file.read_bytes() == OLD
    assert os.listdir(tmp_path / "state" / "pending") == []
    assert not store.can_undo(str(file))


def only_for(folder: Path, inside: Callable[..., object], outside: Callable[..., object]) -> Callable[..., object]:
    """Let the files in a folder be treated as usual, and all others differently."""

    def call(*arguments: object) -> object:
        ours = str(arguments[0]).startswith(str(folder))
        return (inside if ours else outside)(*arguments)

    return call


def test_a_file_system_without_hard_links_still_never_overwrites(
    store: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.link", failing(errno.EPERM))
    check_write(store, file.parent / "config")
    message = f'Not created: "{file}" exists already. Open it instead.'
    check_refused(lambda: store.create(str(file)), message, AlreadyExists)


# --- undo -------------------------------------------------------------------------------------------------------------


def test_undo_goes_back_write_by_write(store: Store, file: Path) -> None:
    path = str(file)
    for text in ("one", "two", "three"):
        store.change(path, lambda _, text=text: text)
    contents = []
    while store.can_undo(path):
        store.undo(path)
        contents.append(file.read_bytes())
    assert contents == [b"two", b"one", OLD]
    message = f'Not undone: "{path}" is not as Rolecall last wrote it. Undo in the editor, or change it by hand.'
    check_refused(lambda: store.undo(path), message, NothingToUndo)


def test_undo_of_a_creation_removes_the_file(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "new"
    store.create(str(path), b"x")
    assert store.undo(str(path)) is None
    assert not path.exists()


def test_undo_leaves_a_later_change_alone(store: Store, file: Path) -> None:
    store.write(str(file), NEW, digest(OLD))
    file.write_bytes(b"theirs")
    assert not store.can_undo(str(file))
    with pytest.raises(NothingToUndo):
        store.undo(str(file))
    assert file.read_bytes() == b"theirs"


def test_twenty_writes_are_kept_for_the_owner_only(store: Store, file: Path, tmp_path: Path) -> None:
    for number in range(25):
        store.change(str(file), lambda _, number=number: str(number))
    kept = [path for path in (tmp_path / "state" / "history").rglob("*") if path.is_file()]
    assert len(kept) == 20
    assert {mode_of(path) for path in kept} == {0o600}
    assert {mode_of(path) for path in (tmp_path / "state", *(tmp_path / "state").iterdir())} == {0o700}
    for _ in range(20):
        store.undo(str(file))
    assert file.read_text() == "4"


def test_a_damaged_record_is_passed_over(store: Store, file: Path, tmp_path: Path) -> None:
    store.write(str(file), NEW, digest(OLD))
    (record,) = (path for path in (tmp_path / "state" / "history").rglob("*") if path.is_file())
    record.write_bytes(b"{")
    assert not store.can_undo(str(file))


def test_files_have_separate_histories(store: Store, file: Path) -> None:
    config = file.parent / "config"
    store.create(str(config), b"x")
    store.write(str(file), NEW, digest(OLD))
    store.undo(str(config))
    assert store.can_undo(str(file))


# --- our own files ----------------------------------------------------------------------------------------------------


def test_a_cache_is_written_for_the_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "cache" / "token.json"
    write_private(str(path), OLD)
    write_private(str(path), NEW)
    assert path.read_bytes() == NEW
    assert (mode_of(path), mode_of(path.parent)) == (0o600, 0o700)
    assert os.listdir(path.parent) == ["token.json"]


def test_a_cache_does_not_follow_a_link(tmp_path: Path) -> None:
    target, path = tmp_path / "target", tmp_path / "token.json"
    target.write_bytes(b"")
    path.symlink_to(target)
    write_private(str(path), NEW)
    assert target.read_bytes() == b""
    assert not path.is_symlink()


def test_a_cache_that_cannot_be_switched_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.replace", failing(errno.EIO))
    with pytest.raises(OSError, match="Input/output"):
        write_private(str(tmp_path / "token.json"), NEW)
    assert os.listdir(tmp_path) == []
