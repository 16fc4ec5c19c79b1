"""Each `NAME.md` here is the tests of one rule.

Under any heading, an `ini` block is a file (or several) with what the rule reports of it, see `tests/support/markers.py`.
A heading that starts with "Fixed" shows the block above it after the rule's safe fixes; "Fixed by: TITLE" after the fix
of that title. `UPDATE=1 pytest tests/rules` writes what is the case into the blocks, for review.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from rolecall.rules import ALL
from tests.support.check import check_fixed, check_rule

FOLDER = Path(__file__).parent
_PART = re.compile(r"^#+ (?P<title>[^\n]*)$|^```ini\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


def actual(document: str, rule: str) -> str:
    """The document with every block as it really is."""
    title = ""
    above = ""
    out: list[str] = []
    at = 0
    for part in _PART.finditer(document):
        out.append(document[at : part.start()])
        at = part.end()
        if part["title"] is not None:
            title = part["title"]
            out.append(part[0])
            continue
        body = part["body"]
        if title.startswith("Fixed"):
            _, colon, wanted = title.partition(": ")
            body = check_fixed(above, rule, wanted if colon else None)
        else:
            above = body = check_rule(body, rule)
        out.append(f"```ini\n{body if body.endswith(chr(10)) or not body else body + chr(10)}```")
    return "".join((*out, document[at:]))


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.md")), ids=lambda path: path.stem)
def test_rule(path: Path) -> None:
    document = path.read_text(encoding="utf-8")
    found = actual(document, path.stem)
    if os.environ.get("UPDATE"):
        path.write_text(found, encoding="utf-8")
    assert found == document


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.name)
def test_every_rule_has_tests(rule) -> None:
    text = (FOLDER / f"{rule.name}.md").read_text(encoding="utf-8")
    assert f"{rule.name}:" in text, "no block shows a finding"
    assert "Not reported" in text, "no block shows what is not reported"
    assert ("Fixed" in text) == rule.fixable
