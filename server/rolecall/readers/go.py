"""How the AWS SDK for Go 2 reads the two files: `internal/ini`, and `config/shared_config.go` on top of it.

No file is ever refused: a line that the SDK does not understand is left out.
"""

from __future__ import annotations

from rolecall.readers.lines import (
    BLANKS,
    COMMENT_SIGNS,
    UNICODE_SPACES,
    SeenOnly,
    lines,
    without_blank_comment,
    without_comment,
)
from rolecall.readers.seen import Seen, Settings, Source

_KEYS = ("aws_access_key_id", "aws_secret_access_key")
_TOKEN = "aws_session_token"
_MERGED = (
    "role_arn",
    "source_profile",
    "credential_source",
    "external_id",
    "mfa_serial",
    "role_session_name",
    "region",
    "endpoint_discovery_enabled",
    "credential_process",
    "web_identity_token_file",
    "s3_use_arn_region",
    "s3_disable_multiregion_access_points",
    "ec2_metadata_service_endpoint_mode",
    "ec2_metadata_service_endpoint",
    "ec2_metadata_v1_disabled",
    "use_dualstack_endpoint",
    "use_fips_endpoint",
    "defaults_mode",
    "retry_mode",
    "ca_bundle",
    "duration_seconds",
    "max_attempts",
    "sso_session",
    "sso_account_id",
    "sso_region",
    "sso_role_name",
    "sso_start_url",
    "auth_scheme_preference",
)
"""The settings that `mergeSections` takes over from the credentials file into a section of the config file."""

_PROFILE, _SSO_SESSION, _SERVICES = "profile ", "sso-session ", "services "

_Sections = dict[str, Settings]


def read(config: Source, credentials: Source) -> SeenOnly:
    """Read both files as the SDK does."""
    profiles: _Sections = {}
    typed: dict[str, _Sections] = {_SSO_SESSION: {}, _SERVICES: {}}
    ignored = []
    in_config = _parse(config)
    for header, settings in in_config.items():
        if header.startswith(_PROFILE):
            profiles[header.removeprefix(_PROFILE)] = settings
        elif header.startswith((_SSO_SESSION, _SERVICES)):
            _place(typed, header, settings)
        elif header.lower() == "default" and _PROFILE + header not in in_config:
            profiles[header] = settings
        else:
            ignored.append(header)
    for header, settings in _parse(credentials).items():
        if header.startswith((_SSO_SESSION, _SERVICES)):
            _place(typed, header, settings)
        elif header and not header.startswith(_PROFILE):
            profiles[header] = _merged(profiles[header], settings) if header in profiles else settings
    return SeenOnly(Seen(None, None, profiles, typed[_SSO_SESSION], typed[_SERVICES], tuple(ignored)))


def _place(typed: dict[str, _Sections], header: str, settings: Settings) -> None:
    type_ = _SSO_SESSION if header.startswith(_SSO_SESSION) else _SERVICES
    sections, name = typed[type_], header.removeprefix(type_)
    sections[name] = _merged(sections[name], settings) if name in sections else settings


def _merged(in_config: Settings, in_credentials: Settings) -> Settings:
    """A section of both files. Of keys the credentials file has both or none to say; a nested block gives nothing."""
    merged = dict(in_config)
    taken = (*_KEYS, _TOKEN) if all(key in in_credentials for key in _KEYS) else ()
    for key in (*taken, *_MERGED):
        if key in in_credentials:
            value = in_credentials[key]
            merged[key] = value if isinstance(value, str) else ""
    return merged


def _parse(source: Source) -> _Sections:
    """The settings by header; the first two words of a header are one blank apart here, however they are written."""
    sections: _Sections = {}
    settings: Settings | None = None
    key = ""
    if source.tree is None or source.utf16:
        # In the bytes of UTF-16 the SDK finds no header.
        return sections
    for _, line in lines(source.tree):
        text = line.removesuffix("\n")
        if not text.strip(UNICODE_SPACES) or text.lstrip(BLANKS).startswith(COMMENT_SIGNS):
            continue
        header = without_comment(text).strip(UNICODE_SPACES)
        if header.startswith("[") and header.endswith("]"):
            name = _header(header[1:-1].strip(UNICODE_SPACES))
            settings = sections.setdefault(name, {}) if name else None
            key = ""
        elif settings is None:
            continue
        elif text[0] not in BLANKS:
            found = _property(without_blank_comment(text))
            if found is not None:
                key, settings[found[0]] = found[0], found[1]
        else:
            key = _indented(settings, key, text.lstrip(BLANKS))
    return sections


def _header(text: str) -> str:
    blank = min((at for at in map(text.find, BLANKS) if at >= 0), default=-1)
    return text if blank < 0 else f"{text[:blank]} {text[blank:].lstrip(BLANKS)}"


def _indented(settings: Settings, key: str, text: str) -> str:
    """Read an indented line into the settings, below the one with a key ("" for none). Returns the key to go on with.

    A line with a delimiter is part of the block that an empty value opens; below any other value it is a setting of its
    own. A line without one continues the value.
    """
    found = _property(text)
    value = settings.get(key, "") if key else ""
    if found is None:
        if key and isinstance(value, str) and value:
            settings[key] = f"{value}\n{text}"
        return key
    if not key or (isinstance(value, str) and value):
        settings[found[0]] = without_blank_comment(found[1]).strip(UNICODE_SPACES)
        return found[0]
    settings[key] = {**(value if not isinstance(value, str) else {}), found[0]: found[1]}
    return key


def _property(text: str) -> tuple[str, str] | None:
    """Key and value on both sides of the first = or :, or None where there is neither."""
    signs = [at for at in (text.find("="), text.find(":")) if at >= 0]
    if not signs:
        return None
    key, value = text[: min(signs)].strip(UNICODE_SPACES), text[min(signs) + 1 :].strip(UNICODE_SPACES)
    # The one SDK that takes quotes off.
    is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return key.lower(), value[1:-1] if is_quoted else value
