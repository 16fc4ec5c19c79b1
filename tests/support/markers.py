"""Annotated text: files with findings marked by carets under the line, and a cursor marked by `$0`.

A line that, white space apart, starts with ^ marks the file's line above it. It is taken out before the text is read,
so that the text under test is exactly the file:

    [profile dev]
    regoin = eu-west-1
    ^^^^^^ [fix] unknown-key: Unknown setting "regoin"; did you mean "region"?

`[fix]` says that there is a fix. Several files in one text are parted by lines `//- config`, `//- credentials` and
`//- accounts`; without such a line the text is the config file. Behind the name stand facts of the file that its text
does not tell, as in `//- config bom mode=0o644`. A line `//- readers rust java` above them all names the tools that a
team uses, where it is not the AWS CLI and boto3.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from rolecall.text import Position

_CARETS = re.compile(r"^(?P<indent>[ \t]*)(?P<carets>\^+)[ \t]?(?P<note>.*)$")
_FILE = re.compile(r"^//- (\w+)((?: \w+(?:=\w+)?)*)$", re.MULTILINE)


class Mark(NamedTuple):
    """One annotation: the line it is about (from 0), its columns, and what it says."""

    line: int
    start: int
    end: int
    note: str


def files(text: str) -> dict[str, str]:
    """The parts of a text by file name."""
    parts = _FILE.split(text)
    if len(parts) == 1:
        return {"config": text}
    assert not parts[0].strip(), "text before the first //- line"
    return {name: body.removeprefix("\n") for name, body in zip(parts[1::3], parts[3::3], strict=True)}


def facts(text: str) -> dict[str, str]:
    """What stands behind the name of each file: "" for most."""
    return {found[1]: found[2].strip() for found in _FILE.finditer(text)}


def unmark(text: str) -> tuple[str, list[Mark]]:
    """A file's text without its annotations, and the annotations."""
    kept: list[str] = []
    marks = []
    for line in text.splitlines(keepends=True):
        found = _CARETS.match(line.rstrip("\n"))
        if found and kept:
            start = len(found["indent"])
            marks.append(Mark(len(kept) - 1, start, start + len(found["carets"]), found["note"].strip()))
        else:
            kept.append(line)
    return "".join(kept), marks


def mark(text: str, marks: list[Mark]) -> str:
    """A file's text with annotations put under their lines."""
    out = []
    for number, line in enumerate(text.splitlines(keepends=True) or [""]):
        out.append(line if line.endswith("\n") else f"{line}\n")
        own = sorted(found for found in marks if found.line == number)
        out += [f"{' ' * one.start}{'^' * (one.end - one.start)} {one.note}".rstrip() + "\n" for one in own]
    return "".join(out)


def cursor(text: str) -> tuple[str, Position]:
    """A text without its `$0`, and where that stood."""
    before, found, after = text.partition("$0")
    assert found, "the text has no $0"
    return before + after, Position(before.count("\n"), len(before) - before.rfind("\n") - 1)
