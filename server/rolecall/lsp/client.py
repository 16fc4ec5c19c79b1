"""What the server asks of the client, as coroutines. Whatever a client cannot do is answered as if dismissed."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from pygls.exceptions import JsonRpcException

from rolecall.lsp.convert import Json
from rolecall.lsp.protocol import Protocol, Raw


class Progress:
    """One task with work-done progress that the user may cancel."""

    def __init__(self, client: Client, token: str | None) -> None:
        self._client = client
        self._token = token
        self.cancelled = asyncio.Event()

    def report(self, message: str) -> None:
        if self._token is not None:
            self._client.progress(self._token, {"kind": "report", "message": message})


class Client:
    """The other end of the connection."""

    def __init__(self, protocol: Protocol) -> None:
        self._protocol = protocol
        self._tasks: dict[str, Progress] = {}
        self.capabilities: Mapping[str, Any] = {}
        self.abilities: frozenset[str] = frozenset()

    def can(self, *path: str) -> bool:
        """Whether the client announced a capability, such as ("window", "showDocument", "support")."""
        found: Any = self.capabilities
        for name in path:
            found = found.get(name) if isinstance(found, Mapping) else None
        return bool(found)

    def notify(self, method: str, params: Json | Raw) -> None:
        self._protocol.notify(method, params)

    async def request(self, method: str, params: Any) -> Any:
        """The client's answer, None where it has none, such as to a request that it does not know."""
        try:
            return await self._protocol.ask(method, params)
        except JsonRpcException:
            return None

    def show(self, kind: int, text: str) -> None:
        """Show a message: 1 error, 2 warning, 3 information."""
        self.notify("window/showMessage", {"type": kind, "message": text})

    async def ask(self, kind: int, text: str, choices: Sequence[str]) -> str | None:
        """Show a message with buttons; the title of the one that was chosen."""
        params = {"type": kind, "message": text, "actions": [{"title": choice} for choice in choices]}
        answer = await self.request("window/showMessageRequest", params)
        return answer["title"] if answer else None

    async def show_document(self, uri: str, place: Json | None = None) -> None:
        """Open a file in the editor, at a range."""
        if self.can("window", "showDocument", "support"):
            await self.request(
                "window/showDocument",
                {"uri": uri, "takeFocus": True, **({"selection": place} if place is not None else {})},
            )

    async def apply_edit(self, label: str, edit: Json) -> bool:
        """Let the editor make an edit; whether it did."""
        answer = await self.request("workspace/applyEdit", {"label": label, "edit": edit})
        return bool(answer and answer.get("applied"))

    async def ask_mfa_code(self, profile: str, serial: str, attempt: int, message: str | None) -> str | None:
        """Six digits, or None where the user (or the client) has none."""
        if "askMfaCode" not in self.abilities:
            return None
        params = {"profile": profile, "serial": serial, "attempt": attempt, "message": message}
        answer = await self.request("rolecall/askMfaCode", params)
        return answer if isinstance(answer, str) else None

    async def pick_profile(
        self, title: str, placeholder: str, profiles: Sequence[tuple[str, str]], *, allow_new: bool = False
    ) -> str | None:
        """A profile that the user chooses among (name, description)."""
        if "pickProfile" not in self.abilities:
            return None
        choices = [{"name": name, "description": description} for name, description in profiles]
        params = {"title": title, "placeholder": placeholder, "profiles": choices, "allowNew": allow_new}
        answer = await self.request("rolecall/pickProfile", params)
        return answer if isinstance(answer, str) else None

    async def open_terminal(self, name: str, env: Mapping[str, str | None]) -> bool:
        """Open a terminal with these variables, None for those to be taken away; whether the client did."""
        return await self._do("openTerminal", {"name": name, "env": dict(env)})

    async def copy(self, text: str) -> bool:
        """Put a text on the clipboard; whether the client did."""
        return await self._do("copyText", {"text": text})

    async def read_clipboard(self) -> str | None:
        """The text on the clipboard, None where the client has none."""
        answer = await self.request("rolecall/readClipboard", {}) if "readClipboard" in self.abilities else None
        return answer["text"] if answer else None

    async def pick_file(self, title: str) -> str | None:
        """The path of a file that the user chooses."""
        answer = await self.request("rolecall/pickFile", {"title": title}) if "pickFile" in self.abilities else None
        return answer["path"] if answer else None

    async def refresh_lenses(self) -> None:
        """Have the code lenses asked for again: an editor does so by itself only after an edit."""
        if self.can("workspace", "codeLens", "refreshSupport"):
            await self.request("workspace/codeLens/refresh", None)

    async def show_hover(self) -> bool:
        """Show the hover at the caret; whether the client did."""
        return await self._do("showHover", {})

    async def _do(self, ability: str, params: Json) -> bool:
        if ability not in self.abilities:
            return False
        try:
            await self._protocol.ask(f"rolecall/{ability}", params)
        except JsonRpcException:
            return False
        return True

    @asynccontextmanager
    async def working(self, title: str) -> AsyncIterator[Progress]:
        """Work-done progress around a block, with a cancel button."""
        token = await self._progress_token()
        progress = Progress(self, token)
        if token is None:
            yield progress
            return
        self._tasks[token] = progress
        self.progress(token, {"kind": "begin", "title": title, "cancellable": True})
        try:
            yield progress
        finally:
            del self._tasks[token]
            self.progress(token, {"kind": "end"})

    async def _progress_token(self) -> str | None:
        """The token of a new progress, None where the client shows none."""
        if not self.can("window", "workDoneProgress"):
            return None
        token = str(uuid.uuid4())
        try:
            await self._protocol.ask("window/workDoneProgress/create", {"token": token})
        except JsonRpcException:
            return None
        return token

    def progress(self, token: str, value: Json) -> None:
        self.notify("$/progress", {"token": token, "value": value})

    def cancel(self, token: str) -> None:
        """The user pressed the button."""
        if token in self._tasks:
            self._tasks[token].cancelled.set()
