"""Asking for MFA codes: three tries for each device, and one question at a time for the same device."""

from __future__ import annotations

import re
import threading
from typing import Protocol

from rolecall.sessions.control import CancelToken, Stopwatch
from rolecall.sessions.errors import SessionError, cancelled

TRIES = 3
REFUSED = "The code was not accepted. Wait for the next one."
MALFORMED = "An MFA code has six digits."

_CODE = re.compile(r"[0-9]{6}")
_LOCK_POLL_SECONDS = 0.1


class AskMfa(Protocol):
    """Asks a person for the code of a device, and blocks until there is an answer.

    It gets the device's serial number or ARN, which try this is (from 1), and what was wrong with the last answer.
    It returns the code, or None when the person gave up. Once the resolution is cancelled its answer is not used.
    """

    def __call__(self, serial: str, attempt: int, message: str | None) -> str | None: ...


class Devices:
    """Which MFA devices are in use. AWS takes each code once, so two questions at a time would spoil each other."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._by_serial: dict[str, threading.Lock] = {}

    def acquire(self, serial: str, cancel: CancelToken) -> threading.Lock:
        """Wait for the device and return its lock, held. Raises ``cancelled``."""
        with self._lock:
            device = self._by_serial.setdefault(serial, threading.Lock())
        while not device.acquire(timeout=_LOCK_POLL_SECONDS):
            cancel.check()
        return device


class Questions:
    """The questions of one resolution, which may meet several devices on its way."""

    def __init__(self, ask: AskMfa, devices: Devices, cancel: CancelToken, watch: Stopwatch) -> None:
        self._ask = ask
        self._devices = devices
        self._cancel = cancel
        self._watch = watch
        self._attempts: dict[str, int] = {}
        self._message: str | None = None
        self._serial: str | None = None
        self._held: threading.Lock | None = None

    def code(self, serial: str) -> str:
        """Return six digits. Raises ``cancelled``, or ``mfa-code-refused`` when no try is left."""
        with self._watch.paused():
            if self._held is None or self._serial != serial:
                self.release()
                self._held = self._devices.acquire(serial, self._cancel)
                self._serial, self._message = serial, None
            while self.may_ask_again():
                self._cancel.check()
                attempt = self._attempts[serial] = self._attempts.get(serial, 0) + 1
                answer = self._ask(serial, attempt, self._message)
                self._cancel.check()
                if answer is None:
                    raise cancelled()
                if _CODE.fullmatch(answer.strip()):
                    self._message = REFUSED  # true if it is ever shown
                    return answer.strip()
                self._message = MALFORMED
        raise SessionError("mfa-code-refused", "Could not sign in with MFA", "an MFA code has six digits", "Try again.")

    def may_ask_again(self) -> bool:
        """Tell whether the device that was asked for last has a try left."""
        return self._attempts.get(self._serial or "", 0) < TRIES

    def release(self) -> None:
        """Let others use the device."""
        if self._held is not None:
            self._held.release()
            self._held = None
