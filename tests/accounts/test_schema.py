"""The published schema, the reader and pydantic agree on which files are right."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from rolecall.accounts import parse
from rolecall.accounts.fields import ALL
from rolecall.accounts.schema import AccountsFile, schema_text

FILE = Path(__file__).parents[2] / "schemas" / "accounts.schema.json"

VALUES = {
    "name": st.sampled_from(["a", "b", "Acme Production"]),
    "accountId": st.sampled_from(["111122223333", "1111", "1111-2222-3333", "111122223333\n"]),
    "role": st.sampled_from(["arn:aws:iam::111122223333:role/a/Ops", "arn:aws-cn:iam::111122223333:role/Ops", "Ops"]),
    "endpointUrl": st.sampled_from(["http://localhost:4566", "https://x", "http://", "localhost", "http://a b"]),
}
ANY = st.sampled_from(["", " ", "x", None, 1, True, [], {}])
ACCOUNT = st.fixed_dictionaries(
    {"name": VALUES["name"]},
    optional={field.name: VALUES.get(field.name, ANY) | ANY for field in ALL if field.name != "name"} | {"nam": ANY},
)
DOCUMENT = st.fixed_dictionaries(
    {"accounts": st.lists(ACCOUNT | st.just({}), max_size=3, unique_by=lambda account: account.get("name")) | ANY},
    optional={"$schema": st.just("accounts.schema.json"), "acounts": ANY},
)


def test_the_published_schema_is_current() -> None:
    assert FILE.read_text(encoding="utf-8") == schema_text(), "repair it with: make generate"


def test_the_published_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(json.loads(schema_text()))


@settings(max_examples=300)
@given(DOCUMENT)
def test_all_three_agree(document: dict[str, object]) -> None:
    right = parse(json.dumps(document), "p").errors == ()
    assert right == Draft202012Validator(json.loads(FILE.read_text(encoding="utf-8"))).is_valid(document)
    assert right == validates(document)


def validates(document: dict[str, object]) -> bool:
    try:
        AccountsFile.model_validate(document)
    except ValidationError:
        return False
    return True


def test_reading_and_changing_accounts_does_not_load_pydantic() -> None:
    program = "import sys, rolecall.accounts; print({'pydantic', 'platformdirs', 'botocore'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "set()\n"
