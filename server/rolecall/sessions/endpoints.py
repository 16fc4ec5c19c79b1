"""Where credentials may be sent, and the endpoints that a profile brings along."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from urllib.parse import urlsplit

from rolecall import catalog
from rolecall.readers.botocore.merge import View
from rolecall.sessions.documents import Section, text_of
from rolecall.sessions.options import Options


def is_trusted(url: str, options: Options) -> bool:
    """Tell whether a request may go to an address: AWS over TLS, this machine, or what the user allowed.

    A profile's ``endpoint_url`` may come from a file that someone else wrote, and a request carries the session token.
    """
    try:
        address = urlsplit(url)
        host = address.hostname or ""
        origin = f"{address.scheme}://{address.netloc}"
    except ValueError:  # brackets that are never closed
        return False
    if origin in options.trusted_endpoints or _is_loopback(host):
        return True
    if options.sts_endpoint is not None and origin == options.sts_endpoint.rstrip("/"):
        return True
    return address.scheme == "https" and any(host.endswith(f".{suffix}") for suffix in _aws_suffixes())


def endpoint_variables(profile: str, sections: View) -> dict[str, str]:
    """Return the variables that take a profile's own endpoints along into a terminal without the profile."""
    settings = sections.profiles.get(profile, {})
    if (text_of(settings, "ignore_configured_endpoint_urls") or "").lower() == "true":
        return {}
    variables: dict[str, str] = {}
    general = text_of(settings, "endpoint_url")
    if general is not None:
        variables["AWS_ENDPOINT_URL"] = general
    services: Section = sections.services.get(text_of(settings, "services") or "", {})
    for service, block in services.items():
        address = block.get("endpoint_url") if isinstance(block, Mapping) else None
        if address:
            variables[f"AWS_ENDPOINT_URL_{service.upper()}"] = address
    return variables


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:  # a name
        return False


def _aws_suffixes() -> set[str]:
    partitions = catalog.partitions().values()
    return {row.dns_suffix for row in partitions} | {row.dual_stack_dns_suffix for row in partitions}
