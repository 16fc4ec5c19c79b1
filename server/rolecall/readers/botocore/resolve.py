"""Which of botocore's credential providers wins for a profile, or which error it raises.

Follows botocore's chain for an explicitly chosen profile: assume-role, then web identity, SSO, keys in the credentials
file, login, process, keys in the config file. Nothing outside the two files is consulted. Token caches, token files,
processes and services count as answering; the environment has no keys; a container or instance metadata service answers
where `credential_source` names it, and is absent at the end of the chain.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from rolecall.readers.botocore.client import (
    NESTED_AS_NAME,
    NESTED_AS_NUMBER,
    Client,
    Keys,
    Parameter,
    Raised,
    Service,
    check_call,
    check_metadata_service,
    check_sso_session,
    is_true,
    make,
)
from rolecall.readers.botocore.merge import View
from rolecall.readers.seen import Outcome, Quoted, Settings, Value

_CREDENTIAL_SOURCES = ("Environment", "Ec2InstanceMetadata", "EcsContainer")
SSO_OWN = ("sso_role_name", "sso_account_id")
"""Settings of which one is enough for botocore to sign in with SSO."""

SSO_ALL = (*SSO_OWN, "sso_start_url", "sso_region")
"""Settings without which signing in with SSO fails, in the order in which botocore names them."""

Provider = Literal[
    "assume-role-with-web-identity", "sso", "shared-credentials-file", "login", "custom-process", "config-file"
]
"""botocore's names of its providers, in the order in which it tries them; "assume-role" goes before them all."""

NO_CREDENTIALS = "NoCredentialsError"

_PARAMETERS = {
    "role_session_name": ("RoleSessionName", 2),
    "external_id": ("ExternalId", 2),
    "mfa_serial": ("SerialNumber", 9),
    "role_arn": ("RoleArn", 20),
    "sso_role_name": ("roleName", 0),
    "sso_account_id": ("accountId", 0),
}
"""Settings that become parameters of a call: their names there, and the length that botocore's models demand."""

MINIMUM_DURATION = 900
"""Seconds; below it botocore refuses to call AssumeRole."""

_ANY_KEYS = Keys("", None)
"""Keys that come from outside of the files."""


class _Session(NamedTuple):
    """The chosen profile, whose settings count for every call that is made."""

    view: View
    profile: str

    @property
    def settings(self) -> Settings:
        return self.view.profiles[self.profile]

    @property
    def credentials_profile(self) -> str:
        """The profile that gives the credentials: the chosen one, but "default" where that has no name."""
        return self.profile or "default"

    def client(self, service: Service, region: Value | None, keys: Keys | None) -> Client:
        return Client(self.view, self.settings, self.credentials_profile, service, region, keys)


class _Found(NamedTuple):
    """Credentials as a provider loads them. Asking for their `keys` makes the calls that they need, and raises what
    botocore raises then."""

    method: str
    keys: Callable[[], Keys]


def resolve(view: View, profile: str) -> Outcome:
    """The outcome of `Session(profile=…).get_credentials()` and of asking the credentials for their keys."""
    if view.refused:
        return Outcome(None, "ConfigParseError", ("Unable to parse config file",))
    if profile not in view.profiles:
        return Outcome(None, "ProfileNotFound", (f"The config profile ({profile}) could not be found",))
    try:
        method = _resolve(_Session(view, profile))
    except Raised as raised:
        return raised.outcome
    return Outcome(method) if method else Outcome(None, NO_CREDENTIALS, ("Unable to locate credentials",))


def _resolve(session: _Session) -> str | None:
    settings = session.settings
    check_metadata_service(settings)
    profile = session.credentials_profile
    if is_role(session.view.profiles.get(profile, {})):
        found: _Found | None = _assume_role(session, profile, [profile])
    else:
        found = _load(session, profile)
    if found is not None:
        found.keys()
        return found.method
    if is_true(settings.get("ec2_metadata_v1_disabled")):
        raise Raised(
            "MetadataRetrievalError",
            "Error retrieving metadata: Unable to retrieve token for use in IMDSv2 call and IMDSv1 has been disabled",
        )
    return None


def _load(session: _Session, profile: str) -> _Found | None:
    """What the providers of a profile find, leaving aside a role that it assumes."""
    view = session.view
    settings = view.profiles.get(profile, {})
    in_credentials, in_config = view.credentials_profiles.get(profile, {}), view.config_profiles.get(profile, {})
    match provider_of(settings, in_credentials, in_config):
        case "assume-role-with-web-identity" as method:
            return _Found(method, _web_identity(session, settings))
        case "sso" as method:
            return _Found(method, _sso(session, profile))
        case "shared-credentials-file" as method:
            return _Found(method, _static(in_credentials, method))
        case "config-file" as method:
            return _Found(method, _static(in_config, method))
        case "custom-process" as method:
            _check_command(settings["credential_process"])
            return _Found(method, lambda: _ANY_KEYS)
        case "login" as method:
            return _Found(method, lambda: _ANY_KEYS)
        case None:
            return None


def provider_of(
    settings: Mapping[str, object], in_credentials: Mapping[str, object], in_config: Mapping[str, object]
) -> Provider | None:
    """The provider that a profile enters with what it says of its own, leaving aside a role that it assumes.

    settings                   what both files say together
    in_credentials, in_config  what each file says, as keys are looked up file by file
    """
    if settings.get("web_identity_token_file"):
        return "assume-role-with-web-identity"
    if any(key in settings for key in SSO_OWN):
        return "sso"
    if "aws_access_key_id" in in_credentials:
        return "shared-credentials-file"
    if "login_session" in settings:
        return "login"
    if "credential_process" in settings:
        return "custom-process"
    return "config-file" if "aws_access_key_id" in in_config else None


def _assume_role(session: _Session, profile: str, visited: list[str]) -> _Found:
    """The role of a profile, with whatever it is assumed from. Raises what botocore raises before any call."""
    settings = session.view.profiles[profile]
    source, named = settings.get("source_profile"), settings.get("credential_source")
    if isinstance(settings.get("duration_seconds"), Mapping):
        raise Raised("TypeError", NESTED_AS_NUMBER)
    if source is not None and named is not None:
        raise Raised(
            "InvalidConfigError", f'The profile "{profile}" contains both source_profile and credential_source.'
        )
    if source is not None:
        keys = _source_profile(session, profile, source, visited).keys
    elif named is not None:
        keys = _named_source(profile, named)
    else:
        raise Raised(
            "PartialCredentialsError",
            "Partial credentials found in assume-role, missing: source_profile or credential_source",
        )
    parameters = _parameters(settings, "role_session_name", "external_id", "mfa_serial")
    duration = duration_seconds(settings)
    if duration is not None:
        parameters.append(Parameter("DurationSeconds", "duration_seconds", duration, MINIMUM_DURATION))
    parameters += _parameters(settings, "role_arn")

    def assumed() -> Keys:
        client = session.client("sts", session.settings.get("region"), keys())
        make(client)
        check_call(client, parameters)
        return _ANY_KEYS

    return _Found("assume-role", assumed)


def _parameters(settings: Settings, *keys: str) -> list[Parameter]:
    """Those of a call's parameters that are set, in botocore's order."""
    # An empty session name is one that botocore makes up.
    given = [key for key in keys if key in settings and (key != "role_session_name" or settings[key])]
    return [Parameter(_PARAMETERS[key][0], key, settings[key], _PARAMETERS[key][1]) for key in given]


def duration_seconds(settings: Mapping[str, Value]) -> int | None:
    """The duration that botocore asks for: None where there is none or where it is no number (it is dropped then)."""
    value = settings.get("duration_seconds")
    try:
        return int(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _named_source(profile: str, named: Value) -> Callable[[], Keys]:
    if named not in _CREDENTIAL_SOURCES:
        raise Raised(
            "InvalidConfigError",
            'The credential source "',
            Quoted("profile", "credential_source", named),
            f'" referenced in profile "{profile}" is not valid.',
        )
    if named == "Environment":
        raise Raised(
            "CredentialRetrievalError",
            "Error when retrieving credentials from Environment: No credentials found in credential_source "
            f"referenced in profile {profile}",
        )
    return lambda: _ANY_KEYS


def _source_profile(session: _Session, profile: str, source: Value, visited: list[str]) -> _Found:
    if not isinstance(source, str):
        raise Raised("TypeError", NESTED_AS_NAME)
    target = session.view.profiles.get(source)
    if target is None:
        raise Raised(
            "InvalidConfigError",
            'The source_profile "',
            Quoted("profile", "source_profile", source),
            f'" referenced in the profile "{profile}" does not exist.',
        )
    if source in visited and (source != profile or not has_static_key(target)):
        raise Raised(
            "InfiniteLoopConfigError",
            "Infinite loop in credential configuration detected. Attempting to load from profile "
            f"{source} which has already been visited. Visited profiles: {visited}",
        )
    visited.append(source)
    if is_role(target) and not has_static_key(target):
        return _assume_role(session, source, visited)
    found = _load(session, source)
    if found is None:
        raise Raised("InvalidConfigError", f'The source profile "{source}" must have credentials.')
    return found


def is_role(settings: Mapping[str, object]) -> bool:
    """Whether botocore enters its assume-role provider for a profile with these settings."""
    return "role_arn" in settings and "web_identity_token_file" not in settings


def has_static_key(settings: Mapping[str, object]) -> bool:
    """Whether botocore takes a source profile for one with keys: either half of the pair is enough."""
    return "aws_access_key_id" in settings or "aws_secret_access_key" in settings


def _web_identity(session: _Session, settings: Settings) -> Callable[[], Keys]:
    if not settings.get("role_arn"):
        raise Raised(
            "InvalidConfigError",
            "The provided profile or the current environment is configured to assume role with web identity but "
            "has no role ARN configured. Ensure that the profile has the role_arnconfiguration set or the "
            "AWS_ROLE_ARN env var is set.",
        )
    parameters = _parameters(settings, "role_session_name", "role_arn")

    def assumed() -> Keys:
        if not isinstance(settings["web_identity_token_file"], str):
            raise Raised("TypeError", "expected str, bytes or os.PathLike object, not dict")
        client = session.client("sts", session.settings.get("region"), None)
        make(client)
        check_call(client, parameters)
        return _ANY_KEYS

    return assumed


def _sso(session: _Session, profile: str) -> Callable[[], Keys]:
    settings = _with_sso_session(session.view, session.view.profiles[profile])
    missing = [key for key in SSO_ALL if key not in settings]
    if missing:
        raise Raised(
            "InvalidConfigError",
            f'The profile "{profile}" is configured to use SSO but is missing required configuration: '
            f"{', '.join(missing)}",
        )
    parameters = _parameters(settings, "sso_role_name", "sso_account_id")

    def signed_in() -> Keys:
        client = session.client("sso", settings["sso_region"], None)
        make(client)
        if "sso_session" in settings:
            check_sso_session(session.view, profile)
        elif not isinstance(settings["sso_start_url"], str):
            raise Raised("AttributeError", "'dict' object has no attribute 'encode'")
        check_call(client, parameters)
        return _ANY_KEYS

    return signed_in


def _with_sso_session(view: View, settings: Settings) -> Settings:
    session = settings.get("sso_session")
    if session is None:
        return settings
    if not isinstance(session, str):
        raise Raised("TypeError", NESTED_AS_NAME)
    if session not in view.sso_sessions:
        raise Raised(
            "InvalidConfigError",
            'The specified sso-session does not exist: "',
            Quoted("profile", "sso_session", session),
            '"',
        )
    merged = dict(settings)
    for key, value in view.sso_sessions[session].items():
        if merged.get(key, value) != value:
            raise Raised(
                "InvalidConfigError",
                "The value for ",
                Quoted("sso-session", key),
                " is inconsistent between profile (",
                Quoted("profile", key, merged[key]),
                ") and sso-session (",
                Quoted("sso-session", key, value),
                ").",
            )
        merged[key] = value
    return merged


def _static(settings: Settings, provider: str) -> Callable[[], Keys]:
    if "aws_secret_access_key" not in settings:
        raise Raised(
            "PartialCredentialsError", f"Partial credentials found in {provider}, missing: aws_secret_access_key"
        )
    token = settings.get("aws_security_token", settings.get("aws_session_token"))
    keys = Keys(settings["aws_access_key_id"], token)
    return lambda: keys


def _check_command(command: Value) -> None:
    """botocore cuts the command into words as a shell does, and starts the first."""
    if not isinstance(command, str):
        raise Raised("AttributeError", "'dict' object has no attribute 'read'")
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise Raised("ValueError", str(error)) from None
    if not words:
        raise Raised("IndexError", "list index out of range")
