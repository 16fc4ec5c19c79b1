"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.edits import replace_span
from rolecall.lint import CONFLICT, Finding, Fix, On, SectionTarget, Severity, is_unclosed, rule
from rolecall.model.stanza import Place, Stanza
from rolecall.readers.botocore.ini import Fault
from rolecall.readers.botocore.merge import SectionType
from rolecall.readers.lines import without_blank_comment
from rolecall.settings import READERS
from rolecall.syntax import Line, LineKind
from rolecall.syntax.regular import is_regular_header
from rolecall.text import Span

_REFUSE = "the AWS CLI and boto3 refuse the whole file"
_OTHER_COMMENTS = ("//", "--", "rem ", "REM ")


@rule(on=On.SECTION, severity=Severity.ERROR, fixable=True, odd=True)
def syntax_error(target: SectionTarget) -> Iterator[Finding]:
    """A line is neither a header, nor a setting, nor a comment.

    The AWS CLI and boto3 refuse the whole file then, every profile in it, and do not say where; the SDKs for Rust and
    Java refuse it too. JavaScript and Go skip the line. A setting needs a `=` and a name in front of it, a header a
    name between its brackets and no more than a comment behind them, and a comment starts with `#` or `;`.

    A `:` in place of the `=` does for the AWS CLI, boto3 and Go alone. The fix that writes a `=` is safe: it changes
    nothing for these.

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
            elif refusal.fault is not Fault.NO_HEADER and not target.is_reported("unclosed-section-header"):
                message = f"Neither a header nor a setting: {_REFUSE}"
                yield Finding(target.line_place(refusal.line), message, readers=("botocore", "rust", "c", "java"))
        elif refusal.fault is not Fault.NO_HEADER or line.text.startswith(CONFLICT):
            readers = ("botocore", "rust", "java") + (("c",) if refusal.fault is Fault.EMPTY_KEY else ())
            message = f"{_cause(line, refusal.fault)}: {_REFUSE}"
            yield Finding(target.line_place(refusal.line), message, readers=readers)
    for stanza in target.stanzas:
        yield from _behind_header(target, stanza)
        yield from _markers(target, stanza)
        if _is_read_by_all(stanza):
            yield from _colons(target, stanza)


def _behind_header(target: SectionTarget, stanza: Stanza) -> Iterator[Finding]:
    """Text behind the bracket that is no comment."""
    span = stanza.header_span
    text = target.section.lines[span.line].text[span.end :]
    behind = text.strip()
    if behind and behind[0] not in "#;":
        start = span.end + text.index(behind)
        place = target.place(Span(span.line, start, start + len(behind)))
        yield Finding(
            place,
            "Text behind a header, which the AWS CLI and boto3 ignore: put it on a line of its own",
            severity=Severity.WARNING,
            readers=("botocore", "c"),
        )
        yield Finding(
            place,
            "Text behind a header: Rust and Java refuse the whole file, JavaScript and Go ignore the header",
            readers=("javascript", "rust", "go", "java"),
        )


def _markers(target: SectionTarget, stanza: Stanza) -> Iterator[Finding]:
    """What is left over from a merge conflict and has a ":" or "=", as in ">>>>>>> 1234567 (fix: names)"."""
    for option in stanza.options:
        if option.written.startswith(CONFLICT):
            is_refused = "=" not in target.section.lines[option.line].text
            others = ", Rust and Java refuse the whole file" if is_refused else ""
            yield Finding(
                target.line_place(option.line),
                f"Left over from a merge conflict: the AWS CLI and boto3 take it for a setting{others}",
                severity=Severity.WARNING,
                readers=("botocore", "go", "rust", "java") if is_refused else READERS,
            )


def _is_read_by_all(stanza: Stanza) -> bool:
    """Whether no tool ignores the section, and with it what is wrong inside."""
    if stanza.type is SectionType.IGNORED or not is_regular_header(stanza.header):
        return False
    return stanza.file == "config" or " " not in stanza.header


def _colons(target: SectionTarget, stanza: Stanza) -> Iterator[Finding]:
    """Settings with a ":" instead of a "=", which botocore and Go take as well. Left-over markers are no settings."""
    for option in stanza.options:
        line = target.section.lines[option.line]
        text, column = line.text, line.delimiter
        if text[column] != ":" or line.indent or text.startswith(("[", *CONFLICT)):
            continue
        place = target.place(Span(option.line, column, column + 1))
        # With a "=" further on the line is a setting of another name for the others.
        is_refused = "=" not in without_blank_comment(text)
        effect = "Rust and Java refuse the whole file, " if is_refused else "Rust, Java, "
        yield Finding(
            place,
            f'":" instead of "=": {effect}JavaScript and C do not read the setting',
            fixes=(_repair(place, "=" if text[column - 1].isspace() else " ="),),
            severity=None if is_refused else Severity.WARNING,
            readers=("javascript", "rust", "c", "java"),
        )


def _repair(colon: Place, sign: str) -> Fix:
    return Fix('Change to "="', lambda _: [replace_span(colon, sign)], safe=True)


def _cause(line: Line, fault: Fault) -> str:
    text = line.text[line.indent :]
    if text.startswith(CONFLICT):
        return "Left over from a merge conflict"
    if text.startswith(_OTHER_COMMENTS):
        return 'No comment, as that starts with "#" or ";", and no setting'
    return 'No name before "="' if fault is Fault.EMPTY_KEY else 'No setting, as it has no "="'
