"""See the rule's own documentation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rolecall.lint import Finding, On, OptionTarget, Severity, quoted, rule
from rolecall.settings import READERS

_ACCOUNT = re.compile(r"[0-9]{12}")
_LENGTH = 12


@rule(on=On.OPTION, severity=Severity.WARNING, types=("account-id",))
def invalid_account_id(target: OptionTarget) -> Iterator[Finding]:
    """An account id does not have twelve digits.

    Tools hand the text on as it is, and AWS knows no such account. Leading zeros belong to the id, dashes do not; what
    people see as `1234-5678-9012` in the console is written `123456789012`.

    Bad:
    ```ini
    [profile sandbox]
    sso_session = corp
    sso_account_id = 1234-5678-9012
    sso_role_name = Admin
    ```

    Good:
    ```ini
    [profile sandbox]
    sso_session = corp
    sso_account_id = 123456789012
    sso_role_name = Admin
    ```
    """
    account = target.plain
    if account and _ACCOUNT.fullmatch(account) is None:
        yield Finding(
            target.value_place, f"Account id {quoted(account)} {_problem(account)}", readers=target.among(READERS)
        )


def _problem(account: str) -> str:
    digits = re.sub(r"[\s-]", "", account)
    if digits != account and _ACCOUNT.fullmatch(digits) is not None:
        return f"is written {quoted(digits)}"
    if re.fullmatch("[0-9]+", account) is None:
        return "is not a number of twelve digits"
    lost = ", leading zeros may be lost" if len(account) < _LENGTH else ""
    return f"has {len(account)} digits instead of {_LENGTH}{lost}"
