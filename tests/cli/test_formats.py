"""`rolecall check` for other programs: SARIF, GitHub's annotations, and what an earlier run has told already."""

from __future__ import annotations

import json
import os
import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft4Validator

from rolecall.lint import Severity
from rolecall.rules import ALL
from tests.cli.support import SECRET, check_json, check_run, put, rules_in

SCHEMA = Path(__file__).parents[1] / "fixtures" / "sarif-2.1.0-rtm.5.json"
"""As Microsoft's MIT-licensed matchers of SARIF bring it."""

CONFIG = "[profile dev]\nregion = eu-wset-1\n\n[profile dev]\nregion = eu-west-1\n"
CREDENTIALS = f"[base]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = {SECRET}\n"
SELECT = "--select=duplicate-section,unknown-region,unused-suppression,not-utf8"


@cache
def validator() -> Draft4Validator:
    return Draft4Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def check_sarif(*argv: str | Path) -> dict[str, Any]:
    """The one run of a valid log."""
    ran = check_run("check", "--format", "sarif", *argv)
    log = json.loads(ran.out)
    assert [error.message for error in validator().iter_errors(log)] == []
    assert SECRET not in ran.out
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    return run


def fingerprints(run: dict[str, Any]) -> list[str]:
    return [result["partialFingerprints"]["rolecall/v1"] for result in run["results"]]


def git(home: Path) -> Path:
    """Make the home folder the top of a repository."""
    (home / ".git").mkdir()
    return home


def test_sarif_says_everything_of_a_finding(home: Path) -> None:
    git(home)
    put(home / "a team" / "credentials", CREDENTIALS)
    put(home / "a team" / "config", f"# 開発\n{CONFIG}")
    os.chdir(home / "a team")
    run = check_sarif("config", SELECT)
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["invocations"] == [{"executionSuccessful": True}]
    region, section = run["results"]
    assert region["ruleId"] == "unknown-region"
    where = {"uri": "a%20team/config", "uriBaseId": "%SRCROOT%"}
    assert section == {
        "ruleId": "duplicate-section",
        "ruleIndex": next(index for index, rule in enumerate(ALL) if rule.name == "duplicate-section"),
        "level": "error",
        "message": section["message"],
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": where,
                    "region": {"startLine": 5, "startColumn": 1, "endLine": 5, "endColumn": 14},
                },
                "logicalLocations": [{"name": "profile dev", "kind": "namespace"}],
            }
        ],
        "relatedLocations": section["relatedLocations"],
        "partialFingerprints": section["partialFingerprints"],
        "properties": {"readers": ["botocore"], "fixable": True},
    }
    assert section["message"]["text"].startswith('Section "[profile dev]" is already defined on line 2: ')
    related = section["relatedLocations"][0]
    assert related["id"] == 1
    assert related["physicalLocation"]["artifactLocation"] == where
    assert related["physicalLocation"]["region"]["startLine"] == 2


def test_sarif_documents_every_rule(home: Path) -> None:
    put(home / "config", "")
    driver = check_sarif("config")["tool"]["driver"]
    assert [rule["id"] for rule in driver["rules"]] == [rule.name for rule in ALL]
    for rule, told in zip(ALL, driver["rules"], strict=True):
        assert told["shortDescription"]["text"] == rule.docs.summary
        assert rule.docs.body.partition("Bad:")[0].strip() in told["help"]["markdown"]
        assert "```" not in told["help"]["markdown"]
        assert told["defaultConfiguration"]["enabled"] == (rule.severity is not Severity.OFF)


def test_sarif_of_a_file_outside_of_the_repository(home: Path) -> None:
    git(home)
    elsewhere = put(home.parent / "else#where" / "config", CONFIG)
    result = check_sarif(elsewhere, SELECT)["results"][0]
    location = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert unquote(location["uri"]) == f"file://{elsewhere}"
    assert "uriBaseId" not in location


def test_sarif_tells_what_could_not_be_read(home: Path) -> None:
    put(home / "config", CONFIG)
    run = check_sarif("config", "none", SELECT)
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert [told["message"]["text"] for told in invocation["toolExecutionNotifications"]] == ['"none" does not exist.']
    assert len(run["results"]) == 2


def test_fingerprints_survive_moved_lines_and_tell_all_findings_apart(home: Path) -> None:
    path = put(home / "config", f"{CONFIG}[profile dev]\n[profile dev]\n")
    before = fingerprints(check_sarif(path, SELECT))
    assert len(set(before)) == len(before) == 4
    put(path, f"# One\n# Two\n[profile new]\n{path.read_text()}")
    assert fingerprints(check_sarif(path, SELECT)) == before


@pytest.mark.parametrize("content", [b"", b"\xff\xfe[\0", b"[x]\n\x00 \xff = 1\n", CONFIG.encode("utf-16")])
def test_sarif_of_whatever_a_file_holds(home: Path, content: bytes) -> None:
    check_sarif(put(home / "config", content))


def test_github_shows_findings_at_the_lines_of_the_repository(home: Path) -> None:
    git(home)
    put(home / "50%, team" / "config", CONFIG)
    os.chdir(home / "50%, team")
    ran = check_run("check", "config", "--format", "github", SELECT)
    assert (ran.code, ran.err) == (1, "")
    region, section = ran.out.splitlines()
    assert region.startswith(
        "::warning file=50%25%2C team/config,line=2,endLine=2,col=10,endColumn=19,title=unknown-region::"
    )
    assert section.startswith(
        "::error file=50%25%2C team/config,line=4,endLine=4,col=1,endColumn=14,title=duplicate-section::"
        'Section "[profile dev]" is already defined on line 1: the AWS CLI'
    )


def test_github_levels_and_nothing(home: Path) -> None:
    put(home / "config", CONFIG)
    put(home / "rolecall.toml", '[severities]\nunknown-region = "hint"\n')
    ran = check_run("check", "config", "--format", "github", "--select", "unknown-region")
    assert ran.code == 0
    assert ran.out.startswith("::notice file=config,")
    assert check_run("check", "config", "--format", "github", "--select", "bom").out == ""


def test_a_message_cannot_start_a_command_of_its_own(home: Path) -> None:
    """A name in a file may hold what GitHub's runner would obey."""
    put(home / "config", "[profile %0A::stop-commands::x]\n[profile %0A::stop-commands::x]\n")
    ran = check_run("check", "config", "--format", "github", SELECT)
    (line,) = ran.out.splitlines()
    assert "%250A::stop-commands" in line


# --- baseline


def write_baseline(home: Path, *argv: str | Path) -> Path:
    return put(home / "baseline.json", check_run("check", "--format", "json", *argv).out)


def test_old_findings_pass_and_new_ones_fail(home: Path) -> None:
    path = put(home / "config", CONFIG)
    baseline = write_baseline(home, path, SELECT)
    ran = check_run("check", path, SELECT, "--baseline", baseline)
    assert ran.code == 0
    assert ran.out == "1 file, 1 profile, nothing new to report.\n2 findings of the baseline are still there.\n"
    # Lines have moved, those that messages name too.
    put(path, f"# One\n[profile new]\n{CONFIG}")
    assert check_run("check", path, SELECT, "--baseline", baseline).code == 0
    put(path, f"# One\n{CONFIG}[profile dev]\n")
    ran = check_run("check", path, SELECT, "--baseline", baseline)
    assert ran.code == 1
    assert ran.out.endswith(
        "1 new error in 1 file. The AWS CLI cannot read ~/config until it is fixed.\n"
        "2 findings of the baseline are still there.\n"
    )
    report = json.loads(check_run("check", path, SELECT, "--baseline", baseline, "--format", "json").out)
    assert rules_in(report) == ["duplicate-section"]
    # What is neither new nor old is told, so that the baseline can be tightened.
    put(path, CONFIG.replace("eu-wset-1", "eu-west-1"))
    ran = check_run("check", path, SELECT, "--baseline", baseline)
    assert ran.code == 0
    assert ran.out.endswith("1 finding of the baseline is gone: write it anew.\n")


def test_a_baseline_holds_wherever_the_repository_is(home: Path) -> None:
    for checkout in ("here", "there"):
        os.chdir(put(home / checkout / "config", CONFIG).parent)
        if checkout == "here":
            baseline = write_baseline(home, "config", SELECT)
        assert check_run("check", "config", SELECT, "--baseline", baseline).code == 0


def test_of_files_that_were_not_looked_at_nothing_is_gone(home: Path) -> None:
    put(home / "a" / "config", CONFIG)
    put(home / "b" / "config", CONFIG)
    baseline = write_baseline(home, "a/config", "b/config", SELECT)
    assert "gone" not in check_run("check", "a/config", SELECT, "--baseline", baseline).out


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"version": 2, "diagnostics": []}', '{"version": 1, "diagnostics": [3]}', "[" * 99_999]
)
def test_what_is_no_baseline_is_told(home: Path, content: str) -> None:
    put(home / "config", CONFIG)
    put(home / "baseline.json", content)
    ran = check_run("check", "config", "--baseline", "baseline.json")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == 'rolecall: "baseline.json" is no baseline: write one with "rolecall check --format json".\n'


def test_a_baseline_that_is_not_there(home: Path) -> None:
    ran = check_run("check", "--baseline", "none.json")
    assert (ran.code, ran.err) == (2, 'rolecall: the baseline "none.json" does not exist.\n')


# --- rolecall.toml and pairs


def test_each_pair_follows_its_own_team(home: Path) -> None:
    for folder, severity in (("a", "off"), ("b", "hint")):
        put(home / folder / "config", CONFIG)
        put(home / folder / "rolecall.toml", f'[severities]\nunknown-region = "{severity}"\n')
    report, _ = check_json("check", "a/config", "b/config", "--ignore=duplicate-section,dangling-config")
    assert [(found["path"], found["rule"], found["severity"]) for found in report["diagnostics"]] == [
        ("b/config", "unknown-region", "hint")
    ]


def test_the_command_line_goes_before_the_team(home: Path) -> None:
    put(home / "config", CONFIG)
    put(home / "rolecall.toml", 'readers = ["go"]\n[severities]\nduplicate-section = "off"\n')
    assert rules_in(check_json("check", "config", "--ignore=unknown-region")[0]) == []
    report, _ = check_json("check", "config", "--readers", "botocore", "--select", "duplicate-section")
    assert [found["severity"] for found in report["diagnostics"]] == ["error"]


def test_a_mistake_in_the_teams_file_is_told(home: Path) -> None:
    put(home / "config", CONFIG)
    put(home / "rolecall.toml", '[severities]\nduplicate-sektion = "off"\n')
    ran = check_run("check", "config", SELECT)
    assert ran.code == 2
    assert ran.err == (
        'rolecall: ~/rolecall.toml:2: There is no rule "duplicate-sektion"; did you mean "duplicate-section"?\n'
    )
    assert "unknown-region" in ran.out


def test_both_files_of_a_pair_are_reported_where_one_is_named(home: Path) -> None:
    put(home / "config", CONFIG)
    put(home / "credentials", "[dev]\n[dev]\n")
    paths = [found["path"] for found in check_json("check", "credentials", SELECT, "--both")[0]["diagnostics"]]
    assert [re.sub(r".*/", "", path) for path in paths] == ["config", "config", "credentials"]
    (home / "config").unlink()
    paths = [found["path"] for found in check_json("check", "credentials", SELECT, "--both")[0]["diagnostics"]]
    assert paths == ["credentials"]
