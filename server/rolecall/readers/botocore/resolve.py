"""Which of botocore's credential providers wins for a profile, or which error it raises.

Follows botocore's chain for an explicitly chosen profile: assume-role, then web identity, SSO, keys in the credentials
file, login, process, keys in the config file. Nothing outside the two files is consulted. Token caches, token files,
processes and services count as answering; the environment has no keys; a container or instance metadata service answers
where `credential_source` names it, and is absent at the end of the chain.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from rolecall.readers.botocore.merge import View
from rolecall.readers.seen import Outcome, Quoted, Settings, Value

_REGION = re.compile(r"^(?![0-9]+$)(?!-)[a-zA-Z0-9-]{,63}(?<!-)$")
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

MINIMUM_LENGTHS = {
    "role_session_name": ("RoleSessionName", 2),
    "external_id": ("ExternalId", 2),
    "mfa_serial": ("SerialNumber", 9),
    "role_arn": ("RoleArn", 20),
}
"""Settings that become parameters of AssumeRole, with the length that botocore's model of STS demands."""

MINIMUM_DURATION = 900
"""Seconds; below it botocore refuses to call AssumeRole."""


class _Raised(Exception):
    def __init__(self, error: str, *pieces: str | Quoted) -> None:
        super().__init__(error)
        self.outcome = Outcome(None, error, pieces)


def resolve(view: View, profile: str) -> Outcome:
    """The outcome of `Session(profile=…).get_credentials()` and of asking the credentials for their keys."""
    if view.refused:
        return Outcome(None, "ConfigParseError", ("Unable to parse config file",))
    if profile not in view.profiles:
        return Outcome(None, "ProfileNotFound", (f"The config profile ({profile}) could not be found",))
    try:
        method = _load(view, profile)
    except _Raised as raised:
        return raised.outcome
    return Outcome(method) if method else Outcome(None, NO_CREDENTIALS, ("Unable to locate credentials",))


def _load(view: View, profile: str) -> str | None:
    settings = view.profiles[profile]
    if is_role(settings):
        calls = _assume_role(view, profile, [profile])
        # The hops are called from the far end, and all of them with the chosen profile's region.
        for hop in calls:
            _check_call(hop, settings.get("region"))
        return "assume-role"
    return _profile_providers(view, profile, settings.get("region"))


def _profile_providers(view: View, profile: str, region: Value | None) -> str | None:
    settings = view.profiles.get(profile, {})
    in_credentials, in_config = view.credentials_profiles.get(profile, {}), view.config_profiles.get(profile, {})
    provider = provider_of(settings, in_credentials, in_config)
    if provider == "assume-role-with-web-identity":
        if not settings.get("role_arn"):
            raise _Raised(
                "InvalidConfigError",
                "The provided profile or the current environment is configured to assume role with web identity but "
                "has no role ARN configured. Ensure that the profile has the role_arnconfiguration set or the "
                "AWS_ROLE_ARN env var is set.",
            )
        _check_call({key: settings[key] for key in ("role_arn", "role_session_name") if key in settings}, region)
    elif provider == "sso":
        _check_sso(view, profile, settings)
    elif provider == "shared-credentials-file":
        _check_keys(in_credentials, provider)
    elif provider == "config-file":
        _check_keys(in_config, provider)
    return provider


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


def _assume_role(view: View, profile: str, visited: list[str]) -> list[Settings]:
    """The settings of each AssumeRole call, the first call first. Raises what botocore raises before any call."""
    settings = view.profiles[profile]
    source, named = settings.get("source_profile"), settings.get("credential_source")
    if source is not None and named is not None:
        raise _Raised(
            "InvalidConfigError", f'The profile "{profile}" contains both source_profile and credential_source.'
        )
    if source is None and named is None:
        raise _Raised(
            "PartialCredentialsError",
            "Partial credentials found in assume-role, missing: source_profile or credential_source",
        )
    if named is not None:
        if named not in _CREDENTIAL_SOURCES:
            raise _Raised(
                "InvalidConfigError",
                'The credential source "',
                Quoted("profile", "credential_source", named),
                f'" referenced in profile "{profile}" is not valid.',
            )
        if named == "Environment":
            raise _Raised(
                "CredentialRetrievalError",
                "Error when retrieving credentials from Environment: No credentials found in credential_source "
                f"referenced in profile {profile}",
            )
        return [settings]
    if not isinstance(source, str) or source not in view.profiles:
        raise _Raised(
            "InvalidConfigError",
            'The source_profile "',
            Quoted("profile", "source_profile", source),
            f'" referenced in the profile "{profile}" does not exist.',
        )
    target = view.profiles[source]
    if source in visited and (source != profile or not has_static_key(target)):
        raise _Raised(
            "InfiniteLoopConfigError",
            "Infinite loop in credential configuration detected. Attempting to load from profile "
            f"{source} which has already been visited. Visited profiles: {visited}",
        )
    visited.append(source)
    if has_static_key(target) or not is_role(target):
        region = view.profiles[visited[0]].get("region")
        if _profile_providers(view, source, region) is None:
            raise _Raised("InvalidConfigError", f'The source profile "{source}" must have credentials.')
        return [settings]
    return [*_assume_role(view, source, visited), settings]


def is_role(settings: Mapping[str, object]) -> bool:
    """Whether botocore enters its assume-role provider for a profile with these settings."""
    return "role_arn" in settings and "web_identity_token_file" not in settings


def has_static_key(settings: Mapping[str, object]) -> bool:
    """Whether botocore takes a source profile for one with keys: either half of the pair is enough."""
    return "aws_access_key_id" in settings or "aws_secret_access_key" in settings


def _check_keys(settings: Settings, provider: str) -> None:
    if "aws_secret_access_key" not in settings:
        raise _Raised(
            "PartialCredentialsError", f"Partial credentials found in {provider}, missing: aws_secret_access_key"
        )


def _check_sso(view: View, profile: str, settings: Settings) -> None:
    merged = dict(settings)
    session = settings.get("sso_session")
    if session is not None:
        if not isinstance(session, str) or session not in view.sso_sessions:
            raise _Raised(
                "InvalidConfigError",
                'The specified sso-session does not exist: "',
                Quoted("profile", "sso_session", session),
                '"',
            )
        for key, value in view.sso_sessions[session].items():
            if merged.get(key, value) != value:
                raise _Raised(
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
    missing = [key for key in SSO_ALL if key not in merged]
    if missing:
        raise _Raised(
            "InvalidConfigError",
            f'The profile "{profile}" is configured to use SSO but is missing required configuration: '
            f"{', '.join(missing)}",
        )
    _check_region("sso_region", merged["sso_region"])


def _check_call(settings: Settings, region: Value | None) -> None:
    """What botocore checks on its side before it sends AssumeRole: the region's form and the parameters' lengths."""
    if region is not None:
        _check_region("region", region)
    problems = {
        key: f"Invalid length for parameter {parameter}, value: {len(value)}, valid min length: {minimum}"
        for key, (parameter, minimum) in MINIMUM_LENGTHS.items()
        if isinstance(value := settings.get(key), str) and len(value) < minimum
    }
    duration = duration_seconds(settings)
    if duration is not None and duration < MINIMUM_DURATION:
        # botocore validates the parameters in the order in which they were put together: the role comes last.
        role = problems.pop("role_arn", None)
        problems["duration_seconds"] = (
            f"Invalid value for parameter DurationSeconds, value: {duration}, valid min value: {MINIMUM_DURATION}"
        )
        problems |= {"role_arn": role} if role else {}
    if problems:
        raise _Raised("ParamValidationError", "\n".join(("Parameter validation failed:", *problems.values())))


def duration_seconds(settings: Settings) -> int | None:
    """The duration that botocore asks for: None where there is none or where it is no number (it is dropped then)."""
    value = settings.get("duration_seconds")
    try:
        return int(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _check_region(key: str, region: Value) -> None:
    if isinstance(region, str) and not is_region_format(region):
        raise _Raised(
            "InvalidRegionError",
            "Provided region_name '",
            Quoted("profile", key, region),
            "' doesn't match a supported format.",
        )


def is_region_format(region: str) -> bool:
    """Whether botocore accepts the text as a region, known or not."""
    return _REGION.match(region) is not None
