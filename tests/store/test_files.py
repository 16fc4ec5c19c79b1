"""Reading: every state that a file can be in, and every kind of bytes, gives a text and facts."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rolecall.host import FileFacts
from rolecall.store.files import Decoded, decode, read, read_text, stamp
from rolecall.store.local import LocalHost

BYTES = [
    pytest.param(b"", Decoded("", False, None, False), id="empty"),
    pytest.param(b"[a]\r\nx = \xc3\xa9\n", Decoded("[a]\r\nx = \u00e9\n", False, None, False), id="UTF-8"),
    pytest.param(b"\xef\xbb\xbf[a]\n", Decoded("\ufeff[a]\n", True, None, False), id="a byte order mark stays"),
    pytest.param(b"ab\xe9\xff\n", Decoded("ab\ufffd\ufffd\n", False, 2, False), id="one sign per bad byte"),
    pytest.param(b"\xe2\x82 a", Decoded("\ufffd\ufffd a", False, 0, False), id="a sequence that is cut short"),
    pytest.param(b"\xed\xa0\x80", Decoded("\ufffd\ufffd\ufffd", False, 0, False), id="a surrogate is no UTF-8"),
    pytest.param(b"\xef\xbf\xbd\xff", Decoded("\ufffd\ufffd", False, 1, False), id="U+FFFD itself is right"),
    pytest.param(b"\xff\xfe[\0a\0]\0", Decoded("[a]", False, 0, True), id="UTF-16, little end first"),
    pytest.param(b"\xfe\xff\0[\0a\0]", Decoded("[a]", False, 0, True), id="UTF-16, big end first"),
    pytest.param(b"\xff\xfea", Decoded("\ufffd", False, 0, True), id="UTF-16 that is cut short"),
    pytest.param(b"a\0b", Decoded("a\0b", False, None, False), id="NUL is a character"),
]


@pytest.mark.parametrize(("data", "expected"), BYTES)
def test_decoding(data: bytes, expected: Decoded) -> None:
    assert decode(data) == expected


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "credentials"
    path.write_bytes(b"[a]\n")
    path.chmod(0o640)
    return path


def check_facts(path: Path | str, facts: FileFacts, text: str = "") -> None:
    """Both ways of reading agree on the text and the facts."""
    stored = read(str(path))
    assert stored.facts == facts
    assert (stored.digest is None) == (not facts.readable)
    assert read_text(str(path)) == (text, facts)


def test_a_plain_file(file: Path) -> None:
    check_facts(file, FileFacts(exists=True, readable=True, mode=0o640), "[a]\n")


def test_a_link_has_the_facts_of_its_target(file: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(file)
    check_facts(tmp_path / "link", FileFacts(exists=True, is_symlink=True, readable=True, mode=0o640), "[a]\n")


def test_a_file_with_bad_bytes_is_readable(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbfa\xff")
    facts = FileFacts(exists=True, readable=True, mode=0o640, bom=True, undecodable_at=2)
    check_facts(file, facts, "\ufeffa\ufffd")


def test_nothing_there(tmp_path: Path) -> None:
    check_facts(tmp_path / "credentials", FileFacts())
    check_facts(tmp_path / "no" / "credentials", FileFacts())
    check_facts(str(tmp_path / "a\0b"), FileFacts())


def test_a_link_to_nowhere_and_one_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    check_facts(tmp_path / "nowhere", FileFacts(is_symlink=True))
    check_facts(tmp_path / "circle", FileFacts(is_symlink=True))


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    check_facts(tmp_path, FileFacts(exists=True, is_dir=True, mode=0o755))


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe", 0o600)
    check_facts(tmp_path / "pipe", FileFacts(exists=True, mode=0o600))


def test_the_null_device_is_an_empty_file() -> None:
    facts = read(os.devnull).facts
    assert facts.exists
    assert facts.readable


def test_a_file_that_the_system_keeps_from_us(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(*_: object) -> int:
        raise PermissionError

    monkeypatch.setattr("os.open", deny)
    check_facts(file, FileFacts(exists=True, mode=0o640))


def test_a_stamp_changes_with_content_and_mode(file: Path, tmp_path: Path) -> None:
    path = str(file)
    seen = {stamp(path)}
    file.write_bytes(b"[longer]\n")
    seen.add(stamp(path))
    (tmp_path / "other").write_bytes(b"[longer]\n")
    os.replace(tmp_path / "other", file)
    seen.add(stamp(path))
    file.unlink()
    seen.add(stamp(path))
    assert len(seen) == 4
    assert stamp(path) is None


def test_what_was_read_does_not_show_in_a_repr(file: Path) -> None:
    file.write_bytes(b"aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
    assert "EXAMPLEKEY" not in repr(read(str(file)))


def test_the_local_host(file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    host = LocalHost()
    assert host.home() == host.env("HOME") == str(tmp_path)
    assert host.env("ROLECALL_IS_NOT_SET") is None
    assert host.read(str(file)).text == "[a]\n"
    assert host.stamp(str(file)) == stamp(str(file))
    assert host.now().utcoffset().total_seconds() == 0
