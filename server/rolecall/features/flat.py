"""The settings of a section as one level, so that tools can be compared that keep nested blocks in different ways."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rolecall.features.masking import key_name, one_line
from rolecall.readers.seen import Settings


class Key(NamedTuple):
    """A setting by the catalogue's name for its place ("profile/s3" for what stands in a nested block) and its own."""

    section_type: str
    name: str


def flat(type_: str, settings: Settings) -> dict[Key, str]:
    """The settings with those of nested blocks: as a mapping (botocore), with a dot (JavaScript), or as lines."""
    return dict(_flat(type_, settings))


def full_name(key: Key, *, reveal: bool = False) -> str:
    """A setting as it may be shown, with that of its block in front: "s3.addressing_style"."""
    outer, _, parent = key.section_type.partition("/")
    parts = [(outer, parent), (key.section_type, key.name)] if parent else [(key.section_type, key.name)]
    return ".".join(one_line(name) if reveal else key_name(type_, name) for type_, name in parts)


def _flat(type_: str, settings: Settings) -> Iterator[tuple[Key, str]]:
    for key, value in settings.items():
        block = f"{type_}/{key}"
        if not isinstance(value, str):
            yield from ((Key(block, sub), text) for sub, text in value.items())
        elif value.startswith("\n") and all("=" in line for line in value[1:].split("\n")):
            for line in value[1:].split("\n"):
                sub, _, text = line.partition("=")
                yield Key(block, sub.strip()), text.strip()
        else:
            parent, dot, sub = key.partition(".")
            yield Key(f"{type_}/{parent}", sub) if dot else Key(type_, key), value
