"""The table of what the server answers, and its life: standard input and output, the watch over the files."""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
from contextlib import suppress
from typing import Any

from rolecall import __version__, bug
from rolecall.lsp import lean

# pygls is imported below, and this must come before it.
lean.prepare()

from rolecall.lsp import language
from rolecall.lsp.client import Client
from rolecall.lsp.commands import COMMANDS, command
from rolecall.lsp.convert import Json
from rolecall.lsp.foreseen import guarded
from rolecall.lsp.protocol import Failed, Handler, Server, in_background, quiet, stopping, unknown, where
from rolecall.lsp.session import Session
from rolecall.store.local import LocalHost, state_folder
from rolecall.store.writer import Store

LOOK_EVERY = 2.0
"""Seconds between two looks at the state (not the content) of the files: an editor's own watcher misses a folder that
appears later, and what happens outside of its workspace."""

log = logging.getLogger("rolecall")


class Rolecall:
    """One connection."""

    def __init__(self) -> None:
        self.server = Server()
        self.session = Session(LocalHost(), Store(state_folder()), Client(self.server.protocol))
        self.server.protocol.handlers = {"initialize": self.initialize, "exit": self.exit}
        self.exit_code = 1
        self._cards: Any = None
        self._told_once = asyncio.Event()

    def _handlers(self) -> dict[str, Handler]:
        session = self.session
        own: dict[str, Handler] = {
            "initialized": self.initialized,
            "shutdown": self.shutdown,
            "exit": self.exit,
            "textDocument/didOpen": self.opened,
            "textDocument/didChange": self.changed,
            "textDocument/didClose": self.closed,
            "textDocument/didSave": self.saved,
            "workspace/didChangeWatchedFiles": self.saved,
            "workspace/didChangeConfiguration": self.configured,
            "workspace/executeCommand": self.execute,
            "window/workDoneProgress/cancel": lambda params: session.client.cancel(params["token"]),
            "rolecall/activeProfile": self.active_profile,
        }
        return own | language.handlers(session)

    # Life

    def initialize(self, params: Json) -> Json:
        self.session.start(params)
        self.server.protocol.handlers, self.server.protocol.refusal = self._handlers(), unknown
        encoding = "utf-16" if self.session.units.is_utf16 else "utf-32"
        return {
            "capabilities": {
                "positionEncoding": encoding,
                "textDocumentSync": {"openClose": True, "change": 2, "save": {"includeText": False}},
                "executeCommandProvider": {"commands": list(COMMANDS)},
                **language.CAPABILITIES,
            },
            "serverInfo": {"name": "Rolecall", "version": __version__},
        }

    def initialized(self, params: Json) -> None:
        in_background(self._watch(), self.session.tasks)

    def shutdown(self, params: Json | None) -> None:
        for task in list(self.session.tasks):
            task.cancel()
        self.server.protocol.handlers, self.server.protocol.refusal = {"exit": self.exit}, stopping
        self.exit_code = 0

    def exit(self, params: Json | None) -> None:
        sys.exit(self.exit_code)

    # Documents

    def opened(self, params: Json) -> None:
        document = params["textDocument"]
        self.session.open(document["uri"], document.get("version"), document["text"])
        self._told()

    def changed(self, params: Json) -> None:
        document = params["textDocument"]
        self.session.change(document["uri"], document.get("version"), params["contentChanges"])
        self._told()

    def closed(self, params: Json) -> None:
        self.session.close(params["textDocument"]["uri"])
        self._told()

    def saved(self, params: Json) -> None:
        self._look()

    def configured(self, params: Json) -> None:
        settings = params.get("settings") or {}
        before = self.session.settings.readers
        self.session.configure(settings.get("rolecall") or {})
        self._told()
        if self.session.settings.readers != before:
            in_background(self.session.client.refresh_lenses(), self.session.tasks)

    def active_profile(self, params: Json) -> None:
        self.session.active_profile = params.get("profile")

    def _told(self) -> None:
        self.session.publish()
        self._told_once.set()
        self.session.profiles_changed()

    # Commands

    async def execute(self, params: Json) -> Any:
        run = command(params["command"])
        if run is None:
            raise Failed("Rolecall does not know this command")
        argument = next(iter(params.get("arguments") or ()), None) or {}
        return await guarded(self.session, run(self.session, argument))

    # The watch over the files

    async def _watch(self) -> None:
        # Whoever has just opened a file waits for its diagnostics, and for nothing else.
        with suppress(TimeoutError):
            await asyncio.wait_for(self._told_once.wait(), LOOK_EVERY / 2)
        from rolecall.lsp.cards import Cards

        self._cards = Cards(self.session)
        # What is there now is there to stay, and need not be looked through for garbage (see `rolecall.cli.run`).
        gc.freeze()
        gc.enable()
        while True:
            await asyncio.sleep(LOOK_EVERY)
            try:
                self._look()
                self.session.look_at_clock()
            except Exception as error:  # noqa: BLE001  One look that fails must not be the last.
                bug.report(f"a look at the files failed: {where(error)}")

    def _look(self) -> None:
        """Follow the disk, and ask about keys that changed there."""
        if self.session.look_at_disk():
            self._told()
            in_background(self.session.client.refresh_lenses(), self.session.tasks)
        changes = self._cards.look() if self._cards is not None else []
        if changes:
            in_background(self._cards.show(changes), self.session.tasks)


def main() -> int:
    """Serve on standard input and output until the client is gone; 0 when it has asked for the end before."""
    out = sys.stdout.buffer
    # Standard output is the wire: whatever else prints, prints to the log.
    sys.stdout = sys.stderr
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    quiet()
    bug.install(lambda message: log.error("%s", message))
    connection = Rolecall()
    connection.server.start_io(sys.stdin.buffer, out)
    return connection.exit_code
