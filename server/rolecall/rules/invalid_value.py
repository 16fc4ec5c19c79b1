"""See the rule's own documentation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rolecall import catalog
from rolecall.catalog import BadValue, Setting
from rolecall.edits import replace_span
from rolecall.lint import Finding, Fix, On, OptionTarget, Severity, quoted, quoted_key, rule
from rolecall.settings import READERS

_EFFECTS = {
    "refused": "{tools} refuse the profile",
    "refused-role": "the AWS CLI and the SDKs refuse to assume the role",
    "refused-by-sts": "AWS STS refuses it",
    "sign-in-fails": '"aws sso login" fails',
    "command-fails": "every command of {tools} fails",
    "output-fails": "{tools} runs a command, but cannot print what it gives",
    "transfer-fails": '"aws s3" fails to copy',
    "false": '{tools} take it as "false"',
    "ignored": "{tools} takes it as not set",
}
_TOOLS = {
    ("botocore", "awscli"): "the AWS CLI and boto3",
    ("botocore", "awscli-v1"): "boto3 and version 1 of the AWS CLI",
    ("awscli",): "the AWS CLI",
    ("awscli-v2",): "version 2 of the AWS CLI",
}
_MEANT = {"yes": "true", "on": "true", "1": "true", "enabled": "true", "no": "false", "off": "false", "0": "false"}
_NUMBER = re.compile(r"[+-]?\d+(_\d+)*")
_ADDRESS = re.compile(r"(?P<host>[A-Za-z0-9.-]+)(:\d+)?(/\S*)?")
_LOCAL = re.compile(r"localhost|.*\.localhost|127(\.\d+){3}")
_KEY_ID = re.compile(r"A[KS]IA[A-Z0-9]{16}")
_KEY_ID_LENGTH = 20
_LIKE_KEY_ID = re.compile(r"A[KS]IA.*|a[ks]ia[a-z0-9]{16}")
_SECRET_KEY = re.compile(r"(?=.*[/+])[A-Za-z0-9/+]{40}")
_MFA_DEVICE = re.compile(r"arn:[^:]*:iam::\d{12}:(mfa|sms-mfa)/.+")


@rule(
    on=On.OPTION,
    severity=Severity.ERROR,
    fixable=True,
    types=("enum", "boolean", "integer", "url", "string", "mfa-serial", "size", "rate", "nested", "access-key-id"),
)
def invalid_value(target: OptionTarget) -> Iterator[Finding]:
    """A setting has a value that it cannot have.

    What happens depends on the setting. With a wrong `retry_mode`, `max_attempts` or `endpoint_url` the AWS CLI and
    boto3 fail whatever they are asked to do; with a wrong `role_session_name` or `mfa_serial` AWS STS does not hand out
    the role; with a wrong size the AWS CLI fails to copy files. It is a warning where nobody fails, but the setting
    does not do what it says: to the AWS CLI and boto3 each switch that is not `true` is off, and to JavaScript each
    that is neither `true` nor `false`, in lower case, is not set at all.

    It is a warning, too, where the ID of an access key surely is none of AWS: the secret access key stands in its
    place, or it begins as those of AWS do, but does not have their 20 capital letters and digits. What tools such as
    LocalStack take for one is not reported.

    The fix is safe where a value differs from a right one in nothing but case, or is another word for "false".

    Bad:
    ```ini
    [profile dev]
    retry_mode = Adaptive
    max_attempts = five
    endpoint_url = localhost:4566
    ```

    Good:
    ```ini
    [profile dev]
    retry_mode = adaptive
    max_attempts = 5
    endpoint_url = http://localhost:4566
    ```
    """
    setting, value = target.setting, target.plain
    if setting is not None and setting.type == "access-key-id":
        problem = _of_key_id(value)
        if problem is not None:
            yield Finding(target.value_place, f"{problem}: AWS rejects it", severity=Severity.WARNING, readers=READERS)
        return
    bad = setting.bad_value if setting is not None else None
    if setting is None or bad is None or not value or _is_misplaced(target, setting):
        return
    if setting.type == "boolean" and value.lower() in ("true", "false"):
        yield from _other_case(target, bad, value)
        return
    problem = _problem(setting, target.written, value)
    if problem is None:
        return
    meant = _meant(setting, value)
    advice = f"; did you mean {quoted(meant)}?" if meant is not None else _choice(setting)
    mild = bad.effect in ("false", "ignored")
    yield Finding(
        target.value_place,
        f"{problem}: {_effect(target, setting, bad)}{advice}",
        fixes=_fixes(target, meant, is_safe=_is_sure(value, meant)),
        severity=Severity.WARNING if mild else Severity.ERROR,
        readers=target.among(_readers(setting, bad)),
    )


def _is_misplaced(target: OptionTarget, setting: Setting) -> bool:
    """Whether the key stands where any name goes, but is a setting that belongs elsewhere and does nothing here."""
    if not setting.wildcard:
        return False
    key = target.option.key
    places = ("profile", f"{target.section_type}/*")
    return any((found := catalog.setting(place, key)) is not None and found.type != "nested" for place in places)


def _other_case(target: OptionTarget, bad: BadValue, value: str) -> Iterator[Finding]:
    """A switch that botocore understands in any case."""
    if bad.ignored_by and value != value.lower():
        yield Finding(
            target.value_place,
            f"{quoted(value)} is not in lower case: JavaScript takes it as not set",
            fixes=_fixes(target, value.lower(), is_safe=True),
            severity=Severity.WARNING,
            readers=bad.ignored_by,
        )


def _problem(setting: Setting, written: str, value: str) -> str | None:
    """What is wrong with a value, or None where nothing is."""
    match setting.type:
        case "enum":
            known = (value.lower() if setting.ignore_case else value) in _choices(setting)
            return None if known else f"{quoted(value)} is no value of {quoted(setting.name)}"
        case "boolean":
            return f'{quoted(value)} is neither "true" nor "false"'
        case "integer":
            return _of_number(setting, value)
        case "nested":
            return f"{quoted_key(written)} opens a block of indented settings, and has no value of its own"
        case "url":
            return None if _matches(setting, value) else _of_url(value)
        case "size" | "rate":
            form = "8MB" if setting.type == "size" else "10MB/s"
            return None if _matches(setting, value) else f"{quoted(value)} is no {setting.type} such as {quoted(form)}"
        case _:
            return _of_text(setting, value)


def _of_key_id(value: str) -> str | None:
    """What is wrong with the ID of an access key, in words that do not show it: it may be a secret."""
    if _SECRET_KEY.fullmatch(value):
        return "This has the form of a secret access key, not of the ID of one"
    if _LIKE_KEY_ID.fullmatch(value) is None or _KEY_ID.fullmatch(value):
        return None
    if _KEY_ID.fullmatch(value.upper()):
        return "The ID of an access key is in capital letters"
    short_of = f", not {len(value)}" if len(value) != _KEY_ID_LENGTH else ""
    return f"The ID of an access key has {_KEY_ID_LENGTH} capital letters and digits{short_of}"


def _of_number(setting: Setting, value: str) -> str | None:
    if _NUMBER.fullmatch(value) is None:
        return f"{quoted(value)} is not a whole number"
    number = int(value)
    if setting.minimum is not None and number < setting.minimum:
        return f"{quoted(value)} is less than {setting.minimum}"
    if setting.maximum is not None and number > setting.maximum:
        return f"{quoted(value)} is more than {setting.maximum}"
    return None


def _of_url(value: str) -> str:
    if catalog.may_hold_password(value):
        return "This is not a valid URL"
    if "://" not in value:
        return f'{quoted(value)} is no URL, as it does not begin with "https://" or "http://"'
    return f"{quoted(value)} is no URL of a host, whose name has letters, digits, dashes and dots"


def _of_text(setting: Setting, value: str) -> str | None:
    if setting.min_length is not None and len(value) < setting.min_length:
        return f"{quoted(value)} is shorter than {setting.min_length} characters"
    if setting.max_length is not None and len(value) > setting.max_length:
        return f"This is longer than {setting.max_length} characters"
    if not _matches(setting, value):
        wrong = next((character for character in value if not _matches(setting, character)), "")
        return f"{quoted(value)} holds {quoted(wrong)}, which is not allowed in {quoted(setting.name)}"
    if setting.type == "mfa-serial" and value.startswith("arn:") and _MFA_DEVICE.fullmatch(value) is None:
        return _of_device(value)
    return None


def _of_device(arn: str) -> str | None:
    """What is wrong with an ARN that is none of an MFA device with codes."""
    kind = arn.rpartition(":")[2].partition("/")[0]
    if kind == "u2f":
        return "This is a security key, which gives no codes"
    return f'{quoted(arn)} is not the ARN of an MFA device, such as "arn:aws:iam::ACCOUNT:mfa/NAME"'


def _matches(setting: Setting, value: str) -> bool:
    return setting.pattern is None or re.fullmatch(setting.pattern, value, re.ASCII) is not None


def _choices(setting: Setting) -> tuple[str, ...]:
    return tuple(choice.lower() for choice in setting.enum) if setting.ignore_case else setting.enum


def _choice(setting: Setting) -> str:
    """The end of a message that names the few values that there are."""
    if not setting.enum:
        return ""
    *most, last = map(quoted, setting.enum)
    return f"; use {', '.join(most)} or {last}"


def _meant(setting: Setting, value: str) -> str | None:
    """The value that this one is most likely another spelling of."""
    match setting.type:
        case "enum":
            return catalog.suggest(value, setting.enum)
        case "boolean":
            return _MEANT.get(value.lower()) or catalog.suggest(value, ("true", "false"))
        case "url":
            address = _ADDRESS.fullmatch(value)
            if address is None or catalog.may_hold_password(value):
                return None
            return f"{'http' if _LOCAL.fullmatch(address['host']) else 'https'}://{value}"
        case _:
            return None


def _is_sure(value: str, meant: str | None) -> bool:
    return meant is not None and (value.casefold() == meant.casefold() or _MEANT.get(value.lower()) == "false")


def _fixes(target: OptionTarget, meant: str | None, *, is_safe: bool) -> tuple[Fix, ...]:
    if meant is None:
        return ()
    return (Fix(f"Change to {quoted(meant)}", lambda _: [replace_span(target.value_place, meant)], safe=is_safe),)


def _effect(target: OptionTarget, setting: Setting, bad: BadValue) -> str:
    tools = _TOOLS.get(tuple(tool for tool in setting.tools if tool.startswith(("botocore", "awscli"))), "the AWS CLI")
    services = "this service" if target.section_type.startswith("services/") else bad.services
    if services is not None:
        return f"{tools} fail to work with {services}"
    told = _EFFECTS[bad.effect].format(tools=tools)
    return f"{told}, JavaScript takes it as not set" if bad.ignored_by else told


def _readers(setting: Setting, bad: BadValue) -> tuple[str, ...]:
    """The tools for which it is true."""
    if bad.effect in ("refused-role", "refused-by-sts"):
        return tuple(reader for reader in READERS if reader in setting.tools)
    return ("botocore", *bad.ignored_by)
