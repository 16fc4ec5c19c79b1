"""The page of all commands, from what the extension declares."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from dev.artefacts.base import ROOT, Artefact, table

MANIFEST = "client-extension/package.json"

HEAD = f"""<!-- Generated from {MANIFEST} by `make generate`; do not edit. -->

# Commands

Every command of the extension, and where VS Code offers it. The command palette lists them under "Rolecall".
"""

PLACES = {"view/title": "head of the side bar", "view/item/context": "side bar"}


def artefacts() -> Iterator[Artefact]:
    yield Artefact("server/docs/commands.md", page)


def page() -> str:
    contributes: dict[str, Any] = json.loads((ROOT / MANIFEST).read_text(encoding="utf-8"))["contributes"]
    menus: dict[str, list[dict[str, str]]] = contributes["menus"]
    hidden = {entry["command"] for entry in menus["commandPalette"] if entry.get("when") == "false"}
    rows = []
    for command in contributes["commands"]:
        name = command["command"]
        places = ["palette"] if name not in hidden else []
        places += [place for menu, place in PLACES.items() if name in {entry["command"] for entry in menus[menu]}]
        rows.append([command["title"], f"`{name}`", ", ".join(places)])
    return f"{HEAD}\n{table(['Command', 'Id', 'Offered in'], rows)}\n"
