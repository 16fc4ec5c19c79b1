"""The registered accounts: which one a profile belongs to, and all of them as the views show them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, Protocol

from rolecall.features.masking import address, one_line
from rolecall.lint import Severity
from rolecall.model.accounts import Account, Accounts
from rolecall.model.profile import Profile
from rolecall.model.workspace import Workspace
from rolecall.text import Position, Span


class Problem(Protocol):
    """What a view needs to know of a diagnostic: the name of its rule, and how bad it is."""

    @property
    def rule(self) -> str: ...
    @property
    def severity(self) -> Severity: ...


class PlacedProblem(Problem, Protocol):
    """A diagnostic, with its place."""

    @property
    def path(self) -> str: ...
    @property
    def span(self) -> Span: ...


class AccountRow(NamedTuple):
    """One registered account. `line` counts from 1; `problems` are names of rules, the worst first."""

    name: str
    account_id: str | None
    profile: str | None
    role: str | None
    region: str | None
    environment: str | None
    endpoint_url: str | None
    path: str
    line: int
    problems: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The account as the protocol has it."""
        return {
            "name": self.name,
            "accountId": self.account_id,
            "profile": self.profile,
            "role": self.role,
            "region": self.region,
            "environment": self.environment,
            "endpointUrl": self.endpoint_url,
            "path": self.path,
            "line": self.line,
            "problems": list(self.problems),
        }


def accounts(
    workspace: Workspace,
    problems: Iterable[PlacedProblem],
    shown: Callable[[str], str] = str,
    only: Iterable[Account] | None = None,
) -> list[AccountRow]:
    """Every registered account in file order, or some of them.

    problems  what there is to report of the accounts files
    shown     a path as it is shown
    """
    by_path: dict[str, list[PlacedProblem]] = {}
    for problem in sorted(problems, key=_start):
        by_path.setdefault(problem.path, []).append(problem)
    wanted = workspace.accounts.entries if only is None else only
    return [_row(account, by_path.get(account.path, []), shown) for account in wanted]


def _start(problem: PlacedProblem) -> Position:
    return Position(problem.span.line, problem.span.start)


def worst_first(problems: Iterable[Problem]) -> tuple[str, ...]:
    """The names of the rules, each once, the worst first, and those that are as bad as each other by their names."""
    return tuple(dict.fromkeys([one.rule for one in sorted(problems, key=lambda one: (one.severity, one.rule))]))


def _row(account: Account, problems: list[PlacedProblem], shown: Callable[[str], str]) -> AccountRow:
    own = problems[bisect_left(problems, account.start, key=_start) : bisect_left(problems, account.end, key=_start)]
    return AccountRow(
        one_line(account.name),
        account.account_id and one_line(account.account_id),
        account.profile,
        account.role and one_line(account.role),
        account.region and one_line(account.region),
        account.environment and one_line(account.environment),
        account.endpoint_url and address(account.endpoint_url),
        shown(account.path),
        account.start.line + 1,
        worst_first(own),
    )


def register_of(accounts: Accounts) -> Register:
    """The register of some accounts. Those of the last call are remembered, as they are nearly always the same."""
    global _last
    if _last[0] is not accounts:
        _last = (accounts, Register(accounts))
    return _last[1]


class Register:
    """The accounts by what a profile may have in common with them. Made once for many profiles: see `register_of`."""

    def __init__(self, accounts: Accounts) -> None:
        self._by_profile: dict[str, list[Account]] = {}
        self._by_id: dict[str, list[Account]] = {}
        self._by_role: dict[str, list[Account]] = {}
        for account in accounts.entries:
            for index, key in (
                (self._by_profile, account.profile),
                (self._by_id, account.account_id),
                (self._by_role, account.role),
            ):
                if key is not None:
                    index.setdefault(key, []).append(account)

    def concerning(self, profile: str, account_id: str) -> list[Account]:
        """The accounts that name a profile, and those of an id."""
        return [*self._by_profile.get(profile, ()), *self._by_id.get(account_id, ())]

    def of_id(self, account_id: str) -> Account | None:
        """The first account of an id."""
        found = self._by_id.get(account_id)
        return found[0] if found else None

    def of_profile(self, profile: Profile) -> Account | None:
        """The account that a profile belongs to.

        One that names it, as long as their ids and roles agree; else one of its id; else one of its role; else the
        one that names it all the same. Of several, the one of the profile's region.
        """
        account_id, role = profile.account_id, profile.get("role_arn")
        named = self._by_profile.get(profile.name, [])
        found = (
            [account for account in named if _agree(account.account_id, account_id) and _agree(account.role, role)]
            or self._by_id.get(account_id or "", [])
            or self._by_role.get(role or "", [])
            or named
        )
        region = profile.get("region")
        return min(found, key=lambda account: account.region != region, default=None)


_last: tuple[Accounts | None, Register] = (None, Register(Accounts()))


def _agree(registered: str | None, known: str | None) -> bool:
    return registered is None or known is None or registered == known
