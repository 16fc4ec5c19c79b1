"""The documents of all servers are the same profiles, and what is said of the lines with mistakes is true."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from itertools import islice, pairwise

import pytest

from tests.bench import servers
from tests.bench.documents import (
    CREDENTIALS,
    EVERYWHERE,
    HEIGHT,
    INI,
    JSON,
    MISTAKES,
    PASTED,
    PYTHON,
    YAML,
    Document,
    Edit,
    Kind,
    Language,
    sections,
)
from tests.support.check import service

LANGUAGES = {"ini": INI, "json": JSON, "yaml": YAML, "python": PYTHON}
KINDS: list[Kind] = ["character", "line", "header", "dependants", "paste"]


def apply(text: str, edit: Edit) -> str:
    rows = text.split("\n")
    start, end = (sum(len(row) + 1 for row in rows[:line]) + column for line, column in (edit.start, edit.end))
    return text[:start] + edit.text + text[end:]


def states(document: Document, kind: Kind) -> list[tuple[str, tuple[int, ...]]]:
    """The text after each of four edits, and the lines that are to be reported then."""
    text, found = document.text, []
    for edit in islice(document.edits(kind), 4):
        text = apply(text, edit)
        found.append((text, edit.reported))
    return found


def ours(text: str) -> tuple[int, ...]:
    found = service({"config": text, "credentials": CREDENTIALS}).diagnostics("config")
    return tuple(sorted(one.span.line for one in found if one.rule != "missing-region"))


def repeated(text: str) -> tuple[int, ...]:
    """Lines with a key that is there twice, in JSON or YAML: both of them are reported in JSON, the second in YAML."""
    found: list[int] = []
    seen: dict[str, int] = {}
    for number, row in enumerate(text.split("\n")):
        if len(row) - len(row.lstrip()) < (4 if text.startswith("{") else 2):
            seen = {}
            continue
        key = row.split(":")[0].strip().strip('"')
        if key in seen:
            found += [seen[key], number] if text.startswith("{") else [number]
        seen[key] = number
    return tuple(found)


def undefined(text: str) -> tuple[int, ...]:
    """What ruff reports of a Python file."""
    command = [str(servers.RUFF), "check", "--isolated", "--no-cache", "--output-format", "json", "-"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    return tuple(sorted(one["location"]["row"] - 1 for one in json.loads(done.stdout)))


REPORTED = {"ini": ours, "json": repeated, "yaml": repeated, "python": undefined}


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
@pytest.mark.parametrize("lines", [100, 1_000, 10_000])
def test_a_document_is_about_as_long_as_asked_for_and_has_ten_mistakes(language: Language, lines: int) -> None:
    document = Document(language, sections(lines))
    assert 0.9 * lines <= len(document.rows) <= lines + 3
    assert len(document.reported) == MISTAKES * len(language.mistake)
    assert document.text == "\n".join(document.rows) + "\n"


@pytest.mark.parametrize("name", LANGUAGES)
def test_what_is_to_be_reported_is(name: str) -> None:
    document = Document(LANGUAGES[name], sections(1_000))
    assert REPORTED[name](document.text) == document.reported


@pytest.mark.parametrize("name", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_to_be_reported_after_each_edit_is(name: str, kind: Kind) -> None:
    document = Document(LANGUAGES[name], sections(7_100 if kind == "dependants" else 300))
    if not document.has(kind):
        assert kind == "dependants"
        assert name in ("json", "yaml")
        return
    found = states(document, kind)
    for text, reported in found:
        assert REPORTED[name](text) == reported
    assert found[-1] == (document.text, document.reported)
    assert all(one != other for (one, _), (other, _) in pairwise(found))


def test_documents_in_json_can_be_read() -> None:
    assert len(json.loads(Document(JSON, sections(1_000)).text)) == len(sections(1_000)) + 1


def test_a_mistake_everywhere_is_one_in_each_role() -> None:
    made = sections(10_000, EVERYWHERE)
    assert [section.mistaken for section in made] == [False, False] + [True] * EVERYWHERE


def test_a_file_for_botocore_has_mistakes_that_it_does_not_refuse() -> None:
    found = service(
        {"config": Document(INI, sections(1_000, mistake="unknown region")).text, "credentials": CREDENTIALS}
    )
    rules = Counter(one.rule for one in found.diagnostics("config") if one.rule != "missing-region")
    assert rules == {"unknown-region": MISTAKES}


@pytest.mark.parametrize(("lines", "chained"), [(100, 1), (1_000, 14), (10_000, 1_000), (100_000, 1_000)])
def test_one_role_in_ten_or_a_thousand_are_assumed_with_a_role(lines: int, chained: int) -> None:
    assert sum(("source_profile", "hub") in section.settings for section in sections(lines)) == chained
    assert not any(("source_profile", "hub") in section.settings for section in sections(lines, chained=0))


def test_two_documents_can_have_nothing_in_common() -> None:
    one, other = (
        {
            value
            for section in sections(1_000, first=first)[1:]
            for _, value in section.settings
            if value.startswith("arn")
        }
        for first in (0, 1_000)
    )
    assert len(one) == len(other) == 1_000 // HEIGHT - 1
    assert not one & other


def test_a_paste_is_a_hundred_lines() -> None:
    paste = next(Document(INI, sections(1_000)).edits("paste"))
    assert paste.kind == "paste"
    assert paste.text.count("\n") == PASTED
