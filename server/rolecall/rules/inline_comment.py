"""See the rule's own documentation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rolecall import catalog
from rolecall.edits import SectionEdit
from rolecall.edits.sections import line_end_of
from rolecall.lint import Finding, Fix, On, OptionTarget, Severity, quoted_key, rule
from rolecall.readers.botocore.ini import Option
from rolecall.syntax import LineKind
from rolecall.text import Position, TextEdit

_COMMENT = re.compile(r"(?:^|[ \t]+)[#;].*", re.DOTALL)
_QUOTED = re.compile(r"(?P<quote>[\"'])(?:(?!(?P=quote)).)*(?P=quote)", re.DOTALL)
_REFERENCES = {
    "profile-ref": "missing-source-profile",
    "sso-session-ref": "missing-sso-session",
    "services-ref": "missing-services-section",
}
"""Types whose values name other sections, and the rules about names that do not exist."""
_FREE = frozenset({"command", "path", "path-list", "string"})
"""Types of which a value may well hold a # or ;"""
_CUTTING = ("javascript", "rust", "go", "c", "java")
_KEEPING_IN_BLOCKS = ("botocore", "rust", "go", "c", "java")


@rule(on=On.OPTION, severity=Severity.WARNING, fixable=True, odd=True)
def inline_comment(target: OptionTarget) -> Iterator[Finding]:
    """A comment stands behind a value, on the same line.

    The AWS CLI and boto3 know no such comments: to them ` # main` is a part of the value, and `us-east-1 # main` no
    Region. All other SDKs cut it off, a secret key that contains ` #` too. In a block, such as that of `s3`, only
    JavaScript cuts it off. A `#` or `;` without white space in front is an ordinary character to all.

    The fix moves the comment to the line above; out of a block, as a comment there makes Rust, C and Java refuse the
    file. It is safe where the value is of a kind that cannot hold such a sign. What follows the name of another section
    is left to the rules about sections that do not exist.

    Bad:
    ```ini
    [profile dev]
    region = us-east-1 # main
    ```

    Good:
    ```ini
    [profile dev]
    # main
    region = us-east-1
    ```
    """
    setting, option = target.setting, target.option
    if setting is None or setting.third_party or setting.wildcard:
        return
    if setting.type in _REFERENCES and target.is_reported(_REFERENCES[setting.type]):
        return
    value = option.value.partition("\n")[0]
    found = _COMMENT.search(value)
    if found is None:
        return
    if _is_quoted(setting, value, found.start()):
        if setting.type == "command" or (target.parent is None and not target.is_reported("quoted-value")):
            cut = quoted_key(target.written)
            message = f"All tools but the AWS CLI and boto3 cut {cut} off at what looks like a comment"
            yield Finding(target.value_place, message, readers=_CUTTING)
        return
    key = quoted_key(target.written)
    # What people write behind a value may be another one that is secret, so it is not repeated.
    if target.parent is not None:
        message = f"Every tool but JavaScript reads the comment as part of {key}"
        readers: tuple[str, ...] = _KEEPING_IN_BLOCKS
    else:
        message = f"The AWS CLI and boto3 read the comment as part of {key}; other SDKs cut it off"
        readers = ("botocore",)
    yield Finding(target.value_place, message, fixes=tuple(_fixes(target, setting, found.start())), readers=readers)


def _is_quoted(setting: catalog.Setting, value: str, start: int) -> bool:
    """Whether the sign stands in quotes, so that no comment is meant: in those of a shell, or around the value."""
    if setting.type != "command":
        return len(value) > 1 and value[0] in "\"'" and value[-1] == value[0]
    return any(found.start() < start < found.end() for found in _QUOTED.finditer(value))


def _fixes(target: OptionTarget, setting: catalog.Setting, start: int) -> Iterator[Fix]:
    span = target.option.value_span
    if span is None or (not start and not _opens_block(target, setting)):
        return
    lines = target.stanza.section.lines
    line = lines[span.line]
    cut = span.start + start if start else line.delimiter + 1
    above = target.parent.line if target.parent else span.line
    indent = lines[above].text[: lines[above].indent]
    comment = indent + line.text[cut : span.end].strip() + (line_end_of(lines) or "\n")
    edits = [
        SectionEdit(target.file, target.stanza.section, TextEdit(Position(above, 0), Position(above, 0), comment)),
        SectionEdit(
            target.file, target.stanza.section, TextEdit(Position(span.line, cut), Position(span.line, span.end), "")
        ),
    ]
    yield Fix("Move the comment to the line above", lambda _: edits, safe=setting.type not in (*_FREE, *_REFERENCES))


def _opens_block(target: OptionTarget, setting: catalog.Setting) -> bool:
    """Whether the value is nothing but a comment, and below it stands a block that tools can read."""
    option = target.option
    if setting.type != "nested" or not isinstance(option, Option) or option.last == option.line:
        return False
    below = target.stanza.section.lines[option.line + 1 : option.last + 1]
    return all("=" in line.text for line in below if line.kind not in (LineKind.BLANK, LineKind.COMMENT))
