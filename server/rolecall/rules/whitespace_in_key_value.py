"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall import catalog
from rolecall.edits import replace_span
from rolecall.lint import SPACE, SPACELESS, Finding, Fix, On, OptionTarget, Severity, faults, quoted, quoted_key, rule
from rolecall.settings import READERS


@rule(on=On.OPTION, severity=Severity.WARNING, fixable=True, types=tuple(sorted(SPACELESS)))
def whitespace_in_key_value(target: OptionTarget) -> Iterator[Finding]:
    """White space stands inside a key, a token, an ARN, an address or a Region.

    No such value contains any, visible or not; it comes from copying a text that was broken into lines, or from a chat
    or a web page. Every tool takes it as it is: a signature is wrong then, an address cannot be found, and AWS says no
    more than that the credentials are not valid. In the ARN of a role it is an error, as AWS STS refuses that.

    Bad:
    ```ini
    //- credentials
    [dev]
    aws_access_key_id = AKIAIOSFODNN7 EXAMPLE
    aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
    ```

    Good:
    ```ini
    //- credentials
    [dev]
    aws_access_key_id = AKIAIOSFODNN7EXAMPLE
    aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
    ```
    """
    value = target.option.value
    if SPACE.search(value) is None or any(_is_explained(target, fault) for fault in faults(value)):
        return
    is_role = target.setting is not None and target.setting.type == "role-arn"
    yield Finding(
        target.value_place,
        f"White space inside {quoted_key(target.written)}, which never has any",
        fixes=(_repair(target, value),),
        severity=Severity.ERROR if is_role else None,
        readers=READERS,
    )


def _is_explained(target: OptionTarget, fault: str) -> bool:
    """Whether the white space is there for something else: around a comment or a line end it is not inside a value."""
    return fault != "quoted-value" or target.is_reported(fault)


def _repair(target: OptionTarget, value: str) -> Fix:
    region = SPACE.sub("-", value).lower()
    if region in catalog.regions():
        return Fix(f"Change to {quoted(region)}", lambda _: [replace_span(target.value_place, region)])
    joined = SPACE.sub("", value)
    return Fix("Remove the white space", lambda _: [replace_span(target.value_place, joined)])
