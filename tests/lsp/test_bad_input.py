"""Files that are no text, no file, or too much of one: each is named for what it is, and the other file goes on working."""

from __future__ import annotations

import codecs
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.lsp.conftest import Serve
from tests.lsp.editor import SERVE, Editor, Home

CONFIG = "[profile ops]\nrole_arn = arn:aws:iam::444455556666:role/OpsRole\nsource_profile = base\n"
CREDENTIALS = """\
[base]
aws_access_key_id = ASIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
aws_session_token = EXAMPLETOKEN
"""
LONG = 70_000


async def check_other_file(editor: Editor, path: Path) -> None:
    """The session lives: another file is checked as it is typed."""
    uri = editor.open(path, "[default]\nregoin = eu-west-1\n")
    await editor.settled()
    assert "unknown-key" in editor.rules(uri)
    editor.retype(uri, "regoin", "region")
    await editor.settled()
    assert "unknown-key" not in editor.rules(uri)
    editor.close(uri)
    assert (await editor.ask("rolecall/profiles"))["version"] == 1


NOT_TEXT = {
    "a byte that is not UTF-8": (CREDENTIALS.encode() + b"# caf\xe9\n", "Not in UTF-8 here: "),
    "UTF-16": (codecs.BOM_UTF16_LE + CREDENTIALS.encode("utf-16-le"), "The file is in UTF-16, "),
    "UTF-16 from the other end": (codecs.BOM_UTF16_BE + CREDENTIALS.encode("utf-16-be"), "The file is in UTF-16, "),
}


@pytest.mark.parametrize("case", NOT_TEXT)
async def test_bytes_that_are_not_utf8(serve: Serve, home: Home, case: str):
    data, message = NOT_TEXT[case]
    home.write(home.credentials, data)
    editor = await serve()
    # Editors show what they can: U+FFFD in place of a byte, or the text of another encoding.
    shown = data.decode("utf-8" if case.startswith("a byte") else "utf-16", "replace")
    uri = editor.open(home.credentials, shown)
    [found] = await editor.shows(uri, "not-utf8")
    assert found["message"].startswith(message)
    assert found["severity"] == 1
    if case.startswith("a byte"):
        assert editor.slice(uri, found["range"]) == "\ufffd"
    await check_other_file(editor, home.config)

    home.write(home.credentials, CREDENTIALS)
    editor.tell("workspace/didChangeWatchedFiles", {"changes": []})
    await editor.shows(uri)


async def test_a_file_that_is_not_utf8_is_not_overwritten(serve: Serve, home: Home):
    data = b"\xef\xbb\xbf[default]\n# caf\xe9\n"
    home.write(home.config, data)
    editor = await serve()
    await editor.ask("workspace/executeCommand", command="rolecall.removeBom", arguments=[{"path": str(home.config)}])
    assert (await editor.told()).startswith("Not saved: ")
    assert home.config.read_bytes() == data


TEXTS = {
    "a NUL in a value": ("[default]\nregion = eu\0west\n", ["unknown-region"]),
    "a NUL in a key": ("[default]\nreg\0ion = eu-west-1\n", ["unknown-key"]),
    "a NUL in a name": ("[profile a\0b]\nregion = eu-west-1\n", ["dangling-config"]),
    "nothing but NULs": ("\0" * 64, ["missing-section-header"]),
    "nothing": ("", []),
    "blank lines": ("\n\r\n\r", []),
    "a long value": (f"[default]\nregion = {'x' * LONG}\n", ["unknown-region"]),
    "a long line that is nothing": (f"[default]\n{'x' * LONG}\n", ["syntax-error"]),
    "a long name": (f"[profile {'x' * LONG}]\nregion = eu-west-1\n", ["dangling-config"]),
    "a long line of one file": ("x" * LONG, ["missing-section-header"]),
    "many brackets": ("[" * LONG, ["unclosed-section-header"]),
    "many delimiters": (f"[default]\n{':=' * (LONG // 2)}\n", ["syntax-error"]),
    "a long indent": (f"[default]\n{' ' * LONG}x\n", ["syntax-error"]),
    "a long comment": (f"[default]\n#{' #' * (LONG // 2)}\n", ["empty-profile"]),
    "a long line of pairs": (f"[default]\nsso_start_url = {'🎭' * LONG}\n", None),
}


@pytest.mark.parametrize("case", TEXTS)
async def test_texts_that_no_one_writes(editor: Editor, home: Home, case: str):
    text, rules = TEXTS[case]
    uri = editor.open(home.config, text)
    await editor.settled()
    if rules is not None:
        assert editor.rules(uri) == rules
    assert all(len(found["message"]) < 400 for found in editor.diagnostics_of(uri))
    editor.edit(
        uri, {"range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}, "text": "# a\n"}
    )
    for request in ("semanticTokens/full", "documentSymbol", "foldingRange", "codeLens", "documentLink"):
        await editor.ask_of(request, uri)
    for line in range(1, 3):
        for request in ("hover", "completion", "definition"):
            await editor.ask_at(request, uri, line, 5)
    if rules is not None:
        assert editor.rules(uri) == rules
    await check_other_file(editor, home.credentials)


async def test_many_sections_and_many_problems(editor: Editor, home: Home):
    uri = editor.open(home.config, "".join(f"[profile p{n}]\nregoin = eu-west-1\noutput\n" for n in range(1000)))
    await editor.settled()
    assert len(editor.diagnostics_of(uri)) >= 1000
    await check_other_file(editor, home.credentials)


PLACES: dict[str, Callable[[Path], object]] = {
    "a folder": lambda path: path.mkdir(),
    "a pipe": os.mkfifo,
    "a link to nowhere": lambda path: path.symlink_to("nowhere"),
    "a link to itself": lambda path: path.symlink_to(path),
    "a link to the null device": lambda path: path.symlink_to(os.devnull),
}


@pytest.mark.parametrize("case", PLACES)
async def test_what_is_no_file(serve: Serve, home: Home, case: str):
    home.config.parent.mkdir()
    PLACES[case](home.credentials)
    editor = await serve()
    await check_other_file(editor, home.config)
    await editor.execute("openCredentials")
    await editor.settled()
    said = [params["message"] for params in editor.calls("window/showMessage")]
    if case == "a folder":
        assert said == [
            f"{home.credentials} is a folder. Move it away, or set rolecall.credentialsFile to another path."
        ]
    home.write(home.config, CONFIG)
    await editor.execute("createFiles")
    await editor.settled()
    assert "Traceback" not in str(editor.received)


async def test_a_folder_that_becomes_a_file(serve: Serve, home: Home):
    home.credentials.mkdir(parents=True)
    editor = await serve()
    config = editor.open(home.config, CONFIG)
    await editor.settled()
    home.credentials.rmdir()
    home.write(home.credentials, "[other]\n")
    editor.tell("workspace/didChangeWatchedFiles", {"changes": []})
    await editor.shows(config, "missing-source-profile")


async def test_a_file_that_may_not_be_read(serve: Serve, home: Home):
    """Nothing is concluded from what it does not say, and nothing of the system's text is passed on."""
    home.write(home.credentials, CREDENTIALS)
    denying = (
        "import os, sys\n"
        "real = os.open\n"
        "def deny(path, *rest, **named):\n"
        f"    if path == {str(home.credentials)!r}: raise PermissionError(13, 'denied', path)\n"
        "    return real(path, *rest, **named)\n"
        "os.open = deny\n"
        "import runpy\n"
        "sys.argv = ['rolecall', 'serve']\n"
        "runpy.run_module('rolecall', run_name='__main__')\n"
    )
    editor = await serve(command=(SERVE[0], "-c", denying))
    uri = editor.open(home.config, CONFIG)
    await editor.shows(uri)
    await check_other_file(editor, home.folder / "elsewhere" / "config")
    assert (await editor.ask("rolecall/profiles"))["files"]["credentials"]["exists"] is True
    await editor.execute("writeSession", profile="ops", target="base")
    assert await editor.told()
    assert home.credentials.read_text() == CREDENTIALS


async def test_a_link_to_the_real_file(serve: Serve, home: Home):
    real = home.write(home.folder / "dotfiles" / "config", "\ufeff[default]\nregion = eu-west-1\n")
    home.config.parent.mkdir()
    home.config.symlink_to(real)
    editor = await serve()
    uri = editor.open(home.config, "[default]\nregion = eu-west-1\n")
    [found] = await editor.shows(uri, "bom")
    [fix] = await editor.ask_of(
        "codeAction", uri, range=found["range"], context={"diagnostics": [found], "only": ["quickfix"]}
    )
    await editor.ask("workspace/executeCommand", **{name: fix["command"][name] for name in ("command", "arguments")})
    assert home.config.is_symlink()
    assert real.read_text() == "[default]\nregion = eu-west-1\n"


async def test_a_fix_keeps_the_line_ends(editor: Editor, home: Home):
    text = "[default]\r\nregoin = eu-west-1\r\n\r\n[profile dev]\r\nregion = eu-west-1\r\n"
    uri = editor.open(home.config, text)
    found = next(
        one for one in await editor.shows(uri, "unknown-key", "dangling-config") if one["code"] == "unknown-key"
    )
    actions = await editor.ask_of(
        "codeAction", uri, range=found["range"], context={"diagnostics": [found], "only": ["quickfix"]}
    )
    assert editor.edited(actions[0]["edit"]) == {uri: text.replace("regoin", "region")}
