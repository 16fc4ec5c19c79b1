"""The published JSON Schema of accounts files, and validation of documents that come from elsewhere.

The only module of this package that imports pydantic; import it where it is needed, never on the way of a keystroke.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, create_model

from rolecall.accounts.fields import ALL

_CONFIG = ConfigDict(extra="forbid", strict=True)


_FIELDS: dict[str, Any] = {
    field.attribute: (
        str,
        Field(
            default=... if field.name == "name" else None,
            alias=field.name,
            description=field.help,
            examples=list(field.examples),
            pattern=field.pattern or r"\S",
        ),
    )
    for field in ALL
}

Entry = create_model("Account", __config__=_CONFIG, __doc__="An AWS account that profiles belong to.", **_FIELDS)


class AccountsFile(BaseModel):
    """The AWS accounts that a person or a repository works with, and which profile reaches each of them."""

    model_config = _CONFIG

    schema_: str = Field("", alias="$schema", description="Address of this schema.")
    accounts: list[Entry] = Field(  # type: ignore[valid-type]  # A type that is made at run time.
        description="The accounts; each name occurs once."
    )


def schema_text() -> str:
    """The text of `schemas/accounts.schema.json`."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Accounts of Rolecall"}
    return json.dumps(head | _plain(AccountsFile.model_json_schema()), indent=2, ensure_ascii=False) + "\n"


def _plain(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema without what pydantic adds: titles made of names, and null, which the file may not hold, as default."""
    return {
        key: _plain(value) if isinstance(value, dict) else value
        for key, value in schema.items()
        if key not in ("default", "title")
    }
