"""What a team has agreed on in `rolecall.toml`, what the user has set above it, and that both count at once."""

from __future__ import annotations

from tests.lsp.conftest import Serve
from tests.lsp.editor import Editor, Home, uri_of, whole

TEXT = "[default]\nregoin = eu-west-1\n"
ERROR, INFORMATION = 1, 3


def severity(value: str) -> str:
    return f'[severities]\nunknown-key = "{value}"\n'


async def test_it_counts_for_the_files_below_it(editor: Editor, home: Home):
    home.write(home.folder / "team" / "rolecall.toml", severity("error"))
    home.write(home.folder / "team" / "quiet" / "rolecall.toml", severity("off"))
    [found] = await editor.shows(editor.open(home.folder / "team" / ".aws" / "config", TEXT), "unknown-key")
    assert found["severity"] == ERROR
    await editor.shows(editor.open(home.folder / "team" / "quiet" / "config", TEXT))
    [found] = await editor.shows(editor.open(home.config, TEXT), "unknown-key")
    assert found["severity"] == 2


async def test_it_counts_for_the_users_own_files_too(serve: Serve, home: Home):
    home.write(home.config.parent / "rolecall.toml", severity("information"))
    editor = await serve()
    [found] = await editor.shows(editor.open(home.config, TEXT), "unknown-key")
    assert found["severity"] == INFORMATION


async def test_what_the_user_sets_counts_more_and_at_once(serve: Serve, home: Home):
    home.write(home.config.parent / "rolecall.toml", 'readers = ["rust"]\n' + severity("off"))
    editor = await serve()
    uri = editor.open(home.config, TEXT)
    await editor.shows(uri)
    editor.tell(
        "workspace/didChangeConfiguration", {"settings": {"rolecall": {"severities": {"unknown-key": "error"}}}}
    )
    [found] = await editor.shows(uri, "unknown-key")
    assert found["severity"] == ERROR
    editor.tell("workspace/didChangeConfiguration", {"settings": {"rolecall": {}}})
    await editor.shows(uri)


async def test_a_change_counts_once_it_is_saved(editor: Editor, home: Home):
    uri = editor.open(home.config, TEXT)
    await editor.shows(uri, "unknown-key")
    path = home.folder / "rolecall.toml"
    home.write(path, "")
    project = editor.open(path, "")
    editor.edit(project, whole(severity("off")))
    await editor.shows(uri, "unknown-key")
    editor.save(project, path)
    await editor.shows(uri)
    path.unlink()
    editor.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri_of(path), "type": 3}]})
    await editor.shows(uri, "unknown-key")


def said(editor: Editor, uri: str) -> list[tuple[int, str]]:
    return [(found["range"]["start"]["line"], found["message"]) for found in editor.diagnostics_of(uri)]


async def test_what_is_wrong_with_it_is_told_where_it_stands(serve: Serve, home: Home):
    path = home.folder / "rolecall.toml"
    home.write(path, '[severities]\nunknown-kei = "off"\n')
    editor = await serve()
    await editor.shows(editor.open(home.config, TEXT), "unknown-key")
    misspelled = [(1, 'There is no rule "unknown-kei"; did you mean "unknown-key"?')]
    assert said(editor, uri_of(path)) == misspelled

    project = editor.open(path, path.read_text())
    editor.retype(project, "unknown-kei", "unknown-key")
    await editor.settled()
    assert said(editor, project) == []
    editor.edit(project, whole("[sever"))
    await editor.settled()
    [(line, message)] = said(editor, project)
    assert line == 0
    assert message.startswith("This is no TOML")
    editor.close(project)
    await editor.settled()
    assert said(editor, project) == misspelled


async def test_other_requests_about_it_have_no_answer(editor: Editor, home: Home):
    uri = editor.open(home.folder / "rolecall.toml", severity("off"))
    assert await editor.ask_at("hover", uri, 0, 0) is None
    assert await editor.ask_at("completion", uri, 0, 0) is None
