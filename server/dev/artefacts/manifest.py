"""Version and settings in the package.json of the extension, from the server. The rest of it is written by hand."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dev.artefacts import rules
from dev.artefacts.base import ROOT, Artefact, table
from rolecall import __version__

MANIFEST = "client-extension/package.json"
PROPERTIES = ("contributes", "configuration", "properties")

READER_TITLES = {
    "botocore": "AWS CLI and boto3",
    "javascript": "AWS SDK for JavaScript",
    "rust": "AWS SDK for Rust",
    "go": "AWS SDK for Go",
    "c": "AWS C libraries, used by the C++ SDK",
    "java": "AWS SDK for Java",
}

Json = dict[str, Any]


def artefacts() -> Iterator[Artefact]:
    yield Artefact(MANIFEST, manifest)


def manifest() -> str:
    text = (ROOT / MANIFEST).read_text(encoding="utf-8")
    text = re.sub(r'(?m)^(  "version": ")[^"]*', rf"\g<1>{__version__}", text, count=1)
    return splice(text, PROPERTIES, properties(text))


def properties(text: str) -> Json:
    """The server's settings first, then those that only the client has, as they are."""
    ours = settings()
    present: Json = json.loads(text)
    for key in PROPERTIES:
        present = present[key]
    return ours | {name: value for name, value in present.items() if name not in ours}


def settings() -> Json:
    """What VS Code is told of each of the server's settings."""
    from rolecall.settings import Settings

    docs = documentation(Settings)
    found = {}
    for field, default in Settings._field_defaults.items():
        name = re.sub("_(.)", lambda letter: letter[1].upper(), field)
        found[f"rolecall.{name}"] = shape(field, default) | {"markdownDescription": docs[field]}
    return found


def shape(name: str, default: object) -> Json:
    """Type, default and scope. Where files lie is a matter of the machine, what to report one of the project."""
    from rolecall.settings import READERS

    match name, default:
        case _, str():
            return {"type": "string", "default": default, "scope": "machine-overridable"}
        case "readers", tuple():
            titles = [READER_TITLES[reader] for reader in READERS]
            items = {"type": "string", "enum": [*READERS], "enumDescriptions": titles}
            return {"type": "array", "items": items, "uniqueItems": True, "default": [*default], "scope": "resource"}
        case "severities", Mapping():
            return {
                "type": "object",
                "propertyNames": {"enum": [rule.name for rule in rules.rules()]},
                "additionalProperties": {"type": "string", "enum": ["error", "warning", "information", "hint", "off"]},
                "default": dict(default),
                "scope": "resource",
            }
    raise SystemExit(f"{__name__} does not know how VS Code should show the setting {name!r}")


def documentation(documented: type) -> dict[str, str]:
    """The docstring's lines "name  text", by name; a line that is indented goes on with the text above."""
    unwrapped = re.sub(r"\n +", " ", inspect.getdoc(documented) or "")
    return {found[1]: found[2] for found in re.finditer(r"^(\w+) {2,}(.+)$", unwrapped, re.MULTILINE)}


def summary() -> str:
    """The table of the server's settings."""
    rows = [[f"`{name}`", setting["markdownDescription"]] for name, setting in settings().items()]
    return table(["Setting", "Meaning"], rows)


def splice(text: str, path: Sequence[str], value: object) -> str:
    """The JSON text with the value at a path of keys replaced, and not a character changed elsewhere.

    KeyError if there is no such path.
    """
    start = 0
    for key in path:
        start = member(text, start, key)
    _, end = json.JSONDecoder().raw_decode(text, start)
    line = text[text.rfind("\n", 0, start) + 1 : start]
    indent = line[: len(line) - len(line.lstrip())]
    written = json.dumps(value, indent=2, ensure_ascii=False).replace("\n", f"\n{indent}")
    return text[:start] + written + text[end:]


def member(text: str, start: int, key: str) -> int:
    """Where the value of a key begins in the object that begins at `start`."""
    decoder = json.JSONDecoder()
    at = blank(text, start) + 1
    while text[at - 1] in "{," and text[blank(text, at)] == '"':
        name, end = decoder.raw_decode(text, blank(text, at))
        at = blank(text, blank(text, end) + 1)
        if name == key:
            return at
        _, end = decoder.raw_decode(text, at)
        at = blank(text, end) + 1
    raise KeyError(key)


def blank(text: str, at: int) -> int:
    """Where the white space ends that begins here."""
    while text[at].isspace():
        at += 1
    return at
