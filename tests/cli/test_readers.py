"""`rolecall readers --format json`: the shape that other programs rely on, and what it hides."""

from __future__ import annotations

from pathlib import Path

import pytest

from rolecall.settings import READERS
from tests.cli.support import SECRET, Terminal, check_json, check_run, put

CONFIG = """\
[default]
region = eu-west-1
s3 =
  max_concurrent_requests = 20
  made_up = secret-one
made_up = secret-two
[profile ops]
role_arn = arn:aws:iam::444455556666:role/OpsRole
source_profile = default
[profile sso]
sso_session = corporate
sso_account_id = 111122223333
sso_role_name = ReadOnly
[profile lost]
role_arn = arn:aws:iam::444455556666:role/OpsRole
source_profile = bsae
[sso-session corporate]
sso_start_url = https://example.awsapps.com/start
sso_region = eu-west-1
[services local]
dynamodb =
  endpoint_url = http://localhost:8000
[forgotten]
"""
CREDENTIALS = f"[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = {SECRET}\n"


def test_json(home: Path) -> None:
    files = "--config", put(home / "config", CONFIG), "--credentials", put(home / "credentials", CREDENTIALS)
    report, code = check_json("readers", *files)
    assert (report["version"], code) == (1, 0)
    assert report["readers"]["botocore"] == {
        "fileError": {"config": None, "credentials": None},
        "profiles": {
            "default": {
                "settings": {
                    "region": "eu-west-1",
                    "s3": {"max_concurrent_requests": "20", "made_up": "•••"},
                    "made_up": "•••",
                    "aws_access_key_id": "AKIA…MPLE",
                    "aws_secret_access_key": "set, 40 characters",
                },
                "region": "eu-west-1",
                "resolution": {"ok": True, "method": "shared-credentials-file"},
            },
            "ops": {
                "settings": {
                    "role_arn": "arn:aws:iam::444455556666:role/OpsRole",
                    "source_profile": "default",
                },
                "region": None,
                "resolution": {"ok": True, "method": "assume-role"},
            },
            "sso": {
                "settings": {
                    "sso_session": "corporate",
                    "sso_account_id": "111122223333",
                    "sso_role_name": "ReadOnly",
                },
                "region": None,
                "resolution": {"ok": True, "method": "sso"},
            },
            "lost": {
                "settings": {"role_arn": "arn:aws:iam::444455556666:role/OpsRole", "source_profile": "bsae"},
                "region": None,
                "resolution": {
                    "ok": False,
                    "error": "InvalidConfigError",
                    "message": 'The source_profile "bsae" referenced in the profile "lost" does not exist.',
                },
            },
        },
        "ssoSessions": {
            "corporate": {"sso_start_url": "https://example.awsapps.com/start", "sso_region": "eu-west-1"},
        },
        "services": {"local": {"dynamodb": {"endpoint_url": "http://localhost:8000"}}},
        "ignoredSections": ["forgotten"],
    }


def test_everything_is_shown_to_those_who_ask_for_it(home: Path) -> None:
    files = "--config", put(home / "config", CONFIG), "--credentials", put(home / "credentials", CREDENTIALS)
    report, _ = check_json("readers", *files, "--reveal")
    assert report["readers"]["botocore"]["profiles"]["default"]["settings"] == {
        "region": "eu-west-1",
        "s3": {"max_concurrent_requests": "20", "made_up": "secret-one"},
        "made_up": "secret-two",
        "aws_access_key_id": "AKIAIOSFODNN7EXAMPLE",
        "aws_secret_access_key": SECRET,
    }


def test_json_has_all_tools_or_the_one_that_is_asked_for(home: Path) -> None:
    config = put(home / "config", CONFIG)
    report, _ = check_json("readers", "--config", config)
    assert list(report["readers"]) == list(READERS)
    for found in report["readers"].values():
        assert found.keys() == {"fileError", "profiles", "ssoSessions", "services", "ignoredSections"}
    for reader in READERS:
        assert check_json("readers", "--config", config, "--reader", reader)[0]["readers"] == {
            reader: report["readers"][reader]
        }
        assert check_run("readers", "--config", config, "--reader", reader).out.startswith("The AWS ")


def test_many_profiles_do_not_scroll_past(home: Path) -> None:
    same = "".join(f"[profile same-{number}]\nregion = eu-west-1\n" for number in range(500))
    other = "".join(f"[profile other-{number}]\nregion = eu-west-1 # main\n" for number in range(100))
    config = put(home / "config", same + other)
    lines = check_run("readers", "--config", config).out.splitlines()
    assert len(lines) < 200
    assert lines[-3:] == [
        "80 more sections differ: rolecall readers --all",
        "",
        "500 profiles are the same to all tools: rolecall readers --all",
    ]
    everything = check_run("readers", "--config", config, "--all").out
    assert "other-99" in everything
    assert "same-499" in everything


def test_hidden_values_that_differ_are_told_apart(home: Path) -> None:
    config = put(home / "config", "[profile a]\nmade_up = secret # one\n")
    out = check_run("readers", "--config", config).out
    assert "secret" not in out
    assert "  ≠ AWS SDK for Rust        another made_up\n" in out
    assert "made_up = secret # one" in check_run("readers", "--config", config, "--reveal").out


def test_differences_are_painted(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = put(home / "config", "[profile a]\nregion = eu-west-1 # main\n")
    monkeypatch.setenv("TERM", "xterm")
    out = check_run("readers", "--config", config, out=Terminal()).out
    assert "\x1b[33m≠\x1b[0m AWS SDK for Go          \x1b[33mregion = eu-west-1\x1b[0m\n" in out
    assert "AWS CLI and boto3       region = eu-west-1 # main\n" in out


def test_a_refused_file_leaves_nothing(home: Path) -> None:
    config = put(home / "config", "[default]\nregion = a\n[default]\n")
    credentials = put(home / "credentials", b"[default]\n# \xff\n")
    report, code = check_json("readers", "--config", config, "--credentials", credentials, "--reader", "botocore")
    assert code == 0
    assert report["readers"]["botocore"] == {
        "fileError": {
            "config": {"line": 3, "error": "ConfigParseError", "cause": "DuplicateSectionError"},
            "credentials": {"line": None, "error": "ConfigParseError", "cause": "UnicodeDecodeError"},
        },
        "profiles": {},
        "ssoSessions": {},
        "services": {},
        "ignoredSections": [],
    }


def test_errors_repeat_no_secret(home: Path) -> None:
    """botocore's errors quote values: of a source profile, a Region, an SSO setting that differs."""
    config = put(
        home / "config",
        "[profile source]\nrole_arn = arn:aws:iam::444455556666:role/OpsRole\nsource_profile = base\n  secret-one\n"
        "[profile region]\nrole_arn = arn:aws:iam::444455556666:role/OpsRole\nsource_profile = keys\n"
        "region = eu-west-1\n  secret-two\n"
        "[profile session]\nsso_session = corporate\n  secret-three\nsso_account_id = 111122223333\n"
        "[profile differs]\nsso_session = corporate\nsso_account_id = 111122223333\nmade_up = secret-four\n"
        "[profile block]\nsso_session = nested\nsso_account_id = 111122223333\nmade_up =\n  a = secret'five\n"
        "[profile credential]\nrole_arn = arn:aws:iam::444455556666:role/OpsRole\ncredential_source = x\n  secret-six\n"
        "[sso-session corporate]\nmade_up = secret-seven\n"
        "[sso-session nested]\nmade_up =\n  b = secret-eight\n"
        "[profile keys]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = secret-nine\n",
    )
    for how in (["--format", "json"], ["--format", "text"], ["--reader", "botocore"]):
        hidden = check_run("readers", "--config", config, *how)
        assert "secret" not in hidden.out.replace("aws_secret_access_key", "")
    open_ = check_run("readers", "--config", config, "--reader", "botocore", "--reveal").out
    # Each of them would be told, if it were not hidden.
    for word in ("one", "two", "three", "four", "five", "six", "seven", "eight"):
        assert f"secret-{word}" in open_ or f"secret'{word}" in open_, word


def test_an_error_is_told_as_it_is_where_others_hide_something(home: Path) -> None:
    config = put(
        home / "config",
        "[profile source]\nrole_arn = arn:aws:iam::444455556666:role/OpsRole\nsource_profile = gone\nmade_up = o\n"
        "aws_session_token =\n[sso-session corporate]\nmade_up = e\naws_session_token =\n",
    )
    told = check_run("readers", "--config", config, "--format", "json").out
    assert r"The source_profile \"gone\" referenced in the profile \"source\" does not exist." in told


def test_a_file_in_utf_16_says_nothing_to_any_tool(home: Path) -> None:
    path = put(home / "config", "[default]\nregion = eu-west-1\n".encode("utf-16"))
    report, _ = check_json("readers", "--config", path)
    assert [seen["profiles"] for seen in report["readers"].values()] == [{}] * len(READERS)
    refusing = {name for name, seen in report["readers"].items() if seen["fileError"]["config"] is not None}
    assert refusing == {"botocore", "rust", "java"}


def test_what_stands_in_a_refused_file_is_not_told_as_missing(home: Path) -> None:
    """C goes on without a file that it refuses."""
    config = put(home / "config", "[default]\nregion = eu-west-1\n[profile b]\n=\n")
    keys = f"aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = {SECRET}\n"
    credentials = put(home / "credentials", f"[default]\n{keys}[same]\n{keys}")
    out = check_run("readers", "--config", config, "--credentials", credentials).out
    assert "no region" not in out
    assert "  ≠ AWS Common Runtime (C)  without the config file\n" in out
    assert "\n    same" in out.partition("The same to all others\n")[2].join(["\n", ""])


def test_tools_that_are_not_followed_say_so(home: Path) -> None:
    config = put(home / "config", "[profile a b]\nregion = eu-west-1\n")
    out = check_run("readers", "--config", config, "--reader", "go").out
    assert out == 'The AWS SDK for Go\n  "a b"  eu-west-1  sign-in not followed\n'
    differs = put(home / "other", "[profile a]\nCredential_process = /bin/true\n")
    out = check_run("readers", "--config", differs).out
    assert "AWS SDK for Go          sign-in not followed" in out


def test_keys_whose_names_are_hidden_are_told_in_words(home: Path) -> None:
    config = put(home / "config", "[profile a]\nfoo bar = one # two\n")
    out = check_run("readers", "--config", config).out
    assert "AWS SDK for Go          another setting with a hidden name\n" in out
    assert "•••" not in out


def test_nobody_reads_what_is_in_utf_16(home: Path) -> None:
    config = put(home / "config", "[default]\nregion = eu-west-1\n".encode("utf-16"))
    out = check_run("readers", "--config", config).out
    assert (
        "  It is not refused by AWS SDK for JavaScript, AWS SDK for Go and AWS Common Runtime (C), "
        "which see nothing in it.\n"
    ) in out
