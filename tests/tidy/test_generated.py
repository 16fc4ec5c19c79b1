"""What is written twice is generated once, and the failure names the command that repairs it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from dev import generate
from dev.artefacts.base import ROOT, Artefact
from dev.artefacts.blocks import fill
from dev.artefacts.manifest import documentation, splice

HERE = "tests/tidy/test_generated.py"


def test_generated_files_are_current() -> None:
    check = subprocess.run(
        [sys.executable, str(ROOT / "server" / "dev" / "generate.py"), "check"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PYTHONUTF8": "1"},
        check=False,
    )
    assert check.returncode == 0, check.stdout + check.stderr


@pytest.mark.parametrize(
    ("path", "wanted", "shown"),
    [(HERE, "something else\n", "+something else"), ("no/such/file", "new\n", "+new"), (HERE, None, "-HERE = ")],
)
def test_a_check_shows_what_would_change_and_how_to_repair_it(
    path: str, wanted: str | None, shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert generate.check([Artefact(path, lambda: wanted)]) == 1
    output = capsys.readouterr().out
    assert f"--- {path} (now)" in output
    assert shown in output
    assert output.endswith("make generate\n")


def test_a_check_of_what_is_current_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    current = (ROOT / HERE).read_text(encoding="utf-8")
    assert generate.check([Artefact(HERE, lambda: current), Artefact("no/such/file", lambda: None)]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("arguments", [[], ["wrote"], ["check", "write"]])
def test_wrong_use_is_answered_with_the_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert generate.main(arguments) == 2
    assert capsys.readouterr().err == f"{generate.USAGE}\n"


def test_a_block_is_filled_and_the_rest_is_kept() -> None:
    page = "# Head\n<!-- generated:list -->\nold\n\nolder\n<!-- /generated:list -->\nfoot <!-- generated:list -->\n"
    filled = fill(page, {"list": lambda: "new"})
    assert filled == "# Head\n<!-- generated:list -->\nnew\n<!-- /generated:list -->\nfoot <!-- generated:list -->\n"
    assert fill(filled, {"list": lambda: "new"}) == filled


def test_a_block_that_nothing_makes_is_an_error() -> None:
    with pytest.raises(KeyError, match="lsit"):
        fill("<!-- generated:lsit -->\n<!-- /generated:lsit -->\n", {"list": lambda: "new"})


def test_a_value_is_spliced_in_and_the_rest_is_kept() -> None:
    text = '{\n  "a": [1,  {"b": 0}],\n  "c": {\n    "b": "}", "d" :{"old": [] } }\n}\n'
    spliced = splice(text, ["c", "d"], {"new": ["é"]})
    assert spliced == text.replace('{"old": [] }', '{\n      "new": [\n        "é"\n      ]\n    }')
    assert splice(spliced, ["c", "d"], {"new": ["é"]}) == spliced


@pytest.mark.parametrize("path", [["x"], ["a", "x"], ["empty", "x"]])
def test_a_path_that_is_not_there_is_an_error(path: list[str]) -> None:
    with pytest.raises(KeyError, match="x"):
        splice('{"a": {"b": 1}, "empty": {}}', path, 0)


def test_a_setting_is_documented_by_a_line_of_its_class() -> None:
    class Documented:
        """What it is.

        one    First line
               and the next.
        three  Last.
        """

    assert documentation(Documented) == {"one": "First line and the next.", "three": "Last."}
