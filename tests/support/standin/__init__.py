"""A local stand-in for AWS: moto behind a thin layer that is as strict about STS as AWS is.

In a test::

    with StandIn() as aws:
        key_id, secret = aws.add_user("111122223333", "alice")
        ...  # talk to aws.url

From a shell, ``python -m tests.support.standin --help``.
"""

from __future__ import annotations

from .keys import DOCUMENTED_KEYS, LongTermKey, make_key
from .server import StandIn, closed_port_url
from .sts import MFA_CODE, IssuedSession, Sts

__all__ = [
    "DOCUMENTED_KEYS",
    "MFA_CODE",
    "IssuedSession",
    "LongTermKey",
    "StandIn",
    "Sts",
    "closed_port_url",
    "make_key",
]
