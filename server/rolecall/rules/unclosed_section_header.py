"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.lint import Finding, On, SectionTarget, Severity, close_header, is_unclosed, rule
from rolecall.readers.botocore.ini import Fault


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
                fixes=(close_header(target.file, target.section, refusal.line),),
                readers=("botocore", "rust", "c", "java"),
            )
