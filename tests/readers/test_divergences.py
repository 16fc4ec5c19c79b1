"""Of every snippet Rolecall reports what its verdict says, and every difference is reported or has a reason.

`divergences.json` has for each snippet of `cases.py` the rules that find something when all readers are chosen, and,
where no rule is about what the tools see differently, why. `UPDATE=1` writes what is reported into it: then read every
line that changed and judge it. The page in the documentation is made from it.
"""

from __future__ import annotations

import os

import pytest

from dev.artefacts import divergences
from dev.artefacts.divergences import ALIKE, BESIDE, Verdict
from rolecall.model.accounts import Accounts
from rolecall.model.workspace import Document
from rolecall.service import LanguageService
from rolecall.settings import READERS, Settings
from rolecall.store.files import decode
from rolecall.syntax import parse
from tests.readers.cases import BY_ID, CASES, Case
from tests.support.check import FOUND, NOW, PATHS


def reported(case: Case) -> tuple[str, ...]:
    """The rules that find something in a snippet when all readers are chosen."""
    found = LanguageService(
        _document("config", case.config),
        _document("credentials", case.credentials),
        accounts=Accounts(),
        now=NOW,
        settings=Settings(readers=READERS),
    )
    return tuple(sorted({finding.rule for file in ("config", "credentials") for finding in found.diagnostics(file)}))


def _document(file: str, data: bytes) -> Document:
    decoded = decode(data)
    facts = FOUND._replace(bom=decoded.bom, undecodable_at=decoded.undecodable_at, utf16=decoded.utf16)
    return Document(PATHS[file], parse(decoded.text), facts, own=True)


def test_every_snippet_has_a_verdict() -> None:
    verdicts = divergences.verdicts()
    if "UPDATE" in os.environ:
        verdicts = {case.id: Verdict(reported(case), verdicts.get(case.id, Verdict(())).why) for case in CASES}
        divergences.VERDICTS.write_text(divergences.written(verdicts), encoding="utf-8")
    assert list(verdicts) == list(BY_ID)
    assert divergences.VERDICTS.read_text(encoding="utf-8") == divergences.written(verdicts)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_verdict(case: Case) -> None:
    rules, why = divergences.verdicts()[case.id]
    assert rules == reported(case)
    assert why or not BESIDE.issuperset(rules), "say why no rule is about this"
    assert why != ALIKE or divergences.is_alike(divergences.Case(*case))
