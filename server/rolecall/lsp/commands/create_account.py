"""Register the account of a profile, with what is known of it, and open the entry for the rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rolecall.accounts import add_account, from_profile
from rolecall.lsp.commands.edit_account import show_account
from rolecall.lsp.session import Session
from rolecall.model.profile import Profile
from rolecall.model.workspace import Workspace
from rolecall.readers.botocore.merge import SectionType
from rolecall.store.errors import Conflict


async def run(session: Session, argument: Mapping[str, Any]) -> Any:
    name = argument["profile"]
    known = session.accounts.of_profile(name)
    if not known:
        workspace = session.own.service.workspace
        profile = workspace.profile(name)
        if profile is None:
            session.client.show(2, f"There is no profile {name} any more.")
            return
        fields = from_profile(
            name,
            account_id=profile.account_id,
            region=profile.get("region") or None,
            roles=roles_of(workspace, profile),
            taken={account.name for account in session.accounts.entries},
        )
        await _add(session, fields)
        known = session.accounts.of_profile(name)
    if known:
        await show_account(session, known[0])


def roles_of(workspace: Workspace, profile: Profile) -> list[str]:
    """The roles that a profile can assume: its own, or those of the profiles whose source it is.

    Of a profile whose account is known, only those in this account: a role elsewhere is an account of its own.
    """
    if profile.is_role:
        return [role] if (role := profile.get("role_arn")) else []
    referrers = workspace.referrers(SectionType.PROFILE, profile.name)
    found = (workspace.profile(name) for name in referrers)
    roles = [role for one in found if one is not None and one.is_role and (role := one.get("role_arn"))]
    return [role for role in roles if profile.account_id is None or f"::{profile.account_id}:" in role]


async def _add(session: Session, fields: Mapping[str, str]) -> None:
    path = session.accounts_path()
    opened = session.open_accounts(path)
    if opened is None:
        session.store.change(path, lambda before: add_account(before, fields))
    else:
        uri, text = opened
        change = {"range": session.units.whole(text), "newText": add_account(text, fields)}
        if not await session.client.apply_edit("Create an account", {"changes": {uri: [change]}}):
            raise Conflict
    session.refresh()
