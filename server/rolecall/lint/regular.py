"""Whether a section is written in the one way that every tool reads alike.

Nearly all sections are, and rules that are about everything else (`odd=True`) need not look at them.
"""

from __future__ import annotations

import re

from rolecall.syntax import LineKind, Section

_HEADER = re.compile(r"\[(default|((profile|sso-session|services) )?[A-Za-z0-9_\-/.%@:+]+)\][ \t]*")
_ENTRY = re.compile(r"(?P<key>[a-z0-9_]+)[ \t]*=[ \t]*(?![\"'#;])[!-~]+([ \t]+(?![#;])[!-~]+)*(?<![\"'])[ \t]*")


def is_regular(section: Section) -> bool:
    """Whether it is a header with a plain name, and under it lines `key = value` in lower case, each key once, none of
    them indented, quoted, empty or with what some tool takes for a comment. Blank lines and whole-line comments in
    column 0 may stand anywhere. Computed once for a section."""
    return section.memo(_is_regular)


def is_regular_header(header: str) -> bool:
    """The same for the text between the brackets alone."""
    return _HEADER.fullmatch(f"[{header}]") is not None


def _is_regular(section: Section) -> bool:
    keys: set[str] = set()
    for number, line in enumerate(section.lines):
        if line.kind is LineKind.BLANK:
            if line.text.strip(" \t"):
                return False
        elif line.kind is LineKind.COMMENT:
            if line.indent:
                return False
        elif number == section.header:
            if _HEADER.fullmatch(line.text) is None:
                return False
        else:
            entry = _ENTRY.fullmatch(line.text)
            if entry is None or section.header is None or entry["key"] in keys:
                return False
            keys.add(entry["key"])
    return True
