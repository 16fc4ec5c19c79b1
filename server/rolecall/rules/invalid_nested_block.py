"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall import catalog
from rolecall.edits import remove_lines
from rolecall.lint import (
    Finding,
    Fix,
    On,
    SectionTarget,
    Severity,
    comments_below,
    line_place,
    opens_block,
    quoted_key,
    rule,
    unindent,
)
from rolecall.model.stanza import Stanza
from rolecall.readers.botocore.ini import Fault, Option
from rolecall.readers.botocore.merge import SectionType
from rolecall.settings import READERS

_STRICT = ("rust", "c", "java")


@rule(on=On.SECTION, severity=Severity.ERROR, fixable=True, odd=True)
def invalid_nested_block(target: SectionTarget) -> Iterator[Finding]:
    """A line of a nested block has no `=`.

    Indented lines below a key without a value are a block of settings of their own, and each must have a `=`; a `:`
    does not do there. The AWS CLI and boto3 refuse the whole file otherwise, and so do the SDKs for Rust, C and Java.
    These three refuse it for an indented comment in a block too, while one in column 0 does no harm. Blocks have one
    level: of a line that is deeper than the others tools make one more line of the same block. And a key such as `s3`
    that nothing follows, or nothing indented, is a block without settings.

    The fix takes the indentation off a comment, which changes nothing for the tools that read the file.

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
    for stanza in target.stanzas:
        for number, option in enumerate(stanza.options):
            following = stanza.options[number + 1] if number + 1 < len(stanza.options) else None
            if option.value_span is None and stanza.type is not SectionType.IGNORED:
                yield from _comments(target, stanza, option)
                yield from _levels(stanza, option)
                yield from _empty(target, stanza, option, following)


def _comments(target: SectionTarget, stanza: Stanza, option: Option) -> Iterator[Finding]:
    lines = target.section.lines
    # In a section that is indented as a whole these tools refuse the first setting.
    if lines[option.line].indent and target.is_reported("indented-section"):
        return
    for number in comments_below(stanza, option):
        if "=" not in lines[number].text:
            change = unindent(target.file, target.section, [(number, lines[number].indent)])
            yield Finding(
                line_place(stanza, number),
                f"Indented comment in the block {quoted_key(option.written)}: Rust, C and Java refuse the whole file",
                fixes=(Fix("Unindent the comment", change, safe=True),),
                readers=_STRICT,
            )


def _levels(stanza: Stanza, option: Option) -> Iterator[Finding]:
    """Lines that are meant as a block in the block."""
    lines = stanza.section.lines
    for before, sub in zip(option.nested, option.nested[1:], strict=False):
        if not before.value and lines[sub.line].indent > lines[before.line].indent and opens_block(stanza, option):
            yield Finding(
                line_place(stanza, sub.line),
                f"Blocks have one level: tools do not take this line for a part of {quoted_key(before.key)}",
                severity=Severity.WARNING,
                readers=tuple(reader for reader in READERS if reader != "javascript"),
            )


def _empty(target: SectionTarget, stanza: Stanza, option: Option, following: Option | None) -> Iterator[Finding]:
    setting = catalog.setting(stanza.section_type, option.key)
    if option.value or setting is None or setting.type != "nested":
        return
    inner = f"{stanza.section_type}/{option.key}"
    known = catalog.setting(stanza.section_type, following.key) if following is not None else None
    belongs = following is not None and known is None and catalog.setting(inner, following.key) is not None
    if belongs and target.is_reported("misplaced-key"):
        # What follows belongs into the block.
        return
    yield Finding(
        stanza.place(option.key_span),
        f"{quoted_key(option.key)} opens a block, but no indented line follows",
        fixes=(Fix("Delete this line", lambda _: [remove_lines(stanza, option.line, option.last)]),),
        severity=Severity.WARNING,
        readers=READERS,
    )
