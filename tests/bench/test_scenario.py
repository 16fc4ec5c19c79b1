"""An edit waits for the diagnostics of its own version, and a server that has them wrong is found out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.client import Ended, TooLate, memory
from tests.bench.documents import INI, Document, sections
from tests.bench.scenario import FEW, Visit, Wrong
from tests.bench.servers import ECHO, OURS, Server, environment, servers

SERVER = """
import json, sys

def send(message):
    body = json.dumps(message | {"jsonrpc": "2.0"}).encode()
    sys.stdout.buffer.write(b"Content-Length: %d\\r\\n\\r\\n" % len(body) + body)
    sys.stdout.buffer.flush()

def publish(version, lines):
    found = [{"range": {"start": {"line": line, "character": 0}, "end": {"line": line, "character": 1}}} for line in lines]
    params = {"uri": uri, "diagnostics": found}
    send({"method": "textDocument/publishDiagnostics", "params": params if version is None else params | {"version": version}})

while header := sys.stdin.buffer.readline():
    sys.stdin.buffer.readline()
    message = json.loads(sys.stdin.buffer.read(int(header.split(b":")[1])))
    method, params = message.get("method"), message.get("params")
    if method == "initialize":
        send({"id": message["id"], "result": {"capabilities": {"textDocumentSync": SYNC}}})
    elif method == "exit":
        break
    elif "id" in message:
        send({"id": message["id"], "result": None})
    elif method in ("textDocument/didOpen", "textDocument/didChange"):
        uri, version = params["textDocument"]["uri"], params["textDocument"]["version"]
        ANSWER
"""


def scripted(tmp_path: Path, answer: str, sync: int = 2) -> Server:
    """A server that does this where it has got a text; the names `version` and `publish(version, lines)` are there."""
    script = tmp_path / "server.py"
    script.write_text(SERVER.replace("ANSWER", answer).replace("SYNC", str(sync)))
    return Server("scripted", (sys.executable, "-I", str(script)), INI)


def visit(tmp_path: Path, server: Server, name: str = "scripted", lines: int = 100) -> Visit:
    return Visit(name, server, Document(INI, sections(lines)), FEW._replace(patience=5.0), tmp_path / "home")


def test_what_is_published_of_an_older_version_does_not_count(tmp_path: Path) -> None:
    right = list(Document(INI, sections(100)).reported)
    going = visit(tmp_path, scripted(tmp_path, f"publish(version - 1, [1, 2]); publish(version, {right})"))
    assert going.run(only_open=True)["open"][0] > 0


@pytest.mark.parametrize("version", ["version", "None"])
def test_diagnostics_on_the_wrong_lines_are_found_out(tmp_path: Path, version: str) -> None:
    with pytest.raises(Wrong, match="version 1"):
        visit(tmp_path, scripted(tmp_path, f"publish({version}, range(10))")).run()


def test_an_edit_that_changes_what_is_to_be_reported_is_told_from_one_that_was_not_heard(tmp_path: Path) -> None:
    right = list(Document(INI, sections(100)).reported)
    with pytest.raises(Wrong, match="version 2"):
        visit(tmp_path, scripted(tmp_path, f"publish(version, {right})")).run()


def test_a_server_that_says_nothing_is_given_up(tmp_path: Path) -> None:
    going = visit(tmp_path, scripted(tmp_path, "pass"))
    going._amounts = going._amounts._replace(patience=0.2)
    with pytest.raises(TooLate):
        going.run()


def test_a_server_that_ends_is_noticed(tmp_path: Path) -> None:
    with pytest.raises(Ended):
        visit(tmp_path, scripted(tmp_path, "break")).run()


def test_a_server_that_takes_whole_texts_only_is_not_timed(tmp_path: Path) -> None:
    with pytest.raises(Wrong, match="whole texts"):
        visit(tmp_path, scripted(tmp_path, "pass", sync=1)).run()


@pytest.mark.parametrize("name", [OURS, ECHO])
def test_the_whole_way(tmp_path: Path, name: str) -> None:
    found = visit(tmp_path, servers()[name], name, lines=8_000 if name == ECHO else 300).run()
    expected = {
        "open",
        "start to initialize",
        "start to diagnostics",
        "memory after open",
        "memory after edits",
        "burst",
    }
    expected |= {"character", "line", "header", "paste", "undo"}
    if name == ECHO:
        expected |= {"dependants", "dependants back"}
    else:
        expected |= {
            "completion",
            "hover",
            "symbols",
            "semantic tokens",
            "semantic tokens, delta",
            "code lens",
            "inlay hints",
        }
    assert set(found) == expected
    assert all(sample > 0 for what, samples in found.items() for sample in samples if not what.startswith("memory"))
    assert {what: len(found[what]) for what in ("character", "line", "paste", "undo")} == {
        "character": 16, "line": 4, "paste": 2, "undo": 2,
    }  # fmt: skip


def test_the_echo_sends_as_many_diagnostics_as_it_is_told_to_and_of_that_size(tmp_path: Path) -> None:
    size = 400
    going = visit(tmp_path, servers(size)[ECHO], ECHO, lines=300)
    going.run(only_open=True)
    assert going.sizes[-1] == pytest.approx(10 * size, rel=0.1)


def test_no_variable_of_ours_that_changes_python_or_names_files_reaches_a_server(tmp_path: Path, monkeypatch) -> None:
    for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "AWS_PROFILE", "AWS_CONFIG_FILE"):
        monkeypatch.setenv(name, "1")
    assert set(environment(tmp_path)) == {"PATH", "HOME", "LANG", "AWS_EC2_METADATA_DISABLED"}


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read where Linux keeps it")
def test_memory_counts_what_a_process_has_started(tmp_path: Path) -> None:
    inner = "import subprocess, sys; subprocess.Popen([sys.executable, '-I', '-S', '-c', 'input()']); print(flush=True); input()"
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([sys.executable, "-I", "-S", "-c", inner], **pipes) as process:
        process.stdout.readline()
        both = memory(process.pid)
        status = Path(f"/proc/{process.pid}/status").read_text()
        process.communicate(b"\n\n")
    alone = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")) / 1024
    assert both > alone > 1
