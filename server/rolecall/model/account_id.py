"""The account number inside an access key id.

AWS writes the account into the ids of keys made since about 2019. The layout is not documented; it was published by
security researchers and agrees with every such key whose account is known: the sixteen base32 characters after the
four-letter prefix are ten bytes, of whose first 48 bits the topmost is set and the next forty are the account number.
Older ids lack the topmost bit and decode to nonsense, the documentation's AKIAIOSFODNN7EXAMPLE among them.
The answer is a hint for a reader. Only AWS knows for certain.
"""

from __future__ import annotations

import base64
import re

# The fifth character holds the topmost bit: Q to Z and 2 to 7 are the base32 digits 16 to 31.
_DECODABLE = re.compile(r"(?:AKIA|ASIA)[Q-Z2-7][A-Z2-7]{15}", re.ASCII)
_LARGEST_ACCOUNT = 999_999_999_999


def account_of_key(access_key_id: str) -> str | None:
    """Return the twelve digits of the account that owns a key, or None where the id does not say."""
    if _DECODABLE.fullmatch(access_key_id) is None:
        return None
    leading_bits = int.from_bytes(base64.b32decode(access_key_id[4:])[:6], "big")
    account = leading_bits >> 7 & (1 << 40) - 1
    return f"{account:012d}" if account <= _LARGEST_ACCOUNT else None
