"""The registered accounts: reading their files with positions, and changing them.

`rolecall.accounts.schema` is not imported here, because it needs pydantic.
"""

from __future__ import annotations

from rolecall.accounts.editing import AccountsEditError, add_account, from_profile, update_account
from rolecall.accounts.reading import load, merge, parse, parse_file

__all__ = [
    "AccountsEditError",
    "add_account",
    "from_profile",
    "load",
    "merge",
    "parse",
    "parse_file",
    "update_account",
]
