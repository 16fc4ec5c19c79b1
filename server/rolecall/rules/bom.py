"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.edits import FileEdit, RemoveBom, SectionEdit
from rolecall.lint import FileTarget, Finding, Fix, On, Severity, rule
from rolecall.syntax.parser import BOM
from rolecall.text import Position, TextEdit


@rule(on=On.FILE, severity=Severity.ERROR, fixable=True)
def bom(target: FileTarget) -> Iterator[Finding]:
    """The file starts with a byte order mark.

    Some Windows editors put this invisible character in front of a text in UTF-8. The AWS CLI and boto3 take the first
    line for something that stands before the first section, and refuse the whole file; so do the SDKs for Rust and
    Java. JavaScript and Go do not mind.
    """
    tree = target.document.tree
    if tree is None:
        return
    first = tree.line(0)
    edit: FileEdit
    if first is not None and first.text.startswith(BOM):
        # A section may be empty, so that the line's own is not always the first one.
        section = tree.at(0).section
        edit = SectionEdit(target.file, section, TextEdit(Position(0, 0), Position(0, 1), ""))
        place = target.place(0, 0)
    elif target.document.facts.bom:
        edit = RemoveBom(target.file)
        place = target.place()
    else:
        return
    yield Finding(
        place,
        "Starts with a byte order mark, which is invisible: the AWS CLI and boto3 refuse the whole file",
        fixes=(Fix("Remove the byte order mark", lambda _: [edit], safe=True),),
        readers=("botocore", "rust", "c", "java"),
    )
