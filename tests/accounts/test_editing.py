"""Changes of accounts files: exactly what was asked for, in the manner of the file."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall.accounts import AccountsEditError, add_account, from_profile, parse, update_account

NEW = {"profile": "base", "name": "New", "accountId": "111122223333"}


def check_refused(action: Callable[[], str], message: str) -> None:
    with pytest.raises(AccountsEditError, match=f"^{re.escape(message)}$"):
        action()


# --- adding -----------------------------------------------------------------------------------------------------------

ADDED = [
    pytest.param(
        "",
        """\
{
  "accounts": [
    {
      "name": "New",
      "accountId": "111122223333",
      "profile": "base"
    }
  ]
}
""",
        id="no file",
    ),
    pytest.param(
        """\
{
\t"$schema": "x",
\t"accounts": [
\t\t{
\t\t\t"name": "a"
\t\t},
\t\t{
\t\t\t"name": "é",
\t\t\t"region":  "eu-west-1"
\t\t}
\t]
}""",
        """\
{
\t"$schema": "x",
\t"accounts": [
\t\t{
\t\t\t"name": "a"
\t\t},
\t\t{
\t\t\t"name": "é",
\t\t\t"region":  "eu-west-1"
\t\t},
\t\t{
\t\t\t"name": "New",
\t\t\t"accountId": "111122223333",
\t\t\t"profile": "base"
\t\t}
\t]
}""",
        id="tabs, after the last",
    ),
    pytest.param(
        """\
{ "accounts": [
    { "name": "a", "region": "eu-west-1" }
] }
""",
        """\
{ "accounts": [
    { "name": "a", "region": "eu-west-1" },
    { "name": "New", "accountId": "111122223333", "profile": "base" }
] }
""",
        id="an account per line",
    ),
    pytest.param(
        '{"accounts":[{"name":"a"}]}',
        '{"accounts":[{"name":"a"},{"name":"New", "accountId":"111122223333", "profile":"base"}]}',
        id="all on one line",
    ),
    pytest.param(
        """\
{
    "accounts": []
}
""",
        """\
{
    "accounts": [
        {
            "name": "New",
            "accountId": "111122223333",
            "profile": "base"
        }
    ]
}
""",
        id="empty list",
    ),
    pytest.param(
        """\
{
  "$schema": "x"
}
""",
        """\
{
  "$schema": "x",
  "accounts": [
    {
      "name": "New",
      "accountId": "111122223333",
      "profile": "base"
    }
  ]
}
""",
        id="no list",
    ),
    pytest.param(
        "{}\n",
        """\
{
  "accounts": [
    {
      "name": "New",
      "accountId": "111122223333",
      "profile": "base"
    }
  ]
}
""",
        id="empty object",
    ),
    pytest.param(
        """\
{
  "accounts": [
    {}
  ]
}
""",
        """\
{
  "accounts": [
    {},
    {
      "name": "New",
      "accountId": "111122223333",
      "profile": "base"
    }
  ]
}
""",
        id="after an empty account",
    ),
]


@pytest.mark.parametrize(("before", "after"), ADDED)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_adding(before: str, after: str, end: str) -> None:
    if "\n" in before:
        before, after = before.replace("\n", end), after.replace("\n", end)
    assert add_account(before, NEW) == after
    json.loads(after)


# --- changing ---------------------------------------------------------------------------------------------------------

BEFORE = """\
{
  "accounts": [
    {
      "name" : "a",
      "region": "eu-west-1",
      "profile": "base"
    },
    {"name":"b","region":"us-east-1"},
    {"name": "c"}
  ]
}
"""

CHANGED = [
    pytest.param("a", {"region": "eu-central-1"}, '"eu-west-1"', '"eu-central-1"', id="value"),
    pytest.param("a", {"name": 'A "1"'}, '"name" : "a"', r'"name" : "A \"1\""', id="name"),
    pytest.param("a", {"region": None}, '      "region": "eu-west-1",\n', "", id="remove from the middle"),
    pytest.param("a", {"profile": None}, ',\n      "profile": "base"', "", id="remove the last"),
    pytest.param(
        "a",
        {"environment": "production"},
        '"profile": "base"\n',
        '"profile": "base",\n      "environment": "production"\n',
        id="add",
    ),
    pytest.param(
        "b",
        {"profile": "x", "region": None},
        '{"name":"b","region":"us-east-1"}',
        '{"name":"b","profile":"x"}',
        id="several on one line",
    ),
    pytest.param("c", {"profile": "x"}, '{"name": "c"}', '{"name": "c","profile": "x"}', id="add to a lonely name"),
    pytest.param("c", {"profile": None}, "", "", id="remove what is not there"),
    pytest.param("c", {"name": "c"}, "", "", id="its own name"),
]


@pytest.mark.parametrize(("name", "changes", "old", "new"), CHANGED)
def test_changing(name: str, changes: dict[str, str | None], old: str, new: str) -> None:
    after = update_account(BEFORE, name, changes)
    assert after == BEFORE.replace(old, new, 1)
    json.loads(after)


def test_of_a_field_that_occurs_twice_the_one_that_counts_is_changed_and_all_are_removed() -> None:
    text = '{"accounts": [{"region": "x", "name": "a", "region": "y"}]}'
    assert update_account(text, "a", {"region": "z"}) == text.replace('"y"', '"z"')
    assert update_account(text, "a", {"region": None}) == '{"accounts": [{"name": "a"}]}'


# --- what is refused --------------------------------------------------------------------------------------------------

REFUSED = [
    ({"name": "a"}, 'Not saved: there is an account "a" already. Choose another name.'),
    ({"name": ""}, 'Not saved: "name" is empty.'),
    ({"nam": "x"}, 'Not saved: an account has no field "nam".'),
    ({"accountId": "1"}, 'Not saved: account id "1" is not twelve digits.'),
    (
        {"role": "OpsRole"},
        'Not saved: role "OpsRole" is not the ARN of a role such as arn:aws:iam::111122223333:role/OpsRole.',
    ),
]


@pytest.mark.parametrize(("fields", "message"), REFUSED)
def test_wrong_values_are_not_written(fields: dict[str, str], message: str) -> None:
    check_refused(lambda: add_account(BEFORE, {"name": "new"} | fields), message)
    check_refused(lambda: update_account(BEFORE, "b", fields), message)


def test_an_account_without_a_name() -> None:
    message = "Not saved: an account needs a name."
    check_refused(lambda: add_account(BEFORE, {"profile": "base"}), message)
    check_refused(lambda: update_account(BEFORE, "a", {"name": None}), message)


@pytest.mark.parametrize("text", ["{}", BEFORE])
def test_an_account_that_is_not_there(text: str) -> None:
    message = 'Not saved: there is no account "new". Create it first.'
    check_refused(lambda: update_account(text, "new", {"profile": "base"}), message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '{"accounts": [\n{"a": 1,}\n]}',
            "Not saved: line 2 of the accounts file is not valid JSON. Correct it first.",
        ),
        ("[]", 'Not saved: the accounts file does not hold {"accounts": [ … ]}. Correct it first.'),
        ('{"accounts": {}}', 'Not saved: "accounts" in the accounts file is not a list. Correct it first.'),
    ],
)
def test_files_that_are_not_understood_are_left_alone(text: str, message: str) -> None:
    check_refused(lambda: add_account(text, NEW), message)
    check_refused(lambda: update_account(text, "a", {"profile": "base"}), message)


# --- from a profile ---------------------------------------------------------------------------------------------------

HERE, THERE = "arn:aws:iam::111122223333:role/Here", "arn:aws-cn:iam::444455556666:role/There"


@pytest.mark.parametrize(
    ("known", "filled"),
    [
        ({}, {"name": "base", "profile": "base"}),
        (
            {"account_id": "111122223333", "region": "eu-west-1"},
            {"name": "base", "accountId": "111122223333", "profile": "base", "region": "eu-west-1"},
        ),
        (
            {"account_id": "111122223333", "roles": [THERE, HERE]},
            {"name": "base", "accountId": "111122223333", "profile": "base", "role": HERE},
        ),
        (
            {"account_id": "111122223333", "roles": [THERE]},
            {"name": "base", "accountId": "444455556666", "profile": "base", "role": THERE},
        ),
        ({"roles": [THERE, HERE]}, {"name": "base", "accountId": "444455556666", "profile": "base", "role": THERE}),
        ({"taken": ["base", "base 2"]}, {"name": "base 3", "profile": "base"}),
    ],
)
def test_what_a_profile_fills_in(known: dict[str, object], filled: dict[str, str]) -> None:
    assert from_profile("base", **known) == filled
    (account,) = parse(add_account("", filled), "p").entries
    assert account.name == filled["name"]
    assert (account.account_id, account.role) == (filled.get("accountId"), filled.get("role"))


# --- always -----------------------------------------------------------------------------------------------------------

FIELDS = st.dictionaries(
    st.sampled_from(["description", "profile", "region", "environment"]),
    st.text('ab"\\\n\u2028é', min_size=1, max_size=4).filter(str.strip),
)
FILES = st.dictionaries(st.sampled_from("abcde"), FIELDS, max_size=4)
LAYOUTS = st.sampled_from([None, 2, "\t"])


def written(accounts: dict[str, dict[str, str]], indent: int | str | None) -> str:
    return json.dumps({"accounts": [{"name": name} | fields for name, fields in accounts.items()]}, indent=indent)


def registered(text: str) -> dict[str, dict[str, str]]:
    """The accounts as `json` reads them."""
    return {account.pop("name"): account for account in json.loads(text)["accounts"]}


@given(FILES, FIELDS, LAYOUTS)
def test_an_account_is_added_and_nothing_else_happens(
    accounts: dict[str, dict[str, str]], fields: dict[str, str], indent: int | str | None
) -> None:
    text = written(accounts, indent)
    after = add_account(text, {"name": "new"} | fields)
    assert registered(after) == accounts | {"new": fields}
    assert parse(after, "p").errors == ()
    kept = text[: text.rindex("}", 0, text.rindex("}")) + 1] if accounts else "{"
    assert after.startswith(kept)


@given(FILES.filter(bool), FIELDS, st.sets(st.sampled_from(["description", "region"])), LAYOUTS, st.data())
def test_an_account_is_changed_and_no_other(
    accounts: dict[str, dict[str, str]],
    changes: dict[str, str],
    gone: set[str],
    indent: int | str | None,
    data: st.DataObject,
) -> None:
    name = data.draw(st.sampled_from(sorted(accounts)))
    after = update_account(written(accounts, indent), name, changes | dict.fromkeys(gone))
    wanted = {field: value for field, value in (accounts[name] | changes).items() if field not in gone}
    assert registered(after) == accounts | {name: wanted}
    assert parse(after, "p").errors == ()
