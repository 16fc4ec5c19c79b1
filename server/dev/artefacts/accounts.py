"""The published schema of the accounts file, from the model that validates the file."""

from __future__ import annotations

from collections.abc import Iterator

from dev.artefacts.base import Artefact
from rolecall.accounts.schema import schema_text


def artefacts() -> Iterator[Artefact]:
    yield Artefact("schemas/accounts.schema.json", schema_text)
