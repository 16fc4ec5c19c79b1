"""Both files, the accounts and the time, with an index by name that an edit keeps up to date.

Everything that looks beyond one section asks through `Workspace.look`, with a key such as ("summary", "dev"). The
answers are plain values. After an edit the workspace knows which answers have changed, and with them who has to look
again; nothing else is computed anew. Trees, stanzas, profiles and answers are immutable; the index is the one thing
that changes, and only in `update`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

from rolecall.catalog import suggest
from rolecall.host import FileFacts
from rolecall.model.accounts import Accounts
from rolecall.model.profile import Profile, Summary, profile_of
from rolecall.model.stanza import Stanza, stanzas
from rolecall.readers.botocore.merge import File, SectionType
from rolecall.readers.seen import Value
from rolecall.syntax import Change, Section, Tree
from rolecall.syntax.parser import edit

Key = tuple[Any, ...]
"""A question about the workspace: its kind and what it is about, such as ("summary", "dev")."""

FILES: tuple[File, File] = ("config", "credentials")

REFERENCES: Mapping[str, SectionType] = {
    "source_profile": SectionType.PROFILE,
    "sso_session": SectionType.SSO_SESSION,
    "services": SectionType.SERVICES,
}
"""Settings whose value is the name of another section."""


@dataclass(frozen=True, slots=True)
class Document:
    """One of the two files.

    path  where it is, or would be
    tree  its text; None where there is no such file
    facts what the file system says of it
    known False for a counterpart that was not given and cannot be read: rules that need it stay silent
    own   one of the user's own two files, rather than some file in a workspace
    """

    path: str
    tree: Tree | None
    facts: FileFacts = field(default_factory=FileFacts)
    known: bool = True
    own: bool = False


class Update(NamedTuple):
    """What an edit did: the sections that went and came, and the questions that now have another answer."""

    removed: tuple[Section, ...]
    added: tuple[Section, ...]
    changed: set[Key]


class Workspace:
    """The pair of files with all that can be asked about it."""

    def __init__(self, config: Document, credentials: Document, accounts: Accounts, now: datetime) -> None:
        self._documents: dict[File, Document] = {"config": config, "credentials": credentials}
        self._accounts = accounts
        self._now = now
        self._index: dict[Key, dict[Stanza, None]] = {}
        self._names: dict[SectionType, set[str]] = {type_: set() for type_ in SectionType}
        self._profiles: dict[str, Profile | None] = {}
        self._answers: dict[Key, Any] = {}
        # The names that `near` was asked about.
        self._sought: dict[SectionType, set[str]] = {type_: set() for type_ in SectionType}
        # Account id to names and back, kept from the first question about an account on.
        self._of_account: dict[str, set[str]] | None = None
        self._account_of: dict[str, str] = {}
        for file in FILES:
            tree = self._documents[file].tree
            for section in tree.sections() if tree else ():
                self._add(file, section)

    def document(self, file: File) -> Document:
        return self._documents[file]

    @property
    def now(self) -> datetime:
        return self._now

    @property
    def accounts(self) -> Accounts:
        return self._accounts

    def edit(self, file: File, change: Change) -> Update:
        """Apply one change to one file."""
        document = self._documents[file]
        if document.tree is None:
            raise ValueError("there is no such file to edit")
        edited = edit(document.tree, change)
        self._documents[file] = replace(document, tree=edited.tree)
        names: set[str] = set()
        keys: set[Key] = set()
        meant = {stanza.meaning for s in (*edited.removed, *edited.added) for stanza in stanzas(file, s)}
        known = {found for found in meant if self.exists(*found)}
        for section in edited.removed:
            for stanza in stanzas(file, section):
                self._touch(stanza, names, keys)
                self._drop(stanza)
        for section in edited.added:
            self._add(file, section)
            for stanza in stanzas(file, section):
                self._touch(stanza, names, keys)
        for type_, name in meant:
            if self.exists(type_, name) != ((type_, name) in known):
                keys |= {("near", type_, word) for word in self._sought[type_] if suggest(word, (name,)) is not None}
        if any(found.type is SectionType.DEFAULTS for found in meant):
            # The keys of [DEFAULT] are in every section of the file.
            names |= self._names[SectionType.PROFILE]
            keys |= set(self._answers)
        for name in names:
            self._profiles.pop(name, None)
            keys |= {("profile", name), ("summary", name), *self._references(name)}
            if self._of_account is not None:
                keys |= {("of-account", account) for account in self._file_under_account(name, self._of_account)}
        return Update(edited.removed, edited.added, self._changed(keys))

    def set_time(self, now: datetime) -> set[Key]:
        """Move the clock. Gives the questions that now have another answer, as the other setters do."""
        self._now = now
        return self._changed({("now",)})

    def set_accounts(self, accounts: Accounts) -> set[Key]:
        self._accounts = accounts
        return self._changed({("accounts",)})

    def look(self, key: Key) -> Any:
        """The answer to a question, kept until a change makes it another. `_ANSWERS` lists the questions."""
        answers = self._answers
        if key in answers:
            return answers[key]
        answer = answers[key] = _ANSWERS[key[0]](self, *key[1:])
        return answer

    def forget(self, key: Key) -> None:
        """Nobody depends on this answer any more."""
        self._answers.pop(key, None)
        if key[0] == "near":
            self._sought[key[1]].discard(key[2])

    def profile(self, name: str) -> Profile | None:
        """The profile of a name, or None where no file has it."""
        profiles = self._profiles
        if name in profiles:
            return profiles[name]
        found = self.stanzas(SectionType.PROFILE, name)
        profile = profiles[name] = profile_of(name, found, self._defaults()) if found else None
        return profile

    def profiles(self) -> list[Profile]:
        """Every profile: those of the config file in its order, then those that only the credentials file has."""
        found: dict[str, Profile] = {}
        for file in FILES:
            tree = self._documents[file].tree
            for section in tree.sections() if tree else ():
                for stanza in stanzas(file, section):
                    if stanza.type is SectionType.PROFILE and stanza.name not in found:
                        profile = self.profile(stanza.name)
                        if profile is not None:
                            found[stanza.name] = profile
        return list(found.values())

    def names(self, type_: SectionType) -> frozenset[str]:
        """All names of a type."""
        return frozenset(self._names[type_])

    def stanzas(self, type_: SectionType, name: str) -> tuple[Stanza, ...]:
        """The sections that mean a name: the config file's first, each file in its order."""
        return self._ordered(self._index.get(("stanzas", type_, name), ()))

    def exists(self, type_: SectionType, name: str) -> bool:
        """Whether some file has a section of this meaning."""
        return ("stanzas", type_, name) in self._index

    def near(self, type_: SectionType, name: str) -> str | None:
        """The name of a section of this type that another name is most likely a misspelling of, if any."""
        self._sought[type_].add(name)
        return suggest(name, self._names[type_])

    def settings(self, type_: SectionType, name: str) -> dict[str, Value] | None:
        """What an sso-session or services section says, as botocore reads it; None where there is none."""
        found = self.stanzas(type_, name)
        return profile_of(name, found, self._defaults()).values() if found else None

    def header(self, file: File, header: str) -> tuple[Stanza, ...]:
        """The sections of a file with the very same text between the brackets, in file order."""
        return self._ordered(self._index.get(("header", file, header), ()))

    def with_key_id(self, key_id: str) -> tuple[Stanza, ...]:
        """The profile sections in which an access key id stands, the credentials file's first."""
        found = self._ordered(self._index.get(("key-id", key_id), ()))
        return tuple(sorted(found, key=lambda stanza: stanza.file != "credentials"))

    def referrers(self, type_: SectionType, name: str) -> tuple[str, ...]:
        """The names of the profiles in which the value that counts names this section, sorted."""
        keys = [key for key, referred in REFERENCES.items() if referred is type_]
        found = {stanza.name for stanza in self._index.get(("refers", type_, name), ())}
        profiles = ((referrer, self.profile(referrer)) for referrer in found)
        return tuple(sorted(n for n, profile in profiles if profile and any(profile.get(key) == name for key in keys)))

    def references(self, type_: SectionType, name: str) -> tuple[Stanza, ...]:
        """The profile sections in which a setting names this section, whether that value counts or not: the config
        file's first, each file in its order."""
        return self._ordered(self._index.get(("refers", type_, name), ()))

    def of_account(self, account_id: str) -> tuple[str, ...]:
        """The names of the profiles whose account is known to be this one, sorted."""
        if self._of_account is None:
            self._of_account = {}
            for name in self._names[SectionType.PROFILE]:
                self._file_under_account(name, self._of_account)
        return tuple(sorted(self._of_account.get(account_id, ())))

    def key_holders(self) -> frozenset[str]:
        """The names of the profiles in whose sections an access key id stands; none where they are more than two, as
        nobody can tell then which of them is meant."""
        names: set[str] = set()
        for stanza in self._index.get(("key-holders",), ()):
            names.add(stanza.name)
            if len(names) > 2:
                return frozenset()
        return frozenset(names)

    def line_of(self, stanza: Stanza) -> int:
        """The header's line in its file, from 0."""
        tree = self._documents[stanza.file].tree
        starts = tree.starts_of({stanza.section}) if tree else {}
        return starts[stanza.section] + stanza.ini.line

    # The index: lists of stanzas by what they are, mean and name.

    def _defaults(self) -> dict[File, tuple[Stanza, ...]]:
        found = self.stanzas(SectionType.DEFAULTS, "")
        return {file: tuple(stanza for stanza in found if stanza.file == file) for file in FILES} if found else {}

    def _ordered(self, stanzas_: Iterable[Stanza]) -> tuple[Stanza, ...]:
        found = tuple(stanzas_)
        if len(found) < 2:
            return found
        if len(found) == 2 and found[0].file != found[1].file:
            return tuple(sorted(found, key=lambda stanza: FILES.index(stanza.file)))
        sections = {stanza.section for stanza in found}
        starts: dict[Section, int] = {}
        for file in FILES:
            tree = self._documents[file].tree
            starts |= tree.starts_of(sections) if tree else {}
        return tuple(
            sorted(found, key=lambda stanza: (FILES.index(stanza.file), starts[stanza.section] + stanza.ini.line))
        )

    def _add(self, file: File, section: Section) -> None:
        for stanza in stanzas(file, section):
            self._names[stanza.type].add(stanza.name)
            for key in _index_keys(stanza):
                self._index.setdefault(key, {})[stanza] = None

    def _drop(self, stanza: Stanza) -> None:
        for key in _index_keys(stanza):
            found = self._index[key]
            del found[stanza]
            if not found:
                del self._index[key]
        if ("stanzas", stanza.type, stanza.name) not in self._index:
            self._names[stanza.type].discard(stanza.name)

    def _file_under_account(self, name: str, index: dict[str, set[str]]) -> set[str]:
        """Follow a profile that may have another account now; gives the accounts that lost or won it."""
        before = self._account_of.pop(name, None)
        profile = self.profile(name)
        now = profile.account_id if profile is not None else None
        if before is not None and before != now:
            index[before].discard(name)
        if now is not None:
            self._account_of[name] = now
            index.setdefault(now, set()).add(name)
        return {account for account in (before, now) if account is not None and before != now}

    def _touch(self, stanza: Stanza, names: set[str], keys: set[Key]) -> None:
        """Collect the questions whose answer a section that goes or comes may change."""
        if stanza.type is SectionType.PROFILE:
            names.add(stanza.name)
            keys |= self._references(stanza.name)
        keys |= {
            ("stanzas", stanza.type, stanza.name),
            ("exists", stanza.type, stanza.name),
            ("settings", stanza.type, stanza.name),
            ("header", stanza.file, stanza.header),
        }
        key_id = stanza.option("aws_access_key_id")
        if key_id is not None:
            keys |= {("key-id", key_id.value), ("key-holders",)}

    def _references(self, name: str) -> set[Key]:
        """The questions about who refers to what a profile refers to, in any of its sections."""
        return {
            ("referrers", type_, option.value)
            for stanza in self._index.get(("stanzas", SectionType.PROFILE, name), ())
            for key, type_ in REFERENCES.items()
            if (option := stanza.option(key)) is not None
        }

    def _changed(self, keys: set[Key]) -> set[Key]:
        """Those of some questions that were asked and now have another answer."""
        changed = set()
        for key in keys:
            if key in self._answers:
                before = self._answers.pop(key)
                if self.look(key) != before:
                    changed.add(key)
        return changed


def _index_keys(stanza: Stanza) -> Iterator[Key]:
    yield "stanzas", stanza.type, stanza.name
    yield "header", stanza.file, stanza.header
    if stanza.type is SectionType.PROFILE:
        # A set, as a key that stands there twice must not count twice.
        for key in {option.key for option in stanza.options}:
            option = stanza.option(key)
            assert option is not None, "it is the key of one"
            if key == "aws_access_key_id":
                yield "key-id", option.value
                yield ("key-holders",)
            elif key in REFERENCES:
                yield "refers", REFERENCES[key], option.value


def _summary(workspace: Workspace, name: str) -> Summary | None:
    profile = workspace.profile(name)
    return profile.summary if profile is not None else None


_ANSWERS: Mapping[str, Callable[..., Any]] = {
    "profile": Workspace.profile,
    "summary": _summary,
    "near": Workspace.near,
    "stanzas": Workspace.stanzas,
    "exists": Workspace.exists,
    "settings": Workspace.settings,
    "header": Workspace.header,
    "key-id": Workspace.with_key_id,
    "key-holders": Workspace.key_holders,
    "of-account": Workspace.of_account,
    "referrers": Workspace.referrers,
    "accounts": lambda workspace: workspace.accounts,
    "now": lambda workspace: workspace.now,
}
