"""See the rule's own documentation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rolecall.edits import SectionEdit
from rolecall.lint import Finding, Fix, On, SectionTarget, Severity, is_unclosed, quoted, rule
from rolecall.readers.botocore.ini import Fault
from rolecall.syntax import Line
from rolecall.text import Position, TextEdit

_COMMENT = re.compile(r"\s+[#;]")
_ORDINARY = re.compile(r"[\w@.+:/ -]+|[\w-]+ \"[^\"]+\"|[\w-]+ '[^']+'")


@rule(on=On.SECTION, severity=Severity.ERROR, fixable=True, odd=True)
def unclosed_section_header(target: SectionTarget) -> Iterator[Finding]:
    """A header has no closing bracket.

    The AWS CLI and boto3 refuse the whole file then, and so do the SDKs for Rust and Java. JavaScript takes the
    settings below it for settings of the section above.

    Bad:
    ```ini
    [profile dev
    region = eu-west-1
    ```

    Good:
    ```ini
    [profile dev]
    region = eu-west-1
    ```
    """
    for refusal, line in target.refusals(Fault.NO_HEADER, Fault.NOT_AN_OPTION):
        if is_unclosed(line):
            yield Finding(
                target.line_place(refusal.line),
                'Header without "]": the AWS CLI and boto3 refuse the whole file',
                fixes=(_close(target, refusal.line, line),),
                readers=("botocore", "rust", "c", "java"),
            )


def _close(target: SectionTarget, number: int, line: Line) -> Fix:
    comment = _COMMENT.search(line.text, line.indent + 1)
    end = comment.start() if comment else len(line.text.rstrip())
    header = line.text[line.indent + 1 : end]
    place = Position(number, end)
    edit = SectionEdit(target.file, target.section, TextEdit(place, place, "]"))
    is_name = _ORDINARY.fullmatch(header) is not None
    # What is no name may be a setting with its value, which is not to be shown.
    title = f"Change to {quoted(f'[{header}]')}" if is_name else "Close the header"
    return Fix(title, lambda _: [edit], safe=is_name)
