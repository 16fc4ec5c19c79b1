"""How the AWS Common Runtime (C) reads the two files: `aws_profile.c` of aws-c-sdkutils.

A refused file counts as one that is not there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rolecall.readers.lines import (
    COMMENT_SIGNS,
    Refused,
    Sections,
    SeenOnly,
    TextLine,
    lines,
    without_comment,
)
from rolecall.readers.seen import FileError, Seen, Settings, Source
from rolecall.syntax import Tree

_BLANKS = " \t\r\n"
_NAME = re.compile(r"[A-Za-z0-9\\_\-/.%@:+]+")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789\\_-/.%@:+"
_TYPED = re.compile(r"(profile|sso-session|services)[ \t\r\n]+")
_BLANK_COMMENT = re.compile(r"[ \t\r\n][#;]")


def read(config: Source, credentials: Source) -> SeenOnly:
    """Read both files as `aws_profile_collection_new_from_merge` puts them together."""
    in_config, in_credentials = _Parser(Sections(is_config=True)), _Parser(Sections(is_config=False))
    config_error, credentials_error = in_config.read(config), in_credentials.read(credentials)
    merged = Sections(is_config=True)
    if config_error is None:
        _merge(merged, in_config.sections)
        merged.ignored = in_config.sections.ignored
    if credentials_error is None:
        _merge(merged, in_credentials.sections)
    profiles, sso_sessions, services = merged.typed.values()
    return SeenOnly(Seen(config_error, credentials_error, profiles, sso_sessions, services, tuple(merged.ignored)))


def _merge(merged: Sections, sections: Sections) -> None:
    for type_, named in sections.typed.items():
        for name, settings in named.items():
            # The library looks for the place to merge into among the profiles only: a session or a services section
            # with the name of a profile becomes part of that profile.
            place = merged.typed["profile"].get(name)
            if place is None:
                place = merged.typed[type_][name] = {}
            place.update(settings)


@dataclass(slots=True, repr=False)
class _Parser:
    """The state of reading a file. `settings` and `key` are the section and the setting that lines go on with."""

    sections: Sections
    has_seen_header: bool = False
    settings: Settings | None = None
    key: str | None = None
    is_nested: bool = False

    def read(self, source: Source) -> FileError | None:
        """Read a file, if it is there. Returns why it is refused, or None."""
        try:
            # In the bytes of UTF-16 there is no line that the library takes for anything.
            if source.tree is not None and not source.utf16:
                self._read_lines(source.tree)
        except Refused as refused:
            return refused.error
        return None

    def _read_lines(self, tree: Tree) -> None:
        for number, line in lines(tree):
            text = line.removesuffix("\n").rstrip("\r")
            if not text.strip(_BLANKS) or text.startswith(COMMENT_SIGNS):
                continue
            if text.startswith("["):
                self._header(TextLine(number, text))
            elif text[0] in _BLANKS:
                self._continuation(TextLine(number, text))
            else:
                self._property(TextLine(number, text))

    def _header(self, line: TextLine) -> None:
        self.has_seen_header = True
        self.settings = self.key = None
        text = without_comment(line.text).rstrip(_BLANKS)[1:]
        self.settings = self._open(line.number, text)
        if self.settings is None:
            self.sections.ignored.append(text.partition("]")[0])

    def _open(self, number: int, text: str) -> Settings | None:
        """The settings of the section that a header opens or continues; None for one that is ignored.

        What stands behind the closing bracket does not count, and a missing one only where the name is right so far.
        """
        rest = text.lstrip(_BLANKS)
        typed = _TYPED.match(rest)
        if typed is not None:
            if not self.sections.is_config:
                return None
            rest = rest[typed.end() :]
        found = _NAME.match(rest)
        name = found[0] if found else ""
        if not name or (self.sections.is_config and typed is None and name != "default"):
            return None
        between, bracket, _ = rest[len(name) :].lstrip(_BLANKS).partition("]")
        if not bracket:
            raise _refused(number, "Profile declaration missing required ending bracket")
        if between:
            return None
        return self.sections.open(typed[1] if typed else None, name)

    def _property(self, line: TextLine) -> None:
        self.key = None
        comment = _BLANK_COMMENT.search(line.text)
        text = (line.text[: comment.start()] if comment else line.text).rstrip(_BLANKS)
        key, sign, value = text.partition("=")
        if not key:
            raise _refused(line.number, "Property definition does not contain the assignment operator")
        if not _is_identifier(key):
            return
        if not sign:
            raise _refused(line.number, "Property definition does not contain the assignment operator")
        if self.settings is not None:
            self.key = key.rstrip(_BLANKS)
            self.settings[self.key] = value.lstrip(_BLANKS)
            self.is_nested = not value.strip(_BLANKS)
        elif not self.has_seen_header:
            raise _refused(line.number, "Property definition seen before any profiles")

    def _continuation(self, line: TextLine) -> None:
        if self.settings is None or self.key is None:
            raise _refused(line.number, "Property continuation seen outside of a current property")
        # A comment in a continuation is part of the value.
        text = line.text.strip(_BLANKS)
        self.settings[self.key] = f"{self.settings[self.key]}\n{text}"
        if self.is_nested and text.find("=") < 1:
            raise _refused(line.number, "Empty-valued property continuation must contain the assignment operator")


def _is_identifier(key: str) -> bool:
    """Whether the library takes a key for valid. It takes letters off both ends until none is left, and then only
    complains if something is: blanks inside are invalid, as is any other sign."""
    return not key.rstrip(_BLANKS).strip(_LETTERS)


def _refused(line: int, message: str) -> Refused:
    # The library's error code, and the sentence that it logs with it.
    return Refused(FileError(line, "AWS_ERROR_SDKUTILS_PARSE_FATAL", message))
