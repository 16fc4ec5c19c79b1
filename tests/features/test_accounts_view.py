"""The registered accounts as the views show them."""

from rolecall.rules.unmatched_account import unmatched_account
from tests.support.check_file import account_json


def test_accounts_with_what_is_wrong_with_each() -> None:
    text = """\
//- config
[profile base]
//- accounts
{"accounts": [
  {"name": "Acme Dev", "accountId": "111122223333", "profile": "base", "region": "eu-west-1"},
  {
    "name": "LocalStack",
    "profile": "gone",
    "role": "arn:aws:iam::000000000000:role/Ops",
    "environment": "production",
    "endpointUrl": "http://me:password@localhost:4566"
  }
]}
"""
    assert account_json(text, [unmatched_account]) == [
        {
            "name": "Acme Dev",
            "accountId": "111122223333",
            "profile": "base",
            "role": None,
            "region": "eu-west-1",
            "environment": None,
            "endpointUrl": None,
            "path": "accounts.json",
            "line": 2,
            "problems": [],
        },
        {
            "name": "LocalStack",
            "accountId": None,
            "profile": "gone",
            "role": "arn:aws:iam::000000000000:role/Ops",
            "region": None,
            "environment": "production",
            "endpointUrl": "http://•••@localhost:4566",
            "path": "accounts.json",
            "line": 3,
            "problems": ["unmatched-account"],
        },
    ]


def test_without_a_file_there_are_none() -> None:
    assert account_json("[profile a]\n") == []
