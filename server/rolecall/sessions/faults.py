"""Where a resolution stands, and the faults that Rolecall finds by itself, before or without AWS."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit

from rolecall import catalog
from rolecall.readers.botocore.merge import View
from rolecall.readers.botocore.resolve import is_role
from rolecall.sessions.documents import Section, role_chain, text_of
from rolecall.sessions.errors import SessionError, shown, shown_region, shown_role
from rolecall.sessions.options import Limits

ACTIONS_OF_ROLES = ("AssumeRole", "AssumeRoleWithWebIdentity")

_HOST = re.compile(r"[a-z0-9.-]{1,100}", re.ASCII | re.IGNORECASE)
_SERVICE_TITLES = {"sts": "STS", "sso": "IAM Identity Center"}
_CHAIN_LIMIT_SECONDS = 3600


@dataclass(slots=True)
class Trace:
    """Where a resolution stands, so that an error can say what was being done. Updated before each call."""

    profile: str
    sections: View
    limits: Limits
    service: str = "sts"
    operation: str | None = None
    role_arn: str | None = None
    region: str | None = None
    endpoint: str | None = None
    """Set where the files or the user name another address than AWS's own."""

    asker: str = ""
    """The profile that asks for the current role."""
    signer: str = ""
    """The profile whose credentials sign the current call."""

    def __post_init__(self) -> None:
        self.asker = self.asker or self.profile
        self.signer = self.signer or self.profile

    @property
    def problem(self) -> str:
        if self.operation in ACTIONS_OF_ROLES:
            return f"Could not assume {shown_role(self.role_arn, self.asker)}"
        if self.operation == "GetCallerIdentity":
            return f"Could not identify profile {shown(self.profile)}"
        return f"Could not use profile {shown(self.profile)}"

    @property
    def place(self) -> str:
        """The service and where it is called, as in "STS in eu-west-1"."""
        title = _SERVICE_TITLES.get(self.service, "AWS")
        if self.endpoint is None:
            return f"{title}{shown_region(self.region)}"
        try:
            address = urlsplit(self.endpoint)
            host, port = address.hostname or "", address.port
        except ValueError:  # brackets that are never closed, or a port that is no number
            return f"{title} at its endpoint_url"
        if _HOST.fullmatch(host) is None:
            return f"{title} at its endpoint_url"
        return f"{title} at {host}:{port}" if port else f"{title} at {host}"


def timed_out(trace: Trace) -> SessionError:
    """Return the error for a resolution that took longer than its limit."""
    return SessionError(
        "timeout",
        f"Could not finish with profile {shown(trace.profile)} within {trace.limits.total:g} s",
        way_out="Check the network and try again.",
    )


def duration_over_chain_limit(profile: str, trace: Trace) -> SessionError:
    """Return the error for a role that is assumed from a role and wants more than the hour that AWS allows then."""
    role = shown_role(text_of(trace.sections.profiles.get(profile, {}), "role_arn"), profile)
    return SessionError(
        "duration-over-chain-limit",
        f"Could not assume {role}",
        "AWS allows a role that is assumed from another role one hour",
        f"Set duration_seconds of profile {shown(profile)} to 3600 or less.",
    )


def block_for_a_value(trace: Trace) -> SessionError | None:
    """Find a block of settings where botocore expects a value; it would fail with an error that says nothing."""
    for name in role_chain(trace.profile, trace.sections.profiles).profiles:
        for key, value in trace.sections.profiles.get(name, {}).items():
            known = catalog.setting("profile", key)
            if isinstance(value, Mapping) and known is not None and known.type != "nested":
                return SessionError(
                    "invalid-value",
                    f"Could not use profile {shown(trace.profile)}",
                    f"{known.name} of profile {shown(name)} holds a block of settings where a value is expected",
                    "Write the value on the line of the setting.",
                )
    return None


def chain_too_long(trace: Trace) -> SessionError | None:
    """Find a role that AWS would refuse for its duration, before anybody is asked for a code that is then wasted."""
    profiles = trace.sections.profiles
    names = role_chain(trace.profile, profiles).profiles
    for name, source in pairwise(names):
        duration = text_of(profiles.get(name, {}), "duration_seconds") or ""
        wants_more = duration.isdecimal() and int(duration) > _CHAIN_LIMIT_SECONDS
        if wants_more and _gives_role_credentials(profiles.get(source, {})):
            return duration_over_chain_limit(name, trace)
    return None


def _gives_role_credentials(settings: Section) -> bool:
    if "aws_access_key_id" in settings:
        return False
    return is_role(settings) or "web_identity_token_file" in settings or "sso_role_name" in settings


def no_credentials(trace: Trace) -> SessionError:
    """Return the error for a profile that exists and has nothing to sign in with."""
    return SessionError(
        "no-credentials",
        f"Could not use profile {shown(trace.profile)}",
        "it has nothing to sign in with",
        "Add its access key, or a role_arn with a source_profile.",
    )


def no_such_profile(trace: Trace) -> SessionError:
    """Return the error for a name that neither file has."""
    return SessionError("no-such-profile", f"Could not use profile {shown(trace.profile)}", "there is no such profile")


def endpoint_not_trusted(trace: Trace) -> SessionError:
    """Return the error for an address of the files that is neither AWS nor this machine."""
    return SessionError(
        "endpoint-not-trusted",
        f"Could not use profile {shown(trace.profile)}",
        f"credentials would go to {trace.place}, which is neither AWS over TLS nor this machine",
        "Check endpoint_url.",
    )
