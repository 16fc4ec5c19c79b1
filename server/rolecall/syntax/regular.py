"""Sections that are written in the one way that every tool reads alike.

Nearly all sections are: a header with a plain name, and under it lines `key = value`. Their meaning is known without
any tool's grammar, so whoever looks at all sections of a file looks at this first.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from rolecall.syntax.tree import Section

_OF_THEIR_OWN = r"(?!(?:DEFAULT|profile default|(?:profile )?__proto__)\])"
"""Plain names of which each tool has its own view."""
_HEADER = re.compile(rf"\[{_OF_THEIR_OWN}(default|(?:(?:profile|sso-session|services) )?[A-Za-z0-9_\-/.%@:+]+)\][ \t]*")
_ENTRY = re.compile(r"([a-z0-9_]+)[ \t]*=[ \t]*((?![\"'#;])[!-~]+(?:[ \t]+(?![#;])[!-~]+)*)(?<![\"'])[ \t]*")

_Entry = tuple[str, str]
_IDLE: _Entry = ("", "")
_KEPT = 1 << 16
_SHORT = 48
"""Characters of a line that may well stand there more than once. No line with a secret access key is as short."""

_known: dict[str, _Entry | None] = {"": _IDLE}
"""What lines are: key and value, _IDLE for a blank one or a comment, None for what is not regular."""


class Regular(NamedTuple):
    """What a regular section says.

    header  the text between the brackets; "" where there are only blank lines and comments before the first header
    entries key to value
    """

    header: str
    entries: dict[str, str]


def regular(section: Section) -> Regular | None:
    """What a section says if it is regular, else None. Computed once for a section.

    Regular are: a header in column 0 with nothing behind it and a name of letters, digits and _-/.%@:+ that means the
    same to all tools, as DEFAULT does not, and lines `key = value` in column 0, each key once, in lower case, with a
    value that is printable ASCII, not empty, not quoted and without what some tool takes for a comment. Blank lines and
    whole-line comments in column 0 may stand anywhere.
    """
    return section.memo(_regular)


def is_regular_header(header: str) -> bool:
    """Whether a text between brackets is that of a regular section."""
    return _HEADER.fullmatch(f"[{header}]") is not None


def _regular(section: Section) -> Regular | None:
    text = section.text
    if "\r" in text:
        text = text.replace("\r\n", "\n")
        if "\r" in text:
            return None
    lines = text.split("\n")
    name = ""
    if section.header is not None:
        header = _HEADER.fullmatch(lines[section.header])
        if header is None:
            return None
        name = header[1]
        # What stands above are comments in column 0.
        del lines[: section.header + 1]
    entries: dict[str, str] = {}
    for line in lines:
        found = _known[line] if line in _known else _look_at(line)
        if found is _IDLE:
            continue
        if found is None or found[0] in entries or section.header is None:
            return None
        entries[found[0]] = found[1]
    return Regular(name, entries)


def _look_at(line: str) -> _Entry | None:
    if len(_known) > _KEPT:
        _known.clear()
    found: _Entry | None
    if line[0] in "#;" or not line.strip(" \t"):
        found = _IDLE
    else:
        entry = _ENTRY.fullmatch(line)
        found = (entry[1], entry[2]) if entry else None
    if len(line) <= _SHORT:
        _known[line] = found
    return found
