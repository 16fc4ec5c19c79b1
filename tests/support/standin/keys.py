"""Fake long-term access keys. All end in EXAMPLE, as the ones in the AWS documentation do."""

from __future__ import annotations

import base64
import hashlib
from typing import NamedTuple

_BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


class LongTermKey(NamedTuple):
    """An IAM user's access key."""

    access_key_id: str
    secret: str
    account: str
    user: str

    @property
    def arn(self) -> str:
        return f"arn:aws:iam::{self.account}:user/{self.user}"


DOCUMENTED_KEYS = (
    LongTermKey("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "111122223333", "me"),
    LongTermKey("AKIAI44QH8DHBEXAMPLE", "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY", "444455556666", "you"),
)
"""The two keys of the AWS documentation. Their ids are of the old kind that does not tell the account."""


def make_key(account: str, n: int = 0, prefix: str = "AKIA") -> tuple[str, str]:
    """Return the id and secret of fake key number ``n`` (0 to 15) of an account; the id tells the account.

    Nine base32 characters hold the bit that marks new ids, forty bits of account and four of ``n``.
    """
    if not 0 <= n <= 15:
        raise ValueError(f"an account has the fake keys 0 to 15, not {n}")
    bits = 1 << 44 | int(account) << 4 | n
    digits = "".join(_BASE32[bits >> shift & 31] for shift in range(40, -1, -5))
    noise = base64.b64encode(hashlib.sha256(f"fake secret of key {n} of {account}".encode()).digest()).decode()
    return f"{prefix}{digits}EXAMPLE", f"{noise[:30]}EXAMPLEKEY"
