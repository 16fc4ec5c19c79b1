"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.edits import remove_lines
from rolecall.lint import Finding, Fix, On, OptionTarget, Severity, quoted_key, rule
from rolecall.readers.botocore.ini import Option
from rolecall.settings import READERS

_MEANINGFUL = frozenset({"cli_pager"})
"""Settings for which "nothing" is a value that people choose."""

_REPORTED_AS_MISSING = {
    "role_arn": "invalid-role-arn",
    "source_profile": "missing-source-profile",
    "sso_session": "missing-sso-session",
    "services": "missing-services-section",
}
"""Settings of which other rules say what comes of it that they name nothing."""


@rule(on=On.OPTION, severity=Severity.WARNING, fixable=True, odd=True)
def empty_value(target: OptionTarget) -> Iterator[Finding]:
    """A known key has no value.

    The AWS CLI and boto3 take it as set to an empty text, which they then use: a Region without a name, credentials
    that consist of nothing. JavaScript takes it as not set.

    A role without an ARN, a name of a profile or section that is empty and a block without settings are reported as
    such.

    Bad:
    ```ini
    [profile dev]
    region =
    output = json
    ```

    Good:
    ```ini
    [profile dev]
    output = json
    ```
    """
    setting, option = target.setting, target.option
    if setting is None or option.value or setting.name in _MEANINGFUL:
        return
    if setting.type == "nested" and (not isinstance(option, Option) or option.is_nested):
        return
    other = "invalid-nested-block" if setting.type == "nested" else _REPORTED_AS_MISSING.get(setting.name)
    if other is not None and target.is_reported(other):
        return
    # In [plugins] any key is known, also what was pasted there by mistake.
    key = quoted_key(option.key)
    message = f"{key} has no value: the AWS CLI and boto3 take it as set and empty, JavaScript as not set"
    yield Finding(target.key_place, message, fixes=tuple(_fixes(target)), readers=READERS)


def _fixes(target: OptionTarget) -> Iterator[Fix]:
    option = target.option
    if target.parent is not None and sum(sub.line == option.line for sub in target.parent.nested) > 1:
        # botocore sees several lines where a file has one, if it holds one of Unicode's other line ends.
        return
    last = option.last if isinstance(option, Option) else option.line
    yield Fix("Delete this line", lambda _: [remove_lines(target.stanza, option.line, last)])
