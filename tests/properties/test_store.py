"""What holds for any bytes and any sequence of writes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from rolecall.store.files import decode, digest, read
from rolecall.store.writer import Store

# Single bytes and whole signs, so that right and broken UTF-8 of every length come up.
PIECES = st.sampled_from(
    [b"a", b"\n", b"\r\n", b"\0", b"\xc3\xa9", "\u2028".encode(), "\U0001f511".encode(), b"\xff", b"\xe2"]
)
CONTENT = st.lists(PIECES | st.binary(max_size=3), max_size=12).map(b"".join)


@contextmanager
def a_file() -> Iterator[tuple[Store, Path]]:
    with tempfile.TemporaryDirectory() as folder:
        yield Store(f"{folder}/state"), Path(folder, "credentials")


@given(CONTENT)
def test_decoding_is_total_and_true_of_utf_8(data: bytes) -> None:
    text, bom, undecodable_at, utf16 = decode(data)
    assert text.encode("utf-8", "strict") is not None
    if undecodable_at is None:
        assert text.encode() == data
        assert bom == data.startswith(b"\xef\xbb\xbf")
    elif utf16:
        assert undecodable_at == 0
    else:
        assert text[undecodable_at] == "\ufffd"
        right = text[:undecodable_at].encode()
        assert data.startswith(right)
        assert not data.startswith(right + "\ufffd".encode())


@given(CONTENT, CONTENT)
def test_a_bad_byte_changes_nothing_around_it(before: bytes, after: bytes) -> None:
    data = before + b"\n\xff\n" + after
    text = decode(data).text
    if not decode(data).utf16:
        assert text == decode(before + b"\n").text + "\ufffd" + decode(b"\n" + after).text


@settings(max_examples=30)
@given(CONTENT, st.lists(CONTENT, max_size=6))
def test_undo_takes_back_every_write_in_turn(first: bytes, writes: list[bytes]) -> None:
    with a_file() as (store, path):
        path.write_bytes(first)
        contents = [first]
        for data in writes:
            assert store.write(str(path), data, digest(contents[-1])) == digest(data)
            assert read(str(path)).data == data
            if data != contents[-1]:
                contents.append(data)
        while store.can_undo(str(path)):
            contents.pop()
            assert store.undo(str(path)) == digest(contents[-1])
            assert path.read_bytes() == contents[-1]
        assert contents == [first]


@settings(max_examples=30)
@given(CONTENT, st.text(alphabet="ab\n\u2028\U0001f511", max_size=5))
def test_a_change_of_text_keeps_every_other_byte(data: bytes, addition: str) -> None:
    if decode(data).undecodable_at is not None:
        return
    with a_file() as (store, path):
        path.write_bytes(data)
        store.change(str(path), lambda text: text + addition)
        assert path.read_bytes() == data + addition.encode()
