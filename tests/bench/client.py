"""A client of the Language Server Protocol on standard input and output, made for timing servers.

One thread: `poll` drives both pipes, so a server that writes while a large document is still being sent cannot block
us, and no hand-over between threads is in the figures. What arrives is stamped when its last byte was read, before
anything is made of it. Times are seconds of `time.perf_counter`.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, TypeVar

Json = dict[str, Any]
T = TypeVar("T")

now = time.perf_counter

_PIPE = 1 << 16
"""Bytes that a pipe takes at once."""


class TooLate(Exception):
    """The server has not answered in time."""


class Ended(Exception):
    """The server is gone."""


class Arrived(NamedTuple):
    """A message.

    at    when its last byte was read
    size  its bytes, without the header
    """

    at: float
    message: Json
    size: int


class Client:
    """A server of its own, from its start on. Use it as a context manager: the process ends with the block.

    pull      ask for diagnostics where the server can be asked, instead of waiting until it publishes them
    settings  what the server gets where it asks for configuration, by section
    """

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        *,
        pull: bool = False,
        settings: Json | None = None,
    ) -> None:
        self.settings = settings or {}
        self.capabilities: Json = {}
        self._wants_pull = pull
        self._number = 0
        self._unsent: deque[memoryview] = deque()
        self._unread = bytearray()
        self._frames: deque[tuple[float, bytes]] = deque()
        self._notifications: deque[Arrived] = deque()
        self._responses: dict[int, Arrived] = {}
        self.started = now()
        self.process = subprocess.Popen(
            command,
            env=dict(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self._to, self._from = self.process.stdin.fileno(), self.process.stdout.fileno()
        for pipe in (self._to, self._from):
            os.set_blocking(pipe, False)
        self._poll = select.poll()

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(TooLate, Ended, OSError):
            self.request("shutdown", None, 5)
            self.notify("exit", None)
            self.process.wait(3)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(0)
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()

    # Messages

    def notify(self, method: str, params: Json | None) -> None:
        self._queue({"jsonrpc": "2.0", "method": method, "params": params})
        self._flush()

    def send(self, method: str, params: Json | None) -> int:
        """Send a request; the number to wait for its response by."""
        self._number += 1
        message = {"jsonrpc": "2.0", "id": self._number, "method": method}
        self._queue(message if params is None else message | {"params": params})
        self._flush()
        return self._number

    def response(self, number: int, timeout: float) -> Arrived:
        return self._until(lambda: self._responses.pop(number, None), timeout)

    def request(self, method: str, params: Json | None, timeout: float) -> tuple[float, Any]:
        """Seconds from just before it was sent to the last byte of its response, and the result. None for an error."""
        before = now()
        arrived = self.response(self.send(method, params), timeout)
        return arrived.at - before, arrived.message.get("result")

    def notification(self, method: str, accept: Callable[[Json], bool], timeout: float) -> Arrived:
        """The first notification that is accepted by its `params`. All that came before it are forgotten."""

        def next_one() -> Arrived | None:
            while self._notifications:
                arrived = self._notifications.popleft()
                if arrived.message["method"] == method and accept(arrived.message["params"]):
                    return arrived
            return None

        return self._until(next_one, timeout)

    def settle(self, seconds: float) -> None:
        """Let the server work for a while; what it notifies of meanwhile is forgotten."""
        end = now() + seconds
        while now() < end:
            self._pump(end - now())
            self._read_messages()
        self._notifications.clear()

    def sleep_until(self, moment: float) -> None:
        """Wait, and go on reading meanwhile."""
        while now() < moment:
            self._pump(moment - now())

    # The protocol

    def initialize(self, folder: Path, timeout: float) -> float:
        """Seconds from the start of the process to the response."""
        document: Json = {
            "synchronization": {"didSave": True},
            "publishDiagnostics": {"versionSupport": True, "relatedInformation": True},
            "completion": {"completionItem": {"snippetSupport": True}},
            "hover": {"contentFormat": ["markdown", "plaintext"]},
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
            "semanticTokens": {
                "requests": {"full": {"delta": True}},
                "tokenTypes": ["keyword", "property", "string", "number", "comment", "variable"],
                "tokenModifiers": ["declaration", "definition"],
                "formats": ["relative"],
            },
            "codeLens": {},
            "inlayHint": {},
        }
        if self._wants_pull:
            document["diagnostic"] = {"dynamicRegistration": False}
        params = {
            "processId": os.getpid(),
            "rootUri": folder.as_uri(),
            "workspaceFolders": [{"uri": folder.as_uri(), "name": folder.name}],
            "initializationOptions": self.settings.get("", {}),
            "capabilities": {"workspace": {"configuration": True}, "textDocument": document},
        }
        arrived = self.response(self.send("initialize", params), timeout)
        self.capabilities = arrived.message["result"]["capabilities"]
        self.notify("initialized", {})
        return arrived.at - self.started

    @property
    def pulls(self) -> bool:
        """Whether diagnostics are asked for."""
        return self._wants_pull and bool(self.capabilities.get("diagnosticProvider"))

    @property
    def takes_changes(self) -> bool:
        """Whether the server takes what has changed instead of the whole text."""
        sync = self.capabilities.get("textDocumentSync")
        return (sync.get("change") if isinstance(sync, dict) else sync) == 2

    # The pipes

    def _queue(self, message: Json) -> None:
        body = json.dumps(message, separators=(",", ":")).encode()
        self._unsent.append(memoryview(b"Content-Length: %d\r\n\r\n" % len(body) + body))

    def _flush(self) -> None:
        while self._unsent:
            self._pump(60)

    def _pump(self, timeout: float) -> None:
        """Write what can be written and read what has arrived, once."""
        self._poll.register(self._from, select.POLLIN)
        if self._unsent:
            self._poll.register(self._to, select.POLLOUT)
        ready = self._poll.poll(max(0.0, timeout) * 1000)
        if self._unsent:
            self._poll.unregister(self._to)
        for pipe, event in ready:
            if pipe == self._to and event & select.POLLOUT:
                self._write()
            elif pipe == self._from:
                self._read()
            else:
                raise Ended

    def _write(self) -> None:
        with suppress(BlockingIOError):
            written = os.write(self._to, self._unsent[0][:_PIPE])
            self._unsent[0] = self._unsent[0][written:]
            if not self._unsent[0]:
                self._unsent.popleft()

    def _read(self) -> None:
        data = os.read(self._from, 1 << 20)
        if not data:
            raise Ended
        self._unread += data
        self._frames += self._split(now())

    def _split(self, moment: float) -> Iterator[tuple[float, bytes]]:
        """The bodies that are there as a whole."""
        while (end := self._unread.find(b"\r\n\r\n")) >= 0:
            fields = (line.partition(b":") for line in bytes(self._unread[:end]).split(b"\r\n"))
            length = next(int(value) for name, _, value in fields if name.strip().lower() == b"content-length")
            start = end + 4
            if len(self._unread) < start + length:
                return
            yield moment, bytes(self._unread[start : start + length])
            del self._unread[: start + length]

    def _read_messages(self) -> None:
        while self._frames:
            # What has arrived is stamped before time goes into reading what came before it.
            self._pump(0)
            moment, body = self._frames.popleft()
            message = json.loads(body)
            arrived = Arrived(moment, message, len(body))
            if "method" not in message:
                self._responses[message["id"]] = arrived
            elif "id" in message:
                self._answer(message)
            else:
                self._notifications.append(arrived)

    def _answer(self, message: Json) -> None:
        """What an editor without anything special says to a server's request."""
        result = None
        if message["method"] == "workspace/configuration":
            result = [self.settings.get(item.get("section", "")) for item in message["params"]["items"]]
        self._queue({"jsonrpc": "2.0", "id": message["id"], "result": result})

    def _until(self, found: Callable[[], T | None], timeout: float) -> T:
        end = now() + timeout
        while True:
            self._read_messages()
            result = found()
            if result is not None:
                return result
            if now() >= end:
                raise TooLate
            self._pump(end - now())


def memory(process: int) -> float:
    """MiB that a process and all that it started hold in memory. Linux only: 0 elsewhere."""
    total = 0
    for one in _family(process):
        with suppress(FileNotFoundError, ProcessLookupError):
            status = Path(f"/proc/{one}/status").read_text()
            total += next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")), 0)
    return total / 1024


def _family(process: int) -> list[int]:
    found, left = [], [process]
    while left:
        one = left.pop()
        found.append(one)
        for children in Path(f"/proc/{one}/task").glob("*/children"):
            with suppress(FileNotFoundError, ProcessLookupError):
                left += map(int, children.read_text().split())
    return found
