"""Accounts files: what is read from them, where it stands, and what is wrong with them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rolecall.accounts import load, merge, parse, parse_file
from rolecall.host import FileFacts, FileStamp, FileText
from rolecall.model.accounts import Account, Accounts
from rolecall.store.pairs import user_accounts
from rolecall.text import Span
from tests.support.markers import Mark, mark, unmark

PATH = "/home/me/accounts.json"


class FakeHost:
    """A machine that holds some texts, and None for a folder."""

    def __init__(self, texts: dict[str, str | None]) -> None:
        self.texts = texts

    def read(self, path: str) -> FileText:
        if path not in self.texts:
            return FileText("", FileFacts())
        text = self.texts[path]
        return FileText(text or "", FileFacts(exists=True, is_dir=text is None, readable=text is not None))

    def stamp(self, path: str) -> FileStamp | None:
        return None

    def env(self, name: str) -> str | None:
        return None

    def home(self) -> str:
        return "/home/me"

    def now(self) -> datetime:
        return datetime(2026, 11, 22, tzinfo=UTC)


def check_read(annotated: str, *names: str) -> Accounts:
    """The text holds accounts of these names, and is reported for what its annotations say and nothing else."""
    text, _ = unmark(annotated)
    found = parse(text, PATH)
    marks = [
        Mark(
            error.span.line,
            error.span.start,
            error.span.end,
            f"{'' if error.replacement is None else f'[{error.replacement}] '}{error.rule}: {error.message}",
        )
        for error in found.errors
    ]
    assert mark(text, marks) == annotated
    assert tuple(account.name for account in found.entries) == names
    assert {(account.path, account.shared) for account in found.entries} <= {(PATH, False)}
    return found


def one(**fields: object) -> str:
    return '{"accounts": [{' + ", ".join(f'"{name}": "{value}"' for name, value in fields.items()) + "}]}\n"


def test_every_field_and_its_place() -> None:
    (account,) = check_read(
        """\
{
  "$schema": "accounts.schema.json",
  "accounts": [
    {
      "name": "Acme Production",
      "description": "Customers",
      "accountId": "444455556666",
      "profile": "base",
      "role": "arn:aws:iam::444455556666:role/ops/OpsRole",
      "region": "eu-west-1",
      "endpointUrl": "http://localhost:4566",
      "environment": "Production"
    }
  ]
}
""",
        "Acme Production",
    ).entries
    assert account == Account(
        name="Acme Production",
        path=PATH,
        start=(3, 4),
        end=(12, 5),
        places=account.places,
        description="Customers",
        account_id="444455556666",
        profile="base",
        role="arn:aws:iam::444455556666:role/ops/OpsRole",
        region="eu-west-1",
        endpoint_url="http://localhost:4566",
        environment="Production",
    )
    assert dict(account.places) == {
        "": Span(3, 4, 5),
        "name": Span(4, 14, 31),
        "description": Span(5, 21, 32),
        "accountId": Span(6, 19, 33),
        "profile": Span(7, 17, 23),
        "role": Span(8, 14, 58),
        "region": Span(9, 16, 27),
        "endpointUrl": Span(10, 21, 44),
        "environment": Span(11, 21, 33),
    }


def test_a_field_that_is_not_there_is_shown_at_the_name() -> None:
    (account,) = parse(one(name="a", region="eu-west-1"), PATH).entries
    assert account.at("region") == Span(0, 38, 49)
    assert account.at("profile") == Span(0, 23, 26)


@pytest.mark.parametrize("text", ["", "\n", "\ufeff", "  \r\n\t"])
def test_an_empty_file_registers_nothing(text: str) -> None:
    assert parse(text, PATH) == Accounts()


def test_look_ups() -> None:
    accounts = parse(
        """{"accounts": [
{"name": "A", "accountId": "111122223333", "profile": "base", "region": "eu-west-1"},
{"name": "B", "accountId": "111122223333", "profile": "base", "region": "us-east-1"},
{"name": "C", "accountId": "444455556666"}
]}""",
        PATH,
    )
    assert accounts.named("B") == accounts.entries[1]
    assert accounts.named("D") is None
    assert accounts.of_profile("base") == accounts.entries[:2]
    assert accounts.of_id("111122223333") == accounts.entries[:2]
    assert accounts.of_id("444455556666") == accounts.entries[2:]


# --- what is wrong with the values ------------------------------------------------------------------------------------

VALUES = [
    pytest.param(
        """\
{"accounts": [{"name": "a", "regoin": "eu-west-1"}]}
                            ^^^^^^^^ ["region"] unknown-key: Unknown field "regoin"; did you mean "region"?
""",
        ["a"],
        id="unknown field",
    ),
    pytest.param(
        """\
{"accounts": [{"name": "a", "region": "eu-west-1", "regoin": "eu-west-1"}]}
                                                   ^^^^^^^^ unknown-key: Unknown field "regoin"
""",
        ["a"],
        id="no suggestion of what is there",
    ),
    pytest.param(
        """\
{"acounts": [], "accounts": []}
 ^^^^^^^^^ unknown-key: Unknown field "acounts"
""",
        [],
        id="unknown field of the file",
    ),
    pytest.param(
        """\
{"accounts": [{"name": "a", "accountId": "1111-2222-3333"}]}
                                         ^^^^^^^^^^^^^^^^ ["111122223333"] invalid-account-id: Account id "1111-2222-3333" is not twelve digits
""",
        ["a"],
        id="account id with dashes",
    ),
    pytest.param(
        """\
{"accounts": [{"name": "a", "accountId": "11112222333"}]}
                                         ^^^^^^^^^^^^^ invalid-account-id: Account id "11112222333" is not twelve digits
""",
        ["a"],
        id="account id that is too short",
    ),
    pytest.param(
        """\
{"accounts": [{"name": "a", "accountId": 111122223333}]}
                                         ^^^^^^^^^^^^ ["111122223333"] invalid-value: An account id stands in double quotes: as a number it would lose its leading zeros
""",
        ["a"],
        id="account id as a number",
    ),
    pytest.param(
        """\
{"accounts": [{"name": "a", "accountId": 011122223333}]}
                                         ^^^^^^^^^^^^ ["011122223333"] invalid-value: An account id stands in double quotes: as a number it would lose its leading zeros
""",
        ["a"],
        id="which is no JSON either, but told once",
    ),
    pytest.param(
        """\
{"accounts": [{"name": "a", "role": "OpsRole"}]}
                                    ^^^^^^^^^ invalid-role-arn: Role "OpsRole" is not the ARN of a role such as arn:aws:iam::111122223333:role/OpsRole
""",
        ["a"],
        id="role",
    ),
    pytest.param(
        """\
{"accounts": [{"name": "a", "endpointUrl": "localhost:4566"}]}
                                           ^^^^^^^^^^^^^^^^ invalid-value: Endpoint "localhost:4566" is not an address that starts with http:// or https://
""",
        ["a"],
        id="endpoint",
    ),
    pytest.param(
        """\
{"accounts": [{"name": "a", "profile": ["base"], "region": null}]}
                                       ^^^^^^^^ invalid-value: "profile" is text in double quotes
                                                           ^^^^ invalid-value: "region" is text in double quotes
""",
        ["a"],
        id="not text",
    ),
    pytest.param(
        """\
{"accounts": [{"name": "a", "profile": " "}]}
                                       ^^^ empty-value: "profile" is empty
""",
        ["a"],
        id="empty",
    ),
    pytest.param(
        """\
{"accounts": [{"profile": "base"}, {"accountId": "111122223333"}, {"region": "eu-west-1"}]}
              ^^^^^^^^^^^^^^^^^^^ unnamed-account: This account has no name
                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unnamed-account: This account has no name
                                                                  ^^^^^^^^^^^^^^^^^^^^^^^ unnamed-account: This account has no name
""",
        ["base", "111122223333"],
        id="no name",
    ),
    pytest.param(
        """\
{"accounts": [{"name": "", "profile": "base"}]}
                       ^^ empty-value: "name" is empty
""",
        ["base"],
        id="empty name",
    ),
    pytest.param(
        """\
{"accounts": [
  {"name": "a"},
  {"name": "b"},
  {"name": "a"}
           ^^^ duplicate-account: Account "a" is already defined on line 2
]}
""",
        ["a", "b", "a"],
        id="name that occurs twice",
    ),
    pytest.param(
        """\
{"accounts": [{"name": "a"}, {"name": "a"}]}
                                      ^^^ duplicate-account: Account "a" is already defined on line 1
""",
        ["a", "a"],
        id="name that occurs twice on a line",
    ),
    pytest.param(
        """\
{"accounts": [{"name": "a", "profile": "x",
  "profile": "y"}]}
  ^^^^^^^^^ duplicate-key: "profile" is already set on line 1: this value counts
""",
        ["a"],
        id="field that occurs twice",
    ),
    pytest.param(
        """\
{"accounts": ["base", {"name": "a"}]}
              ^^^^^^ invalid-value: An account is an object in braces
""",
        ["a"],
        id="no object",
    ),
    pytest.param(
        """\
{"accounts": {"name": "a"}}
             ^^^^^^^^^^^^^ invalid-value: "accounts" is a list in square brackets
""",
        [],
        id="no list",
    ),
    pytest.param(
        """\
[{"name": "a"}]
^^^^^^^^^^^^^^^ invalid-value: An accounts file holds {"accounts": [ … ]}
""",
        ["a"],
        id="a bare list",
    ),
    pytest.param(
        """\
{
^ invalid-value: An accounts file holds {"accounts": [ … ]}
}
""",
        [],
        id="an object without accounts",
    ),
    pytest.param(
        """\
"accounts"
^^^^^^^^^^ invalid-value: An accounts file holds {"accounts": [ … ]}
""",
        [],
        id="something else",
    ),
]


@pytest.mark.parametrize(("annotated", "names"), VALUES)
def test_wrong_values(annotated: str, names: list[str]) -> None:
    check_read(annotated, *names)


def test_the_last_of_a_field_counts() -> None:
    (account,) = parse('{"accounts": [{"name": "a", "profile": "x", "profile": "y"}]}', PATH).entries
    assert account.profile == "y"


def test_a_message_never_shows_what_an_unknown_field_holds_and_cuts_what_is_long() -> None:
    secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
    found = parse(one(name="a", secretAccessKey=secret, accountId="1" * 200, role="a\tb"), PATH)
    told = "".join(error.message for error in found.errors)
    assert secret not in told
    assert "1" * 81 not in told
    assert len(found.errors) == 3


# --- what is no JSON --------------------------------------------------------------------------------------------------

BROKEN = [
    pytest.param(
        """\
{"accounts": [
  {"name": "a", "profile": "x"}
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ syntax-error: A comma is missing after this
  {"name": "b"}
]}
""",
        ["a", "b"],
        id="comma between accounts",
    ),
    pytest.param(
        """\
{"accounts": [{
  "name": "a"
          ^^^ syntax-error: A comma is missing after this
  "profile": "x"
}]}
""",
        ["a"],
        id="comma between fields",
    ),
    pytest.param(
        """\
{"accounts": [{"name": "a",}]}
                          ^ [] syntax-error: No comma stands before "}"
""",
        ["a"],
        id="comma at the end",
    ),
    pytest.param(
        """\
{"accounts": [{"name": "a"},
                           ^ [] syntax-error: No comma stands before "]"
]}
""",
        ["a"],
        id="comma at the end of the list",
    ),
    pytest.param(
        """\
{"accounts": [{"name": "a"}, , {"name": "b"}]}
                             ^ syntax-error: A value is missing here
""",
        ["a", "b"],
        id="two commas",
    ),
    pytest.param(
        """\
{"accounts": [{
  "name": "a,
          ^^^ syntax-error: This text is not closed: its double quote is missing
  "profile": "x"
}]}
""",
        ["a,"],
        id="open text",
    ),
    pytest.param(
        """\
{"accounts": [
             ^ syntax-error: This "[" is never closed
  {"name": "a"}
""",
        ["a"],
        id="open list",
    ),
    pytest.param(
        """\
{"accounts": [{"name": "a"]}
                          ^ syntax-error: "}" is missing before this
""",
        ["a"],
        id="open object",
    ),
    pytest.param(
        """\
{"accounts": [{"name": "a"}]}}
                             ^ syntax-error: Nothing may follow the end of the value
""",
        ["a"],
        id="more after the end",
    ),
    pytest.param(
        """\
{"accounts": [{"name": "a", "profile" "x"}]}
                            ^^^^^^^^^ syntax-error: A colon is missing after this name
""",
        ["a"],
        id="colon",
    ),
    pytest.param(
        """\
{"accounts": [{"profile"
               ^^^^^^^^^ syntax-error: This name has no value
  "name": "a"}]}
""",
        ["a"],
        id="name without colon and value",
    ),
    pytest.param(
        """\
{"accounts": [{"name": "a", "profile": }]}
                            ^^^^^^^^^ syntax-error: This name has no value
""",
        ["a"],
        id="value",
    ),
    pytest.param(
        """\
{"accounts": [{name: "a"}]}
               ^^^^ ["name"] syntax-error: A name stands in double quotes
""",
        ["a"],
        id="name without quotes",
    ),
    pytest.param(
        """\
{"accounts": [{"name": 'a "b"'}]}
                       ^^^^^^^ ["a \\"b\\""] syntax-error: Text stands in double quotes
""",
        ['a "b"'],
        id="single quotes",
    ),
    pytest.param(
        """\
{"accounts": [{"name": "a"}]} // mine
                              ^^^^^^^ syntax-error: JSON has no comments
""",
        ["a"],
        id="comment",
    ),
    pytest.param(
        """\
/* mine
^^^^^^^ syntax-error: JSON has no comments
   ours */ {"accounts": [{"name": "a"}]}
""",
        ["a"],
        id="comment over lines",
    ),
    pytest.param(
        """\
{"accounts": [{"name": "a\\q"}]}
                       ^^^^^ syntax-error: A backslash stands before one of " \\ / b f n r t u; write two to mean one
""",
        ["a\\q"],
        id="backslash",
    ),
    pytest.param(
        """\
{"accounts": [{"name": "a\tb"}]}
                       ^^^^^ syntax-error: A tab or another control character in text is written as \\t or \\u0000
""",
        ["a\tb"],
        id="tab in text",
    ),
    pytest.param(
        """\
{"accounts": [{"name": "a", "profile": x}]}
                                       ^ invalid-value: "profile" is text in double quotes
""",
        ["a"],
        id="value without quotes",
    ),
    pytest.param(
        """\
]
^ syntax-error: A value is missing here
""",
        [],
        id="nothing but the end",
    ),
    pytest.param(
        """\
{"accounts": [{"name": "a", {"x": 1}, "profile": "b"}]}
                            ^ syntax-error: A name in double quotes is missing here
""",
        ["a"],
        id="an object in place of a name",
    ),
]


@pytest.mark.parametrize(("annotated", "names"), BROKEN)
def test_broken_files_keep_what_can_be_read(annotated: str, names: list[str]) -> None:
    check_read(annotated, *names)


# --- files ------------------------------------------------------------------------------------------------------------

USER = '{"accounts": [{"name": "Prod", "profile": "mine"}, {"name": "Mine"}]}'
TEAM = '{"accounts": [{"name": "Prod", "accountId": "444455556666"}, {"name": "Dev"}]}'


def test_the_users_own_entry_counts_and_those_of_a_workspace_are_shared() -> None:
    host = FakeHost({PATH: USER, "/w/.aws-accounts.json": TEAM})
    accounts = load(host, PATH, ["/w/.aws-accounts.json", "/gone/.aws-accounts.json"])
    assert [(account.name, account.path, account.shared) for account in accounts.entries] == [
        ("Prod", PATH, False),
        ("Mine", PATH, False),
        ("Dev", "/w/.aws-accounts.json", True),
    ]
    assert accounts.named("Prod").account_id is None
    assert accounts.errors == ()


def test_merging_keeps_the_errors_of_all_files_and_both_entries_of_one() -> None:
    twice = parse('{"accounts": [{"name": "a"}, {"name": "a"}]}', "1")
    broken = parse("[", "2")
    merged = merge(twice, broken)
    assert merged.entries == twice.entries
    assert merged.errors == twice.errors + broken.errors
    assert {error.path for error in merged.errors} == {"1", "2"}


@pytest.mark.parametrize(
    ("facts", "rule", "message"),
    [
        (FileFacts(exists=True, is_dir=True), "unreadable-file", "A folder stands in place of the accounts file"),
        (FileFacts(exists=True), "unreadable-file", "The accounts file cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read(facts: FileFacts, rule: str, message: str) -> None:
    (error,) = parse_file(FileText("", facts), PATH).errors
    assert (error.rule, error.message, error.span) == (rule, message, Span(0, 0, 1))


def test_a_file_that_is_not_utf_8_is_read_as_far_as_it_goes() -> None:
    facts = FileFacts(exists=True, readable=True, undecodable_at=25)
    found = parse_file(FileText('{"accounts": [{"name": "a\ufffd"}]}', facts), PATH)
    (error,) = found.errors
    assert (error.rule, error.message, error.span) == ("not-utf8", "This byte is not UTF-8", Span(0, 25, 26))
    assert found.entries[0].name == "a\ufffd"


def test_a_file_in_utf_16() -> None:
    facts = FileFacts(exists=True, readable=True, undecodable_at=0, utf16=True)
    found = parse_file(FileText(one(name="a"), facts), PATH)
    assert [(error.rule, error.message) for error in found.errors] == [("not-utf8", "UTF-16 instead of UTF-8")]
    assert found.entries[0].name == "a"


def test_where_the_users_file_is() -> None:
    host = FakeHost({})
    assert user_accounts(host, "~/work/accounts.json") == "/home/me/work/accounts.json"
    assert user_accounts(host, "/etc/accounts.json") == "/etc/accounts.json"
    assert user_accounts(host, "").endswith("accounts.json")
    assert "rolecall" in user_accounts(host)
