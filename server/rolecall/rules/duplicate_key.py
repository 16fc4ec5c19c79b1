"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from rolecall.edits import loses_keys, remove_option, supersedes
from rolecall.lint import (
    EditAction,
    Finding,
    Fix,
    On,
    Related,
    SectionTarget,
    Severity,
    broken_headers,
    conflicts,
    quoted_key,
    rule,
)
from rolecall.model.stanza import Stanza
from rolecall.readers.botocore.ini import Option


@rule(on=On.SECTION, severity=Severity.ERROR, fixable=True, odd=True)
def duplicate_key(target: SectionTarget) -> Iterator[Finding]:
    """The same key stands twice in one section.

    The AWS CLI and boto3 refuse the whole file then, even if the keys differ in case only. The other SDKs use the later
    value, save that JavaScript passes over an empty one and adds up blocks; C, Java and JavaScript take two spellings
    for two keys.

    The safe fix keeps the later value, as the other SDKs do, where both keys are written alike or have the same value.
    It gives up no long-term access key, which nobody can get back.
    It is not applied without asking where JavaScript would lose something by it.

    Bad:
    ```ini
    [profile dev]
    region = eu-west-1
    region = us-east-1
    ```

    Good:
    ```ini
    [profile dev]
    region = us-east-1
    ```
    """
    for stanza in target.stanzas:
        broken = broken_headers(stanza) | dict.fromkeys(conflicts(stanza.section), "syntax-error")
        for first, other in _pairs(stanza, [line for line, found in broken.items() if target.is_reported(found)]):
            is_torn = any(first.line < line <= other.line for line in broken)
            may_give_way = supersedes(other, first) and not loses_keys(stanza, other, first)
            alike = first.written == other.written
            named = f"as {quoted_key(first.written)} " if not alike else ""
            others = ""
            if alike:
                others = f", other SDKs {'' if supersedes(other, first) else 'but JavaScript '}use this value"
            yield Finding(
                target.place(other.key_span),
                f"{quoted_key(other.written)} is already set {named}on line {{0}}: the AWS CLI and boto3 refuse the "
                f"whole file{others}",
                related=(Related(target.place(first.key_span), "The first one"),),
                fixes=(
                    Fix(
                        "Keep this value and delete line {0}",
                        _remove(stanza, first),
                        safe=not is_torn and (first.value == other.value or (alike and may_give_way)),
                    ),
                    Fix("Delete this line", _remove(stanza, other)),
                ),
            )


def _pairs(stanza: Stanza, broken: Collection[int]) -> Iterator[tuple[Option, Option]]:
    """Each option that is there again, with the one before. What stands below a broken header was meant for another
    section, and of the two sides of a merge conflict one goes, so only options on the same side are compared; the
    header or the conflict is what is reported then. `broken` are the lines of those that are."""
    seen: dict[tuple[int, str], Option] = {}
    for option in stanza.options:
        if not option.key:
            continue
        key = (sum(line <= option.line for line in broken), option.key)
        if key in seen:
            yield seen[key], option
        seen[key] = option


def _remove(stanza: Stanza, option: Option) -> EditAction:
    return lambda _: [remove_option(stanza, option)]
