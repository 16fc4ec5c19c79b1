"""`rolecall profiles --format json`: the shape that other programs rely on."""

from __future__ import annotations

from pathlib import Path

from tests.cli.support import SECRET, check_json, check_run, put


def test_json(home: Path) -> None:
    config = put(home / "config", "[profile base]\nregion = eu-west-1\n")
    keys = f"aws_access_key_id = ASIAIOSFODNN7EXAMPLE\naws_secret_access_key = {SECRET}\naws_session_token = token\n"
    credentials = put(home / "credentials", f"\n[base]\n{keys}expiration = 2026-11-22 11:04:05\n")
    accounts = put(home / "accounts.json", '{"accounts": [{"name": "Acme", "profile": "base"}]}')
    report, code = check_json("profiles", "--config", config, "--credentials", credentials, "--accounts", accounts)
    assert code == 0
    (profile,) = report["profiles"]
    assert profile == {
        "name": "base",
        "kind": "session",
        "status": "warning",
        "problems": ["expired-credentials"],
        "accountId": None,
        "account": "Acme",
        "region": "eu-west-1",
        "roleArn": None,
        "chain": ["base"],
        "expiresAt": "2026-11-22T11:04:05Z",
        "definedAt": [{"path": str(config), "line": 1}, {"path": str(credentials), "line": 2}],
        "keys": [
            {"name": "region", "value": "eu-west-1", "path": str(config), "line": 2},
            {"name": "aws_access_key_id", "value": "ASIA…MPLE", "path": str(credentials), "line": 3},
            {"name": "aws_secret_access_key", "value": "set, 40 characters", "path": str(credentials), "line": 4},
            {"name": "aws_session_token", "value": "set, 5 characters", "path": str(credentials), "line": 5},
            {"name": "expiration", "value": "2026-11-22 11:04:05", "path": str(credentials), "line": 6},
        ],
    }


def test_no_files_are_no_profiles() -> None:
    assert check_json("profiles") == ({"version": 1, "profiles": []}, 0)


def test_a_team_agrees_on_what_is_a_problem(home: Path) -> None:
    keys = f"aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = {SECRET}\n"
    files = "--config", put(home / "config", "[default]\n"), "--credentials", put(home / "credentials", f"[a]\n{keys}")
    problems = [profile["problems"] for profile in check_json("profiles", *files)[0]["profiles"]]
    assert ["long-term-keys"] in problems
    project = put(home / "rolecall.toml", '[severities]\nlong-term-keys = "off"\n')
    report, code = check_json("profiles", *files)
    assert code == 0
    assert all("long-term-keys" not in profile["problems"] for profile in report["profiles"])
    put(project, "[severities]\nlong-term-kyes = 'off'\n")
    ran = check_run("profiles", *files)
    assert (ran.code, "long-term-keys" in ran.out) == (2, True)
    assert ran.err == (
        'rolecall: ~/rolecall.toml:2: There is no rule "long-term-kyes"; did you mean "long-term-keys"?\n'
    )
