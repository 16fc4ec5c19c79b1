"""What can be folded away: sections, values over several lines, and runs of comments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from rolecall.features.cursor import last_line
from rolecall.features.texts import is_comment, last_of, texts_of
from rolecall.model.stanza import stanzas
from rolecall.model.workspace import Workspace
from rolecall.readers.botocore.merge import File
from rolecall.syntax import Section
from rolecall.syntax.regular import regular


class Fold(NamedTuple):
    """Lines that fold into the first of them."""

    first: int
    last: int
    kind: Literal["section", "block", "comment"]


def folds(workspace: Workspace, file: File) -> list[Fold]:
    """Every fold of a file, in the order of their first lines. Linear in the file."""
    tree = workspace.document(file).tree
    return [
        Fold(start + first, start + last, kind)
        for section, start in (tree.located() if tree else ())
        for first, last, kind in folds_of_section(file, section)
    ]


def folds_of_section(file: File, section: Section) -> tuple[Fold, ...]:
    """The folds of one section of the tree, lines counted from its start."""
    return tuple(sorted(_folds(file, section)))


def _folds(file: File, section: Section) -> Iterator[Fold]:
    if regular(section) is not None and section.header is not None:
        last = last_of(texts_of(section), section.header)
        if last > section.header:
            yield Fold(section.header, last, "section")
        yield from _comments(section)
        return
    for stanza in stanzas(file, section):
        last = last_line(stanza)
        if last > stanza.ini.line:
            yield Fold(stanza.ini.line, last, "section")
        for option in stanza.options:
            if option.last > option.line:
                yield Fold(option.line, option.last, "block")
    yield from _comments(section)


def _comments(section: Section) -> Iterator[Fold]:
    """Runs of at least two comment lines."""
    first: int | None = None
    for number, text in enumerate((*texts_of(section), "")):
        if is_comment(text):
            first = number if first is None else first
        else:
            if first is not None and number - first > 1:
                yield Fold(first, number - 1, "comment")
            first = None
