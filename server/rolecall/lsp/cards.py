"""The card that says: the keys of a profile changed on disk, use them?"""

from __future__ import annotations

from rolecall.features.chain import chain
from rolecall.host import FileStamp
from rolecall.lsp.commands.who_am_i import identify
from rolecall.lsp.foreseen import guarded
from rolecall.lsp.live import documents_of, obtain
from rolecall.lsp.session import Session
from rolecall.lsp.words import account_words, short_id
from rolecall.model.account_id import account_of_key
from rolecall.model.expiry import expiry_of
from rolecall.model.workspace import FILES
from rolecall.readers.botocore.merge import File
from rolecall.sessions.documents import Documents
from rolecall.sessions.errors import SessionError
from rolecall.sessions.tokens import TokenChange, Tokens, TokenWatch
from rolecall.store.pairs import load

_USE, _USE_ANYWAY, _SHOW, _LATER = "Use it", "Use anyway", "Show change", "Not now"


class Cards:
    """Compares the keys on disk with those of the last look, and asks about what changed.

    Only what is on disk counts: typing raises no card, a save does. Keys that Rolecall itself wrote are known by their
    id and raise none.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._watch = TokenWatch()
        self._paths = self._own_paths()
        self._stamps = self._on_disk_now()
        self._tokens: Tokens = self._watch.picture(self._read())

    def look(self) -> list[TokenChange]:
        """What changed since the last look and is worth a card."""
        paths, stamps = self._own_paths(), self._on_disk_now()
        if paths == self._paths and stamps == self._stamps:
            return []
        tokens = self._watch.picture(self._read())
        changes = []
        if paths == self._paths:
            changes = self._watch.compare(self._tokens, tokens)
            # Keys that are gone are remembered: a file may be half written while we look at it.
            tokens = {**self._tokens, **tokens}
        self._paths, self._stamps, self._tokens = paths, stamps, tokens
        ledger = self._session.ledger
        return [
            change
            for change in changes
            if change.kind in ("new-session", "renewed", "replaced")
            and change.old_key_id is not None
            and change.new_key_id not in self._session.written_keys
            and ledger.expiry_of_key(change.new_key_id or "") is None
        ]

    async def show(self, changes: list[TokenChange]) -> None:
        """One card for all of them."""
        names = [change.profile for change in changes]
        self._session.client.notify("rolecall/tokenChanged", {"profiles": names})
        if all(change.same_account is not False for change in changes):
            kind, choices = 3, [_USE, _SHOW, _LATER]
        else:
            kind, choices = 2, [_SHOW, _USE_ANYWAY, _LATER]
        choice = await self._session.client.ask(kind, self._text(changes), choices)
        if choice in (_USE, _USE_ANYWAY):
            for name in names:
                await self._use(name)
        elif choice == _SHOW:
            await self._show_change(names[0])

    def _text(self, changes: list[TokenChange]) -> str:
        if len(changes) > 1:
            names = ", ".join(change.profile for change in changes)
            return f"{len(changes)} profiles have new session tokens: {names}."
        change = changes[0]
        account = account_of_key(change.new_key_id or "")
        if change.same_account is False:
            before = account_of_key(change.old_key_id or "")
            assert account is not None, "accounts that differ are known"
            assert before is not None, "accounts that differ are known"
            return (
                f"{change.profile} now belongs to another account: {short_id(account)} instead of {short_id(before)}."
            )
        what = "has new access keys" if change.kind == "replaced" else "has a new session token"
        where = account_words(self._session.accounts, account)
        if change.same_account:
            where = f"same {where}" if where.startswith("account ") else f"same account, {where}".rstrip(", ")
        told = ", ".join(fact for fact in (where, self._expiry(change.profile)) if fact)
        return f"{change.profile} {what}{f' ({told})' if told else ''}."

    def _expiry(self, name: str) -> str:
        profile = self._session.own.service.workspace.profile(name)
        found = expiry_of(profile.values()) if profile is not None else None
        return f"expires {found[1]:%Y-%m-%d %H:%M} UTC" if found is not None else ""

    async def _use(self, name: str) -> None:
        """Check the new keys with AWS, and let nothing that was made of the old ones live on."""
        session = self._session
        try:
            found = await identify(session, name)
        except SessionError as error:
            if error.code != "cancelled":
                session.client.show(1, str(error))
            return
        linked = session.accounts.of_profile(name)
        wrong = next((one for one in linked if one.account_id and one.account_id != found.account), None)
        if wrong is not None and wrong.account_id:
            session.client.show(
                2,
                f"{name} now speaks for {short_id(found.account)}, the account {wrong.name} is "
                f"{short_id(wrong.account_id)}. Edit the account, or paste the keys of the right one.",
            )
        else:
            where = account_words(session.accounts, found.account)
            session.client.show(3, f"The new keys of {name} work: {where}.")
            await self._renew(name)
        session.profiles_changed()

    async def _renew(self, name: str) -> None:
        """Let go of the sessions that were made with the old keys, and make the active one anew."""
        session = self._session
        workspace = session.own.service.workspace
        made_of_it = [one for one in session.ledger.expiries() if name in chain(workspace, one)]
        for profile in made_of_it:
            session.ledger.forget(profile)
        if session.active_profile in made_of_it:
            await guarded(session, obtain(session, session.active_profile, f"Renewing {session.active_profile}"))

    async def _show_change(self, name: str) -> None:
        session = self._session
        profile = session.own.service.workspace.profile(name)
        key = profile.key_id if profile is not None else None
        if key is not None:
            place = session.own.place(key.stanza, key.option.key_span)
            location = session.location(*place)
            await session.client.show_document(location["uri"], location["range"])

    def _own_paths(self) -> dict[File, str]:
        return {file: path for file, path in self._session.own.paths.items() if path is not None}

    def _on_disk_now(self) -> dict[File, FileStamp | None]:
        return {file: self._session.host.stamp(path) for file, path in self._own_paths().items()}

    def _read(self) -> Documents:
        session = self._session
        paths = self._own_paths()
        return documents_of(*(load(session.host, paths[file], own=True).tree for file in FILES))
