"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.lint import FileTarget, Finding, On, Severity, rule
from rolecall.settings import READERS
from rolecall.syntax import Section, Tree

_REPLACED = "\ufffd"


@rule(on=On.FILE, severity=Severity.ERROR)
def not_utf8(target: FileTarget) -> Iterator[Finding]:
    """The file is not in UTF-8.

    One byte that is not UTF-8 is enough, even in a comment: the AWS CLI and boto3 refuse the whole file on Linux and
    macOS, and Rust takes it for an empty one. On Windows they read it in the system's own encoding. A file in UTF-16,
    such as `>` writes it in older versions of PowerShell, is of no use to any tool.
    """
    facts, tree = target.document.facts, target.document.tree
    if tree is None or facts.undecodable_at is None:
        return
    if facts.utf16:
        yield Finding(target.place(), "The file is in UTF-16, which no tool reads: save it as UTF-8", readers=READERS)
        return
    yield Finding(
        target.place(*_place(tree, facts.undecodable_at)),
        "Not in UTF-8 here: the AWS CLI and boto3 refuse the whole file",
        readers=("botocore", "rust"),
    )


def _place(tree: Tree, offset: int) -> tuple[int, int | None]:
    """Line and column of the first character that could not be read, or else the line that it was on."""
    line = 0
    for section, start in tree.located():
        replaced = section.memo(_replaced)
        if replaced is not None:
            return start + replaced[0], replaced[1]
    for section, start in tree.located():
        if offset < len(section.text):
            return start + _line_at(section, offset), None
        offset -= len(section.text)
        line = start
    return line, None


def _replaced(section: Section) -> tuple[int, int] | None:
    for number, line in enumerate(section.lines):
        column = line.text.find(_REPLACED)
        if column >= 0:
            return number, column
    return None


def _line_at(section: Section, offset: int) -> int:
    for number, line in enumerate(section.lines):
        offset -= len(line.text) + len(line.end)
        if offset < 0:
            return number
    return 0
