"""The catalogue's data, compiled from schemas/ into Python that needs no reading at run time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dev.artefacts.base import Artefact, schema

HEADER = '''"""Generated from schemas/ by `make generate`; do not edit."""

from __future__ import annotations

from rolecall.catalog._facts import BadValue, Deprecation, Partition, Region, SectionType, Setting
'''

# What a schema keeps for its reviewers only.
REVIEWERS_ONLY = {"secretReason"}

# Where the schema's name for a fact is not simply the field's name in camel case.
FIELDS = {"regionRegex": "region_pattern"}

# What holds a fact of several parts.
KINDS = {"deprecated": "Deprecation", "badValue": "BadValue"}


def artefacts() -> Iterator[Artefact]:
    yield Artefact("server/rolecall/catalog/_data.py", data)


def data() -> str:
    """The text of catalog/_data.py, laid out as `ruff format` would."""
    return "\n".join(
        [
            HEADER,
            rows("SECTION_TYPES", "SectionType", schema("section-types")["sectionTypes"]),
            tools(schema("settings")["tools"]),
            rows("SETTINGS", "Setting", schema("settings")["settings"]),
            rows("PARTITIONS", "Partition", schema("partitions")["partitions"]),
            rows("REGIONS", "Region", schema("regions")["regions"]),
        ]
    )


def rows(name: str, kind: str, facts: list[dict[str, Any]]) -> str:
    lines = [f"{name}: tuple[{kind}, ...] = ("]
    for fact in facts:
        lines.append(f"    {kind}(")
        lines.extend(
            f"        {field(key)}={literal(value, KINDS.get(key, ''))},"
            for key, value in fact.items()
            if key not in REVIEWERS_ONLY
        )
        lines.append("    ),")
    return "\n".join([*lines, ")", ""])


def tools(titles: dict[str, str]) -> str:
    lines = [f"    {string(tool)}: {string(title)}," for tool, title in titles.items()]
    return "\n".join(["TOOLS: dict[str, str] = {", *lines, "}", ""])


def field(key: str) -> str:
    return FIELDS.get(key) or re.sub("[A-Z]", lambda letter: "_" + letter[0].lower(), key)


def literal(value: object, kind: str = "") -> str:
    if isinstance(value, str):
        return string(value)
    if isinstance(value, list):
        return f"({', '.join(map(string, value))}{',' if len(value) == 1 else ''})"
    if isinstance(value, dict):
        return f"{kind}({', '.join(f'{field(key)}={literal(part)}' for key, part in value.items())})"
    return repr(value)


def string(value: str) -> str:
    """In double quotes, unless single ones save a backslash."""
    plain = repr(value)
    if plain.startswith("'") and '"' not in value:
        return f'"{plain[1:-1]}"'
    return plain
