"""From two trees to what botocore works with: files refused or read, profiles, sso-sessions and services."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache
from typing import Literal, NamedTuple

from rolecall.readers.botocore.ini import DEFAULT_SECTION, Fault, IniSection, Refusal, read_section
from rolecall.readers.seen import FileError, Settings
from rolecall.syntax import Located, Tree
from rolecall.syntax.parser import BOM

File = Literal["config", "credentials"]


class SectionType(Enum):
    """What botocore takes a section for. The value is the word in the header."""

    PROFILE = "profile"
    SSO_SESSION = "sso-session"
    SERVICES = "services"
    DEFAULTS = "DEFAULT"
    """configparser's own: its keys appear in every section of the file."""
    IGNORED = ""
    """Kept by the parser, used by nobody."""

    # There is one of each, and Enum's own hash is slow where every section is looked up by its type.
    __hash__ = object.__hash__


class Meaning(NamedTuple):
    """What a header means in its file: a type, and the name behind it ("" where there is none)."""

    type: SectionType
    name: str


_TYPES = (SectionType.PROFILE, SectionType.SSO_SESSION, SectionType.SERVICES)
_SHELL_SIGN = re.compile(r"['\"\\]")
_SHELL_SPACE = re.compile(r"[ \t\r\n]+")


def header_words(header: str) -> list[str] | None:
    """A header's words by the rules of a shell, as botocore cuts it; None where a quote is not closed."""
    if _SHELL_SIGN.search(header) is None:
        # shlex needs fifty times as long for what is nearly every header.
        return [word for word in _SHELL_SPACE.split(header) if word]
    try:
        return shlex.split(header)
    except ValueError:
        return None


@lru_cache(maxsize=1 << 15)
def meaning(file: File, header: str) -> Meaning:
    """What botocore's `build_profile_map` (config) or `raw_config_parse` (credentials) makes of a header's text."""
    if header == DEFAULT_SECTION:
        return Meaning(SectionType.DEFAULTS, "")
    if file == "credentials":
        return Meaning(SectionType.PROFILE, header)
    for type_ in _TYPES:
        # botocore compares the beginning only: [profiles foo] is the profile "foo".
        if header.startswith(type_.value):
            words = header_words(header) or []
            return Meaning(type_, words[1]) if len(words) == 2 else Meaning(SectionType.IGNORED, "")
    return Meaning(SectionType.PROFILE, header) if header == "default" else Meaning(SectionType.IGNORED, "")


class FileView(NamedTuple):
    """One file as botocore reads it. `sections` is empty when the file is refused; it holds secrets."""

    error: FileError | None
    sections: dict[str, Settings]

    def __repr__(self) -> str:
        # It holds secrets.
        return type(self).__name__


class View(NamedTuple):
    """Both files as botocore reads them, secrets and all.

    profiles            what `Session.full_config` has: of each key the credentials file's value wins
    config_profiles     the profiles of the config file alone (static keys are looked up file by file)
    credentials_profiles the sections of the credentials file
    ignored             headers of the config file that give nothing
    """

    config: FileView
    credentials: FileView
    profiles: dict[str, Settings]
    config_profiles: dict[str, Settings]
    credentials_profiles: dict[str, Settings]
    sso_sessions: dict[str, Settings]
    services: dict[str, Settings]
    ignored: tuple[str, ...]

    def __repr__(self) -> str:
        # It holds secrets.
        return type(self).__name__

    @property
    def refused(self) -> bool:
        """Whether one of the files is refused; no profile works then, of either file."""
        return self.config.error is not None or self.credentials.error is not None


def read_file(tree: Tree | None, *, undecodable: bool = False) -> FileView:
    """One file as `raw_config_parse` reads it. None is a file that is not there (or that cannot be opened)."""
    if tree is None:
        return FileView(None, {})
    if undecodable:
        return FileView(FileError(None, "ConfigParseError", Fault.ENCODING.cause), {})
    error = refusal(tree)
    if error is not None:
        line, fault = error
        return FileView(FileError(line, "ConfigParseError", fault.cause), {})
    return FileView(None, settings_of(tree))


def settings_of(tree: Tree) -> dict[str, Settings]:
    """The settings of a file by header, with those of [DEFAULT] in each. Of a file that botocore refuses, what it would
    read once that is repaired: the later value of a key wins, and sections with the same header are one."""
    sections: dict[str, Settings] = {}
    defaults: Settings = {}
    for _, ini in ini_sections(tree):
        if ini.name == DEFAULT_SECTION:
            defaults.update(ini.values())
        elif ini.name is not None:
            sections.setdefault(ini.name, {}).update(ini.values())
    return {name: {**defaults, **values} for name, values in sections.items()} if defaults else sections


def read(config: FileView, credentials: FileView) -> View:
    """Both files together. Where one is refused nothing is left of either, as no command works then."""
    profiles: dict[str, Settings] = {}
    groups: dict[SectionType, dict[str, Settings]] = {type_: {} for type_ in SectionType}
    ignored = []
    for header, values in config.sections.items():
        found = meaning("config", header)
        if found.type is SectionType.IGNORED:
            ignored.append(header)
        else:
            # A later section of the same meaning takes the place of an earlier one, keys and all.
            groups[found.type].pop(found.name, None)
            groups[found.type][found.name] = values
    config_profiles = groups[SectionType.PROFILE]
    if config.error is None and credentials.error is None:
        profiles = {name: dict(values) for name, values in config_profiles.items()}
        for name, values in credentials.sections.items():
            profiles.setdefault(name, {}).update(values)
    return View(
        config,
        credentials,
        profiles,
        config_profiles,
        credentials.sections,
        groups[SectionType.SSO_SESSION],
        groups[SectionType.SERVICES],
        tuple(ignored),
    )


def ini_sections(tree: Tree) -> Iterator[tuple[Located, IniSection]]:
    """Every section that configparser sees, with the tree's section that it stands in, in file order."""
    for located in tree.located():
        for ini in read_section(located.section):
            yield located, ini


def refusal(tree: Tree) -> tuple[int, Fault] | None:
    """The line (from 1) and the fault for which the file is refused, or None.

    configparser raises at the first duplicate or header-less line that it meets, and lists the lines that are no
    option only at the end; botocore reads nested blocks after that.
    """
    if has_bom(tree):
        return 1, Fault.NO_HEADER
    at_end: list[tuple[int, Fault]] = []
    nested: list[tuple[int, Fault]] = []
    in_defaults: list[tuple[int, str]] = []
    names: set[str | None] = set()
    own_keys: list[set[str]] = []
    default_keys: set[str] = set()
    for (_, start), ini in ini_sections(tree):
        if ini.name in names:
            return start + ini.line + 1, Fault.DUPLICATE_SECTION
        refusals = ini.refusals
        if ini.name == DEFAULT_SECTION:
            # It may stand there more than once, but no key of it.
            refusals += tuple(
                Refusal(Fault.DUPLICATE_OPTION, option.line) for option in ini.options if option.key in default_keys
            )
            default_keys.update(option.key for option in ini.options)
        else:
            names.add(ini.name)
            own_keys += [{option.key for option in ini.options}] if ini.name is not None else []
        at_once = [found for found in refusals if not found.fault.deferred and found.fault is not Fault.NESTED_LINE]
        if at_once:
            first = min(at_once, key=lambda found: found.line)
            return start + first.line + 1, first.fault
        at_end += [(start + found.line + 1, found.fault) for found in refusals if found.fault.deferred]
        for found in refusals:
            if found.fault is Fault.NESTED_LINE and found.option is not None:
                if ini.name == DEFAULT_SECTION:
                    in_defaults.append((start + found.line + 1, found.option.key))
                else:
                    nested.append((start + found.line + 1, found.fault))
    if at_end:
        return at_end[0]
    # The keys of [DEFAULT] are read as those of the other sections, of those that do not have them themselves.
    nested += [(line, Fault.NESTED_LINE) for line, key in in_defaults if any(key not in keys for keys in own_keys)]
    return nested[0] if nested else None


def has_bom(tree: Tree) -> bool:
    """Whether the text starts with a byte order mark."""
    for section in tree.sections():
        if section.lines:
            return section.lines[0].text.startswith(BOM)
    return False
