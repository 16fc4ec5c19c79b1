"""All profiles as the views show them."""

from datetime import UTC, datetime

from rolecall.lint import Severity
from rolecall.rules.duplicate_section import duplicate_section
from rolecall.service import Verdict
from rolecall.settings import Settings
from tests.support.check import service
from tests.support.check_file import profile_json
from tests.support.markers import files

TEXT = """\
//- config
# Where it starts
[profile base]
region = eu-west-1
s3 =
  max_queue_size = 20

[profile ops]
role_arn = arn:aws:iam::444455556666:role/OpsRole
source_profile = base
Region = us-east-1
my_password = hunter2
wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY = x

[profile deploy]
role_arn = arn:aws:iam::777788889999:role/Deploy
source_profile = ops

//- credentials
[base]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
region = eu-central-1
[yesterday]
aws_access_key_id = ASIAIOSFODNN7EXAMPLE
aws_session_token = made-up
x_security_token_expires = 2026-01-31T12:04:00+01:00
//- accounts
{"accounts": [{"name": "Acme Production", "accountId": "444455556666"}]}
"""


def test_a_profile_in_both_files() -> None:
    assert profile_json(TEXT)["base"] == {
        "name": "base",
        "kind": "static",
        "status": "ok",
        "problems": [],
        "accountId": None,
        "account": None,
        "region": "eu-central-1",
        "roleArn": None,
        "chain": ["base"],
        "expiresAt": None,
        "definedAt": [{"path": "config", "line": 2}, {"path": "credentials", "line": 1}],
        "keys": [
            {"name": "s3", "value": "…", "path": "config", "line": 4},
            {"name": "aws_access_key_id", "value": "AKIA…MPLE", "path": "credentials", "line": 2},
            {"name": "aws_secret_access_key", "value": "set, 40 characters", "path": "credentials", "line": 3},
            {"name": "region", "value": "eu-central-1", "path": "credentials", "line": 4},
        ],
    }


def test_a_role() -> None:
    assert profile_json(TEXT)["ops"] == {
        "name": "ops",
        "kind": "assume-role",
        "status": "ok",
        "problems": [],
        "accountId": "444455556666",
        "account": "Acme Production",
        "region": "us-east-1",
        "roleArn": "arn:aws:iam::444455556666:role/OpsRole",
        "chain": ["base", "ops"],
        "expiresAt": None,
        "definedAt": [{"path": "config", "line": 7}],
        "keys": [
            {"name": "role_arn", "value": "arn:aws:iam::444455556666:role/OpsRole", "path": "config", "line": 8},
            {"name": "source_profile", "value": "base", "path": "config", "line": 9},
            {"name": "Region", "value": "us-east-1", "path": "config", "line": 10},
            {"name": "my_password", "value": "•••", "path": "config", "line": 11},
            {"name": "•••", "value": "•••", "path": "config", "line": 12},
        ],
    }


def test_the_order_is_that_of_the_files() -> None:
    assert list(profile_json(TEXT)) == ["base", "ops", "deploy", "yesterday"]


def test_the_expiry_is_that_of_the_session_else_that_of_the_keys() -> None:
    assert profile_json(TEXT)["yesterday"]["expiresAt"] == "2026-01-31T11:04:00Z"
    sessions = {name: datetime(2026, 11, 22, 13, 4, 5, 999, tzinfo=UTC) for name in ("yesterday", "ops")}
    found = profile_json(TEXT, sessions=sessions)
    assert found["yesterday"]["expiresAt"] == found["ops"]["expiresAt"] == "2026-11-22T13:04:05Z"


def test_the_status_is_that_of_the_worst_problem() -> None:
    remark, hint = Verdict("long-term-keys", Severity.INFORMATION), Verdict("legacy-sso", Severity.HINT)
    warning, error = Verdict("unknown-key", Severity.WARNING), Verdict("duplicate-key", Severity.ERROR)
    found = profile_json(
        TEXT, {"base": [hint, remark], "ops": [remark, warning, remark], "deploy": [warning, error, warning]}
    )
    assert [(one["status"], one["problems"]) for one in found.values()] == [
        ("ok", ["long-term-keys", "legacy-sso"]),
        ("warning", ["unknown-key", "long-term-keys"]),
        ("error", ["duplicate-key", "unknown-key"]),
        ("ok", []),
    ]


def chains(text: str) -> dict[str, list[str]]:
    return {name: found["chain"] for name, found in profile_json(text).items()}


def role(name: str, source: str, more: str = "") -> str:
    return f"[profile {name}]\nrole_arn = arn:aws:iam::444455556666:role/Ops\nsource_profile = {source}\n{more}"


def test_chains_run_from_the_source() -> None:
    text = role("c", "b") + role("b", "a") + "[profile a]\nsource_profile = nobody\n"
    assert chains(text) == {"c": ["a", "b", "c"], "b": ["a", "b"], "a": ["a"]}


def test_chains_that_loop_start_at_the_first_repetition() -> None:
    assert chains(role("a", "b") + role("b", "c") + role("c", "b")) == {
        "a": ["b", "c", "b", "a"],
        "b": ["b", "c", "b"],
        "c": ["c", "b", "c"],
    }


def test_a_chain_starts_at_the_first_profile_with_keys_or_at_one_that_is_not_there() -> None:
    keys = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\n"
    assert chains(role("a", "b") + role("b", "c", keys) + role("c", "gone")) == {
        "a": ["b", "a"],
        "b": ["gone", "c", "b"],
        "c": ["gone", "c"],
    }


def test_an_account_id_that_is_none_is_not_shown_as_one() -> None:
    found = profile_json("[profile a]\nsso_account_id = 1234\n[profile b]\nsso_account_id = 111122223333\n")
    assert [one["accountId"] for one in found.values()] == [None, "111122223333"]


def test_a_section_that_another_one_hides_is_a_place_of_the_profile_without_settings() -> None:
    found = profile_json('[profile a]\noutput = json\n[profile "a"]\nregion = eu-west-1\n')["a"]
    assert [row["line"] for row in found["definedAt"]] == [1, 3]
    assert [row["name"] for row in found["keys"]] == ["region"]


def test_verdicts_are_what_the_diagnostics_say() -> None:
    text = "[profile a]\n[profile a]\n[profile b]\n"
    found = service(files(text), rules=[duplicate_section])
    assert found.verdicts("a") == [(one.rule, one.severity) for one in found.problems("a")] != []
    assert [found.is_broken(name) for name in "ab"] == [True, False]
    quiet = service(files(text), rules=[duplicate_section], settings=Settings(severities={"duplicate-section": "off"}))
    assert quiet.verdicts("a") == []
