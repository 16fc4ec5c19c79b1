"""Comments that say to ignore what a rule reports: written by a quick fix, completed while they are typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rolecall.edits import SectionEdit
from rolecall.lint import Rule
from rolecall.lint.suppression import OUT_OF_REACH, Misplaced, Reach, comment, ignore, reach, subject
from rolecall.model.workspace import Workspace
from rolecall.readers.botocore.ini import read_section
from rolecall.readers.botocore.merge import File
from rolecall.rules import ALL
from rolecall.syntax import LineKind, Tree
from rolecall.text import Position, Span

_RULES = {rule.name: rule for rule in ALL if rule.on not in OUT_OF_REACH}
_FRAME = "rolecall: ignore["
_BEGUN = re.compile(r"[#;][ \t]*(?P<typed>.*)", re.DOTALL)
_LIST = re.compile(r"[#;][ \t]*rolecall:[ \t]*ignore\[(?P<names>[^\]]*)", re.DOTALL)
_BORDER = re.compile(r"[\s,\]]")


class Ignore(NamedTuple):
    """A way to have something no longer reported. `line` is the one that the comment is about, from 0 in the file."""

    title: str
    line: int
    edit: SectionEdit


class Choice(NamedTuple):
    """A comment or a rule to choose.

    replace     what `insert` takes the place of
    is_snippet  `insert` has a tab stop, behind which a rule is to be chosen
    is_reported the rule reports something that the comment would ignore
    rule        None where it is yet to be chosen
    """

    label: str
    insert: str
    replace: Span
    is_snippet: bool
    is_reported: bool
    rule: Rule | None


def ignoring(workspace: Workspace, file: File, line: int, rule: str) -> Ignore | None:
    """What writes that a rule is to be ignored on a line; None where no comment can say that."""
    tree = workspace.document(file).tree
    if tree is None or rule not in _RULES:
        return None
    section, start = tree.at(line)
    top = subject(section, line - start)
    end = _line_end(tree, start + top)
    # Some tools know no line end that is a carriage return alone: to them all that follows would be in the comment.
    edit = ignore(file, section, line - start, rule, end) if end != "\r" else None
    if edit is None:
        return None
    is_header = any(ini.name is not None and ini.line == top for ini in read_section(section))
    return Ignore(f"Ignore {rule} {'in this section' if is_header else 'here'}", start + top, edit)


def _line_end(tree: Tree, number: int) -> str:
    """How lines end above a line, or in the first line of a file on it."""
    line = tree.line(max(number - 1, 0))
    return (line.end if line is not None else "") or "\n"


def choices(
    workspace: Workspace, file: File, position: Position, reported: Iterable[tuple[int, str]]
) -> Iterator[Choice]:
    """What a comment can say at a position. `reported` are the lines (from 0) and rules of what is reported."""
    tree = workspace.document(file).tree
    line = tree.line(position.line) if tree else None
    if tree is None or line is None or line.kind is not LineKind.COMMENT or line.indent:
        return
    section, start = tree.at(position.line)
    covered = reach(section, position.line - start)
    if covered.misplaced not in (None, Misplaced.ALONE):
        return
    before, after = line.text[: position.column], line.text[position.column :]
    here = _reported(covered, start, reported)
    names = _LIST.fullmatch(before)
    if names is not None:
        yield from _names(position, names["names"], after, here)
        return
    begun = _BEGUN.fullmatch(before)
    if begun is not None and not after.strip() and _FRAME.startswith(begun["typed"].lower()):
        yield from _comments(position, before, begun.start("typed"), len(line.text), here)


def _reported(covered: Reach, start: int, reported: Iterable[tuple[int, str]]) -> list[str]:
    """The rules that report something of what a comment covers, in the order of the lines."""
    found = [rule for line, rule in reported if covered.first <= line - start <= covered.last and rule in _RULES]
    return list(dict.fromkeys(found))


def _names(position: Position, before: str, after: str, reported: list[str]) -> Iterator[Choice]:
    """The rules that are not named yet, in place of the word that the cursor is on."""
    typed = len(before) - max(before.rfind(sign) for sign in ", \t") - 1
    border = _BORDER.search(after)
    rest = after.partition("]")[0]
    end = border.start() if border else len(after)
    span = Span(position.line, position.column - typed, position.column + end)
    taken = set(re.split(r"[\s,]+", before[: len(before) - typed] + rest[end:]))
    for name in (*reported, *(name for name in _RULES if name not in reported)):
        if name not in taken:
            yield Choice(name, name, span, False, name in reported, _RULES[name])


def _comments(position: Position, before: str, start: int, end: int, reported: list[str]) -> Iterator[Choice]:
    """Whole comments: one for each rule that reports something here, and one in which the rule is yet to be chosen."""
    span = Span(position.line, start, end)
    lead = "" if before[start - 1].isspace() else " "
    for name in reported:
        text = comment(name).removeprefix("# ")
        yield Choice(text, lead + text, span, False, True, _RULES[name])
    yield Choice(f"{_FRAME}…]", f"{lead}{_FRAME}$1]", span, True, False, None)
