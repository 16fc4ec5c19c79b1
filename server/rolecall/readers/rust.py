"""How the AWS SDK for Rust reads the two files: `aws_runtime::env_config` of smithy-rs.

One refused file fails the whole load, so that nothing is left of the other one either. Where two headers mean the same
but are spelled differently (`[profile foo]`, `[profile  foo]`), Rust merges them in the order of a hash map, and which
value wins changes from run to run. Here the later header in the file wins.
"""

from __future__ import annotations

import re

from rolecall.readers.lines import BLANKS, COMMENT_SIGNS, UNICODE_SPACES, Refused, SeenOnly, lines, without_comment
from rolecall.readers.seen import FileError, Seen, Settings, Source
from rolecall.syntax import Tree

_PARSE_ERROR = "EnvConfigParseError"

_IDENTIFIER = re.compile(r"[A-Za-z0-9_\-/.%@:+]*")
_SPACED_COMMENT = re.compile(rf"(?<=[{UNICODE_SPACES}])[#;]")

_Raw = dict[str, dict[str, str]]
"""The settings of a file by the text between the brackets, before headers have a meaning."""


def read(config: Source, credentials: Source) -> SeenOnly:
    """Read both files as the SDK does."""
    in_config, config_error = _parse_file(config)
    in_credentials, credentials_error = _parse_file(credentials)
    if any(error is not None and error.error == _PARSE_ERROR for error in (config_error, credentials_error)):
        return SeenOnly(Seen.nothing(config_error, credentials_error))
    seen = _normalize(in_config, in_credentials)
    return SeenOnly(seen._replace(config_error=config_error, credentials_error=credentials_error))


def _parse_file(source: Source) -> tuple[_Raw, FileError | None]:
    if source.undecodable:
        # The SDK logs the error of `String::from_utf8` as a warning, and takes the file for an empty one.
        return {}, FileError(None, "FromUtf8Error", "config file did not contain utf-8 encoded data")
    if source.tree is None:
        return {}, None
    try:
        return _parse(source.tree), None
    except Refused as refused:
        return {}, refused.error


def _parse(tree: Tree) -> _Raw:
    sections: _Raw = {}
    section: dict[str, str] | None = None
    key: str | None = None
    is_nested = False
    for number, line in lines(tree):
        text = line.removesuffix("\n").removesuffix("\r") if line.endswith("\n") else line
        if not text.strip(BLANKS) or text.startswith(COMMENT_SIGNS):
            continue
        if text.startswith("["):
            header = without_comment(text).strip(BLANKS)
            if not header.endswith("]"):
                raise _refused(number, "Profile definition must end with ']'")
            section = sections.setdefault(header[1:-1], {})
            key = None
        elif section is None:
            raise _refused(number, "Expected a profile definition")
        elif text[0] not in BLANKS:
            key, value = _property(number, text, "property")
            section[key] = value
            is_nested = not value
        elif key is None:
            raise _refused(number, "Expected a property definition, found continuation")
        else:
            if is_nested:
                _property(number, text, "sub-property")
            # A comment in a continuation is part of the value.
            section[key] += "\n" + text.strip(BLANKS)
    return sections


def _property(number: int, line: str, what: str) -> tuple[str, str]:
    text = line.strip(BLANKS)
    comment = _SPACED_COMMENT.search(text)
    if comment is not None:
        text = text[: comment.start()]
    key, sign, value = text.partition("=")
    if not sign:
        raise _refused(number, f"Expected an '=' sign defining a {what}")
    key = key.strip(BLANKS)
    if not key:
        raise _refused(number, f"{what.capitalize()} did not have a name")
    return key.lower() if key.isascii() else key, value.strip(BLANKS)


def _refused(line: int, message: str) -> Refused:
    return Refused(FileError(line, _PARSE_ERROR, message))


def _normalize(config: _Raw, credentials: _Raw) -> Seen:
    """Both files by what their headers mean."""
    seen = Seen.nothing()
    ignored = []
    keys = {header: _section_key(header) for header in config}
    has_prefixed_default = ("profile", "default") in keys.values()
    for header, (prefix, name) in keys.items():
        properties = config[header]
        if _IDENTIFIER.fullmatch(name) is None or (prefix is None and (name != "default" or has_prefixed_default)):
            ignored.append(header)
        elif prefix in (None, "profile"):
            seen.profiles.setdefault(name, {}).update(_valid(properties))
        elif prefix == "sso-session":
            seen.sso_sessions.setdefault(name, {}).update(_valid(properties))
        elif prefix == "services":
            _add_services(seen.services, name, properties)
        else:
            ignored.append(header)
    for header, properties in credentials.items():
        prefix, name = _section_key(header)
        if prefix is None and _IDENTIFIER.fullmatch(name) is not None:
            seen.profiles.setdefault(name, {}).update(_valid(properties))
    return seen._replace(ignored=tuple(ignored))


def _section_key(header: str) -> tuple[str | None, str]:
    """The prefix, if there is one, and the name behind it."""
    text = header.strip(BLANKS)
    blank = min((at for at in map(text.find, BLANKS) if at >= 0), default=None)
    if blank is None:
        return None, text.strip(UNICODE_SPACES)
    return text[:blank].strip(UNICODE_SPACES), text[blank:].strip(UNICODE_SPACES)


def _valid(properties: dict[str, str]) -> Settings:
    return {key: value for key, value in properties.items() if _IDENTIFIER.fullmatch(key) is not None}


def _add_services(services: dict[str, Settings], name: str, properties: dict[str, str]) -> None:
    """Of other sections than profiles and sessions the SDK keeps the sub-properties alone, line by line."""
    for key, value in _valid(properties).items():
        parts = [line.partition("=") for line in str(value).split("\n")]
        found = {name_.strip(BLANKS): text.strip(BLANKS) for name_, sign, text in parts if sign}
        if found:
            before = services.setdefault(name, {}).get(key, {})
            services[name][key] = {**before, **found} if not isinstance(before, str) else found
