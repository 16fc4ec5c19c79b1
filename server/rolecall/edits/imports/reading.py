"""From a text to the keys in it.

Four readings are tried: JSON, CSV, sections of a credentials file, and names followed by values in whatever way shells,
variables files and the access portal write them. They share one table of names, compared by their letters alone.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, NoReturn

from rolecall.edits.sections import EditError
from rolecall.model.account_id import account_of_key
from rolecall.model.expiry import expiry_of, parse_expiry
from rolecall.model.headers import is_writable
from rolecall.model.stanza import stanzas
from rolecall.readers.botocore.merge import SectionType, meaning
from rolecall.syntax import parse
from rolecall.text import split_lines

_UNDERSTOOD = (
    "Rolecall understands the access portal's options 1 to 3, export, set and $Env: lines, sections of a credentials "
    "file, the JSON of AWS commands, and the console's CSV files"
)

_NAMES = {
    "awsaccesskeyid": "id",
    "accesskeyid": "id",
    "awssecretaccesskey": "secret",
    "secretaccesskey": "secret",
    "awssecretkey": "secret",
    "awssessiontoken": "token",
    "sessiontoken": "token",
    "token": "token",
    "awssecuritytoken": "older token",
    "securitytoken": "older token",
    "awscredentialexpiration": "expiry",
    "xsecuritytokenexpires": "expiry",
    "expiration": "expiry",
    "accountid": "account",
    "awsaccountid": "account",
    "username": "profile",
    "region": "region",
    "awsregion": "region",
    "awsdefaultregion": "region",
    "password": "password",
    "consoleloginlink": "link",
}
"""What a name is of, by its letters. "Token" is what an instance's metadata service says, "AWSSecretKey" the file of an
account's root user."""

_LINE_END = re.compile(r"\r\n?")
_NOT_LETTERS = re.compile(r"[^a-z]")
_HEADER = re.compile(r"^[ \t]*\[[^\]\n]+\][ \t]*$", re.MULTILINE)
_NO_SETTING = re.compile(r"^[ \t]*(?:#|unset[ \t]|remove-item[ \t]).*$", re.MULTILINE | re.IGNORECASE)
_NAME = (
    r"(?<!\w)(?P<name>x_security_token_expires|(?:aws[ _]?)?(?:access[ _]?key[ _]?id|secret[ _]?(?:access[ _]?)?key|"
    r"(?:session|security)[ _]?token|(?:credential_)?expiration|account[ _]?id|(?:default_)?region))"
)
_ASSIGNMENT = re.compile(
    rf"{_NAME}[\"']?(?:[ \t]*\[[^\]\n]*\])?(?:[ \t]*[=:][ \t]*|[ \t]+)(?P<value>\"[^\"\n]*\"|'[^'\n]*'|[^\s;&,\"']+)",
    re.IGNORECASE,
)
_LABEL = re.compile(rf"^[ \t]*{_NAME}[ \t]*:?[ \t]*\n[ \t]*(?P<value>\S+)[ \t]*$", re.MULTILINE | re.IGNORECASE)
_ROOT_FILE = re.compile(r"^AWSSecretKey=", re.MULTILINE)
_START_URL = re.compile(r"\bstart[ _]url\b", re.IGNORECASE)

_PORTAL_HEADER = re.compile(r"(?P<account>\d{12})_(?P<role>.+)", re.ASCII)
_ROLE_ARN = re.compile(r"arn:aws[\w-]*:sts::(?P<account>\d{12}):assumed-role/(?P<role>[^/\s\"]+)", re.ASCII)
_ACCOUNT = re.compile(r"(?<!\d)\d{12}(?!\d)", re.ASCII)
_REGION = re.compile(r"[a-z]{2}(?:-[a-z]+)+-\d+", re.ASCII)
_EPOCH = re.compile(r"\d{10}|\d{13}", re.ASCII)
_KEY_ID = re.compile(r"\w{3,128}", re.ASCII)
# What AWS gives is base64; stand-ins for AWS allow more. Whatever a shell would still replace is no key.
_SECRET = re.compile(r"[\w/+=.,:~@%!-]+", re.ASCII)

_Fields = dict[str, str]


class NoKeys(EditError):
    """A text without keys that could be used. Ends a sentence with what is missing, never with what stands there."""


@dataclass(frozen=True, slots=True)
class Imported:
    """One set of keys, and what the text tells of it. Its repr shows no secret."""

    access_key_id: str = field(repr=False)
    secret_access_key: str = field(repr=False)
    session_token: str | None = field(default=None, repr=False)
    """None for long-term keys."""
    expires_at: datetime | None = None
    """In UTC; None where the text does not say."""
    profile: str | None = None
    """The name of its section, or of the IAM user; None where there is neither."""
    account_id: str | None = None
    """Twelve digits: as the text says, else from the access key id."""
    role: str | None = None
    """The name of the role that the keys are of."""
    region: str | None = None
    is_root: bool = False
    """It is the file that AWS gave to the account's root user."""


def read_keys(text: str) -> list[Imported]:
    """The sets of keys in a text, in its order; at least one. Raises NoKeys."""
    text = _LINE_END.sub("\n", text.removeprefix("\ufeff"))
    found = _from_json(text) or _from_csv(text) or _from_sections(text) or _from_assignments(text)
    # Of the places in which one set of keys stands twice, the first tells as much as any.
    keys = {(one.profile, one.access_key_id): one for one in reversed([_imported(fields) for fields in found])}
    if not keys:
        _refuse(text)
    return list(reversed(keys.values()))


def _refuse(text: str) -> NoReturn:
    if _START_URL.search(text):
        raise NoKeys("no keys found, only where to sign in (SSO start URL). Copy one of the portal's options 1 to 3.")
    if "password" in {_letters(cell) for cell in (split_lines(text) or [""])[0].split(",")}:
        raise NoKeys("no keys found, only a console password. Create an access key in IAM and download its CSV file.")
    raise NoKeys(f"no keys found. {_UNDERSTOOD}.")


def _from_json(text: str) -> list[_Fields]:
    """What an AWS command or a credential process prints, or an instance's metadata service answers."""
    start = text.find("{")
    if start < 0:
        return []
    try:
        document, _ = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        return []
    found = list(_objects(document))
    return [fields | _role_in(text) for fields in found] if len(found) == 1 else found


def _objects(document: Any) -> Iterator[_Fields]:
    """The objects that hold a secret key, from the outside in."""
    waiting = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += reversed(value)
        elif isinstance(value, Mapping):
            fields = _known((name, str(item)) for name, item in value.items() if isinstance(item, str | int))
            if "secret" in fields:
                yield fields
            waiting += reversed(list(value.values()))


def _from_csv(text: str) -> list[_Fields]:
    """What the console lets people download. The files have had five heads so far, in two spellings."""
    lines = [line for line in split_lines(text) if line.strip()]
    if not lines:
        return []
    delimiter = max(",;\t", key=lines[0].count)
    try:
        head, *rows = csv.reader(lines, delimiter=delimiter)
    except csv.Error:
        return []
    if not {"id", "secret"} <= {_NAMES.get(_letters(cell)) for cell in head}:
        return []
    found = [_known(zip(head, row, strict=False)) for row in rows]
    return [fields for fields in found if "id" in fields or "secret" in fields]


def _from_sections(text: str) -> list[_Fields]:
    """Sections of a credentials file, as the portal's option 2 and the sign-in tools write them."""
    if not _HEADER.search(text):
        return []
    found = []
    # Copied from an indented place it would be one long value.
    for section in parse("".join(line.lstrip(" \t") for line in split_lines(text))).sections():
        for stanza in stanzas("credentials", section):
            settings = {option.key: option.value for option in stanza.options}
            fields = _known(settings.items())
            if "secret" not in fields and "id" not in fields:
                continue
            moment = expiry_of(settings)
            fields["expiry"] = moment[1].isoformat() if moment is not None else ""
            in_config = meaning("config", stanza.header)
            fields["profile"] = in_config.name if in_config.type is SectionType.PROFILE else stanza.name
            portal = _PORTAL_HEADER.fullmatch(stanza.name)
            found.append(
                fields | _role_in(settings.get("x_principal_arn", "")) | (portal.groupdict() if portal else {})
            )
    return found


def _from_assignments(text: str) -> list[_Fields]:
    """Names and values one after the other, each set of keys with an access key id in front or behind."""
    text = _NO_SETTING.sub("", text)
    placed = [(match.start(), match) for form in (_ASSIGNMENT, _LABEL) for match in form.finditer(text)]
    found: list[_Fields] = [{}]
    for _, match in sorted(placed, key=lambda one: one[0]):
        fields = _known([(match["name"], match["value"])])
        if fields.keys() & found[-1].keys() & {"id", "secret"}:
            found.append({})
        found[-1] = fields | found[-1]
    root = {"root": "yes"} if _ROOT_FILE.search(text) else {}
    return [fields | root for fields in found if "id" in fields or "secret" in fields]


def _known(pairs: Iterable[tuple[str, str]]) -> _Fields:
    """What the names of some pairs are known for, with the first value of each that is not empty."""
    fields: _Fields = {}
    for name, value in pairs:
        known, plain = _NAMES.get(_letters(name)), value.strip().strip("\"'")
        if known is not None and plain:
            fields.setdefault(known, plain)
    return fields


def _letters(name: str) -> str:
    return _NOT_LETTERS.sub("", name.lower())


def _role_in(text: str) -> _Fields:
    found = _ROLE_ARN.search(text)
    return found.groupdict() if found else {}


def _imported(fields: Mapping[str, str]) -> Imported:
    """The keys of which these are the parts. Raises NoKeys where they are of no use."""
    for part, name in (("id", "access key id"), ("secret", "secret access key")):
        if part not in fields:
            raise NoKeys(f"the {name} is missing. Copy all of the keys.")
    key_id, secret, token = fields["id"], fields["secret"], fields.get("token") or fields.get("older token")
    if not _KEY_ID.fullmatch(key_id):
        raise NoKeys("what stands in the place of the access key id is none. Copy the keys themselves.")
    for value, name in ((secret, "secret access key"), (token, "session token")):
        if value is not None and not _SECRET.fullmatch(value):
            raise NoKeys(f"what stands in the place of the {name} is none. Copy the keys themselves.")
    if token is None and key_id.startswith("ASIA"):
        raise NoKeys("a temporary key (ASIA…) does not work without its session token. Copy all three values.")
    if token is not None and key_id.startswith("AKIA"):
        raise NoKeys("a long-term key (AKIA…) has no session token: these are parts of two. Copy all values again.")
    account = _ACCOUNT.search(fields.get("account") or fields.get("link", ""))
    region = fields.get("region", "")
    profile = fields.get("profile", "")
    keys = Imported(key_id, secret, token, is_root="root" in fields)
    return replace(
        keys,
        expires_at=_moment(fields.get("expiry", "")) if token is not None else None,
        profile=profile if is_writable(profile) else None,
        account_id=account[0] if account else account_of_key(key_id),
        role=fields.get("role"),
        region=region if _REGION.fullmatch(region) else None,
    )


def _moment(text: str) -> datetime | None:
    """A time in ISO 8601, or in seconds or (as the SSO portal's service has it) milliseconds since 1970."""
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), UTC)
    return parse_expiry("x_security_token_expires", text)
