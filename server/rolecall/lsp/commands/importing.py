"""From a text with keys to the profiles that get them: what is asked on the way, the write, and its undo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from rolecall.edits import EditError
from rolecall.edits.imports import (
    Imported,
    NoKeys,
    doubts,
    key_edits,
    read_keys,
    same_account,
    settled_target,
    takes_keys,
)
from rolecall.lsp.commands.opening import show_own
from rolecall.lsp.commands.writing import write
from rolecall.lsp.convert import Json
from rolecall.lsp.doubts import doubt_words
from rolecall.lsp.foreseen import guarded
from rolecall.lsp.protocol import in_background
from rolecall.lsp.session import Session
from rolecall.lsp.words import account_words, until
from rolecall.model.workspace import Workspace

_ANYWAY, _UNDO, _SHOW = "Use anyway", "Undo", "Show"


class Source(NamedTuple):
    """Where keys come from, in words.

    title   of the questions
    failed  how a message begins that says why nothing came of it
    """

    title: str
    failed: str


async def put_into_profiles(session: Session, text: str, source: Source, profile: str | None) -> Json | None:
    """Give each profile its keys, in one write; {"profiles": names}, None where nothing was written.

    profile  the one that gets them, for a text that holds one set of keys or names the profile

    Raises EditError with a sentence for the user, StoreError when the file could not be written.
    """
    session.refresh()
    try:
        found = _for_profile(read_keys(text), profile)
    except NoKeys as error:
        # Raised anew outside of here: the text is a local of the frames that this one came through.
        refusal = f"{source.failed}: {error}"
    else:
        return await _put(session, found, source, profile)
    raise NoKeys(refusal)


def _for_profile(found: list[Imported], profile: str | None) -> list[Imported]:
    if profile is None or len(found) == 1:
        return found
    named = [keys for keys in found if keys.profile == profile]
    if not named:
        raise NoKeys(f"there are {len(found)} sets of keys, and none says that it is of {profile}.")
    return named[:1]


async def _put(session: Session, found: list[Imported], source: Source, profile: str | None) -> Json | None:
    chosen: dict[str, Imported] = {}
    for keys in found:
        target = profile or settled_target(_workspace(session), keys) or await _choose(session, keys, source)
        if target is None:
            return None
        known = _workspace(session).profile(target)
        if known is not None and not takes_keys(known):
            raise EditError(f"{source.failed}: tools would not look at keys in {target}. Choose another profile.")
        chosen[target] = keys
    if not await _is_sure(session, chosen):
        return None
    workspace = _workspace(session)
    edits = [edit for target, keys in chosen.items() for edit in key_edits(workspace, target, keys, keys.region)]
    # Whoever puts keys here needs no card that says so; neither when they are taken back.
    session.written_keys |= {keys.access_key_id for keys in chosen.values()} | _key_ids(workspace, chosen)
    saved = await write(session, edits, f"{source.title}: {', '.join(chosen)}")
    in_background(_tell(session, chosen, saved), session.tasks)
    return {"profiles": list(chosen)}


def _workspace(session: Session) -> Workspace:
    return session.own.service.workspace


def _key_ids(workspace: Workspace, chosen: Mapping[str, Imported]) -> set[str]:
    profiles = (workspace.profile(name) for name in chosen)
    return {key.text for one in profiles if one is not None and (key := one.key_id) is not None}


async def _choose(session: Session, keys: Imported, source: Source) -> str | None:
    """The profile that the user wants: first those that have keys of the account, then a new one if there is a name
    for it, then the others."""
    workspace = _workspace(session)
    if "pickProfile" not in session.client.abilities:
        raise NoKeys(f'{source.failed}: these keys name no profile. Put "[NAME]" on the line above them.')
    similar = same_account(workspace, keys)
    others = [one for one in workspace.profiles() if takes_keys(one) and one not in similar]
    choices = [(one.name, "same account") for one in similar]
    if keys.profile is not None and workspace.profile(keys.profile) is None:
        choices.append((keys.profile, "new profile"))
    choices += [(one.name, one.kind) for one in others]
    role = f"{keys.role} in " if keys.role else ""
    whose = account_words(session.accounts, keys.account_id)
    placeholder = f"Profile for {f'{role}{whose}' if whose else 'the keys'}, or a new name"
    return await session.client.pick_profile(source.title, placeholder, choices, allow_new=True)


async def _is_sure(session: Session, chosen: Mapping[str, Imported]) -> bool:
    workspace = _workspace(session)
    reasons = [
        doubt_words(session.accounts, target, keys.account_id, doubt)
        for target, keys in chosen.items()
        for doubt in doubts(workspace, target, keys)
    ]
    return not reasons or await session.client.ask(2, " ".join(reasons), [_ANYWAY]) == _ANYWAY


async def _tell(session: Session, chosen: Mapping[str, Imported], saved: bool) -> None:
    path = session.own.paths["credentials"]
    assert path is not None, "the user's own files have paths"
    rest = "" if saved else " Save the credentials file to use them."
    choice = await session.client.ask(3, f"{_result(session, chosen)}.{rest}", [_SHOW, _UNDO] if saved else [_SHOW])
    if choice == _SHOW:
        await guarded(session, _show(session, next(iter(chosen))))
    elif choice == _UNDO:
        await guarded(session, _undo(session, path, chosen))


def _result(session: Session, chosen: Mapping[str, Imported]) -> str:
    if len(chosen) > 1:
        return f"{len(chosen)} profiles have new keys: {', '.join(chosen)}"
    [(target, keys)] = chosen.items()
    whose = account_words(session.accounts, keys.account_id)
    return f"{target} has the keys{f' of {whose}' if whose else ''}{until(keys.expires_at)}"


async def _show(session: Session, name: str) -> None:
    profile = _workspace(session).profile(name)
    key = profile.key_id if profile is not None else None
    place = session.own.place(key.stanza, key.option.key_span)[1] if key is not None else None
    await show_own(session, "credentials", place)


async def _undo(session: Session, path: str, chosen: Mapping[str, Imported]) -> None:
    session.store.undo(path)
    session.refresh()
    session.client.show(3, f"Undone: {', '.join(chosen)}.")
