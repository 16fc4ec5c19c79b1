"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rolecall import catalog
from rolecall.lint import (
    Finding,
    Fix,
    HeaderTarget,
    On,
    Related,
    Severity,
    comments_below,
    line_place,
    opens_commented_block,
    quoted_key,
    rule,
    swallowed_lines,
    torn_by,
    unindent,
)
from rolecall.model.headers import is_ordinary
from rolecall.model.stanza import Stanza, stanzas
from rolecall.readers.botocore.ini import Option
from rolecall.readers.botocore.merge import SectionType
from rolecall.settings import READERS
from rolecall.syntax import LineKind, parse

_GLUING = ("botocore", "rust", "c", "java")


@rule(on=On.HEADER, severity=Severity.WARNING, fixable=True, odd=True)
def swallowed_line(target: HeaderTarget) -> Iterator[Finding]:
    """An indented line is read as a part of the setting above it.

    The AWS CLI, boto3 and the SDKs for Rust, C and Java glue a line that is indented deeper than the setting above it
    to that setting's value, whatever it looks like: a setting, even a header. What it says is lost, and the value above
    is wrong. JavaScript and Go take it for a setting of its own. Where the value above is empty, all tools read the
    lines as a block of settings, and find no value. For Rust, C and Java an indented comment is no comment there, but
    belongs to the value too.

    The fix takes the indentation away. It is safe where all the lines are then settings that tools know, or comments.

    Bad:
    ```ini
    [profile dev]
    region = eu-west-1
      output = json
    ```

    Good:
    ```ini
    [profile dev]
    region = eu-west-1
    output = json
    ```
    """
    for stanza in target.stanzas:
        for option in stanza.options:
            lines = swallowed_lines(stanza, option)
            if lines and not (_is_refused(stanza, option) and target.view.is_reported("invalid-nested-block")):
                if _matters(stanza, option, lines):
                    yield _finding(target, stanza, option, lines)
            elif not option.is_nested and option.value_span is not None and stanza.type is not SectionType.IGNORED:
                yield from _commented_block(target, stanza, option)
                yield from _comments(target, stanza, option)


def _is_refused(stanza: Stanza, option: Option) -> bool:
    """Whether the lines are those of a block that botocore refuses, which is reported as such."""
    return option.is_nested and any(found.option and found.option.line == option.line for found in stanza.ini.refusals)


def _matters(stanza: Stanza, option: Option, lines: Sequence[int]) -> bool:
    """Whether a value over several lines cannot be meant: that of a known setting, or one that hides other settings."""
    kinds = {stanza.section.lines[number].kind for number in lines}
    return catalog.setting(stanza.section_type, option.key) is not None or not kinds <= {LineKind.WORD}


def _finding(target: HeaderTarget, stanza: Stanza, option: Option, lines: Sequence[int]) -> Finding:
    first = lines[0]
    what = "header" if stanza.section.lines[first].kind is LineKind.BRACKET else "line"
    below = len(lines) - 1
    more = "" if not below else " and the one below" if below == 1 else f" and the {below} below"
    message = (
        f"Indented, so this {what}{more} {'become' if below else 'becomes'} part of {quoted_key(option.written)} above"
    )
    place = line_place(stanza, first)
    fixes = tuple(_fixes(target, stanza, option))
    broken = (number for number in lines if stanza.section.lines[number].kind is LineKind.BRACKET)
    torn = next((pair for number in broken if (pair := torn_by(stanza, number)) is not None), None)
    if torn is not None:
        before, after = torn
        return Finding(
            place,
            f"{message}, and {quoted_key(after.written)} on line {{0}} is a second one for it: the AWS CLI and boto3 "
            "refuse the whole file",
            related=(
                Related(stanza.place(after.key_span), "The second one"),
                Related(stanza.place(before.key_span), "The first one"),
            ),
            fixes=fixes,
            severity=Severity.ERROR,
        )
    tools = "every tool" if option.is_nested else "the AWS CLI, Rust, Java and C"
    return Finding(place, f"{message} for {tools}", fixes=fixes, readers=READERS if option.is_nested else _GLUING)


def _commented_block(target: HeaderTarget, stanza: Stanza, option: Option) -> Iterator[Finding]:
    """The first line of a block that is none to botocore only for the comment behind its key."""
    if not opens_commented_block(stanza, option) or target.view.is_reported("inline-comment"):
        return
    kinds = {number: stanza.section.lines[number].kind for number in range(option.line + 1, option.last + 1)}
    found = next((number for number, kind in kinds.items() if kind not in (LineKind.BLANK, LineKind.COMMENT)), None)
    if found is not None:
        yield Finding(
            line_place(stanza, found),
            f"To the AWS CLI and boto3 this line is part of the comment behind {quoted_key(option.written)} above",
        )


def _comments(target: HeaderTarget, stanza: Stanza, option: Option) -> Iterator[Finding]:
    """The first indented comment below a setting. Where the setting is indented itself there is worse to report."""
    lines = stanza.section.lines
    found = tuple(comments_below(stanza, option)) if not lines[option.line].indent else ()
    if found:
        change = unindent(target.file, stanza.section, [(number, lines[number].indent) for number in found])
        yield Finding(
            line_place(stanza, found[0]),
            f"Indented, so this comment becomes part of {quoted_key(option.written)} above for Rust, Java and C",
            fixes=(Fix("Unindent the comment", change, safe=True),),
            readers=("rust", "c", "java"),
        )


def _fixes(target: HeaderTarget, stanza: Stanza, option: Option) -> Iterator[Fix]:
    widths = dict(_widths(stanza, option))
    lines = [line.text[widths.get(number, 0) :] + line.end for number, line in enumerate(stanza.section.lines)]
    before = stanzas(target.file, stanza.section)
    after = [found for section in parse("".join(lines)).sections() for found in stanzas(target.file, section)]
    if _is_acceptable(target, before, after):
        title = "Unindent the lines" if len(widths) > 1 else "Unindent the line"
        yield Fix(title, unindent(target.file, stanza.section, widths.items()), safe=_is_sure(before, after))


def _widths(stanza: Stanza, option: Option) -> Iterator[tuple[int, int]]:
    """How many characters to take off the start of each line, so that the lines are level with the setting. Lines that
    are deeper than an empty setting among them may be its block, and stay deeper."""
    lines = stanza.section.lines
    level = lines[option.line].indent
    opener: int | None = None
    for number in sorted({*range(option.line + 1, option.last + 1), *comments_below(stanza, option)}):
        line = lines[number]
        if line.kind is LineKind.BLANK or line.indent <= level:
            continue
        if opener is None or line.indent <= opener:
            is_empty = line.kind is LineKind.ENTRY and not line.text[line.delimiter + 1 :].strip()
            opener = line.indent if is_empty else opener if line.kind is LineKind.COMMENT else None
            yield number, line.indent - level
        else:
            yield number, opener - level


def _is_acceptable(target: HeaderTarget, before: Sequence[Stanza], after: Sequence[Stanza]) -> bool:
    """Whether botocore reads what comes out, and no header is there twice, in these or other words."""
    if len(target.stanzas) > 1 or _refusals(after) > _refusals(before):
        return False
    kept = {stanza.header for stanza in before}
    new = [stanza for stanza in after if stanza.header not in kept]
    meant = [stanza.meaning for stanza in after if stanza.type is not SectionType.IGNORED]
    return (
        len(after) == len(kept) + len(new)
        and len(meant) == len(set(meant))
        and all(stanza.type is not SectionType.DEFAULTS for stanza in new)
        and all(target.taken_by(stanza.header) is None for stanza in new)
    )


def _is_sure(before: Sequence[Stanza], after: Sequence[Stanza]) -> bool:
    """Whether all that comes to light are sections and settings that tools know."""
    kept = {stanza.header: {option.key for option in stanza.options} for stanza in before}
    return all(
        stanza.type is not SectionType.IGNORED
        and is_ordinary(stanza.header)
        and all(
            option.key in kept.get(stanza.header, ()) or _is_known(stanza.section_type, option.key)
            for option in stanza.options
        )
        for stanza in after
    ) and _swallowing(after) < _swallowing(before)


def _is_known(section_type: str, key: str) -> bool:
    setting = catalog.setting(section_type, key)
    return setting is not None and not setting.wildcard


def _refusals(found: Sequence[Stanza]) -> int:
    return sum(len(stanza.ini.refusals) for stanza in found)


def _swallowing(found: Sequence[Stanza]) -> int:
    """How many settings swallow a line."""
    return sum(bool(swallowed_lines(stanza, option)) for stanza in found for option in stanza.options)
