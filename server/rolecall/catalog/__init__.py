"""Facts about AWS's two files: sections, settings, Regions and partitions.

The facts are kept in schemas/ and compiled into _data.py, so that nothing is read or parsed at run time.

A section type is named as in its header ("profile", "sso-session", "services", "plugins", "preview", "default");
the block under a key adds the key: "profile/s3", "profile/emr", "profile/api_versions", "services/dynamodb".
Names of settings are looked up as botocore does, whatever their case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from rolecall.catalog import _data
from rolecall.catalog._facts import BadValue, Deprecation, FileKind, Partition, Region, SectionType, Setting, ValueType
from rolecall.catalog._names import is_like_secret_key, looks_like_name, may_hold_password, without_remark
from rolecall.catalog._spelling import Words, suggest

__all__ = [
    "BadValue",
    "Deprecation",
    "FileKind",
    "Partition",
    "Region",
    "SectionType",
    "Setting",
    "ValueType",
    "Words",
    "displayable",
    "is_like_secret_key",
    "is_secret",
    "looks_like_name",
    "looks_like_region",
    "may_hold_password",
    "partition_of",
    "partitions",
    "places",
    "regions",
    "section_type",
    "section_types",
    "setting",
    "settings",
    "suggest",
    "tool_title",
    "without_remark",
]


def _by_section(rows: Iterable[Setting]) -> dict[str, dict[str, Setting]]:
    sections: dict[str, dict[str, Setting]] = {}
    for row in rows:
        for section in row.sections:
            sections.setdefault(section, {})[row.name] = row
    return sections


_SECTION_TYPES: dict[str, SectionType] = {row.name: row for row in _data.SECTION_TYPES}
_SETTINGS = _by_section(_data.SETTINGS)
_PLACES: dict[str, tuple[str, ...]] = {}
for _row in _data.SETTINGS:
    if not _row.wildcard:
        _PLACES[_row.name] = (*_PLACES.get(_row.name, ()), *_row.sections)
_SECRETS = frozenset(row.name for row in _data.SETTINGS if row.secret)
_PARTITIONS: Mapping[str, Partition] = MappingProxyType({row.id: row for row in _data.PARTITIONS})
_REGIONS: Mapping[str, Region] = MappingProxyType({row.id: row for row in _data.REGIONS})


def section_types() -> tuple[SectionType, ...]:
    """Every kind of section, in the order in which people meet them."""
    return _data.SECTION_TYPES


def section_type(name: str) -> SectionType | None:
    """The kind of section that a header begins with; case matters, as it does to every tool."""
    return _SECTION_TYPES.get(name)


def settings(section_type: str) -> tuple[Setting, ...]:
    """The settings that a section (or the block under a key) of this type may hold; none if the type is unknown."""
    return tuple(_known(section_type).values())


def setting(section_type: str, name: str) -> Setting | None:
    """The setting of this name in such a section. Where any name goes, as in a services section, always one."""
    known = _known(section_type)
    found = known.get(name.lower())
    return found or next((row for row in known.values() if row.wildcard), None)


def places(name: str) -> tuple[str, ...]:
    """The types of section (and of block) that may hold a setting of this very name; none if there is no such one."""
    return _PLACES.get(name.lower(), ())


def is_secret(name: str) -> bool:
    """Whether a setting of this name, in whatever section, is or may carry a secret."""
    return name.lower() in _SECRETS


def displayable(section_type: str, name: str) -> bool:
    """Whether the value may be shown: only of a setting that is known to stand there and to hold no secret."""
    found = setting(section_type, name)
    return found is not None and not found.secret and not is_secret(name)


def tool_title(tool: str) -> str:
    """What people call a tool in `Setting.tools`; an unknown id is its own title."""
    return _data.TOOLS.get(tool, tool)


def regions() -> Mapping[str, Region]:
    """Every Region that botocore knows, by id, those that stand for a whole partition included."""
    return _REGIONS


def partitions() -> Mapping[str, Partition]:
    """Every partition that botocore knows, by id."""
    return _PARTITIONS


def partition_of(region: str) -> Partition | None:
    """The partition of a Region: of a known one, or of one whose id has the form that a partition gives its Regions."""
    known = _REGIONS.get(region)
    if known:
        return _PARTITIONS[known.partition]
    return next((_PARTITIONS[partition] for partition, form in _region_forms() if form.fullmatch(region)), None)


def looks_like_region(region: str) -> bool:
    """Whether the id has the form of a Region, known or not; "us-east-9" has it, "us-east-1a" has not."""
    return any(form.fullmatch(region) for _, form in _region_forms())


def _known(section_type: str) -> Mapping[str, Setting]:
    head, slash, block = section_type.partition("/")
    known = _SECTION_TYPES.get(head)
    if known is None:
        return {}
    if not slash:
        return _SETTINGS[known.settings]
    if known.settings == "services":
        block = "*"
    return _SETTINGS.get(f"{known.settings}/{block}", {})


@cache
def _region_forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row.id, re.compile(row.region_pattern, re.ASCII)) for row in _data.PARTITIONS)
