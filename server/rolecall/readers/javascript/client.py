"""What stops the clients of STS and SSO that the SDK makes to get credentials, before they send anything.

`fromIni` gives those clients no profile, so that they take their own settings from the profile "default", whichever
profile is asked for.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from typing import Literal, NamedTuple
from urllib.parse import unquote

from rolecall.readers.javascript.ini import SPACE, Keys
from rolecall.readers.javascript.merge import SERVICES, View
from rolecall.readers.seen import Quoted

_HOST_LABEL = re.compile(r"(?!-)[a-zA-Z0-9-]{1,63}(?<!-)")
_FIPS = re.compile(r"fips-(?:dkr-|prod-)?|-fips")
_DEFAULTS_MODES = ("in-region", "cross-region", "mobile", "standard", "legacy")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_AUTHORITY = re.compile(r"[^/?#]*")
_SPECIAL_AUTHORITY = re.compile(r"[/\\]*([^/\\?#]*)")
_PORT = re.compile(r"(?P<host>\[[^\]]*\]|[^:]*)(?::0*(?P<port>[0-9]{0,5}))?")
_FORBIDDEN = re.compile(r"[\x00-\x20#/<>?@\[\\\]^|:]")
_FORBIDDEN_IN_DOMAIN = re.compile(r"[\x00-\x20\x7f#/<>?@\[\\\]^|:%]")
_KEYS_WANTED = (
    "@aws-sdk/core::resolveAwsSdkSigV4Config - `credentials` not provided "
    "and no credentialDefaultProvider was configured."
)
_SPECIAL_SCHEMES = ("http", "https", "ws", "wss", "ftp")


class Fault(NamedTuple):
    """The error's class and its message in pieces."""

    error: str
    pieces: tuple[str | Quoted, ...]


def fault(view: View, service: Literal["sts", "sso"], region: Quoted | None, *, with_keys: bool = True) -> Fault | None:
    """Why a call of a service fails on the client's side, or None. The region is that of the client, or none given.

    An exchange of a web identity token for credentials is called without keys.
    """
    own = {**view.credentials.get("default", {}), **view.config.get("default", {})}
    name = "us-east-1" if region is None else str(region)
    is_fips = name.startswith("fips-") or name.endswith("-fips")
    if region is not None and is_fips:
        name = "us-east-1" if name in ("fips-aws-global", "aws-fips") else _FIPS.sub("", name, count=1)
        region = region._replace(value=name)
    if region is not None and name != "*" and _HOST_LABEL.fullmatch(name) is None:
        return Fault("Error", ('Region not accepted: region="', region, '" is not a valid hostname component.'))
    schemes = own.get("auth_scheme_preference", "").split(",")
    if not with_keys and "sigv4a" in (scheme.strip(SPACE) for scheme in schemes):
        return Fault("Error", (_KEYS_WANTED,))
    endpoint = _endpoint(view, service, own)
    if endpoint is not None:
        if not is_url(endpoint):
            return Fault("TypeError", ("Invalid URL",))
        for refused, what in (
            (is_fips or own.get("use_fips_endpoint") == "true", "FIPS"),
            (own.get("use_dualstack_endpoint") == "true", "Dualstack"),
        ):
            if refused:
                message = f"Invalid Configuration: {what} and custom endpoint are not supported"
                return Fault("EndpointError", (message,))
    mode = own.get("defaults_mode", "legacy")
    # The mode is looked at only for the way to try again, and that only where the profile does not say it.
    if "retry_mode" not in own and mode.lower() not in (*_DEFAULTS_MODES, "auto"):
        expected = ", ".join(_DEFAULTS_MODES)
        got = Quoted("profile", "defaults_mode", mode)
        return Fault("Error", (f'Invalid parameter for "defaultsMode", expect {expected}, got ', got))
    return None


def _endpoint(view: View, service: str, own: Mapping[str, str]) -> str | None:
    if own.get("ignore_configured_endpoint_urls") == "true":
        return None
    section: Keys = {}
    if "services" in own:
        name = SERVICES + own["services"]
        if name not in view.config:
            # The SDK's complaint about it is swallowed, and the profile's own endpoint is not looked at any more.
            return None
        section = view.config[name]
    return section.get(f"{service}.endpoint_url") or own.get("endpoint_url")


def is_url(text: str) -> bool:
    """Whether `new URL(text)` takes it, by the WHATWG's rules as far as people's mistakes go.

    Not followed: IDNA's refusals and numbers at the end of a host that are no IPv4 address.
    """
    found = _SCHEME.match(text)
    if found is None:
        return False
    scheme, rest = found[1].lower(), text[found.end() :]
    if scheme in _SPECIAL_SCHEMES:
        authority = _SPECIAL_AUTHORITY.match(rest)
        return authority is not None and _is_authority(authority[1], special=True)
    authority = _AUTHORITY.match(rest, 2) if rest.startswith("//") else None
    return scheme == "file" or authority is None or not authority[0] or _is_authority(authority[0], special=False)


def _is_authority(authority: str, *, special: bool) -> bool:
    found = _PORT.fullmatch(authority.rpartition("@")[2])
    if found is None or not found["host"] or int(found["port"] or "0") > 0xFFFF:
        return False
    host = found["host"]
    if host.startswith("["):
        try:
            ipaddress.IPv6Address(host[1:-1])
        except ValueError:
            return False
        return "%" not in host
    return _FORBIDDEN_IN_DOMAIN.search(unquote(host)) is None if special else _FORBIDDEN.search(host) is None
