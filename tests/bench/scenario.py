"""What every server is walked through, in a process of its own: open, edit, burst, ask.

An edit counts from just before it is sent to the last byte of the diagnostics of its own version, and what they are is
checked: they must be on the lines that have mistakes after this edit. Requests that follow an edit are sent without
waiting for its diagnostics, as an editor does.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from tests.bench.client import Arrived, Client, Json, TooLate, memory, now
from tests.bench.documents import Document, Edit, Kind
from tests.bench.servers import ECHO, OURS, Server, environment, place

Samples = dict[str, list[float]]
"""What was measured, by name: seconds, or MiB for what begins with "memory"."""

BURST = 30
BURST_EVERY = 0.005
"""Seconds between two edits of a burst: quicker than anyone types, as an editor sends them that holds a key down."""
_THERE_AND_BACK = 4
"""Edits of any kind after which the document is as before."""
_SCREEN = 60
"""Lines that an editor shows, and asks inlay hints for."""


class Amounts(NamedTuple):
    """How much is done in one session.

    edits     of each kind; what takes an edit back counts as one, too
    requests  of those that are quick; with none there is no burst either
    slow      of those that give something for the whole document
    budget    seconds after which the edits of one kind, or the requests of one kind, end
    patience  seconds after which a server that does not answer is given up
    """

    edits: Mapping[Kind, int]
    requests: int
    slow: int
    budget: float
    patience: float = 30.0


USUAL = Amounts(
    MappingProxyType({"character": 128, "line": 24, "header": 24, "dependants": 12, "paste": 12}), 20, 5, budget=4.0
)
"""Two hundred edits."""
FEW = Amounts(
    MappingProxyType({"character": 16, "line": 4, "header": 4, "dependants": 4, "paste": 4}), 4, 2, budget=1.0
)
"""For a quick run, and for a server that waits before it looks at an edit: its times hardly differ."""
LEAST = Amounts(MappingProxyType({"character": 4}), 0, 0, budget=1.0)
"""For a server that takes seconds for each edit."""


class Wrong(Exception):
    """A server has not reported what it must report."""


class Visit:
    """One server process and one document. `samples` holds what was measured, also of a visit that fails."""

    def __init__(self, name: str, server: Server, document: Document, amounts: Amounts, home: Path) -> None:
        self.samples: Samples = {}
        self.sizes: list[int] = []
        """Bytes of each message with diagnostics."""
        self._name = name
        self._server = server
        self._document = document
        self._amounts = amounts
        self._home = home
        self._version = 1
        self._uri = place(home, document.language, document.text).as_uri()

    def run(self, *, only_open: bool = False) -> Samples:
        """Walk through everything. Raises Wrong, TooLate or Ended where the server does not do its part."""
        with Client(
            self._server.command,
            environment(self._home),
            pull=self._server.pull,
            settings=dict(self._server.settings),
        ) as client:
            self._open(client)
            if only_open:
                return self.samples
            client.settle(0.5)
            self._note("memory after open", memory(client.process.pid))
            for kind in self._amounts.edits:
                if self._document.has(kind):
                    self._edit(client, kind)
            client.settle(0.3)
            self._note("memory after edits", memory(client.process.pid))
            typing = self._document.edits("character")
            if self._amounts.requests:
                self._burst(client, typing)
                self._ask(client, typing)
        return self.samples

    def _note(self, name: str, *values: float) -> None:
        self.samples.setdefault(name, []).extend(values)

    # Documents

    def _open(self, client: Client) -> None:
        self._note("start to initialize", client.initialize(self._home, self._amounts.patience))
        if not client.takes_changes:
            raise Wrong("it takes whole texts only")
        if self._server.settings:
            client.notify("workspace/didChangeConfiguration", {"settings": dict(self._server.settings)})
        document = {
            "uri": self._uri,
            "languageId": self._document.language.name,
            "version": 1,
            "text": self._document.text,
        }
        before = now()
        client.notify("textDocument/didOpen", self._told({"textDocument": document}, self._document.reported))
        at = self._diagnostics(client, self._document.reported)
        self._note("open", at - before)
        self._note("start to diagnostics", at - client.started)

    def _send(self, client: Client, edit: Edit) -> float:
        """Send an edit; when that began."""
        self._version += 1
        span = {
            key: {"line": line, "character": column}
            for key, (line, column) in (("start", edit.start), ("end", edit.end))
        }
        params: Json = {
            "textDocument": {"uri": self._uri, "version": self._version},
            "contentChanges": [{"range": span, "text": edit.text}],
        }
        before = now()
        client.notify("textDocument/didChange", self._told(params, edit.reported))
        return before

    def _told(self, params: Json, reported: tuple[int, ...]) -> Json:
        """What is sent of a document. The server that only echoes is told how many diagnostics are wanted."""
        return params | {"diagnostics": len(reported)} if self._name == ECHO else params

    def _diagnostics(self, client: Client, reported: tuple[int, ...]) -> float:
        """Wait for the diagnostics of the present version and check them; when they had arrived."""
        if client.pulls:
            arrived = client.response(self._pull(client), self._amounts.patience)
            found = (arrived.message.get("result") or {}).get("items", [])
        else:
            arrived = client.notification("textDocument/publishDiagnostics", self._is_present, self._amounts.patience)
            found = arrived.message["params"]["diagnostics"]
        self.sizes.append(arrived.size)
        self._check(found, reported)
        return arrived.at

    def _pull(self, client: Client) -> int:
        return client.send("textDocument/diagnostic", {"textDocument": {"uri": self._uri}})

    def _is_present(self, params: Json) -> bool:
        """Whether diagnostics are those of the present version. Some servers publish none: of those, one edit is sent
        at a time, and what they publish after it is of it."""
        return params["uri"] == self._uri and params.get("version") in (None, self._version)

    def _check(self, found: list[Json], reported: tuple[int, ...]) -> None:
        if self._name == ECHO:
            # It knows no lines.
            reported = (12345,) * len(reported)
        on = tuple(sorted(one["range"]["start"]["line"] for one in found))
        if on != reported:
            differs = sorted(set(on) ^ set(reported))[:3]
            raise Wrong(
                f"version {self._version}: {len(on)} diagnostics in place of {len(reported)}; lines such as {differs}"
            )

    # Edits

    def _edit(self, client: Client, kind: Kind) -> None:
        """Edits of one kind, one at a time, and so many that the document is as before."""
        edits, end = self._document.edits(kind), now() + self._amounts.budget
        for _ in range(0, self._amounts.edits[kind], _THERE_AND_BACK):
            for edit in islice(edits, _THERE_AND_BACK):
                before = self._send(client, edit)
                self._note(edit.kind, self._diagnostics(client, edit.reported) - before)
            if now() > end:
                break

    def _burst(self, client: Client, edits: Iterator[Edit]) -> None:
        """Edits at a fixed pace: from the last one until its diagnostics are there."""
        begin, number, before = now(), None, 0.0
        reported: tuple[int, ...] = ()
        for index, edit in enumerate(islice(edits, BURST)):
            client.sleep_until(begin + index * BURST_EVERY)
            if number is not None:
                # As an editor does with an answer that it has no more use for.
                client.notify("$/cancelRequest", {"id": number})
            before, reported = self._send(client, edit), edit.reported
            number = self._pull(client) if client.pulls else None
        if number is not None:
            arrived = client.response(number, self._amounts.patience)
            found = (arrived.message.get("result") or {}).get("items", [])
        else:
            arrived = self._last_of_burst(client)
            found = arrived.message["params"]["diagnostics"]
        self._check(found, reported)
        self._note("burst", arrived.at - before)

    def _last_of_burst(self, client: Client) -> Arrived:
        """Diagnostics of the last edit; of a server that publishes no versions those before it falls silent."""
        arrived = client.notification("textDocument/publishDiagnostics", self._is_present, self._amounts.patience)
        silence = max(1.0, 3 * statistics.median(self.samples["character"]))
        while "version" not in arrived.message["params"]:
            try:
                arrived = client.notification("textDocument/publishDiagnostics", self._is_present, silence)
            except TooLate:
                break
        return arrived

    # Requests

    def _ask(self, client: Client, edits: Iterator[Edit]) -> None:
        line, document = self._document.line, {"textDocument": {"uri": self._uri}}
        key = self._document.language.key
        screen = {
            "start": {"line": max(0, line - _SCREEN // 2), "character": 0},
            "end": {"line": line + _SCREEN // 2, "character": 0},
        }
        quick, slow = self._amounts.requests, self._amounts.slow
        at_key = {**document, "position": {"line": line + 1, "character": key}}
        on_key = {**document, "position": {"line": line, "character": key + 1}}
        for name, method, params, count in (
            ("completion", "textDocument/completion", at_key, quick),
            ("symbols", "textDocument/documentSymbol", document, slow),
            ("semantic tokens", "textDocument/semanticTokens/full", document, slow),
            ("code lens", "textDocument/codeLens", document, slow),
            ("inlay hints", "textDocument/inlayHint", {**document, "range": screen}, slow),
        ):
            if client.capabilities.get(_PROVIDERS[name]):
                for _ in self._repeat(count):
                    self._request(client, name, method, params, next(edits))
        if client.capabilities.get("hoverProvider"):
            for _ in self._repeat(quick):
                self._request(client, "hover", "textDocument/hover", on_key, None)
        if "semantic tokens" in self.samples and self._delta(client):
            self._deltas(client, document, edits)

    def _repeat(self, count: int) -> Iterator[int]:
        """Counts, and ends early where there is no more time."""
        end = now() + self._amounts.budget
        for index in range(count):
            if index and now() > end:
                return
            yield index

    def _request(self, client: Client, name: str, method: str, params: Json, edit: Edit | None) -> Any:
        """Time one request; after an edit, for whose diagnostics the next one waits. Its result."""
        if edit is not None:
            self._send(client, edit)
        seconds, result = client.request(method, params, self._amounts.patience)
        if self._name == OURS and not result and name not in _MAY_BE_NONE:
            raise Wrong(f"nothing for {method}")
        if result or name != "code lens":
            # An answer that a server spares itself is no time to boast of.
            self._note(name, seconds)
        if edit is not None:
            self._diagnostics(client, edit.reported)
        return result

    def _delta(self, client: Client) -> bool:
        full = client.capabilities["semanticTokensProvider"].get("full")
        return isinstance(full, dict) and bool(full.get("delta"))

    def _deltas(self, client: Client, document: Json, edits: Iterator[Edit]) -> None:
        """Each against the tokens before it."""
        _, result = client.request("textDocument/semanticTokens/full", document, self._amounts.patience)
        for _ in self._repeat(self._amounts.slow):
            params = {**document, "previousResultId": result["resultId"]}
            method = "textDocument/semanticTokens/full/delta"
            result = self._request(client, "semantic tokens, delta", method, params, next(edits))


_MAY_BE_NONE = {"inlay hints", "code lens"}
"""Of these we give none where no account is registered, and none in a very large file."""
_PROVIDERS = {
    "completion": "completionProvider",
    "symbols": "documentSymbolProvider",
    "semantic tokens": "semanticTokensProvider",
    "code lens": "codeLensProvider",
    "inlay hints": "inlayHintProvider",
}
