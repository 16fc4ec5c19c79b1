"""See the rule's own documentation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rolecall.edits import replace_span
from rolecall.lint import Finding, Fix, On, OptionTarget, Severity, quoted, rule
from rolecall.readers.botocore.resolve import MINIMUM_DURATION

_LONGEST = 43200
_NUMBER = re.compile(r"[+-]?\d+(_\d+)*")
_SPAN = re.compile(
    r"(?P<count>\d{1,5})\s*(?P<unit>s|sec|secs|seconds?|m|min|mins|minutes?|h|hr|hrs|hours?)", re.IGNORECASE
)
_SECONDS = {"s": 1, "m": 60, "h": 3600}


@rule(on=On.OPTION, severity=Severity.WARNING, fixable=True, types=("integer",))
def invalid_duration(target: OptionTarget) -> Iterator[Finding]:
    """The duration of a role's session is not possible.

    `duration_seconds` is a whole number of seconds from 900, which is a quarter of an hour, to 43200, which is twelve
    hours. What is no number at all is dropped by the AWS CLI and boto3 without a word, so that sessions last an hour;
    JavaScript takes the digits in front of it. With a number that is too small the AWS CLI and boto3 refuse to call AWS
    STS, and AWS STS refuses one that is too large.

    Bad:
    ```ini
    [profile ops]
    role_arn = arn:aws:iam::123456789012:role/ops
    source_profile = default
    duration_seconds = 12h
    ```

    Good:
    ```ini
    [profile ops]
    role_arn = arn:aws:iam::123456789012:role/ops
    source_profile = default
    duration_seconds = 43200
    ```
    """
    value = target.plain
    if target.setting is None or target.setting.name != "duration_seconds" or not value:
        return
    if _NUMBER.fullmatch(value) is None:
        meant = _meant(value)
        advice = f"; did you mean {quoted(meant)}?" if meant is not None else ""
        yield Finding(
            target.value_place,
            f"{quoted(value)} is not a number of seconds: the AWS CLI and boto3 take it as not set{advice}",
            fixes=tuple(_fixes(target, meant)),
            readers=target.among(("botocore", "javascript")),
        )
    elif int(value) < MINIMUM_DURATION:
        yield Finding(
            target.value_place,
            f"{quoted(value)} is less than {MINIMUM_DURATION} seconds: the AWS CLI and boto3 refuse to assume the role",
            readers=target.among(("botocore", "javascript", "java")),
        )
    elif int(value) > _LONGEST:
        yield Finding(
            target.value_place,
            f"{quoted(value)} is more than {_LONGEST} seconds, which are twelve hours: AWS STS refuses it",
            readers=target.among(("botocore", "javascript", "go", "java")),
        )


def _fixes(target: OptionTarget, meant: str | None) -> Iterator[Fix]:
    if meant is not None:
        yield Fix(f"Change to {quoted(meant)}", lambda _: [replace_span(target.value_place, meant)])


def _meant(value: str) -> str | None:
    """The seconds in a span of time with a unit, where they are possible."""
    found = _SPAN.fullmatch(value)
    if found is None:
        return None
    seconds = int(found["count"]) * _SECONDS[found["unit"][0].lower()]
    return str(seconds) if MINIMUM_DURATION <= seconds <= _LONGEST else None
