"""What a caller may choose when it asks for a session."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple


class Limits(NamedTuple):
    """Seconds, and how often a request is sent before it counts as failed."""

    connect: float = 3.0
    read: float = 10.0
    attempts: int = 2
    total: float = 60.0
    """For everything but the time in which a person thinks."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a caller may choose."""

    region_default: str = "us-east-1"
    """For profiles without a Region; STS needs one."""
    limits: Limits = field(default_factory=Limits)
    sts_endpoint: str | None = None
    """Address to use for STS in place of the real one and of what the files say."""
    trusted_endpoints: frozenset[str] = frozenset()
    """Addresses outside AWS and this machine, as ``scheme://host:port``, that the user allowed to be called."""
    sso_cache: Path | None = None
    """Folder in which the AWS CLI keeps its SSO tokens; only ever read."""
