"""Opening, editing, saving and closing: what is reported of which file, and when."""

from __future__ import annotations

import pytest

from tests.lsp.conftest import Serve
from tests.lsp.editor import Editor, Home, uri_of, whole

BASE = """[base]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
"""
OPS = "[profile ops]\nrole_arn = arn:aws:iam::444455556666:role/OpsRole\nsource_profile = base\n"
TYPO = "[default]\nregoin = eu-west-1\n"


async def test_open_edit_and_close(editor: Editor, home: Home):
    uri = editor.open(home.config, TYPO, version=7)
    [found] = await editor.shows(uri, "unknown-key")
    assert found["source"] == "rolecall"
    assert found["severity"] == 2
    assert editor.slice(uri, found["range"]) == "regoin"
    assert editor.published(uri)["version"] == 7

    editor.retype(uri, "regoin", "region")
    await editor.shows(uri)
    assert editor.published(uri)["version"] == 8

    editor.retype(uri, "region", "regio")
    await editor.shows(uri, "unknown-key")
    editor.close(uri)
    await editor.shows(uri)
    assert "version" not in editor.published(uri)


async def test_a_file_without_findings_is_told_of_too(editor: Editor, home: Home):
    uri = editor.open(home.config, "[default]\nregion = eu-west-1\n")
    await editor.shows(uri)
    assert editor.published(uri) == {"uri": uri, "version": 1, "diagnostics": []}


async def test_a_counterpart_that_is_not_open_is_reported_of_as_well(serve: Serve, home: Home):
    home.write(home.config, OPS)
    editor = await serve()
    config = uri_of(home.config)
    credentials = editor.open(home.credentials, BASE)
    await editor.settled()
    assert editor.published(config) is None, "there is nothing to say of it"

    editor.retype(credentials, "[base]", "[bass]")
    [found] = await editor.shows(config, "missing-source-profile")
    assert "version" not in editor.published(config)
    assert '"bass"' in found["message"]

    editor.retype(credentials, "[bass]", "[base]")
    await editor.shows(config)


async def test_both_files_follow_each_other_while_both_are_open(editor: Editor, home: Home):
    config = editor.open(home.config, OPS)
    await editor.shows(config, "missing-source-profile")
    credentials = editor.open(home.credentials, BASE)
    await editor.shows(config)
    editor.edit(credentials, whole("[other]\n"))
    await editor.shows(config, "missing-source-profile")
    assert editor.published(config)["version"] == 1
    editor.edit(credentials, whole(BASE))
    editor.close(config)
    await editor.shows(config)


async def test_closing_without_saving_is_the_disk_again(serve: Serve, home: Home):
    home.write(home.credentials, BASE)
    editor = await serve()
    config = editor.open(home.config, OPS)
    credentials = editor.open(home.credentials, "")
    await editor.shows(config, "missing-source-profile")
    editor.close(credentials)
    await editor.shows(config)


async def test_related_places_lie_in_the_other_file(editor: Editor, home: Home):
    credentials = editor.open(home.credentials, BASE + BASE.replace("[base]", "[copy]"))
    found = await editor.shows(credentials, "duplicate-credentials", "long-term-keys", "long-term-keys")
    [related] = next(one for one in found if one["code"] == "duplicate-credentials")["relatedInformation"]
    assert related["location"]["uri"] == credentials
    assert related["location"]["range"]["start"]["line"] < 3


async def test_several_changes_in_one_message(editor: Editor, home: Home):
    uri = editor.open(home.config, "[default]\n")
    lines = ["region = eu-west-1\n", "regoin = a\n", "output = json\n"]
    editor.edit(
        uri,
        *(
            {"range": {"start": {"line": n, "character": 0}, "end": {"line": n, "character": 0}}, "text": line}
            for n, line in enumerate(lines, 1)
        ),
    )
    assert editor.texts[uri] == "[default]\n" + "".join(lines)
    [found] = await editor.shows(uri, "unknown-key")
    assert found["range"]["start"]["line"] == 2


async def test_a_change_of_the_whole_text(editor: Editor, home: Home):
    uri = editor.open(home.config, TYPO)
    editor.edit(uri, whole("[default]\nregion = eu-west-1\n"))
    await editor.shows(uri)
    editor.edit(uri, whole(TYPO))
    await editor.shows(uri, "unknown-key")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
async def test_columns_and_lines(editor: Editor, home: Home, end: str):
    """What splits lines in Python does not in an editor, and a mask is two units of UTF-16 wide."""
    for number, name in enumerate(["plain", "🎭🎭", "ünï", "a\u2028b", "a\x0bb\x85c"]):
        text = f"# {name}\n[profile {name}]\nrole_arn = arn:aws:iam::444455556666:role/R\nsource_profile = {name}🎭x\n"
        uri = editor.open(home.folder / str(number) / "config", text.replace("\n", end))
        editor.open(home.folder / str(number) / "credentials", BASE)
        [found] = await editor.shows(uri, "missing-source-profile")
        assert editor.slice(uri, found["range"]) == f"{name}🎭x"
        editor.retype(uri, "🎭x", "🎭🎭y")
        [found] = await editor.shows(uri, "missing-source-profile")
        assert editor.slice(uri, found["range"]) == f"{name}🎭🎭y"


async def test_a_file_of_a_workspace_goes_with_its_sibling(editor: Editor, home: Home):
    folder = home.folder / "repository"
    home.write(folder / "credentials", BASE)
    uri = editor.open(folder / "config", OPS)
    await editor.shows(uri)
    editor.open(folder / "credentials", "")
    await editor.shows(uri, "missing-source-profile")


async def test_nothing_is_concluded_from_a_counterpart_that_is_unknown(editor: Editor, home: Home):
    await editor.shows(editor.open(home.folder / "my-aws-config.ini", OPS))
    await editor.shows(editor.open(home.folder / "elsewhere" / "config", OPS))


async def test_documents_of_other_schemes(editor: Editor):
    uri = editor.open("untitled:Untitled-1", TYPO)
    await editor.shows(uri, "unknown-key")
    git = editor.open("git:/home/me/.aws/config?ref=HEAD", TYPO)
    await editor.shows(git, "unknown-key")
    editor.close(git)
    await editor.shows(git)


async def test_a_counterpart_that_changes_on_disk(serve: Serve, home: Home):
    home.write(home.credentials, BASE)
    editor = await serve()
    config = editor.open(home.config, OPS)
    await editor.shows(config)
    home.write(home.credentials, BASE.replace("[base]", "[bass]"))
    await editor.comes_to_show(config, "missing-source-profile")
    home.credentials.unlink()
    home.write(home.credentials, BASE)
    await editor.comes_to_show(config)


async def test_a_folder_that_appears_after_the_start(editor: Editor, home: Home):
    uri = editor.open(home.folder / "other" / "config", TYPO)
    await editor.shows(uri, "unknown-key")
    await editor.call("rolecall/profilesChanged")
    assert not home.config.parent.exists()
    assert (await editor.ask("rolecall/profiles"))["profiles"] == []
    changes = len(editor.calls("rolecall/profilesChanged"))
    home.write(home.credentials, BASE)
    await editor.until(lambda: len(editor.calls("rolecall/profilesChanged")) > changes)
    assert [profile["name"] for profile in (await editor.ask("rolecall/profiles"))["profiles"]] == ["base"]


async def test_the_disk_does_not_change_a_file_that_is_open(editor: Editor, home: Home):
    uri = editor.open(home.config, TYPO)
    await editor.shows(uri, "unknown-key")
    home.write(home.config, "[default]\nregion = eu-west-1\n")
    editor.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri, "type": 2}]})
    await editor.shows(uri, "unknown-key")


def configure(editor: Editor, home: Home, **settings: object) -> None:
    settings = {"accountsFile": str(home.accounts), **settings}
    editor.tell("workspace/didChangeConfiguration", {"settings": {"rolecall": settings}})


async def test_other_paths(serve: Serve, home: Home):
    home.write(home.credentials, "[base]\n")
    home.write(home.folder / "keys", BASE)
    editor = await serve()
    config = editor.open(home.config, OPS)
    await editor.shows(config, "source-profile-without-credentials")
    configure(editor, home, credentialsFile="~/keys")
    await editor.shows(config)
    files = (await editor.ask("rolecall/profiles"))["files"]
    assert files["credentials"] == {"path": str(home.folder / "keys"), "exists": True}


async def test_what_was_said_of_a_file_that_is_no_longer_one_of_the_two_is_taken_back(serve: Serve, home: Home):
    home.write(home.credentials, "[base]\nregoin = eu-west-1\n")
    editor = await serve()
    editor.open(home.config, "[default]\nregion = eu-west-1\n")
    old = uri_of(home.credentials)
    await editor.shows(old, "unknown-key")
    configure(editor, home, credentialsFile="~/keys")
    await editor.shows(old)


async def test_other_severities_and_readers(editor: Editor, home: Home):
    uri = editor.open(home.config, TYPO)
    [found] = await editor.shows(uri, "unknown-key")
    assert found["severity"] == 2
    configure(editor, home, severities={"unknown-key": "error"})
    [found] = await editor.shows(uri, "unknown-key")
    assert found["severity"] == 1
    configure(editor, home, severities={"unknown-key": "off"})
    await editor.shows(uri)
    configure(editor, home)
    await editor.shows(uri, "unknown-key")
    editor.retype(uri, "regoin", "region")
    await editor.shows(uri)


async def test_an_accounts_file_is_checked_as_it_is_typed(editor: Editor, home: Home):
    uri = editor.open(home.accounts, '{"accounts": [{"name": "Dev", "accountId": "12"}]}', version=3)
    [found] = await editor.shows(uri, "invalid-account-id")
    assert editor.slice(uri, found["range"]) == '"12"'
    assert editor.published(uri)["version"] == 3
    editor.retype(uri, '"12"', '"123456789012"')
    await editor.settled()
    assert "invalid-account-id" not in editor.rules(uri)
    editor.retype(uri, "[", "")
    await editor.settled()
    assert editor.rules(uri), "a broken file is reported"
    editor.close(uri)
    await editor.shows(uri)


async def test_the_accounts_file_of_a_workspace(serve: Serve, home: Home):
    home.write(home.credentials, BASE)
    folder = home.folder / "repository"
    home.write(folder / ".aws-accounts.json", '{"accounts": [{"name": "Dev", "profile": "base"}]}')
    editor = await serve(workspaceFolders=[{"uri": uri_of(folder), "name": "repository"}])
    [account] = (await editor.ask("rolecall/profiles"))["accounts"]
    assert account["name"] == "Dev"
    assert account["path"] == str(folder / ".aws-accounts.json")
    assert account["line"] == 1
