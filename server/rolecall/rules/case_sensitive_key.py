"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.edits import replace_span
from rolecall.lint import Finding, Fix, On, OptionTarget, Severity, quoted_key, rule

_EXACT = {"javascript": "JavaScript", "java": "Java"}
_CLI_ONLY = frozenset({"plugins", "preview"})


@rule(on=On.OPTION, severity=Severity.INFORMATION, fixable=True, odd=True)
def case_sensitive_key(target: OptionTarget) -> Iterator[Finding]:
    """A key is not in lower case.

    The AWS CLI and boto3 read `Region` as `region`, and so do Rust and Go; JavaScript, Java and C do not know it. And
    `aws configure set` does not find it: it writes a second one, for which the AWS CLI and boto3 then refuse the file.
    In a block, such as that of `s3`, the AWS CLI and boto3 do not know it either, which is a warning.

    The fix is safe where the section has no such key yet.

    Bad:
    ```ini
    [profile dev]
    REGION = eu-west-1
    ```

    Good:
    ```ini
    [profile dev]
    region = eu-west-1
    ```
    """
    setting, written = target.setting, target.written
    lower = written.lower()
    if setting is None or setting.third_party or written == lower or target.section_type in _CLI_ONLY:
        return
    key = quoted_key(written)
    others: tuple[str, ...] = tuple(other.key for other in (target.parent.nested if target.parent else ()))
    is_free = lower not in others and (target.parent is not None or _is_single(target, lower))
    fixes = (Fix(f"Change to {quoted_key(lower)}", lambda _: [replace_span(target.key_place, lower)], safe=True),)
    if target.parent is not None:
        if not setting.wildcard:
            yield Finding(
                target.key_place,
                f"The AWS CLI and boto3 ignore {key}: the keys of a block are in lower case",
                fixes=fixes if is_free else (),
                severity=Severity.WARNING,
            )
        return
    exact = [title for tool, title in _EXACT.items() if setting.wildcard or tool in setting.tools]
    who = [f"{', '.join(exact)} and C do not know {key}"] if exact else []
    readers: tuple[str, ...] = ("javascript", "c", "java") if exact else ()
    if target.section_type == "profile":
        who.append(f'"aws configure set" does not find {"it" if exact else key}')
        readers = ("botocore", *readers)
    if who:
        message = f"{', and '.join(who)}: keys are in lower case"
        yield Finding(target.key_place, message, fixes=fixes if is_free else (), readers=readers)


def _is_single(target: OptionTarget, key: str) -> bool:
    return sum(option.key == key for option in target.stanza.options) == 1
