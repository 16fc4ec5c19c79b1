"""Each `NAME.md` here, and the page on CI in the documentation, shows commands at work.

An `ini` block is the user's files, see `tests/support/markers.py`, with `tests/fixtures/keys` beside them; a `console`
block below it is what commands make of them, see `tests/cli/support.py`. `UPDATE=1 pytest tests/cli` writes what is the
case into the blocks, for review.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from tests.cli.support import KEY_FILES, check_console, write

FOLDER = Path(__file__).parent
DOCUMENTS = [*sorted(FOLDER.glob("*.md")), FOLDER.parents[1] / "server" / "docs" / "ci.md"]
_BLOCK = re.compile(r"^```(?P<kind>ini|console)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


def actual(document: str, home: Path) -> str:
    """The document with every console block as it really is."""
    out = []
    at = 0
    for block in _BLOCK.finditer(document):
        out.append(document[at : block.start()])
        at = block.end()
        body = block["body"]
        if block["kind"] == "ini":
            shutil.rmtree(home)
            home.mkdir()
            os.chdir(home)
            write(home, body.replace("␍", "\r"))
            shutil.copytree(KEY_FILES, home / "keys")
        else:
            body = check_console(body)
        out.append(f"```{block['kind']}\n{body}```")
    return "".join((*out, document[at:]))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_document(path: Path, home: Path) -> None:
    document = path.read_text(encoding="utf-8")
    found = actual(document, home)
    if os.environ.get("UPDATE"):
        path.write_text(found, encoding="utf-8")
    assert found == document
