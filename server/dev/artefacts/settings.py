"""The page of all settings that the two files may hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dev.artefacts.base import Artefact, schema, table

HEAD = """<!-- Generated from schemas/settings.json by `make generate`; do not edit. -->

# Settings

Every setting of `~/.aws/config` and `~/.aws/credentials` that Rolecall knows, by the section it stands in.
"""

OTHERS = "Settings of other tools"

TITLES = {
    "profile": "[default] and [profile NAME]",
    "profile/s3": "The block under `s3` in a profile",
    "profile/emr": "The block under `emr` in a profile",
    "profile/api_versions": "The block under `api_versions` in a profile",
    "sso-session": "[sso-session NAME]",
    "services": "[services NAME]",
    "services/*": "The block of a service in [services NAME]",
    "plugins": "[plugins]",
    "preview": "[preview]",
    OTHERS: OTHERS,
}


def artefacts() -> Iterator[Artefact]:
    yield Artefact("server/docs/settings.md", page)


def page() -> str:
    facts = schema("settings")
    chapters: dict[str, list[list[str]]] = {name: [] for name in TITLES}
    for setting in facts["settings"]:
        cells = [name(setting), values(setting), code(setting.get("env", [])), readers(setting, facts["tools"])]
        for section in [OTHERS] if setting.get("thirdParty") else setting["sections"]:
            chapters[section].append([*cells, meaning(setting)])
    head = ["Setting", "Value", "Environment", "Read by", "Meaning"]
    return "\n".join([HEAD, *(f"## {TITLES[title]}\n\n{table(head, rows)}\n" for title, rows in chapters.items())])


def name(setting: dict[str, Any]) -> str:
    plain = f"`{setting['name']}`"
    return f"[{plain}]({setting['docs']})" if "docs" in setting else plain


def values(setting: dict[str, Any]) -> str:
    """The type or the allowed values, the limits, and the default."""
    parts = [code(setting["enum"]) if "enum" in setting else setting["type"]]
    match setting.get("minimum"), setting.get("maximum"):
        case (int(least), int(most)):
            parts.append(f"{least} to {most}")
        case (int(least), None):
            parts.append(f"at least {least}")
    if "units" in setting:
        parts.append(setting["units"])
    if "default" in setting:
        parts.append(f"default `{setting['default']}`")
    return ", ".join(parts)


def readers(setting: dict[str, Any], titles: dict[str, str]) -> str:
    return ", ".join(titles[tool] for tool in setting["tools"])


def meaning(setting: dict[str, Any]) -> str:
    parts = [setting["help"]]
    if "note" in setting:
        parts.append(setting["note"])
    if "deprecated" in setting:
        replacement = setting["deprecated"].get("replacement")
        parts.append(
            f"**Deprecated**: {setting['deprecated']['message']}{f'; use `{replacement}`' if replacement else ''}."
        )
    if "secret" in setting:
        parts.append("Never shown.")
    return " ".join(parts).replace("<", r"\<")


def code(words: list[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)
