"""One loopback HTTP server: the strict STS and the portal first, moto for everything else, and faults on demand."""

from __future__ import annotations

import io
import json
import socket
import threading
import time
from collections.abc import Callable, Iterable
from http import HTTPStatus
from types import TracebackType
from typing import Any, NamedTuple, Self

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from .keys import LongTermKey, make_key
from .portal import TOKEN_HEADER, Portal
from .sts import Request, Response, Sts, error

FAULTS = ("hang", "500", "429", "drop")
"""``hang`` never answers, ``drop`` closes the connection, the others are statuses."""

_CONTROL = "/_standin/"
_HANG_SECONDS = 60.0
_TOKEN_VARIABLE = "rolecall.sso_token"


class LogEntry(NamedTuple):
    """A request that came in: nothing of it is secret."""

    method: str
    action: str
    access_key_id: str | None


class _Handler(WSGIRequestHandler):
    """Says nothing, and hands on the one header that WSGI would drop for its underscore."""

    def make_environ(self) -> dict[str, Any]:
        environ = super().make_environ()
        environ[_TOKEN_VARIABLE] = self.headers.get(TOKEN_HEADER, "")
        return environ

    def log(self, *_: Any) -> None:
        """Keep quiet: the request log is ``StandIn.log``."""


class StandIn:
    """AWS on a loopback port. Use it as a context manager, or call ``start`` and ``stop``.

    ``now`` is the clock in seconds since 1970. The remaining arguments are those of ``Sts``.
    """

    def __init__(self, now: Callable[[], float] = time.time, *, port: int = 0, **strictness: Any) -> None:
        self._real_now = now
        self.skew = 0.0
        self.sts = Sts(self.now, **strictness)
        self.portal = Portal(self.sts)
        self.log: list[LogEntry] = []
        self._faults: list[str] = []
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._port = port
        self._server: BaseWSGIServer | None = None
        self._thread: threading.Thread | None = None
        self._moto: Any = None

    def now(self) -> float:
        return self._real_now() + self.skew

    @property
    def url(self) -> str:
        if self._server is None:
            raise RuntimeError("the stand-in has not been started")
        return f"http://127.0.0.1:{self._server.server_port}"

    def start(self) -> Self:
        self._server = make_server("127.0.0.1", self._port, self, threaded=True, request_handler=_Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        self._stopping.set()
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def add_user(self, account: str, user: str, n: int = 0) -> LongTermKey:
        """Make an IAM user with fake key number ``n`` of the account."""
        key = LongTermKey(*make_key(account, n), account, user)
        self.sts.keys[key.access_key_id] = key
        return key

    def fail_next(self, fault: str, times: int = 1) -> None:
        """Answer the next requests with one of ``FAULTS``."""
        if fault not in FAULTS:
            raise ValueError(f"no such fault: {fault}")
        with self._lock:
            self._faults += [fault] * times

    def advance(self, seconds: float) -> None:
        """Move the clock forward."""
        self.skew += seconds

    def reset(self) -> None:
        """Forget the log, the faults still to come and the shift of the clock."""
        with self._lock:
            self.log.clear()
            self._faults.clear()
            self.skew = 0.0

    def actions(self) -> list[str]:
        """Return the actions that were asked for, in order."""
        with self._lock:
            return [entry.action for entry in self.log]

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        request = _request(environ)
        if request.path.startswith(_CONTROL):
            return _send(self._control(request), start_response)
        with self._lock:
            entry = LogEntry(request.method, request.form.get("Action") or request.path, request.access_key_id)
            self.log.append(entry)
            fault = self._faults.pop(0) if self._faults else None
        if fault is not None:
            return _send(self._fail(fault, environ), start_response)
        answer = self.sts.answer(request) or self.portal.answer(request, environ.get("QUERY_STRING", ""))
        if answer is not None:
            return _send(answer, start_response)
        environ["wsgi.input"] = io.BytesIO(request.body)
        return self._moto_app()(environ, start_response)  # type: ignore[no-any-return]

    def _fail(self, fault: str, environ: dict[str, Any]) -> Response:
        if fault == "hang":
            self._stopping.wait(_HANG_SECONDS)
        elif fault == "drop":
            connection: socket.socket = environ["werkzeug.socket"]
            connection.shutdown(socket.SHUT_RDWR)
        status = int(fault) if fault.isdigit() else 500
        return error(status, "Throttling" if status == 429 else "InternalFailure", "An injected fault")

    def _control(self, request: Request) -> Response:
        """Let a test in another process see the log (GET log) and inject faults (POST fault, advance, reset)."""
        name = request.path.removeprefix(_CONTROL)
        arguments = json.loads(request.body or b"{}")
        match name:
            case "log":
                return _json([entry._asdict() for entry in list(self.log)])
            case "fault":
                self.fail_next(str(arguments["kind"]), int(arguments.get("times", 1)))
            case "advance":
                self.advance(float(arguments["seconds"]))
            case "reset":
                self.reset()
            case _:
                return Response(404, "text/plain", b"log, fault, advance or reset")
        return _json({})

    def _moto_app(self) -> Any:
        with self._lock:
            if self._moto is None:
                from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

                self._moto = DomainDispatcherApplication(create_backend_app)
            return self._moto


def closed_port_url() -> str:
    """Return the address of a loopback port at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"


def _request(environ: dict[str, Any]) -> Request:
    length = int(environ.get("CONTENT_LENGTH") or 0)
    headers = {
        name.removeprefix("HTTP_").replace("_", "-").lower(): str(value)
        for name, value in environ.items()
        if name.startswith("HTTP_") or name in {"CONTENT_TYPE", "CONTENT_LENGTH"}
    }
    headers[TOKEN_HEADER] = environ[_TOKEN_VARIABLE]
    return Request(environ["REQUEST_METHOD"], environ["PATH_INFO"], headers, environ["wsgi.input"].read(length))


def _json(value: object) -> Response:
    return Response(200, "application/json", json.dumps(value).encode())


def _send(response: Response, start_response: Callable[..., Any]) -> Iterable[bytes]:
    status = f"{response.status} {HTTPStatus(response.status).phrase}"
    length = ("Content-Length", str(len(response.body)))
    start_response(status, [("Content-Type", response.content_type), length, *response.headers])
    return [response.body]
