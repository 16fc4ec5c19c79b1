"""Running what blocks: cancelling, a limit on the whole, and a thread that can be left behind."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from rolecall.sessions.errors import SessionError, cancelled

T = TypeVar("T")


class CancelToken:
    """Says, from any thread, that nobody waits for the answer any more."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._cancelled = False
        self._callbacks: list[Callable[[], object]] = []

    @property
    def cancelled(self) -> bool:
        return self._cancelled

    def cancel(self) -> None:
        """Cancel; a second call does nothing."""
        with self._lock:
            if self._cancelled:
                return
            self._cancelled = True
            callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            callback()

    def subscribe(self, callback: Callable[[], object]) -> Callable[[], None]:
        """Call ``callback`` on cancel, at once when that was before; the returned function takes the wish back."""
        with self._lock:
            if not self._cancelled:
                self._callbacks.append(callback)
                return lambda: self._forget(callback)
        callback()
        return lambda: None

    def check(self) -> None:
        """Raise the error ``cancelled`` once cancelled."""
        if self._cancelled:
            raise cancelled()

    def _forget(self, callback: Callable[[], object]) -> None:
        with self._lock:
            if callback in self._callbacks:
                self._callbacks.remove(callback)


class Stopwatch:
    """Seconds left of a limit. The clock stands still while a person is thinking."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self._lock = threading.Lock()
        self._spent = 0.0
        self._running_since: float | None = time.monotonic()

    def left(self) -> float:
        with self._lock:
            running = 0.0 if self._running_since is None else time.monotonic() - self._running_since
            return self.limit - self._spent - running

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Stop the clock; pauses do not nest."""
        with self._lock:
            if self._running_since is not None:
                self._spent += time.monotonic() - self._running_since
                self._running_since = None
        try:
            yield
        finally:
            with self._lock:
                self._running_since = time.monotonic()


def run_in_thread(
    task: Callable[[CancelToken], T], cancel: CancelToken, watch: Stopwatch, timed_out: Callable[[], SessionError]
) -> T:
    """Run ``task`` in a thread of its own and return its result.

    Raises the SessionError that the task raised, ``cancelled`` as soon as ``cancel`` says so, and ``timed_out()`` when
    the watch runs out. In the latter two cases the thread is left to find out by its own token, at the latest when its
    network call times out. It is a daemon, so that it never keeps the program from ending.

    Errors travel out of the thread as values and are raised without their tracebacks, whose frames hold secrets.
    """
    inner = CancelToken()
    results: list[T] = []
    errors: list[SessionError] = []
    wake = threading.Event()

    def work() -> None:
        try:
            results.append(task(inner))
        except SessionError as error:
            errors.append(error)
        except BaseException as error:  # noqa: BLE001  the waiting side must wake up, and no text may get out
            errors.append(SessionError("internal", "Could not finish", f"Rolecall failed ({type(error).__name__})"))
        finally:
            wake.set()

    cancel.check()
    unsubscribe = cancel.subscribe(wake.set)
    try:
        threading.Thread(target=work, name="rolecall-session", daemon=True).start()
        while not results and not errors:
            if cancel.cancelled:
                raise cancelled()
            left = watch.left()
            if left <= 0:
                raise timed_out()
            wake.wait(left)
    finally:
        unsubscribe()
        inner.cancel()
    if errors:
        error = errors[0].with_traceback(None)
        error.__context__ = None
        raise error from None
    return results[0]
