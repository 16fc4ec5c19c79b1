"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.edits import replace_span
from rolecall.lint import Finding, Fix, On, OptionTarget, Severity, quoted_key, rule

_REFERENCES = {
    "profile-ref": "missing-source-profile",
    "sso-session-ref": "missing-sso-session",
    "services-ref": "missing-services-section",
}
"""Types whose values name other sections, and the rules about names that do not exist."""
_FREE = frozenset({"list", "path", "path-list", "string"})
"""Types of which a value may begin or end with a quote."""
_SHELL = frozenset({"cli_pager"})
"""Settings beside commands that are read as a shell would."""
_KEEPING = ("botocore", "javascript", "rust", "c", "java")


@rule(on=On.OPTION, severity=Severity.WARNING, fixable=True, odd=True)
def quoted_value(target: OptionTarget) -> Iterator[Finding]:
    """A value stands in quotes.

    Quotes have no meaning in these files: for the AWS CLI, boto3 and all other SDKs but the one for Go they are a part
    of the value, so that `"us-east-1"` is no Region, and a quoted secret key signs nothing that AWS accepts. Commands,
    which tools cut into words as a shell does, may have them. Quotes around the name of another section are left to the
    rules about sections that do not exist.

    The fix removes the quotes, which nobody has meant; it is safe where what is left is one plain value.

    Bad:
    ```ini
    [profile dev]
    region = "us-east-1"
    ```

    Good:
    ```ini
    [profile dev]
    region = us-east-1
    ```
    """
    setting = target.setting
    if setting is None or setting.third_party or setting.wildcard or setting.name in _SHELL:
        return
    if setting.type == "command":
        return
    is_name = setting.type in _REFERENCES
    if is_name and target.is_reported(_REFERENCES[setting.type]):
        return
    value = target.option.value.partition("\n")[0]
    key = quoted_key(target.written)
    if len(value) > 1 and value[0] in "\"'" and value[-1] == value[0]:
        message = f"The quotes are part of {key} for every tool but the SDK for Go"
        yield Finding(
            target.value_place, message, fixes=tuple(_fixes(target, value, is_name=is_name)), readers=_KEEPING
        )
    elif setting.type not in _FREE and value and (value[0] in "\"'" or value[-1] in "\"'"):
        yield Finding(target.value_place, f"The quote is part of {key}", readers=_KEEPING)


def _fixes(target: OptionTarget, value: str, *, is_name: bool) -> Iterator[Fix]:
    inner = value[1:-1]
    plain = inner.strip()
    if value != target.option.value or not plain or plain[0] in "#;":
        return
    safe = not is_name and plain == inner and not any(quote in inner for quote in "\"'")
    yield Fix("Remove the quotes", lambda _: [replace_span(target.value_place, inner)], safe=safe)
