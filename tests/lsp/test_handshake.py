"""What both sides tell each other first, and clients that can do less than Visual Studio Code."""

from __future__ import annotations

from pathlib import Path

import pytest

from rolecall.lsp.commands import COMMANDS
from tests.lsp.conftest import Serve
from tests.lsp.editor import Editor, Home

CONFIG = """[profile base]
region = eu-west-1

[profile ops]
role_arn = arn:aws:iam::444455556666:role/OpsRole
source_profile = base
"""


async def test_what_the_server_can_do(home: Home):
    editor = Editor()
    await editor.start(home)
    answer = await editor.initialize()
    assert answer["serverInfo"]["name"] == "Rolecall"
    assert answer["serverInfo"]["version"]
    found = answer["capabilities"]
    assert found["textDocumentSync"] == {"openClose": True, "change": 2, "save": {"includeText": False}}
    assert set(found["executeCommandProvider"]["commands"]) == set(COMMANDS)
    assert found["semanticTokensProvider"]["full"] == {"delta": True}
    assert {name.removesuffix("Provider") for name in found if name.endswith("Provider")} == {
        "codeAction", "codeLens", "completion", "definition", "documentHighlight", "documentLink", "documentSymbol",
        "executeCommand", "foldingRange", "hover", "inlayHint", "references", "semanticTokens",
    }  # fmt: skip
    assert await editor.quit() == 0
    assert editor.log == b""


@pytest.mark.parametrize(
    ("offered", "chosen"),
    [(None, "utf-16"), ([], "utf-16"), (["utf-8", "utf-16"], "utf-16"), (["utf-16", "utf-32"], "utf-32")],
)
async def test_columns_are_counted_as_the_client_can(serve: Serve, home: Home, offered: list[str] | None, chosen: str):
    general = {} if offered is None else {"general": {"positionEncodings": offered}}
    editor = await serve(capabilities=general)
    assert editor.encoding == chosen
    uri = editor.open(home.config, "[profile 🎭]\nrole_arn = x\nsource_profile = 🎭🎭\n")
    await editor.settled()
    [found] = [one for one in editor.diagnostics_of(uri) if one["code"] == "missing-source-profile"]
    assert editor.slice(uri, found["range"]) == "🎭🎭"


async def test_a_client_with_no_abilities_is_offered_nothing_that_it_cannot_do(serve: Serve, home: Home):
    home.write(home.credentials, "[base]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n"
               "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n")  # fmt: skip
    editor = await serve(can=[], capabilities={})
    uri = editor.open(home.config, CONFIG)
    lenses = {lens["command"]["command"] for lens in await editor.ask_of("codeLens", uri)}
    assert lenses == {"rolecall.assumeRole", "rolecall.whoAmI"}
    completion = await editor.ask_at("completion", uri, 6, 0)
    assert not [item for item in completion["items"] if "command" in item or "labelDetails" in item]
    definition = await editor.ask_at("definition", uri, 5, 18)
    assert [place["range"]["start"]["line"] for place in definition if place["uri"] == uri] == [0]


async def test_edits_for_a_client_without_document_changes(serve: Serve, home: Home):
    editor = await serve(capabilities={})
    uri = editor.open(home.config, "[default]\nregoin = eu-west-1\n")
    [found] = await editor.shows(uri, "unknown-key")
    actions = await editor.ask_of("codeAction", uri, range=found["range"], context={"diagnostics": [found]})
    fix = next(action for action in actions if action["kind"] == "quickfix")
    assert set(fix["edit"]) == {"changes"}
    assert editor.edited(fix["edit"]) == {uri: "[default]\nregion = eu-west-1\n"}


async def test_nothing_is_answered_before_the_handshake_or_after_the_end(home: Home):
    editor = Editor()
    await editor.start(home)
    early = await editor.error_of("textDocument/hover", {"textDocument": {"uri": "file:///x"}})
    assert early["code"] == -32002
    await editor.initialize()
    await editor.ask("shutdown")
    late = await editor.error_of("rolecall/profiles", {})
    assert late["code"] == -32600
    editor.exit(None)
    assert await editor.ended() == 0


async def test_an_end_without_goodbye_is_told_by_the_exit_code(home: Home):
    editor = Editor()
    await editor.start(home)
    await editor.initialize()
    editor.exit(None)
    assert await editor.ended() == 1


async def test_the_server_ends_with_its_client(serve: Serve, home: Home):
    editor = await serve()
    editor._server.stdin.close()
    assert await editor.ended() == 1
    assert editor.log == b""


async def test_settings_of_no_use_keep_their_defaults(serve: Serve, home: Home):
    editor = await serve({"configFile": 7, "readers": "go", "severities": [], "nonsense": {}})
    uri = editor.open(home.config, "[default]\nregoin = eu-west-1\n")
    await editor.shows(uri, "unknown-key")


@pytest.mark.parametrize("name", ["space in it", "ünï", "100% #1?", "a+b@c"])
async def test_paths_with_unusual_characters(serve: Serve, tmp_path: Path, name: str):
    editor = await serve()
    uri = editor.open(tmp_path / name / "config", "[default]\nregoin = eu-west-1\n")
    await editor.shows(uri, "unknown-key")
