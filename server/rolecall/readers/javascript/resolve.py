"""How `fromIni` ends for a profile that is asked for: which way it takes to credentials, or the error that it throws.

Nothing outside of the two files is consulted. Token caches, token files, processes and services count as answering,
and so do containers and instances that `credential_source` names; the environment has no keys. The program gives an
MFA code when it is asked for one.

The method is the feature by which `fromIni` marks the credentials in their `$source`:

    CREDENTIALS_PROFILE                   keys
    CREDENTIALS_PROFILE_SOURCE_PROFILE    a role, assumed with a source profile or a credential source
    CREDENTIALS_PROFILE_STS_WEB_ID_TOKEN  a role, assumed with a web identity token
    CREDENTIALS_PROFILE_PROCESS           a process
    CREDENTIALS_PROFILE_SSO               SSO with an sso-session
    CREDENTIALS_PROFILE_SSO_LEGACY        SSO without one
    CREDENTIALS_PROFILE_LOGIN             a session of `aws login`
"""

from __future__ import annotations

from collections.abc import Iterable

from rolecall.readers.javascript import client
from rolecall.readers.javascript.ini import OBJECT_MEMBERS, Keys
from rolecall.readers.javascript.merge import View
from rolecall.readers.seen import Outcome, Quoted

DEFAULT = "default"
"""The profile that the SDK takes where it is given none, or an empty name."""

_CREDENTIALS_ERROR = "CredentialsProviderError"
_SSO_KEYS = ("sso_start_url", "sso_account_id", "sso_session", "sso_region", "sso_role_name")
_SSO_REQUIRED = ("sso_start_url", "sso_account_id", "sso_region", "sso_role_name")


class _Thrown(Exception):
    def __init__(self, error: str, *pieces: str | Quoted) -> None:
        super().__init__(error)
        self.outcome = Outcome(None, error, pieces)


def resolve(view: View, profile: str) -> Outcome:
    """The outcome of `fromIni({profile})()`."""
    try:
        return Outcome(_Resolution(view, profile or DEFAULT).method())
    except _Thrown as thrown:
        return thrown.outcome


class _Resolution:
    """The steps of resolving one profile. They raise what the SDK throws."""

    def __init__(self, view: View, asked: str) -> None:
        self.view = view
        self.asked = asked

    def method(self) -> str:
        keys = self._keys(self.asked)
        if not _is_role(keys):
            return self._of_its_own(self.asked, keys)
        self._follow_sources(keys)
        # All hops are called with one client, made for the profile that was asked for.
        self._call(self._region(self.asked) or self._region(DEFAULT))
        return "CREDENTIALS_PROFILE_SOURCE_PROFILE"

    def _follow_sources(self, keys: Keys) -> None:
        """Goes from the role that was asked for to where the chain gets its first credentials."""
        name = self.asked
        visited: dict[str, None] = {}
        while True:
            source = keys.get("source_profile")
            if source is None:
                self._check_credential_source(name, keys["credential_source"])
                return
            if source in visited or source in OBJECT_MEMBERS:
                raise _Thrown(
                    _CREDENTIALS_ERROR,
                    f"Detected a cycle attempting to resolve credentials for profile {self.asked}. "
                    f"Profiles visited: {', '.join(own_keys(visited))}",
                )
            visited[source] = None
            name, keys = source, self._keys(source)
            if _has_keys(keys):
                return
            # A source may also just hand on what its `credential_source` gives, without a role of its own.
            if not _is_role(keys) and ("role_arn" in keys or "credential_source" not in keys):
                self._of_its_own(name, keys)
                return

    def _of_its_own(self, name: str, keys: Keys) -> str:
        if _has_keys(keys):
            return "CREDENTIALS_PROFILE"
        if "web_identity_token_file" in keys and "role_arn" in keys:
            # That client is made without a word of the profile.
            self._call(self._region(DEFAULT), with_keys=False)
            return "CREDENTIALS_PROFILE_STS_WEB_ID_TOKEN"
        if "credential_process" in keys:
            return "CREDENTIALS_PROFILE_PROCESS"
        if any(key in keys for key in _SSO_KEYS):
            return self._sso(keys)
        if "login_session" in keys:
            return "CREDENTIALS_PROFILE_LOGIN"
        raise _Thrown(
            _CREDENTIALS_ERROR,
            "Could not resolve credentials using profile: [",
            name if name in self.view.merged else Quoted("profile", "source_profile", name),
            "] in configuration/credentials file(s).",
        )

    @staticmethod
    def _check_credential_source(name: str, source: str) -> None:
        if source == "Environment":
            raise _Thrown(_CREDENTIALS_ERROR, "Unable to find environment variable credentials.")
        if source not in ("EcsContainer", "Ec2InstanceMetadata"):
            raise _Thrown(
                _CREDENTIALS_ERROR,
                f"Unsupported credential source in profile {name}. Got ",
                Quoted("profile", "credential_source", source),
                ", expected EcsContainer or Ec2InstanceMetadata or Environment.",
            )

    def _sso(self, keys: Keys) -> str:
        merged: dict[str, str | None] = {**keys}
        region_of = "profile"
        if "sso_session" in keys:
            region_of = "sso-session"
            session = self._session(keys["sso_session"])
            # They take the place of the profile's own, also where the session does not have them.
            merged |= {key: session.get(key) for key in ("sso_region", "sso_start_url")}
        region = merged.get("sso_region")
        if region is None or not all(merged.get(key) for key in _SSO_REQUIRED):
            named: list[str | Quoted] = []
            for key in own_keys(merged):
                named += (", ", Quoted("profile", key))
            raise _Thrown(
                _CREDENTIALS_ERROR,
                'Profile is configured with invalid SSO credentials. Required parameters "sso_account_id", '
                '"sso_region", "sso_role_name", "sso_start_url". Got ',
                *named[1:],
                "\nReference: https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-sso.html",
            )
        fault = client.fault(self.view, "sso", Quoted(region_of, "sso_region", region))
        if fault is not None:
            raise _Thrown(_CREDENTIALS_ERROR, f"{fault.error}: ", *fault.pieces)
        return "CREDENTIALS_PROFILE_SSO" if "sso_session" in keys else "CREDENTIALS_PROFILE_SSO_LEGACY"

    def _session(self, name: str) -> Keys:
        if name in self.view.sso_sessions:
            return self.view.sso_sessions[name]
        if name in OBJECT_MEMBERS:
            return {}
        raise _Thrown("TypeError", "Cannot read properties of undefined (reading 'sso_region')")

    def _keys(self, profile: str) -> Keys:
        return self.view.merged.get(profile, {})

    def _region(self, profile: str) -> Quoted | None:
        region = self._keys(profile).get("region")
        return None if region is None else Quoted("profile", "region", region)

    def _call(self, region: Quoted | None, *, with_keys: bool = True) -> None:
        """Calls STS, which answers if the SDK gets as far as asking it."""
        fault = client.fault(self.view, "sts", region, with_keys=with_keys)
        if fault is not None:
            raise _Thrown(fault.error, *fault.pieces)


def _has_keys(keys: Keys) -> bool:
    return "aws_access_key_id" in keys and "aws_secret_access_key" in keys


def _is_role(keys: Keys) -> bool:
    return "role_arn" in keys and ("source_profile" in keys) != ("credential_source" in keys)


def own_keys(keys: Iterable[str]) -> list[str]:
    """Keys in the order of `Object.keys`: those that look like an index of an array first, by their numbers."""
    return sorted(keys, key=lambda key: int(key) if _is_index(key) else 1 << 32)


def _is_index(key: str) -> bool:
    return key.isascii() and key.isdigit() and len(key) <= 10 and str(int(key)) == key and int(key) < (1 << 32) - 1
