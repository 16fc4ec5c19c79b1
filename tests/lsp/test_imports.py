"""What a server that only edits never loads, and that it works however lsprotocol gets imported."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.lsp.conftest import Serve
from tests.lsp.editor import Editor, Home, uri_of
from tests.lsp.test_requests import ALL, REQUESTS

HEAVY = ("boto3", "botocore", "configupdater", "jmespath", "moto", "pydantic", "s3transfer", "urllib3")
CONFIG = """\
[profile base]
regoin = eu-west-1

[profile ops]
role_arn = arn:aws:iam::444455556666:role/OpsRole
source_profile = base
"""

# Prints what has been loaded when the server ends.
LISTING = """\
import sys
from rolecall.lsp.server import main
code = main()
print(*sorted({name.split(".")[0] for name in sys.modules}), file=sys.stderr)
raise SystemExit(code)
"""


async def test_a_server_that_edits_loads_nothing_of_aws_and_nothing_heavy(serve: Serve, home: Home):
    home.write(home.credentials, "[base]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key =\n")
    home.write(home.accounts, '{"accounts": [{"name": "Dev", "profile": "base"}]}')
    editor = await serve(command=(sys.executable, "-c", LISTING))
    editor.may_log = True
    uri = editor.open(home.config, CONFIG)
    for request, params in REQUESTS.items():
        assert await editor.ask_of(request, uri, **params) is not None or request == "hover"
    await editor.ask_of("codeAction", uri, range=ALL, context={"diagnostics": editor.diagnostics_of(uri)})
    await editor.ask("rolecall/profiles")
    editor.open(home.accounts, '{"accounts": [{"name": "Dev", "profile": "nobody"}]}')
    editor.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri_of(home.credentials), "type": 2}]})
    await editor.settled()
    assert await editor.quit() == 0
    loaded = editor.log.decode().split()
    assert "rolecall" in loaded
    assert not set(HEAVY) & set(loaded)


# How `lsprotocol.types` is imported: finished when used, or (as with a version of attrs that we do not know) at once.
LAZY = "from rolecall.lsp import lean\nassert lean.prepare()\n"
FALLBACK = (
    "from rolecall.lsp import lean\n"
    "def fail(): raise TypeError('another version')\n"
    "lean._import_lazily = fail\n"
    "assert not lean.prepare()\n"
)
HALF_WAY = (
    "import attrs\n"
    "from rolecall.lsp import lean\n"
    "real = lean._import_lazily\n"
    "def fail():\n"
    "    real()\n"
    "    raise TypeError('another version')\n"
    "lean._import_lazily = fail\n"
    "define = attrs.define\n"
    "assert not lean.prepare()\n"
    "assert attrs.define is define\n"
)
BEFORE = "import lsprotocol.types\nfrom rolecall.lsp import lean\nassert not lean.prepare()\n"


@pytest.mark.parametrize("way", [LAZY, FALLBACK, HALF_WAY, BEFORE], ids=["lazy", "fallback", "half way", "before"])
async def test_every_way_serves(serve: Serve, home: Home, way: str):
    program = f"{way}from rolecall.lsp.server import main\nraise SystemExit(main())\n"
    editor = await serve(command=(sys.executable, "-c", program))
    uri = editor.open(home.config, CONFIG)
    await editor.settled()
    assert "unknown-key" in editor.rules(uri)
    assert await editor.ask_at("hover", uri, 1, 2)
    assert (await editor.error_of("no/such/method", {}))["code"] == -32601
    await editor.execute("openCredentials")
    assert len(editor.calls("window/showMessageRequest")) == 1


def lsp_classes(way: str) -> Any:
    """What attrs knows of some classes of lsprotocol once one of each kind has been made."""
    program = f"""{way}
import attrs, json
from lsprotocol import types
place = types.Range(types.Position(1, 2), end=types.Position(3, 4))
action = types.CodeAction("x", kind="quickfix")
error = types.ResponseErrorMessage(id=1, error=types.ResponseError(code=1, message="x"))
from lsprotocol.converters import get_converter
converter = get_converter()
params = converter.structure({{"textDocument": {{"uri": "x"}}, "position": {{"line": 1, "character": 2}}}}, types.HoverParams)
print(json.dumps([
    [converter.unstructure(one) for one in (place, action, error, params)],
    [[field.name for field in attrs.fields(kind)] for kind in (types.Range, types.CodeAction, types.InitializeParams)],
    place == types.Range(types.Position(1, 2), types.Position(3, 4)), repr(place.start), issubclass(types.HoverParams, object),
]))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_classes_are_the_same_however_they_are_finished():
    assert lsp_classes(LAZY) == lsp_classes(BEFORE)


async def test_a_command_that_signs_in_loads_the_library_then(serve: Serve, home: Home):
    home.write(home.credentials, "[base]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n")
    editor: Editor = await serve(command=(sys.executable, "-c", LISTING))
    editor.may_log = True
    await editor.execute("assumeRole", profile="base")
    assert await editor.told()
    assert await editor.quit() == 0
    assert "botocore" in editor.log.decode().split()
