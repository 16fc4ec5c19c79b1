"""Live sessions: the only part of Rolecall that talks to AWS.

Importing this package does not import botocore; the first resolution does.
"""

from __future__ import annotations

from rolecall.sessions.control import CancelToken
from rolecall.sessions.documents import Documents
from rolecall.sessions.errors import SessionError
from rolecall.sessions.exports import SHELLS, Shell, render
from rolecall.sessions.identity import Identity, who_am_i
from rolecall.sessions.ledger import Ledger
from rolecall.sessions.mfa import AskMfa
from rolecall.sessions.options import Limits, Options
from rolecall.sessions.resolution import Progress, resolve
from rolecall.sessions.session import Session
from rolecall.sessions.tokens import TokenChange, Tokens, TokenWatch

__all__ = [
    "SHELLS",
    "AskMfa",
    "CancelToken",
    "Documents",
    "Identity",
    "Ledger",
    "Limits",
    "Options",
    "Progress",
    "Session",
    "SessionError",
    "Shell",
    "TokenChange",
    "TokenWatch",
    "Tokens",
    "render",
    "resolve",
    "who_am_i",
]
