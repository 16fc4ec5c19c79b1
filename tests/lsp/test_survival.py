"""A handler that fails answers with an error and leaves the session usable, whatever a client sends."""

from __future__ import annotations

import json
import random

from rolecall.lsp.convert import Units
from tests.lsp.conftest import Serve
from tests.lsp.editor import SERVE, Editor, Home

TYPO = "[default]\nregoin = eu-west-1\n"


def patched(statements: str) -> tuple[str, ...]:
    """A command that serves after it has changed something of the server."""
    return SERVE[0], "-c", f"from rolecall.lsp import server\n{statements}\nraise SystemExit(server.main())"


NONSENSE = [
    ("textDocument/didOpen", None),
    ("textDocument/didOpen", {"textDocument": {"uri": "file:///x"}}),
    ("textDocument/didOpen", {"textDocument": {"uri": 5, "text": ""}}),
    ("textDocument/didOpen", {"textDocument": {"uri": "file:///x", "text": None, "version": 1}}),
    ("textDocument/didChange", {"textDocument": {"uri": "file:///x"}}),
    ("textDocument/didChange", {"textDocument": {"uri": "{uri}", "version": 2}, "contentChanges": [{}]}),
    ("textDocument/didChange", {"textDocument": {"uri": "{uri}", "version": 2}, "contentChanges": 7}),
    (
        "textDocument/didChange",
        {"textDocument": {"uri": "{uri}", "version": 2}, "contentChanges": [{"range": {"start": 1}, "text": "x"}]},
    ),
    ("textDocument/didClose", {}),
    ("textDocument/didClose", {"textDocument": {"uri": "file:///never-opened"}}),
    ("textDocument/didSave", None),
    ("workspace/didChangeConfiguration", None),
    ("workspace/didChangeConfiguration", {"settings": {"rolecall": {"configFile": "\0", "severities": {"bom": 3}}}}),
    ("workspace/didChangeConfiguration", {"settings": []}),
    ("workspace/didChangeWatchedFiles", []),
    ("window/workDoneProgress/cancel", {"token": "never-made"}),
    ("window/workDoneProgress/cancel", {}),
    ("rolecall/activeProfile", {}),
    ("rolecall/activeProfile", None),
    ("$/cancelRequest", {"id": "never-asked"}),
    ("$/cancelRequest", {}),
    ("$/setTrace", {"value": "verbose"}),
    ("rolecall/no-such-thing", {"x": 1}),
    ("initialized", {}),
]


async def test_nonsense_is_survived(editor: Editor, home: Home):
    editor.may_log = True
    uri = editor.open(home.config, TYPO)
    for method, params in NONSENSE:
        editor.tell(method, json.loads(json.dumps(params).replace("{uri}", uri)))
        # Where an edit made no sense, an editor would send the whole text.
        editor.edit(uri, {"text": "[default]\nregion = eu-west-1\n"})
        await editor.shows(uri)
        editor.edit(uri, {"text": TYPO})
        await editor.shows(uri, "unknown-key")
        assert editor.published(uri)["version"] == editor.versions[uri]


NO_MESSAGES = [
    b"{",
    b"\xff\xfe",
    b"[]",
    b"42",
    b"null",
    b'{"jsonrpc": "2.0"}',
    b'{"jsonrpc": "2.0", "id": 1}',
    b'{"jsonrpc": "1.0", "id": 1, "method": "shutdown"}',
    b'{"id": 1, "method": "shutdown"}',
    b'{"jsonrpc": "2.0", "id": "no-such-request", "error": null}',
    b'{"jsonrpc": "2.0", "id": "no-such-request", "result": {}}',
    b"[" * 100_000,
]


async def test_messages_that_are_none_are_survived(editor: Editor, home: Home):
    editor.may_log = True
    uri = editor.open(home.config, TYPO)
    for body in NO_MESSAGES:
        editor.send_bytes(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        editor.edit(uri, {"text": TYPO})
        await editor.shows(uri, "unknown-key")
    assert b"Traceback" not in editor.log


async def test_edits_outside_of_the_text(editor: Editor, home: Home):
    """What an editor should not send, but may: each leaves a text, and the next whole one is right again."""
    editor.may_log = True
    uri = editor.open(home.config, TYPO)
    chance = random.Random(7)
    for version in range(2, 60):
        numbers = [chance.choice([0, 0, 1, 2, 3, 9, 99, -1, 2**31]) for _ in range(4)]
        place = {
            "start": {"line": numbers[0], "character": numbers[1]},
            "end": {"line": numbers[2], "character": numbers[3]},
        }
        change = {"range": place, "text": chance.choice(["", "x", "\n", "[profile a]\r\n", "\ud800", "🎭"])}
        editor.tell(
            "textDocument/didChange",
            {"textDocument": {"uri": uri, "version": version}, "contentChanges": [change]},
        )
        await editor.settled()
    editor.versions[uri] = 60
    editor.edit(uri, {"text": TYPO})
    await editor.shows(uri, "unknown-key")
    assert editor.published(uri)["version"] == 61


async def test_half_a_character(editor: Editor, home: Home):
    """An editor can hold half a surrogate pair, which no encoding of a file can."""
    uri = editor.open(
        home.config, "[profile \ud83c]\nrole_arn = arn:aws:iam::444455556666:role/R\nsource_profile = \udfad\n"
    )
    await editor.settled()
    assert "missing-source-profile" in editor.rules(uri)
    for request in ("documentSymbol", "codeLens", "semanticTokens/full", "foldingRange"):
        assert await editor.ask_of(request, uri)
    assert (await editor.ask("rolecall/profiles"))["profiles"]


async def test_a_rule_that_fails(serve: Serve, home: Home):
    """A bug in the core must not take the session with it, nor tell anybody what stood in the file."""
    editor = await serve(
        command=patched(
            "from rolecall.lsp.pair import Pair\n"
            "real = Pair.changed\n"
            "def changed(self, file, version, changes, units):\n"
            "    if 'boom' in str(changes): raise ValueError('secret ' + str(changes))\n"
            "    return real(self, file, version, changes, units)\n"
            "Pair.changed = changed\n"
        )
    )
    editor.may_log = True
    uri = editor.open(home.config, TYPO)
    editor.edit(uri, {"text": "boom"})
    await editor.settled()
    editor.edit(uri, {"text": TYPO})
    await editor.shows(uri, "unknown-key")
    assert b"a handler failed: ValueError in change" in editor.log
    assert b"secret" not in editor.log
    assert b"boom" not in editor.log


async def test_a_request_that_fails(serve: Serve, home: Home):
    editor = await serve(
        command=patched(
            "from rolecall.lsp.language import hover\ndef fail(*_): raise RuntimeError('secret')\nhover.hover = fail\n"
        )
    )
    editor.may_log = True
    uri = editor.open(home.config, TYPO)
    params = {"textDocument": {"uri": uri}, "position": {"line": 0, "character": 1}}
    error = await editor.error_of("textDocument/hover", params)
    assert error["code"] == -32603
    assert error["message"].startswith("Rolecall failed inside (RuntimeError in handle, line ")
    assert error.get("data") is None
    assert b"secret" not in editor.log
    assert await editor.ask_of("documentSymbol", uri)


async def test_a_look_at_the_disk_that_fails_is_not_the_last(serve: Serve, home: Home):
    home.write(home.credentials, "[base]\n")
    editor = await serve(
        command=patched(
            "from rolecall.lsp.session import Session\n"
            "server.LOOK_EVERY = 0.05\n"
            "real, failed = Session.look_at_disk, []\n"
            "def look(self):\n"
            "    if not failed: failed.append(1); raise OSError('secret')\n"
            "    return real(self)\n"
            "Session.look_at_disk = look\n"
        )
    )
    editor.may_log = True
    uri = editor.open(home.config, "[default]\nregion = eu-west-1\n")
    await editor.until(lambda: editor.log)
    home.write(home.credentials, "[base]\nregoin = eu-west-1\n")
    await editor.until(lambda: any("unknown-key" in json.dumps(message) for message in editor.received))
    await editor.shows(uri)
    assert editor.log.count(b"\n") == 1
    assert b"a look at the files failed: OSError" in editor.log
    assert b"secret" not in editor.log


async def test_keys_expire_while_nobody_types(serve: Serve, home: Home):
    editor = await serve(
        command=patched(
            "import os, datetime\n"
            "from rolecall.store.local import LocalHost\n"
            "server.LOOK_EVERY = 0.05\n"
            "start = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)\n"
            f"late = lambda: os.path.exists({str(home.folder / 'late')!r})\n"
            "LocalHost.now = lambda self: start + datetime.timedelta(days=late())\n"
        )
    )
    uri = editor.open(
        home.credentials,
        "[base]\naws_access_key_id = ASIAIOSFODNN7EXAMPLE\n"
        "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\naws_session_token = token\n"
        "x_security_token_expires = 2026-11-22T12:00:00Z\n",
    )
    await editor.shows(uri)
    (home.folder / "late").touch()
    await editor.comes_to_show(uri, "expired-credentials")


def test_columns_of_utf16_and_back():
    units, text = Units("utf-16"), "a🎭\ud83cb"
    assert [units.to_client(text, column) for column in range(5)] == [0, 1, 3, 4, 5]
    assert [units.from_client(text, column) for column in range(6)] == [0, 1, 1, 2, 3, 4]
