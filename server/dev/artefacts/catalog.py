"""The catalogue's data, compiled from schemas/ into Python that needs no reading at run time."""

from __future__ import annotations

import re
from typing import Any

from dev.artefacts.base import Artefact, schema

HEADER = '''"""Generated from schemas/ by `make generate`; do not edit."""

from __future__ import annotations

from rolecall.catalog._facts import Deprecation, Partition, Region, SectionType, Setting
'''

# What a schema keeps for its reviewers only.
REVIEWERS_ONLY = {"secretReason"}

# Where the schema's name for a fact is not simply the field's name in camel case.
FIELDS = {"regionRegex": "region_pattern"}


def data() -> str:
    """The text of catalog/_data.py, laid out as `ruff format` would."""
    return "\n".join(
        [
            HEADER,
            table("SECTION_TYPES", "SectionType", schema("section-types")["sectionTypes"]),
            tools(schema("settings")["tools"]),
            table("SETTINGS", "Setting", schema("settings")["settings"]),
            table("PARTITIONS", "Partition", schema("partitions")["partitions"]),
            table("REGIONS", "Region", schema("regions")["regions"]),
        ]
    )


def table(name: str, kind: str, rows: list[dict[str, Any]]) -> str:
    lines = [f"{name}: tuple[{kind}, ...] = ("]
    for row in rows:
        lines.append(f"    {kind}(")
        lines.extend(
            f"        {field(key)}={literal(value)}," for key, value in row.items() if key not in REVIEWERS_ONLY
        )
        lines.append("    ),")
    return "\n".join([*lines, ")", ""])


def tools(titles: dict[str, str]) -> str:
    rows = [f"    {literal(id)}: {literal(title)}," for id, title in titles.items()]
    return "\n".join(["TOOLS: dict[str, str] = {", *rows, "}", ""])


def field(key: str) -> str:
    return FIELDS.get(key) or re.sub("[A-Z]", lambda letter: "_" + letter[0].lower(), key)


def literal(value: Any) -> str:
    if isinstance(value, str):
        return string(value)
    if isinstance(value, list):
        return f"({', '.join(map(string, value))}{',' if len(value) == 1 else ''})"
    if isinstance(value, dict):
        return f"Deprecation({', '.join(f'{field(key)}={string(text)}' for key, text in value.items())})"
    return repr(value)


def string(value: str) -> str:
    """In double quotes, unless single ones save a backslash."""
    plain = repr(value)
    if plain.startswith("'") and '"' not in value:
        return f'"{plain[1:-1]}"'
    return plain


ARTEFACTS = (Artefact("server/rolecall/catalog/_data.py", data),)
