"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.lint import Finding, On, SectionTarget, Severity, is_unclosed, rule
from rolecall.model.stanza import Stanza
from rolecall.readers.botocore.ini import Fault
from rolecall.syntax import Line, LineKind
from rolecall.text import Span

_REFUSE = "the AWS CLI and boto3 refuse the whole file"
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_OTHER_COMMENTS = ("//", "--", "rem ", "REM ")


@rule(on=On.SECTION, severity=Severity.ERROR, odd=True)
def syntax_error(target: SectionTarget) -> Iterator[Finding]:
    """A line is neither a header, nor a setting, nor a comment.

    The AWS CLI and boto3 refuse the whole file then, every profile in it, and do not say where; the SDKs for Rust and
    Java refuse it too. JavaScript and Go skip the line. A setting needs a `=` and a name in front of it, a header a
    name between its brackets and no more than a comment behind them, and a comment starts with `#` or `;`.

    Bad:
    ```ini
    [profile dev]
    rem the team's account
    region = eu-west-1
    ```

    Good:
    ```ini
    [profile dev]
    # the team's account
    region = eu-west-1
    ```
    """
    for refusal, line in target.refusals(Fault.NOT_AN_OPTION, Fault.EMPTY_KEY, Fault.NO_HEADER):
        if line.kind is LineKind.BRACKET:
            if not is_unclosed(line):
                yield Finding(target.line_place(refusal.line), f"Header without a name: {_REFUSE}")
        elif refusal.fault is not Fault.NO_HEADER:
            readers = ("botocore", "rust", "java") + (("c",) if refusal.fault is Fault.EMPTY_KEY else ())
            message = f"{_cause(line, refusal.fault)}: {_REFUSE}"
            yield Finding(target.line_place(refusal.line), message, readers=readers)
    for stanza in target.stanzas:
        yield from _behind_header(target, stanza)


def _behind_header(target: SectionTarget, stanza: Stanza) -> Iterator[Finding]:
    """Text behind the bracket that is no comment, which botocore and C overlook."""
    span = stanza.header_span
    text = target.section.lines[span.line].text[span.end :]
    behind = text.strip()
    if behind and behind[0] not in "#;":
        start = span.end + text.index(behind)
        yield Finding(
            target.place(Span(span.line, start, start + len(behind))),
            "Text behind a header: Rust and Java refuse the whole file, JavaScript and Go ignore the header",
            readers=("javascript", "rust", "go", "java"),
        )


def _cause(line: Line, fault: Fault) -> str:
    text = line.text[line.indent :]
    if text.startswith(_CONFLICT):
        return "Left over from a merge conflict"
    if text.startswith(_OTHER_COMMENTS):
        return 'No comment, as that starts with "#" or ";", and no setting'
    return 'No name before "="' if fault is Fault.EMPTY_KEY else 'No setting, as it has no "="'
