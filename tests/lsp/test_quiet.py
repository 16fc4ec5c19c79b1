"""Nothing is sent to the network and no process is started because a file was opened or edited."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.lsp.conftest import Serve
from tests.lsp.editor import SERVE, Editor, Home
from tests.lsp.test_requests import ALL, REQUESTS
from tests.support.standin import StandIn

CONFIG = """\
[default]
region = eu-west-1
defaults_mode = auto

[profile process]
credential_process = touch {marker}

[profile ops]
role_arn = arn:aws:iam::444455556666:role/OpsRole
source_profile = process
endpoint_url = {url}
ec2_metadata_service_endpoint = {url}

[profile machine]
role_arn = arn:aws:iam::444455556666:role/OpsRole
credential_source = Ec2InstanceMetadata

[profile web]
role_arn = arn:aws:iam::444455556666:role/OpsRole
web_identity_token_file = {token}
endpoint_url = {url}

[profile sso]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Admin
endpoint_url = {url}
services = local

[sso-session corp]
sso_start_url = {url}/start
sso_region = eu-west-1

[services local]
sts =
  endpoint_url = {url}
"""
CREDENTIALS = """\
[keys]
aws_access_key_id = ASIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
aws_session_token = token
endpoint_url = {url}

[process]
credential_process = touch {marker}
"""

# Runs in the server before anything else: whatever is about to start a process, or to reach for the network, is told.
AUDIT = """\
import sys
def audit(event, arguments):
    if event.split(".")[0] in ("subprocess", "socket") or event in ("os.system", "os.exec", "os.posix_spawn", "os.fork"):
        if event not in ("socket.__new__",) or arguments[1] != 1:
            print("AUDIT", event, arguments[1:] if event == "socket.__new__" else "", file=sys.stderr, flush=True)
sys.addaudithook(audit)
import runpy
sys.argv = ["rolecall", "serve"]
runpy.run_module("rolecall", run_name="__main__")
"""
AUDITED = (SERVE[0], "-c", AUDIT)


@pytest.fixture
def files(home: Home, aws: StandIn) -> dict[Path, str]:
    values = {"url": aws.url, "marker": home.folder / "marker", "token": home.write(home.folder / "token", "a.b.c")}
    return {home.config: CONFIG.format(**values), home.credentials: CREDENTIALS.format(**values)}


async def use(editor: Editor, path: Path, text: str) -> None:
    """Open a file, type in it, ask everything about it, save and close it."""
    uri = editor.open(path, "")
    for end in range(0, len(text), 97):
        editor.edit(uri, {"text": text[:end]})
    editor.edit(uri, {"text": text})
    for request, params in REQUESTS.items():
        for line in range(text.count("\n") if "position" in params else 1):
            place = {"position": {"line": line, "character": 12}} if "position" in params else {}
            await editor.ask_of(request, uri, **{**params, **place})
    await editor.ask_of("codeAction", uri, range=ALL, context={"diagnostics": editor.diagnostics_of(uri)})
    editor.save(uri, path)
    await editor.settled()
    editor.close(uri)


async def test_own_files(serve: Serve, home: Home, aws: StandIn, files: dict[Path, str]):
    for path, text in files.items():
        home.write(path, text)
    editor = await serve(command=AUDITED)
    for path, text in files.items():
        await use(editor, path, text)
    rows = (await editor.ask("rolecall/profiles"))["profiles"]
    for row in rows:
        await editor.ask("rolecall/profileDetail", name=row["name"])
    assert len(rows) == 7
    # Keys that change on disk bring a card, and nothing more before the user chooses.
    home.write(home.credentials, files[home.credentials].replace("ASIAIOS", "ASIBIOS"))
    editor.tell("workspace/didChangeWatchedFiles", {"changes": []})
    await editor.call("window/showMessageRequest")
    await editor.settled()
    assert editor.log == b""
    assert aws.log == []
    assert not (home.folder / "marker").exists()


async def test_files_of_a_workspace(serve: Serve, home: Home, aws: StandIn, files: dict[Path, str]):
    editor = await serve(command=AUDITED)
    for path, text in files.items():
        folder = home.folder / "repository" / ".aws"
        folder.mkdir(parents=True, exist_ok=True)
        await use(editor, folder / path.name, text)
    await editor.settled()
    assert editor.log == b""
    assert aws.log == []
    assert not (home.folder / "marker").exists()


def test_the_audit_would_tell():
    """Otherwise the tests above would hold nothing."""
    hook = AUDIT.split("import runpy", maxsplit=1)[0]
    program = (
        f"{hook}\nimport subprocess, socket\nsubprocess.run(['true'])\nsocket.create_connection(('127.0.0.1', PORT))"
    )
    with socket.create_server(("127.0.0.1", 0)) as listening:
        program = program.replace("PORT", str(listening.getsockname()[1]))
        found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=30)
    assert "AUDIT subprocess.Popen" in found.stderr
    assert "AUDIT socket.connect" in found.stderr


async def test_a_program_that_gives_keys_is_not_started_by_a_command_either(
    serve: Serve, home: Home, aws: StandIn, files: dict[Path, str]
):
    for path, text in files.items():
        home.write(path, text)
    editor = await serve()
    await editor.execute("assumeRole", profile="ops")
    assert "which Rolecall does not start" in await editor.told()
    assert aws.log == []
    assert not (home.folder / "marker").exists()
