"""Cancelling, limits, and errors that travel out of a thread."""

from __future__ import annotations

import threading
import traceback

import pytest

from rolecall.sessions import CancelToken, SessionError
from rolecall.sessions.control import Stopwatch, run_in_thread


def late() -> SessionError:
    return SessionError("timeout", "Too late")


def test_watch_stands_still_while_paused(monkeypatch: pytest.MonkeyPatch):
    clock = [0.0]
    monkeypatch.setattr("rolecall.sessions.control.time.monotonic", lambda: clock[0])
    watch = Stopwatch(60)
    clock[0] = 10
    with watch.paused():
        clock[0] = 1000
        assert watch.left() == 50
    clock[0] = 1005
    assert watch.left() == 45


def test_subscribers_are_called_once():
    calls: list[str] = []
    cancel = CancelToken()
    cancel.subscribe(lambda: calls.append("early"))
    taken_back = cancel.subscribe(lambda: calls.append("taken back"))
    taken_back()
    cancel.cancel()
    cancel.cancel()
    cancel.subscribe(lambda: calls.append("late"))
    assert calls == ["early", "late"]


def test_what_is_left_behind_learns_of_it():
    told = threading.Event()
    started = threading.Event()
    cancel = CancelToken()

    def task(inner: CancelToken) -> None:
        inner.subscribe(told.set)
        started.set()
        cancel.cancel()
        told.wait(20)

    with pytest.raises(SessionError) as caught:
        run_in_thread(task, cancel, Stopwatch(20), late)
    assert caught.value.code == "cancelled"
    assert started.is_set()
    assert told.wait(20)


def test_time_limit():
    release = threading.Event()
    with pytest.raises(SessionError, match="Too late"):
        run_in_thread(lambda _: release.wait(20), CancelToken(), Stopwatch(0.01), late)
    release.set()


def test_unexpected_error_names_its_class_only_and_has_no_frames_of_the_thread():
    def task(_: CancelToken) -> None:
        secret = "wJalrEXAMPLEKEY"
        raise RuntimeError(secret)

    with pytest.raises(SessionError) as caught:
        run_in_thread(task, CancelToken(), Stopwatch(20), late)
    assert str(caught.value) == "Could not finish: Rolecall failed (RuntimeError)."
    text = "".join(traceback.format_exception(caught.value))
    assert "wJalr" not in text
    assert "in task" not in text
