"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.lint import Finding, On, SectionTarget, Severity, quoted_key, rule
from rolecall.readers.botocore.ini import Fault


@rule(on=On.SECTION, severity=Severity.ERROR, odd=True)
def invalid_nested_block(target: SectionTarget) -> Iterator[Finding]:
    """A line of a nested block has no `=`.

    Indented lines below a key without a value are a block of settings of their own, and each must have a `=`; a `:`
    does not do there. The AWS CLI and boto3 refuse the whole file otherwise, and so do the SDKs for Rust and Java.

    Bad:
    ```ini
    [profile dev]
    s3 =
      addressing_style: path
    ```

    Good:
    ```ini
    [profile dev]
    s3 =
      addressing_style = path
    ```
    """
    for refusal, _ in target.refusals(Fault.NESTED_LINE):
        block = quoted_key(refusal.option.written) if refusal.option else "•••"
        yield Finding(
            target.line_place(refusal.line),
            f'No "=" in this line of the block {block}: the AWS CLI and boto3 refuse the whole file',
            readers=("botocore", "rust", "c", "java"),
        )
