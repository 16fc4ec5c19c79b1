"""Answers that are put together from pieces of sections say what a fresh start says, after any edits."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rolecall.host import FileFacts, FileStamp, FileText
from rolecall.lsp import language
from rolecall.lsp.client import Client
from rolecall.lsp.session import Session
from rolecall.store.writer import Store

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOME = "/home/me/.aws"
URI = f"file://{HOME}/config"
DOCUMENT = {"textDocument": {"uri": URI}}
WHOLE = ["codeLens", "documentSymbol", "foldingRange", "documentLink", "semanticTokens/full"]

PIECES = [
    "\n",
    "# a 😀 comment\n",
    "[profile dev]\n",
    "[profile dév]\n",
    "[sso-session corp]\n",
    "region = eu-west-1\n",
    "region = é\n",
    "role_arn = arn:aws:iam::444455556666:role/100%sOps\n",
    "sso_start_url = https://corp.awsapps.com/a%20b/start\n",
    "s3 =\n  addressing_style = path\n",
    "  swallowed = 😀 line\n",
    "%d\n",
    "x",
    "[",
]


class Nowhere:
    """A machine without files."""

    def read(self, path: str) -> FileText:
        return FileText("", FileFacts())

    def stamp(self, path: str) -> FileStamp | None:
        return None

    def env(self, name: str) -> str | None:
        return None

    def home(self) -> str:
        return "/home/me"

    def now(self) -> datetime:
        return NOW


class Silent:
    """A client that hears nothing."""

    def notify(self, method: str, params: Any) -> None:
        pass


class Asking:
    """A session with the config file open, and the requests that it answers."""

    def __init__(self, text: str, encoding: str = "utf-16") -> None:
        self.session = Session(Nowhere(), Store(Path("/nowhere")), Client(Silent()))  # type: ignore[arg-type]
        self.session.start({"capabilities": {"general": {"positionEncodings": [encoding]}}})
        self.session.open(URI, 1, text)
        self.session.publish()
        self._handlers = language.handlers(self.session)

    def ask(self, method: str, **params: Any) -> Any:
        answer = self._handlers[f"textDocument/{method}"]({**DOCUMENT, **params})
        return json.loads(answer) if isinstance(answer, str) else answer

    def ask_own(self, method: str, **params: Any) -> Any:
        return self._handlers[f"rolecall/{method}"](params)

    def edit(self, start: tuple[int, int], end: tuple[int, int], text: str) -> None:
        place = {name: {"line": at[0], "character": at[1]} for name, at in (("start", start), ("end", end))}
        self.session.change(URI, None, [{"range": place, "text": text}])
        self.session.publish()

    @property
    def text(self) -> str:
        tree = self.session.own.service.workspace.document("config").tree
        assert tree is not None
        return tree.text


def edits(random: Random, count: int) -> Iterator[tuple[tuple[int, int], tuple[int, int], str]]:
    for _ in range(count):
        line, column = random.randrange(12), random.choice((0, 0, 0, 3, 9))
        end = (line, column) if random.random() < 0.6 else (line + random.randrange(3), column + random.randrange(4))
        yield (line, column), end, random.choice(PIECES) * random.randrange(2)


def without_id(answer: Mapping[str, Any] | list[Any]) -> Any:
    return answer["data"] if isinstance(answer, Mapping) else answer


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
@given(seed=st.integers(0, 1 << 32))
@settings(max_examples=25, deadline=None)
def test_after_edits_an_answer_is_that_of_a_fresh_start(encoding: str, seed: int) -> None:
    random = Random(seed)
    asking = Asking("".join(random.choices(PIECES, k=12)), encoding)
    sent: list[int] = []
    known = None
    for edit in edits(random, 12):
        asking.edit(*edit)
        fresh = Asking(asking.text, encoding)
        for method in WHOLE:
            assert without_id(asking.ask(method)) == without_id(fresh.ask(method)), (method, asking.text)
        sent, known = follow(asking, sent, known)
        assert sent == fresh.ask("semanticTokens/full")["data"]


def follow(asking: Asking, sent: list[int], known: str | None) -> tuple[list[int], str]:
    """The tokens that a client has after asking for the difference, and their id."""
    if known is None:
        first = asking.ask("semanticTokens/full")
        sent, known = first["data"], first["resultId"]
    answer = asking.ask("semanticTokens/full/delta", previousResultId=known)
    if "data" in answer:
        return answer["data"], answer["resultId"]
    for edit in answer["edits"]:
        sent = [*sent[: edit["start"]], *edit["data"], *sent[edit["start"] + edit["deleteCount"] :]]
    return sent, answer["resultId"]
