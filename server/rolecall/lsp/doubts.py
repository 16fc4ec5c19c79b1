"""Why keys may not be meant for a profile, in words."""

from __future__ import annotations

from rolecall.edits.imports import Doubt, DoubtKind
from rolecall.lsp.words import account_words
from rolecall.model.accounts import Accounts


def doubt_words(accounts: Accounts, target: str, account_id: str | None, doubt: Doubt) -> str:
    """One reason as a sentence; `account_id` is the account of the keys."""
    before, whose = account_words(accounts, doubt.account_id), account_words(accounts, account_id)
    match doubt.kind:
        case DoubtKind.LONG_TERM:
            return f"Profile {target} holds long-term keys, which these replace."
        case DoubtKind.OTHER_ACCOUNT:
            return f"Profile {target} has keys of {before}, these are of {whose}."
        case DoubtKind.OTHER_LINK:
            return f"Profile {target} is linked to {before}, these keys are of {whose}."
        case DoubtKind.EXPIRED:
            return f"The keys for {target} have expired."
        case DoubtKind.ROOT:
            return f"The keys for {target} are the root user's: nothing limits what they may do."
