"""rolecall/profiles: what the tree and the status bar show. All of it, or a part of a long list at a time.

Without parameters the answer has every profile and account. Any of these makes it a part:

limit   how many profiles, and how many accounts, to send at most
offset  how many of a group to leave out first
group   only this one: "profiles", "roles", "sso", "dangling", or "accounts"
query   only what fits these words, see `rolecall.features.listing`
around  the part that holds the profile of this name; `group` and `offset` of the answer say which part that is
named   names of profiles that are sent beside the part, as `named`

A part comes with `total`, how many profiles fit, with `all`, how many there are, with `groups`, how many fit in each
and the first and last name of each part of it, and with `problems`, how many there are in all. Of the accounts it also
has those that the profiles in it belong to, wherever they stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rolecall.features.accounts_view import accounts, register_of
from rolecall.features.listing import Listing, listing, problem_count
from rolecall.features.masking import one_line
from rolecall.features.profiles import ProfileRow, profiles
from rolecall.lsp.convert import Json
from rolecall.lsp.session import Session
from rolecall.model.workspace import FILES
from rolecall.readers.botocore.merge import SectionType

_EVERYTHING = 1 << 31


def handle(session: Session, params: Json) -> Any:
    return _part(session, params) if params else _all(session)


def _all(session: Session) -> Json:
    service = session.own.service
    verdicts = service.all_verdicts()
    return {
        "version": 1,
        "profiles": [
            row.to_json()
            for row in profiles(service.workspace, lambda name: verdicts.get(name, ()), session.ledger.expiries())
        ],
        "accounts": [row.to_json() for row in accounts(service.workspace, service.accounts_diagnostics())],
        "files": _files(session),
    }


def _part(session: Session, params: Json) -> Json:
    service = session.own.service
    verdicts = service.all_verdicts()
    register = register_of(session.accounts)
    found = listing(service.workspace, verdicts, register, params.get("query") or "")
    group, offset, limit = params.get("group"), params.get("offset") or 0, params.get("limit") or _EVERYTHING
    around = found.place_of(params["around"]) if params.get("around") else None
    if around is not None:
        group, offset = around[0], around[1] // limit * limit

    def rows(names: Iterable[str]) -> list[ProfileRow]:
        return profiles(service.workspace, lambda name: verdicts.get(name, ()), session.ledger.expiries(), names=names)

    shown = rows(_names(found, group)[offset : offset + limit])
    named = rows(params.get("named") or ())
    of_group = found.accounts[offset : offset + limit] if group in (None, "accounts") else ()
    linked = {row.account for row in (*shown, *named)} - {None, *[one_line(account.name) for account in of_group]}
    reported = service.accounts_diagnostics()
    wanted = [*of_group, *(account for account in session.accounts.entries if linked and account.name in linked)]
    return {
        "version": 1,
        "profiles": [row.to_json() for row in shown],
        "total": found.total,
        "all": len(service.workspace.names(SectionType.PROFILE)),
        "group": group,
        "offset": offset,
        "groups": [_group(name, names, limit) for name, names in found.groups.items() if names]
        + ([_group("accounts", [account.name for account in found.accounts], limit)] if found.accounts else []),
        "problems": problem_count(verdicts.values()) + problem_count([[one] for one in reported]),
        "named": [row.to_json() for row in named],
        "accounts": [row.to_json() for row in accounts(service.workspace, reported, only=wanted)],
        "files": _files(session),
    }


def _names(found: Listing, group: str | None) -> Sequence[str]:
    """The profiles of a group, or of all of them one after the other."""
    return [name for one, names in found.groups.items() if group in (None, one) for name in names]


def _group(name: str, members: Sequence[str], limit: int) -> Json:
    edges = [(members[at], members[min(at + limit, len(members)) - 1]) for at in range(0, len(members), limit)]
    parts = [[one_line(first), one_line(last)] for first, last in edges]
    return {"id": name, "total": len(members), "parts": parts}


def _files(session: Session) -> Json:
    documents = {file: session.own.service.workspace.document(file) for file in FILES}
    return {
        file: {"path": document.path, "exists": document.tree is not None or document.facts.exists}
        for file, document in documents.items()
    }
