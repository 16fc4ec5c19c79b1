"""Which settings a section still needs, judged by those that it has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rolecall import catalog
from rolecall.model.stanza import Stanza
from rolecall.model.workspace import Workspace
from rolecall.readers.botocore.merge import SectionType
from rolecall.readers.seen import Value

# botocore looks for both halves of a key and for the token within one file.
_WITHIN_FILE = ("aws_access_key_id", "aws_secret_access_key")
_SSO = ("sso_account_id", "sso_role_name")
_SSO_SIGN_IN = ("sso_start_url", "sso_region")
_SOURCES = ("source_profile", "credential_source", "web_identity_token_file")

_COMPANIONS: Mapping[str, tuple[str, ...]] = {
    "role_arn": ("mfa_serial", "role_session_name", "duration_seconds", "external_id"),
}


def missing_keys(workspace: Workspace, stanza: Stanza) -> tuple[str, ...]:
    """The settings without which those that are there do not work, the most urgent first."""
    if stanza.type is SectionType.SSO_SESSION:
        return tuple(key for key in _SSO_SIGN_IN if stanza.option(key) is None)
    if stanza.type is not SectionType.PROFILE:
        return ()
    everywhere, within = _values(workspace, stanza)
    # A setting may be asked for twice, and counts once.
    return tuple(dict.fromkeys(_needed(everywhere, within)))


def companions(workspace: Workspace, stanza: Stanza) -> tuple[str, ...]:
    """The settings that often go with those that are there."""
    everywhere, _ = _values(workspace, stanza)
    return tuple(other for key, others in _COMPANIONS.items() if key in everywhere for other in others)


def _values(workspace: Workspace, stanza: Stanza) -> tuple[Mapping[str, Value], Mapping[str, Value]]:
    """What the profile says in both files, and what it says in this one."""
    profile = workspace.profile(stanza.name) if stanza.type is SectionType.PROFILE else None
    if profile is None:
        own = stanza.ini.values()
        return own, own
    return profile.values(), {key: found.value for key, found in profile.by_file[stanza.file].items()}


def _needed(everywhere: Mapping[str, Value], within: Mapping[str, Value]) -> Iterator[str]:
    if "role_arn" in everywhere and not any(key in everywhere for key in _SOURCES):
        yield "source_profile"
    for setting in catalog.settings("profile"):
        scope = within if setting.name in _WITHIN_FILE else everywhere
        if setting.name in scope:
            yield from (key for key in setting.requires if key not in scope)
    key_id = within.get("aws_access_key_id", "")
    has_token = "aws_session_token" in within or "aws_security_token" in within
    if isinstance(key_id, str) and key_id.startswith("ASIA") and not has_token:
        yield "aws_session_token"
    yield from _sso_needed(everywhere)


def _sso_needed(values: Mapping[str, Value]) -> Iterator[str]:
    if "sso_session" not in values and not any(key in values for key in (*_SSO, *_SSO_SIGN_IN)):
        return
    required: tuple[str, ...] = _SSO
    if "sso_session" not in values:
        # The form before there were sso-session sections goes on where it was begun.
        required = (*_SSO_SIGN_IN, *_SSO) if any(key in values for key in _SSO_SIGN_IN) else ("sso_session", *_SSO)
    yield from (key for key in required if key not in values)
