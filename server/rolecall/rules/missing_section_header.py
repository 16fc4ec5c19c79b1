"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.lint import CONFLICT, Finding, On, SectionTarget, Severity, is_unclosed, rule
from rolecall.readers.botocore.ini import Fault
from rolecall.syntax import Line, LineKind


@rule(on=On.SECTION, severity=Severity.ERROR, odd=True)
def missing_section_header(target: SectionTarget) -> Iterator[Finding]:
    """A line stands before the first section.

    The AWS CLI and boto3 refuse the whole file then, and so do the SDKs for Rust and Java; JavaScript and Go ignore the
    lines up to the first header. Only comments may stand there.

    Bad:
    ```ini
    region = eu-west-1
    output = json
    ```

    Good:
    ```ini
    [default]
    region = eu-west-1
    output = json
    ```
    """
    for refusal, line in target.refusals(Fault.NO_HEADER):
        explained = _explained_by(line)
        if explained is None or not target.is_reported(explained):
            yield Finding(
                target.line_place(refusal.line),
                "Stands before the first section: the AWS CLI and boto3 refuse the whole file",
                readers=("botocore", "rust", "c", "java"),
            )
        # The lines below it, and those below a broken header, are in the same state for the same cause.
        return


def _explained_by(line: Line) -> str | None:
    """The rule that says more of a line than that it lacks a header above."""
    if line.kind is LineKind.BRACKET:
        return "unclosed-section-header" if is_unclosed(line) else "syntax-error"
    return "syntax-error" if line.text.startswith(CONFLICT) else None
