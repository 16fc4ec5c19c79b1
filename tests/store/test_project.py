"""`rolecall.toml`: which one counts, and that whatever stands in it is told and never ends anything."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall.settings import Settings
from rolecall.store.local import LocalHost
from rolecall.store.project import ProjectProblem, parse_project, project_settings

TEAM = 'readers = ["rust", "botocore"]\n[severities]\nunknown-key = "error"\nduplicate-account = "off"\n'


def check_problems(text: str) -> list[tuple[int, str]]:
    """What is told of a text: lines, from 1, and sentences."""
    return [(problem.line + 1, problem.message) for problem in parse_project("rolecall.toml", text).problems]


def test_the_nearest_file_counts_alone(tmp_path: Path) -> None:
    inner = tmp_path / "team" / ".aws"
    inner.mkdir(parents=True)
    assert project_settings(LocalHost(), str(inner)).severities == {}
    (tmp_path / "rolecall.toml").write_text('[severities]\nbom = "hint"\n')
    assert project_settings(LocalHost(), str(inner)).severities == {"bom": "hint"}
    (tmp_path / "team" / "rolecall.toml").write_text(TEAM)
    found = project_settings(LocalHost(), str(inner))
    assert found.path == str(tmp_path / "team" / "rolecall.toml")
    assert found.readers == ("botocore", "rust")
    assert found.severities == {"unknown-key": "error", "duplicate-account": "off"}
    assert found.problems == ()
    (inner / "rolecall.toml").mkdir()
    assert project_settings(LocalHost(), str(inner)) == found


def test_a_person_has_the_last_word() -> None:
    team = parse_project("rolecall.toml", TEAM)
    assert team.under(Settings()) == Settings(readers=("botocore", "rust"), severities=dict(team.severities))
    mine = Settings(readers=("go",), severities={"unknown-key": "off", "bom": "hint"})
    assert team.under(mine) == Settings(
        readers=("go",), severities={"unknown-key": "off", "bom": "hint", "duplicate-account": "off"}
    )


def test_without_a_file_settings_stay(tmp_path: Path) -> None:
    assert project_settings(LocalHost(), str(tmp_path / "none")).under(Settings()) == Settings()


def test_what_is_wrong_is_told_with_its_line_and_the_rest_holds() -> None:
    text = """\
reader = ["botocore"]
readers = ["botocore", "javscript", 7]

[severities]
unknown-kye = "error"
bom = "fatal"
not-utf8 = 3
duplicate-key = "hint"
"""
    assert check_problems(text) == [
        (1, 'There is no setting "reader"; did you mean "readers"?'),
        (2, 'There is no reader "javscript"; did you mean "javascript"?'),
        (2, "A reader is a text in quotes"),
        (5, 'There is no rule "unknown-kye"; did you mean "unknown-key"?'),
        (6, 'There is no severity "fatal"; there are error, warning, information, hint, off'),
        (7, "A severity is a text in quotes"),
    ]
    found = parse_project("rolecall.toml", text)
    assert found.readers == ("botocore",)
    assert found.severities == {"duplicate-key": "hint"}


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("[severities\n", 1, "This is no TOML: Expected ']' at the end of a table declaration"),
        ("readers = []\n[severities]\nbom = \n", 3, "This is no TOML: Invalid value"),
        ("a = 1\na = 2\n", 2, "This is no TOML: Cannot overwrite a value"),
        ("readers = [\n", 2, "This is no TOML: Invalid value"),
        ("readers = []\n", 1, '"readers" names no tool'),
        ('readers = "rust"\n', 1, '"readers" is no list of tools, such as ["botocore", "rust"]'),
        ('\nseverities = "off"\n', 2, '"severities" is no table of rules with their severities'),
        (f"a = {'[' * 100_000}", 1, "This is no TOML: it is nested too deep"),
    ],
)
def test_a_text_that_means_nothing(text: str, line: int, message: str) -> None:
    assert check_problems(text) == [(line, message)]
    assert parse_project("rolecall.toml", text).readers is None


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "rolecall.toml").write_bytes(b"# \xff\n")
    assert project_settings(LocalHost(), str(tmp_path)).problems == (ProjectProblem(0, "The file is not UTF-8"),)


@given(st.text(st.sampled_from("[]{}=.,\"'# \n\\-x7readsvti"), max_size=40))
def test_any_text_is_taken(text: str) -> None:
    found = parse_project("rolecall.toml", text)
    assert all(0 <= problem.line <= text.count("\n") for problem in found.problems)
