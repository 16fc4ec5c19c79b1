"""How the AWS SDK for Java 2 reads the two files: its `ProfileFileReader`, and its `ProfileFile` that merges them.

One refused file fails the whole load, so that nothing is left of the other one either.
"""

from __future__ import annotations

import re

from rolecall.readers.lines import (
    BLANKS,
    COMMENT_SIGNS,
    Refused,
    Sections,
    SeenOnly,
    without_blank_comment,
    without_comment,
)
from rolecall.readers.seen import FileError, Seen, Settings, Source
from rolecall.syntax import Tree

_TRIMMED = "".join(map(chr, range(0x21)))
"""What Java's `String.trim` takes off."""

_IDENTIFIER = re.compile(r"[A-Za-z0-9_\-/.%@:+]*")
_TYPED = re.compile(r"(profile|sso-session|services)[ \t](.*)", re.DOTALL)


def read(config: Source, credentials: Source) -> SeenOnly:
    """Read both files as the SDK does."""
    in_config, in_credentials = Sections(is_config=True), Sections(is_config=False)
    config_error, credentials_error = _read_file(config, in_config), _read_file(credentials, in_credentials)
    if config_error or credentials_error:
        return SeenOnly(Seen.nothing(config_error, credentials_error))
    profiles = in_config.typed["profile"]
    for name, settings in in_credentials.typed["profile"].items():
        profiles.setdefault(name, {}).update(settings)
    typed, ignored = in_config.typed, tuple(in_config.ignored)
    return SeenOnly(Seen(None, None, profiles, typed["sso-session"], typed["services"], ignored))


def _read_file(source: Source, sections: Sections) -> FileError | None:
    """Read a file, if it is there, into sections. Returns why it is refused, or None."""
    try:
        if source.utf16:
            # Decoded as UTF-8, the mark at the start of the file makes of the first line anything but a header.
            raise _refused(1, "Expected a profile definition")
        if source.tree is not None:
            _read_lines(source.tree, sections)
    except Refused as refused:
        return refused.error
    return None


def _read_lines(tree: Tree, sections: Sections) -> None:
    settings: Settings | None = None
    key: str | None = None
    in_ignored_section = in_ignored_property = is_nested = False
    for number, line in enumerate((line.text for section in tree.sections() for line in section.lines), 1):
        if not line.strip(BLANKS) or line.startswith(COMMENT_SIGNS):
            continue
        if line.startswith("["):
            header = without_comment(line).strip(_TRIMMED)
            if not header.endswith("]"):
                raise _refused(number, "Profile definition must end with ']'")
            opened = _open(header[1:-1], sections)
            in_ignored_section = opened is None
            if opened is not None:
                settings, key, in_ignored_property = opened, None, False
        elif in_ignored_section:
            continue
        elif line[0] not in BLANKS:
            if settings is None:
                raise _refused(number, "Expected a profile definition")
            key, value = _property(number, without_blank_comment(line).strip(_TRIMMED))
            in_ignored_property = _IDENTIFIER.fullmatch(key) is None
            if not in_ignored_property:
                settings[key] = value
                is_nested = not value
        elif not in_ignored_property:
            if settings is None or key is None:
                raise _refused(number, "Expected a profile or property definition")
            # A comment in a continuation is part of the value.
            text = line.strip(_TRIMMED)
            if is_nested:
                _property(number, text)
            settings[key] = f"{settings[key]}\n{text}"


def _open(header: str, sections: Sections) -> Settings | None:
    """The settings of the section that a header opens; None for one that is ignored."""
    text = header.strip(_TRIMMED)
    typed = _TYPED.fullmatch(text)
    type_, name = (typed[1], typed[2].strip(_TRIMMED)) if typed else (None, text)
    settings = sections.open(type_, name) if _IDENTIFIER.fullmatch(name) is not None else None
    if settings is None:
        sections.ignored.append(header)
    return settings


def _property(number: int, text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not sign:
        raise _refused(number, "Expected an '=' sign defining a property")
    key = key.strip(_TRIMMED)
    if not key:
        raise _refused(number, "Property did not have a name")
    return key, value.strip(_TRIMMED)


def _refused(line: int, message: str) -> Refused:
    # `Validate.isTrue` of the SDK raises it.
    return Refused(FileError(line, "IllegalArgumentException", f"{message} on line {line}"))
