"""The facts in schemas/ have the shape that their own schemas give, and refer to each other rightly."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

SCHEMAS = Path(__file__).parents[2] / "schemas"
FACTS = sorted(path.name for path in SCHEMAS.glob("*.json") if not path.name.endswith(".schema.json"))


def load(name: str) -> Any:
    return json.loads((SCHEMAS / name).read_text(encoding="utf-8"))


def shown(error: Any) -> str:
    return f"{error.json_path}: {error.message}"


def test_there_are_facts() -> None:
    assert {"partitions.json", "regions.json", "section-types.json", "settings.json"} <= set(FACTS)


@pytest.mark.parametrize("name", FACTS)
def test_facts_fit_their_schema(name: str) -> None:
    facts = load(name)
    schema = load(facts["$schema"])
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert [shown(error) for error in validator.iter_errors(facts)] == []


def test_every_setting_is_described_once_for_each_section() -> None:
    places = [(section, row["name"]) for row in load("settings.json")["settings"] for section in row["sections"]]
    assert sorted(places) == sorted(set(places))


def test_settings_refer_to_settings_of_their_own_section() -> None:
    rows = load("settings.json")["settings"]
    names = {(section, row["name"]) for row in rows for section in row["sections"]}
    for row in rows:
        replacement = row.get("deprecated", {}).get("replacement")
        referred = [*row.get("requires", []), *row.get("conflicts", []), *([replacement] if replacement else [])]
        missing = [name for name in referred for section in row["sections"] if (section, name) not in names]
        assert missing == [], row["name"]


def test_conflicts_are_mutual() -> None:
    rows = {row["name"]: row for row in load("settings.json")["settings"] if "profile" in row["sections"]}
    for name, row in rows.items():
        for other in row.get("conflicts", []):
            assert name in rows[other]["conflicts"]


def test_every_tool_has_a_title_and_every_title_a_tool() -> None:
    facts = load("settings.json")
    assert {tool for row in facts["settings"] for tool in row["tools"]} == set(facts["tools"])


def test_a_default_is_a_value_that_the_setting_allows() -> None:
    for row in load("settings.json")["settings"]:
        default = row.get("default")
        if default is None:
            continue
        match row["type"]:
            case "boolean":
                assert default in ("true", "false"), row["name"]
            case "enum":
                assert default in row["enum"], row["name"]
            case "integer":
                assert row.get("minimum", 0) <= int(default) <= row.get("maximum", int(default)), row["name"]
        if "pattern" in row:
            assert re.fullmatch(row["pattern"], default), row["name"]


def test_sections_hold_the_settings_of_a_known_section() -> None:
    names = {row["name"] for row in load("section-types.json")["sectionTypes"]}
    assert {row["settings"] for row in load("section-types.json")["sectionTypes"]} <= names
    heads = {section.partition("/")[0] for row in load("settings.json")["settings"] for section in row["sections"]}
    assert heads <= names


def test_every_region_lies_in_a_known_partition() -> None:
    partitions = {row["id"] for row in load("partitions.json")["partitions"]}
    regions = {row["id"]: row["partition"] for row in load("regions.json")["regions"]}
    assert set(regions.values()) == partitions
    for row in load("partitions.json")["partitions"]:
        assert regions[row["implicitGlobalRegion"]] == row["id"]
