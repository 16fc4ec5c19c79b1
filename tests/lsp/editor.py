"""An editor as a test sees it: a real server at the other end of the standard streams, plain JSON in and out.

`pytest-lsp` structures each message into lsprotocol's classes on its way, so nothing that breaks the specification, or
that this editor did not announce as a capability, gets past it.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from lsprotocol import types
from lsprotocol.converters import get_converter
from pygls.lsp.client import LanguageClient as PyglsClient
from pygls.protocol import JsonRPCRequestMessage, JsonRPCResponseMessage, default_converter
from pytest_lsp import LanguageClient, client_capabilities
from pytest_lsp.client import register_lsp_features
from pytest_lsp.protocol import LanguageClientProtocol

Json = dict[str, Any]
T = TypeVar("T")

DEADLINE = 20.0
"""Seconds until a test stops waiting. Nothing takes so long; a machine with much else to do may."""
ABILITIES = ("askMfaCode", "openTerminal", "copyText", "pickProfile")
SERVE = (sys.executable, "-m", "rolecall", "serve")

_converter = get_converter()
_LINE = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True)
class Home:
    """A throw-away home folder. `config` and `credentials` are the user's own two files."""

    folder: Path

    @property
    def config(self) -> Path:
        return self.folder / ".aws" / "config"

    @property
    def credentials(self) -> Path:
        return self.folder / ".aws" / "credentials"

    @property
    def accounts(self) -> Path:
        return self.folder / "accounts.json"

    def write(self, path: Path, content: str | bytes) -> Path:
        """Put a file in its place by an atomic rename, as most tools do."""
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f"{path.name}.new")
        new.write_bytes(content.encode() if isinstance(content, str) else content)
        new.chmod(0o600)
        new.replace(path)
        return path


class Wire(LanguageClientProtocol):
    """Keeps every message as it came, and answers the server's requests as the editor says."""

    _server: Editor  # type: ignore[assignment]  # As pytest-lsp narrows it.

    def structure_message(self, data: Json) -> Any:
        if "jsonrpc" in data:
            self._server.came(json.loads(json.dumps(data)))
        return super().structure_message(data)

    def _handle_request(self, msg_id: Any, method_name: str, params: Any) -> None:
        answer = self._server.answers.get(method_name)
        if answer is None:
            super()._handle_request(msg_id, method_name, params)
            return
        raw = next(m for m in reversed(self._server.received) if m.get("id") == msg_id and "method" in m)
        task = asyncio.ensure_future(self._answer(msg_id, answer, raw.get("params")))
        # Where the server takes its question back, pygls looks here.
        self._request_futures[msg_id] = task  # type: ignore[assignment]  # It is only ever cancelled.

    async def _answer(self, msg_id: Any, answer: Callable[[Any], Any], params: Any) -> None:
        result = answer(params)
        if isinstance(result, Awaitable):
            result = await result
        self._request_futures.pop(msg_id, None)
        self._send_data(JsonRPCResponseMessage(msg_id, "2.0", result))


class Editor(LanguageClient):
    """Opens, edits and asks; keeps what the server says. `answers` are those to the server's requests, by method."""

    def __init__(self) -> None:
        super().__init__(protocol_cls=Wire, converter_factory=default_converter)
        register_lsp_features(self)
        self.received: list[Json] = []
        self.feature("rolecall/profilesChanged")(lambda params: None)
        self.feature("rolecall/tokenChanged")(lambda params: None)
        self.log = b""
        self.may_log = False
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self.encoding = "utf-16"
        self.answers: dict[str, Callable[[Any], Any]] = {
            "window/showMessageRequest": lambda _: None,
            "workspace/applyEdit": self.apply,
            "workspace/codeLens/refresh": lambda _: None,
        }
        self._news = asyncio.Event()
        self._reading_log: asyncio.Task[None] | None = None
        self._number = 0

    # Life

    async def start(self, home: Home, command: Iterable[str] = SERVE, **env: str) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "XDG_"))}
        await PyglsClient.start_io(
            self, *command, env={**kept, "HOME": str(home.folder), "AWS_EC2_METADATA_DISABLED": "true", **env}
        )
        self._reading_log = asyncio.ensure_future(self._read_log())

    async def _read_log(self) -> None:
        while line := await self._server.stderr.readline():
            self.log += line

    async def initialize(
        self,
        settings: Mapping[str, Any] | None = None,
        *,
        can: Iterable[str] = ABILITIES,
        capabilities: Json | None = None,
        **params: Any,
    ) -> Json:
        """The handshake, as Visual Studio Code unless told otherwise. Gives the server's answer."""
        announced = client_capabilities("visual-studio-code")
        if capabilities is not None:
            announced = _converter.structure(capabilities, types.ClientCapabilities)
        self.capabilities = announced
        options = {"settings": dict(settings or {}), "can": list(can)}
        raw = {"processId": os.getpid(), "rootUri": None, "initializationOptions": options, **params}
        typed = _converter.structure({**raw, "capabilities": {}}, types.InitializeParams)
        typed.capabilities = announced
        result = await self._request("initialize", typed)
        self.encoding = result["capabilities"]["positionEncoding"]
        self.initialized(types.InitializedParams())
        return result

    async def quit(self) -> int:
        """End the session; gives the server's exit code."""
        if self._server.returncode is None:
            await self._request("shutdown", None)
            self.exit(None)
        return await self.ended()

    async def ended(self) -> int:
        """Wait for the server's end, which something else brought about."""
        async with asyncio.timeout(DEADLINE):
            code = await self._server.wait()
            await self._reading_log
            await self.stop()
        return code

    def kill(self) -> None:
        if self._server is not None and self._server.returncode is None:
            self._server.kill()

    # What comes

    def came(self, message: Json) -> None:
        self.received.append(message)
        self._news.set()

    def calls(self, method: str) -> list[Any]:
        """The params of everything that the server sent under a method, in order."""
        return [message.get("params") for message in self.received if message.get("method") == method]

    async def until(self, found: Callable[[], T]) -> T:
        """Wait for something that a message brings about."""
        async with asyncio.timeout(DEADLINE):
            while not (result := found()):
                self._news.clear()
                await self._news.wait()
        return result

    async def call(self, method: str, number: int = 1) -> Any:
        """The params of the server's n-th message of a method, waiting for it."""
        await self.until(lambda: len(self.calls(method)) >= number)
        return self.calls(method)[number - 1]

    async def settled(self) -> None:
        """Wait until all that was sent has been dealt with, and what came of it has been received."""
        for _ in range(2):
            await self.ask("rolecall/profileDetail", name="")

    def published(self, uri: str) -> Json | None:
        """The last `publishDiagnostics` of a document."""
        found = [params for params in self.calls("textDocument/publishDiagnostics") if params["uri"] == uri]
        return found[-1] if found else None

    def diagnostics_of(self, uri: str) -> list[Json]:
        return (self.published(uri) or {"diagnostics": []})["diagnostics"]

    def rules(self, uri: str) -> list[str] | None:
        """What is reported of a document, None where nothing was ever said of it."""
        published = self.published(uri)
        return sorted(found["code"] for found in published["diagnostics"]) if published else None

    async def shows(self, uri: str, *rules: str) -> list[Json]:
        """Exactly these rules are reported of a document once everything has been dealt with; gives the diagnostics."""
        await self.settled()
        assert self.rules(uri) == sorted(rules)
        return self.diagnostics_of(uri)

    async def comes_to_show(self, uri: str, *rules: str) -> list[Json]:
        """As `shows`, for what something outside of this editor brings about sooner or later."""
        try:
            await self.until(lambda: self.rules(uri) == sorted(rules))
        except TimeoutError:
            assert self.rules(uri) == sorted(rules)
        return self.diagnostics_of(uri)

    async def told(self, number: int = 1) -> str:
        """The text of the n-th `window/showMessage`."""
        return (await self.call("window/showMessage", number))["message"]

    # What is asked

    async def ask(self, method: str, /, **params: Any) -> Any:
        """A request; gives the result as it came. Raises JsonRpcException for an error."""
        known = types.METHOD_TO_TYPES.get(method)
        typed = _converter.structure(params, known[2]) if known else params
        return await self._request(method, typed)

    async def ask_at(self, method: str, uri: str, line: int, character: int, **params: Any) -> Any:
        """A request about a place in a document."""
        place = {"line": line, "character": character}
        return await self.ask(f"textDocument/{method}", textDocument={"uri": uri}, position=place, **params)

    async def ask_of(self, method: str, uri: str, **params: Any) -> Any:
        """A request about a document."""
        return await self.ask(f"textDocument/{method}", textDocument={"uri": uri}, **params)

    async def execute(self, command: str, **argument: Any) -> Any:
        return await self.ask("workspace/executeCommand", command=f"rolecall.{command}", arguments=[argument])

    async def _request(self, method: str, params: Any) -> Any:
        self._number += 1
        number = f"test-{self._number}"
        async with asyncio.timeout(DEADLINE):
            await self.protocol.send_request_async(method, params, number)
        return next(m for m in reversed(self.received) if m.get("id") == number and "method" not in m).get("result")

    async def error_of(self, method: str, params: Any, number: str | None = None) -> Json:
        """Send a request whatever its params are, and give the error that must come of it."""
        self._number += 1
        number = number or f"test-{self._number}"
        self.protocol._send_data(JsonRPCRequestMessage(number, method, "2.0", params))
        answer = await self.until(lambda: next((m for m in self.received if m.get("id") == number), None))
        assert "error" in answer, answer
        return answer["error"]

    def tell(self, method: str, params: Any = None) -> None:
        """Send a notification whatever its params are."""
        self.protocol._send_data({"jsonrpc": "2.0", "method": method, "params": params})

    def send_bytes(self, data: bytes) -> None:
        self._server.stdin.write(data)

    # Documents

    def open(self, path: Path | str, text: str, version: int = 1) -> str:
        uri = uri_of(path) if isinstance(path, Path) else path
        self.texts[uri], self.versions[uri] = text, version
        document = {"uri": uri, "languageId": "aws-config", "version": version, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        return uri

    def edit(self, uri: str, *changes: Json) -> None:
        """Make changes, each {"text"} for the whole text or {"range", "text"}, each after the one before."""
        for change in changes:
            if "range" in change:
                self.texts[uri] = self._replaced(self.texts[uri], change["range"], change["text"])
            else:
                self.texts[uri] = change["text"]
        self.versions[uri] += 1
        document = {"uri": uri, "version": self.versions[uri]}
        self.tell("textDocument/didChange", {"textDocument": document, "contentChanges": list(changes)})

    def retype(self, uri: str, old: str, new: str) -> None:
        """Replace the first `old` in a document by `new`, as typing does."""
        before, found, _ = self.texts[uri].partition(old)
        assert found, f"{old!r} is not in the document"
        place = {"start": self.place(before), "end": self.place(before + old)}
        self.edit(uri, {"range": place, "text": new})

    def save(self, uri: str, path: Path) -> None:
        path.write_text(self.texts[uri], newline="")
        self.tell("textDocument/didSave", {"textDocument": {"uri": uri}})

    def close(self, uri: str) -> None:
        del self.texts[uri], self.versions[uri]
        self.tell("textDocument/didClose", {"textDocument": {"uri": uri}})

    def place(self, before: str) -> Json:
        """The position behind a text."""
        line = _LINE.split(before)[-1]
        return {"line": len(_LINE.findall(before)), "character": self._width(line)}

    def slice(self, uri: str, span: Json) -> str:
        """The text in a range of an open document."""
        text = self.texts[uri]
        return text[self._offset(text, span["start"]) : self._offset(text, span["end"])]

    def apply(self, params: Json) -> Json:
        """Answer workspace/applyEdit: make the edit, and tell the server of it as an editor does."""
        for uri, after in self.edited(params["edit"]).items():
            self.edit(uri, {"text": after})
        return {"applied": True}

    def edited(self, edit: Json) -> dict[str, str]:
        """The texts that a WorkspaceEdit makes of open documents."""
        changes = dict(edit.get("changes") or {})
        for change in edit.get("documentChanges") or ():
            document = change["textDocument"]
            assert document["version"] in (None, self.versions.get(document["uri"])), "an edit of another version"
            changes[document["uri"]] = change["edits"]
        results = {}
        for uri, edits in changes.items():
            text = self.texts[uri]
            # From the last to the first, so that places before them stay where they are; they must not overlap.
            for one in sorted(edits, key=lambda one: self._offset(text, one["range"]["start"]), reverse=True):
                text = self._replaced(text, one["range"], one["newText"])
            results[uri] = text
        return results

    def _replaced(self, text: str, span: Json, new: str) -> str:
        return text[: self._offset(text, span["start"])] + new + text[self._offset(text, span["end"]) :]

    def _offset(self, text: str, place: Json) -> int:
        """Of a position in a text, which must be one."""
        starts = [0, *(found.end() for found in _LINE.finditer(text))]
        start = starts[place["line"]]
        line = _LINE.split(text)[place["line"]]
        column = next((n for n in range(len(line) + 1) if self._width(line[:n]) == place["character"]), None)
        assert column is not None, f"no column {place['character']} in line {place['line']}: {line!r}"
        return start + column

    def _width(self, text: str) -> int:
        return len(text.encode("utf-16-le")) // 2 if self.encoding == "utf-16" else len(text)


def uri_of(path: Path) -> str:
    return "file://" + quote(str(path))


def whole(text: str) -> Json:
    """A change of `contentChanges` that replaces everything."""
    return {"text": text}
