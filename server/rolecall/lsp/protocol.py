"""JSON-RPC by pygls, with plain JSON in and out, and with errors that tell nothing of a document's text.

Messages are not structured into lsprotocol's classes: the handlers read the few fields that they need, which is both
quicker and more tolerant of what clients send. pygls' own log lines and error answers quote messages, so both are cut.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

import cattrs
from lsprotocol.types import ResponseError, ResponseErrorMessage
from pygls.exceptions import (
    JsonRpcException,
    JsonRpcInvalidRequest,
    JsonRpcMethodNotFound,
    JsonRpcRequestCancelled,
    JsonRpcServerNotInitialized,
)
from pygls.protocol.json_rpc import (
    JsonRPCNotification,
    JsonRPCProtocol,
    JsonRPCRequestMessage,
    JsonRPCResponseMessage,
)
from pygls.server import JsonRPCServer

from rolecall.bug import report

if TYPE_CHECKING:
    from pygls.io_ import Writer

Handler = Callable[[Any], Any]
"""Takes the `params` of a message; may be a coroutine function. Of a request it returns the result."""

_INTERNAL_ERROR = -32603

_REFUSALS = (JsonRpcMethodNotFound, JsonRpcServerNotInitialized, JsonRpcInvalidRequest)
"""Answers to what is not done at all, or not now: the fault is the client's."""

log = logging.getLogger(__name__)


class Raw(str):
    """The result of a request, or the parameters of a notification, as JSON that is written already."""

    __slots__ = ()


class Failed(Exception):
    """A request that cannot be done. The text is shown to the user, so it holds nothing but what it says."""


class Protocol(JsonRPCProtocol):
    """Dispatches messages to a table of handlers."""

    def __init__(self, server: Server, converter: cattrs.Converter) -> None:
        super().__init__(server, converter)
        self.handlers: Mapping[str, Handler] = {}
        self.refusal: Callable[[str], JsonRpcException] = not_initialized
        """What a request for which there is no handler gets; it is given the method."""

    def structure_message(self, data: dict[str, Any]) -> Any:
        """Called for every object in a message; only the outermost one is made into something else."""
        if "jsonrpc" not in data:
            return data
        version = data["jsonrpc"]
        if "method" in data:
            if "id" in data:
                return JsonRPCRequestMessage(data["id"], data["method"], version, data.get("params"))
            return JsonRPCNotification(data["method"], version, data.get("params"))
        if "error" in data:
            error = data["error"] or {}
            return ResponseErrorMessage(
                id=data["id"], error=ResponseError(error.get("code", 0), error.get("message", "")), jsonrpc=version
            )
        return JsonRPCResponseMessage(data["id"], version, data.get("result"))

    def _get_handler(self, feature_name: str) -> Handler:
        handler = self.handlers.get(feature_name)
        if handler is None:
            raise self.refusal(feature_name)
        return handler

    def _handle_notification(self, method_name: str, params: Any) -> None:
        if method_name == "$/cancelRequest":
            self._handle_cancel_notification(params["id"])
        elif method_name in self.handlers:
            super()._handle_notification(method_name, params)

    def _handle_cancel_notification(self, msg_id: Any) -> None:
        future = self._request_futures.pop(msg_id, None)
        if future is not None:
            future.cancel()

    async def ask(self, method: str, params: Any) -> Any:
        """The client's answer to a request. Raises JsonRpcException where it refuses.

        When nobody waits for the answer any more the client is told, so that it can take its question back.
        """
        number = str(uuid.uuid4())
        try:
            return await self.send_request_async(method, params, number)
        except asyncio.CancelledError:
            self._request_futures.pop(number, None)
            with suppress(OSError):  # The client may be gone already.
                self.notify("$/cancelRequest", {"id": number})
            raise
        finally:
            # pygls keeps it for an answer that it structures, which is not what happens here.
            self._result_types.pop(number, None)

    def notify(self, method: str, params: Any = None) -> None:
        """Tell the client something."""
        if isinstance(params, Raw):
            self._send_raw(f'{{"jsonrpc":"2.0","method":{json.dumps(method)},"params":{params}}}')
        else:
            super().notify(method, params)

    def _send_response(self, msg_id: Any, result: Any = None, error: ResponseError | None = None) -> None:
        if error is not None:
            error = self._safe(error)
        elif isinstance(result, Raw):
            self._send_raw(f'{{"jsonrpc":"2.0","id":{json.dumps(msg_id)},"result":{result}}}')
            return
        super()._send_response(msg_id, result, error)

    def _send_raw(self, message: str) -> None:
        """Send a message that is JSON already: large answers are put together from pieces that were written before."""
        body = message.encode()
        # Standard output is written to at once, unlike pygls' other ways.
        cast("Writer", self.writer).write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))

    @staticmethod
    def _safe(error: ResponseError) -> ResponseError:
        """The error without pygls' traceback, and without a text that may quote a document."""
        raised = sys.exc_info()[1]
        if isinstance(raised, Failed):
            return ResponseError(code=-32803, message=str(raised))
        if error.code in {kind.CODE for kind in (*_REFUSALS, JsonRpcRequestCancelled)}:
            return ResponseError(code=error.code, message=error.message)
        text = f"Rolecall failed inside ({where(raised)}). The session goes on."
        return ResponseError(code=_INTERNAL_ERROR, message=text)


class Server(JsonRPCServer):
    """A server on standard input and output."""

    protocol: Protocol

    def __init__(self) -> None:
        super().__init__(Protocol, cattrs.Converter)

    def report_server_error(self, error: Exception, source: Any) -> None:
        """A handler failed. The message that it handled is nobody's business."""
        if isinstance(error, (Failed, *_REFUSALS)) or isinstance(error.__context__, Failed):
            return
        # pygls hands over what it made of the error that is being handled.
        report(f"a handler failed: {where(sys.exc_info()[1] or error)}")


def not_initialized(method: str) -> JsonRpcException:
    """The refusal of everything until the client has said what it can do."""
    return JsonRpcServerNotInitialized()


def stopping(method: str) -> JsonRpcException:
    """The refusal of everything once the client has asked for the end."""
    return JsonRpcInvalidRequest(f"Rolecall is stopping: {method} comes too late")


def unknown(method: str) -> JsonRpcException:
    """The refusal of what the server does not do."""
    return JsonRpcMethodNotFound(f"Rolecall does not know {method}")


def where(error: BaseException | None) -> str:
    """The kind of an error and the place it comes from: nothing of what it says, which may quote a file."""
    if error is None:
        return "unknown"
    frame = error.__traceback__
    place = ""
    while frame is not None:
        code = frame.tb_frame.f_code
        if "rolecall" in code.co_filename:
            place = f" in {code.co_name}, line {frame.tb_lineno}"
        frame = frame.tb_next
    return f"{type(error).__name__}{place}"


def quiet() -> None:
    """Keep pygls from logging messages: they hold the text of documents."""
    logging.getLogger("pygls").setLevel(logging.CRITICAL + 1)
    logging.getLogger("asyncio").setLevel(logging.CRITICAL + 1)


def in_background(coroutine: Any, tasks: set[asyncio.Task[Any]]) -> None:
    """Run a coroutine beside the messages. The loop keeps only weak references to tasks, hence the set."""
    task = asyncio.ensure_future(coroutine)
    tasks.add(task)
    task.add_done_callback(tasks.discard)
    task.add_done_callback(_report_failure)


def _report_failure(task: asyncio.Task[Any]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        report(f"a task failed: {where(error)}")
