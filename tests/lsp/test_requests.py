"""Every request about a document, once: that what the features find arrives as the protocol has it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.lsp.conftest import Serve
from tests.lsp.editor import Editor, Home, uri_of

CONFIG = """\
# 🎭 who is who
[profile 🎭]
role_arn = arn:aws:iam::444455556666:role/OpsRole
source_profile = base

[profile ops]
role_arn = arn:aws:iam::444455556666:role/OpsRole
source_profile = base
regoin = eu-west-1
s3 =
  addressing_style = path

[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-west-1
"""
CREDENTIALS = """\
[base]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
"""
ACCOUNTS = json.dumps({"accounts": [{"name": "Production", "accountId": "444455556666", "profile": "ops"}]})
ALL = {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}


@pytest.fixture
async def opened(serve: Serve, home: Home) -> tuple[Editor, str, str]:
    home.write(home.accounts, ACCOUNTS)
    home.write(home.credentials, CREDENTIALS)
    editor = await serve()
    return editor, editor.open(home.config, CONFIG), uri_of(home.credentials)


Opened = tuple[Editor, str, str]


async def test_completion(opened: Opened):
    editor, uri, _ = opened
    editor.retype(uri, "source_profile = base\n\n", "source_profile = \n\n")
    found = await editor.ask_at("completion", uri, 3, 17)
    assert found["isIncomplete"] is False
    items = {item["label"]: item for item in found["items"]}
    assert {"base", "ops"} <= items.keys()
    assert items["base"]["textEdit"]["newText"] == "base"
    assert items["base"]["textEdit"]["range"]["start"] == {"line": 3, "character": 17}
    key = next(
        item for item in (await editor.ask_at("completion", uri, 4, 0))["items"] if item["label"] == "mfa_serial"
    )
    assert key["documentation"]["kind"] == "markdown"
    assert key["kind"]
    sections = await editor.ask_at("completion", uri, 15, 0, context={"triggerKind": 2, "triggerCharacter": "["})
    assert any(item["insertTextFormat"] == 2 for item in sections["items"]), "snippets"


async def test_hover(opened: Opened):
    editor, uri, _ = opened
    found = await editor.ask_at("hover", uri, 3, 20)
    assert found["contents"]["kind"] == "markdown"
    assert editor.slice(uri, found["range"]) == "base"
    header = await editor.ask_at("hover", uri, 1, 10)
    assert "base → 🎭" in header["contents"]["value"]
    assert await editor.ask_at("hover", uri, 0, 3) is None


async def test_definition(opened: Opened):
    editor, uri, credentials = opened
    [link] = await editor.ask_at("definition", uri, 3, 18)
    assert link["targetUri"] == credentials
    assert link["targetSelectionRange"] == {"start": {"line": 0, "character": 1}, "end": {"line": 0, "character": 5}}
    assert link["targetRange"]["end"]["line"] >= 2


async def test_definition_for_a_client_without_links(serve: Serve, home: Home):
    home.write(home.credentials, CREDENTIALS)
    editor = await serve(capabilities={})
    uri = editor.open(home.config, CONFIG)
    [place] = await editor.ask_at("definition", uri, 3, 18)
    assert place["uri"] == uri_of(home.credentials)
    assert place["range"] == {"start": {"line": 0, "character": 1}, "end": {"line": 0, "character": 5}}


async def test_references(opened: Opened):
    editor, uri, credentials = opened
    found = await editor.ask_at("references", uri, 3, 18, context={"includeDeclaration": True})
    assert sorted((place["uri"], place["range"]["start"]["line"]) for place in found) == sorted(
        [(uri, 3), (uri, 7), (credentials, 0)]
    )
    found = await editor.ask_at("references", uri, 3, 18, context={"includeDeclaration": False})
    assert {place["uri"] for place in found} == {uri}


async def test_document_highlight(opened: Opened):
    editor, uri, _ = opened
    found = await editor.ask_at("documentHighlight", uri, 3, 18)
    assert [editor.slice(uri, one["range"]) for one in found] == ["base", "base"]


async def test_document_symbols(opened: Opened):
    editor, uri, _ = opened
    found = await editor.ask_of("documentSymbol", uri)
    assert [symbol["name"] for symbol in found] == ["🎭", "ops", "corp"]
    assert [child["name"] for child in found[0]["children"]] == ["role_arn", "source_profile"]
    assert editor.slice(uri, found[0]["selectionRange"]) in ("🎭", "profile 🎭", "[profile 🎭]")
    assert "wJalr" not in json.dumps(found)


async def test_folding(opened: Opened):
    editor, uri, _ = opened
    found = {(fold["startLine"], fold["endLine"]) for fold in await editor.ask_of("foldingRange", uri)}
    assert (1, 3) in found
    assert (9, 10) in found


async def test_semantic_tokens(opened: Opened):
    editor, uri, _ = opened
    full = await editor.ask_of("semanticTokens/full", uri)
    assert len(full["data"]) % 5 == 0
    line = column = 0
    found = []
    for down, right, length, *_ in zip(*(iter(full["data"]),) * 5, strict=True):
        line, column = line + down, right if down else column + right
        place = {"start": {"line": line, "character": column}, "end": {"line": line, "character": column + length}}
        found.append(editor.slice(uri, place))
    assert "🎭" in found
    assert "source_profile" in found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("🎭]", "🎭x]"),
        ("[profile ops]\n", "\n\n[profile ops]\n"),
        (CONFIG[20:], ""),
        ("# 🎭", "# note\n# 🎭"),
        ("# 🎭", "# 🎭"),
        (CONFIG, ""),
    ],
)
async def test_differences_of_semantic_tokens(opened: Opened, old: str, new: str):
    editor, uri, _ = opened
    before = await editor.ask_of("semanticTokens/full", uri)
    editor.retype(uri, old, new)
    delta = await editor.ask_of("semanticTokens/full/delta", uri, previousResultId=before["resultId"])
    data = list(before["data"])
    for edit in sorted(delta["edits"], key=lambda edit: edit["start"], reverse=True):
        data[edit["start"] : edit["start"] + edit["deleteCount"]] = edit.get("data") or []
    full = await editor.ask_of("semanticTokens/full", uri)
    assert data == full["data"]
    assert full["resultId"] != before["resultId"]
    again = await editor.ask_of("semanticTokens/full/delta", uri, previousResultId=before["resultId"])
    assert again["data"] == data, "a difference from a result that is forgotten is all of it"


async def test_inlay_hints(opened: Opened):
    editor, uri, _ = opened
    hints = await editor.ask_of("inlayHint", uri, range=ALL)
    assert {(hint["position"]["line"], hint["label"]) for hint in hints} >= {(1, "Production"), (5, "Production")}
    below = {**ALL, "start": {"line": 12, "character": 0}}
    assert await editor.ask_of("inlayHint", uri, range=below) == []


async def test_document_links(opened: Opened):
    editor, uri, _ = opened
    links = {editor.slice(uri, link["range"]): link["target"] for link in await editor.ask_of("documentLink", uri)}
    assert links["https://corp.awsapps.com/start"] == "https://corp.awsapps.com/start"


async def test_code_lens(opened: Opened):
    editor, uri, _ = opened
    lenses = [lens["command"] for lens in await editor.ask_of("codeLens", uri) if lens["range"]["start"]["line"] == 5]
    assert [lens["title"] for lens in lenses] == ["Assume role", "Terminal", "Who am I", "Details"]
    assert all(lens["arguments"] == [{"profile": "ops"}] for lens in lenses)


async def test_a_file_elsewhere_has_no_lenses(opened: Opened, home: Home):
    editor, _, _ = opened
    assert await editor.ask_of("codeLens", editor.open(home.folder / "elsewhere" / "config", CONFIG)) == []


ODD = "[profile  ops]\nregion = eu-west-1\n"
TEAM = {"readers": ["botocore", "javascript"]}


async def test_a_section_that_the_teams_tools_read_differently_has_a_lens(serve: Serve, home: Home):
    editor = await serve(TEAM)
    path = home.folder / "elsewhere" / "config"
    [lens] = await editor.ask_of("codeLens", editor.open(path, ODD))
    assert lens["range"] == {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 14}}
    assert lens["command"] == {
        "title": "Not read by JavaScript",
        "command": "rolecall.whoCanRead",
        "arguments": [{"path": str(path), "line": 0}],
    }


async def test_another_team_has_other_lenses_at_once(serve: Serve, home: Home):
    editor = await serve()
    uri = editor.open(home.folder / "elsewhere" / "config", ODD)
    assert await editor.ask_of("codeLens", uri) == []
    editor.tell("workspace/didChangeConfiguration", {"settings": {"rolecall": TEAM}})
    await editor.call("workspace/codeLens/refresh")
    assert len(await editor.ask_of("codeLens", uri)) == 1


async def test_the_lens_shows_the_hover(serve: Serve, home: Home):
    editor = await serve(TEAM, can=["showHover"])
    editor.answers["window/showDocument"] = lambda _: {"success": True}
    editor.answers["rolecall/showHover"] = lambda _: None
    uri = editor.open(home.config, ODD)
    await editor.execute("whoCanRead", path=str(home.config), line=0)
    [shown] = editor.calls("window/showDocument")
    assert (shown["uri"], shown["selection"]["start"]) == (uri, {"line": 0, "character": 0})
    assert len(editor.calls("rolecall/showHover")) == 1
    assert not editor.calls("window/showMessage")


async def test_the_lens_tells_it_where_a_client_cannot_show_the_hover(serve: Serve, home: Home):
    editor = await serve(TEAM, can=[])
    editor.open(home.config, ODD)
    await editor.execute("whoCanRead", path=str(home.config), line=0)
    [told] = editor.calls("window/showMessage")
    assert told["message"] == (
        "Who can read this? AWS CLI, boto3, Rust, Go, C, Java: profile `ops`. JavaScript: ignored."
    )


async def test_the_hover_names_the_tools_of_the_team_first(serve: Serve, home: Home):
    editor = await serve({"readers": ["javascript"]})
    found = await editor.ask_at("hover", editor.open(home.config, ODD), 1, 11)
    assert "**Who can read this?**  \nJavaScript: ignored  \nAWS CLI, boto3" in found["contents"]["value"]


async def test_code_actions(opened: Opened):
    editor, uri, _ = opened
    await editor.settled()
    [found] = [one for one in editor.diagnostics_of(uri) if one["code"] == "unknown-key"]
    actions = await editor.ask_of("codeAction", uri, range=found["range"], context={"diagnostics": [found]})
    fix = next(action for action in actions if action["kind"] == "quickfix")
    assert fix["isPreferred"] is True
    assert fix["diagnostics"] == [found], "as it was published, so that the editor knows it again"
    assert editor.edited(fix["edit"]) == {uri: CONFIG.replace("regoin", "region")}
    ignore = [action for action in actions if action["kind"] == "quickfix"][-1]
    assert ignore["title"] == "Ignore unknown-key here"
    assert ignore["isPreferred"] is False
    assert ignore["diagnostics"] == [found]
    line = next(line for line in CONFIG.splitlines() if line.startswith("regoin"))
    assert editor.edited(ignore["edit"]) == {uri: CONFIG.replace(line, f"# rolecall: ignore[unknown-key]\n{line}")}

    refactorings = await editor.ask_of(
        "codeAction", uri, range=found["range"], context={"diagnostics": [], "only": ["refactor"]}
    )
    assert refactorings
    assert {action["kind"] for action in refactorings} == {"refactor"}
    nothing = await editor.ask_of(
        "codeAction", uri, range=found["range"], context={"diagnostics": [], "only": ["source"]}
    )
    assert nothing == []


async def test_a_fix_of_a_file_that_is_not_open(serve: Serve, home: Home):
    home.write(home.credentials, CREDENTIALS)
    editor = await serve()
    uri = editor.open(home.config, "[profile dev]\nrole_arn = arn:aws:iam::444455556666:role/R\nsource_profile = bas\n")
    [found] = await editor.shows(uri, "missing-source-profile")
    actions = await editor.ask_of("codeAction", uri, range=found["range"], context={"diagnostics": [found]})
    titles = [action["title"] for action in actions if action["kind"] == "quickfix"]
    assert 'Change to "base"' in titles
    for action in actions:
        for change in action.get("edit", {}).get("documentChanges", ()):
            is_open = change["textDocument"]["uri"] == uri
            assert change["textDocument"]["version"] == (1 if is_open else None)


async def test_profiles(opened: Opened, home: Home):
    editor, _, _ = opened
    found = await editor.ask("rolecall/profiles")
    assert found["version"] == 1
    profiles = {profile["name"]: profile for profile in found["profiles"]}
    assert list(found["files"]) == ["config", "credentials"]
    assert found["files"]["config"] == {"path": str(home.config), "exists": True}
    assert profiles.keys() == {"🎭", "ops", "base"}
    ops = profiles["ops"]
    assert (ops["kind"], ops["status"], ops["account"], ops["chain"]) == (
        "assume-role", "warning", "Production", ["base", "ops"],
    )  # fmt: skip
    assert "unknown-key" in ops["problems"]
    assert ops["definedAt"] == [{"path": str(home.config), "line": 6}]
    [account] = found["accounts"]
    assert (account["name"], account["profile"], account["line"]) == ("Production", "ops", 1)


async def test_profile_detail(opened: Opened, home: Home):
    editor, _, _ = opened
    found = await editor.ask("rolecall/profileDetail", name="ops")
    assert found["profile"]["name"] == "ops"
    [problem] = [one for one in found["problems"] if one["rule"] == "unknown-key"]
    assert (problem["severity"], problem["path"], problem["line"], problem["column"]) == (
        "warning", str(home.config), 9, 1,
    )  # fmt: skip
    assert await editor.ask("rolecall/profileDetail", name="nobody") is None


POSITION = {"position": {"line": 0, "character": 0}}
REQUESTS = {
    "codeAction": {"range": ALL, "context": {"diagnostics": []}},
    "codeLens": {},
    "completion": POSITION,
    "definition": POSITION,
    "documentHighlight": POSITION,
    "documentLink": {},
    "documentSymbol": {},
    "foldingRange": {},
    "hover": POSITION,
    "inlayHint": {"range": ALL},
    "references": {**POSITION, "context": {"includeDeclaration": True}},
    "semanticTokens/full": {},
    "semanticTokens/full/delta": {"previousResultId": "1"},
}


async def test_documents_that_nobody_opened_and_places_that_are_not_there(opened: Opened):
    editor, uri, _ = opened
    for request, params in REQUESTS.items():
        assert not await editor.ask_of(request, "file:///nowhere", **params), request
        if "position" in params:
            far = {**params, "position": {"line": 999, "character": 999}}
            assert isinstance(await editor.ask_of(request, uri, **far), list | dict | None), request


async def test_malformed_requests_get_an_error_and_the_session_lives(opened: Opened):
    editor, uri, _ = opened
    editor.may_log = True
    for request in REQUESTS:
        for params in (None, [], {}, {"textDocument": None}, {"textDocument": {}}):
            error = await editor.error_of(f"textDocument/{request}", params)
            assert error["code"] == -32603
            assert "Rolecall failed inside" in error["message"]
    for request in ("rolecall/profileDetail", "workspace/executeCommand"):
        assert (await editor.error_of(request, {}))["code"] == -32603
    unknown = await editor.error_of("workspace/executeCommand", {"command": "rolecall.nonsense"})
    assert unknown["code"] == -32803
    assert (await editor.error_of("textDocument/rename", {}))["code"] == -32601
    await editor.shows(uri, "unknown-key", "unused-sso-session")


async def test_a_part_of_the_profiles(opened: Opened):
    editor, _, _ = opened
    whole = await editor.ask("rolecall/profiles")
    rows = {profile["name"]: profile for profile in whole["profiles"]}

    async def part(**params: Any) -> Any:
        return await editor.ask("rolecall/profiles", **params)

    found = await part(limit=1, named=["ops", "gone"])
    assert found["groups"] == [
        {"id": "profiles", "total": 1, "parts": [["base", "base"]]},
        {"id": "roles", "total": 2, "parts": [["🎭", "🎭"], ["ops", "ops"]]},
        {"id": "accounts", "total": 1, "parts": [["Production", "Production"]]},
    ]
    assert (found["total"], found["all"], found["profiles"]) == (3, 3, [rows["base"]])
    assert found["named"] == [rows["ops"]]
    assert (found["accounts"], found["files"]) == (whole["accounts"], whole["files"])
    assert found["problems"] >= 1

    assert (await part(limit=1, group="roles", offset=1))["profiles"] == [rows["ops"]]
    assert (await part(limit=1, group="accounts"))["accounts"] == whole["accounts"]
    around = await part(limit=1, around="ops")
    assert (around["group"], around["offset"], around["profiles"]) == ("roles", 1, [rows["ops"]])
    fitting = await part(limit=9, query="PRODUCTION 🎭")
    assert (fitting["total"], fitting["all"], fitting["profiles"]) == (1, 3, [rows["🎭"]])
    assert (await part(query="nothing"))["groups"] == []
