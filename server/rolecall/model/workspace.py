"""Both files, the accounts and the time, with an index by name that an edit keeps up to date.

Everything that looks beyond one section asks through `Workspace.look`, with a key such as ("summary", "dev"). The
answers are plain values. After an edit the workspace knows which answers have changed, and with them who has to look
again; nothing else is computed anew. Trees, stanzas, profiles and answers are immutable; the index is the one thing
that changes, and only in `update`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from datetime import datetime
from itertools import chain
from typing import Any, NamedTuple

from rolecall.catalog import Words, suggest
from rolecall.host import FileFacts
from rolecall.model.accounts import Accounts
from rolecall.model.form import Form, ProfileForm, Shape, settings_of
from rolecall.model.headers import Misreading
from rolecall.model.index import REFERENCES, Index, Sections, Subject, misread_in, name_of
from rolecall.model.profile import Profile, Summary, profile_of
from rolecall.model.stanza import Stanza, stanzas
from rolecall.readers.botocore.merge import File, SectionType, meaning
from rolecall.readers.botocore.resolve import is_role
from rolecall.readers.seen import Value
from rolecall.syntax import Change, Section, Tree
from rolecall.syntax.parser import edit
from rolecall.syntax.regular import regular
from rolecall.syntax.tree import Chunk

Key = tuple[Any, ...]
"""A question about the workspace: its kind and what it is about, such as ("summary", "dev")."""

FILES: tuple[File, File] = ("config", "credentials")


class Document(NamedTuple):
    """One of the two files.

    path  where it is, or would be
    tree  its text; None where there is no such file
    facts what the file system says of it
    known False for a counterpart that was not given and cannot be read: rules that need it stay silent
    own   one of the user's own two files, rather than some file in a workspace
    """

    path: str
    tree: Tree | None
    facts: FileFacts = FileFacts()
    known: bool = True
    own: bool = False


_NOWHERE = ProfileForm(None, None)


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
        self._index: dict[File, Index] = {file: Index(file) for file in FILES}
        self._profiles: dict[str, Profile] = {}
        self._forms: dict[str, ProfileForm | None] = {}
        self._answers: dict[Key, Any] = {}
        # The names that `near` was asked about, and all names of a type from the first such question on.
        self._sought: dict[SectionType, Words] = {type_: Words() for type_ in SectionType}
        self._words: dict[SectionType, Words] = {}
        # What `profile_sections` found in each part of a file.
        self._in_chunk: dict[File, dict[Chunk, tuple[tuple[str, Section], ...]]] = {file: {} for file in FILES}
        # The moments that `is_past` was asked about.
        self._moments: set[datetime] = set()
        # Account id to names and back, kept from the first question about an account on.
        self._of_account: dict[str, set[str]] | None = None
        self._account_of: dict[str, str] = {}
        for file in FILES:
            tree = self._documents[file].tree
            index = self._index[file]
            for section in tree.sections() if tree else ():
                index.add(section)

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
        index = self._index[file]
        subjects = [index.subject(section) for section in (*edited.removed, *edited.added)]
        before = self._standing(subjects)
        self._documents[file] = document._replace(tree=edited.tree)
        names: set[str] = set()
        keys: set[Key] = set()
        for section in edited.removed:
            self._touch(file, section, names, keys)
            index.drop(section)
        for section in edited.added:
            index.add(section)
            self._touch(file, section, names, keys)
        after = self._standing(subjects)
        changed = {key for key in after if after[key] != before[key]}
        for kind, *about in changed:
            if kind == "exists":
                type_, name = about
                if type_ in self._words:
                    (self._words[type_].add if self.exists(type_, name) else self._words[type_].discard)(name)
                around = self._sought[type_].around(name)
                keys |= {("near", type_, word) for word in around if suggest(word, (name,)) is not None}
        if any(type_ is SectionType.DEFAULTS for subject in subjects for type_, _ in subject.names):
            # The keys of [DEFAULT] are in every section of the file.
            names |= self.names(SectionType.PROFILE)
            keys |= set(self._answers)
        keys |= {("misread", type_, name) for subject in subjects for type_, name in subject.meant}
        for name in names:
            self._profiles.pop(name, None)
            keys |= {("profile", name), ("summary", name), *self._references(name)}
            if self._of_account is not None:
                keys |= {("of-account", account) for account in self._file_under_account(name, self._of_account)}
        return Update(edited.removed, edited.added, self._changed(keys) | changed)

    def set_time(self, now: datetime) -> set[Key]:
        """Move the clock. Gives the questions that now have another answer, as the other setters do."""
        earlier, later = sorted((self._now, now))
        self._now = now
        return self._changed({("is-past", moment) for moment in self._moments if earlier < moment <= later})

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
        elif key[0] == "is-past":
            self._moments.discard(key[1])

    def profile(self, name: str) -> Profile | None:
        """The profile of a name, or None where no file has it."""
        profiles = self._profiles
        if name in profiles:
            return profiles[name]
        found = self.stanzas(SectionType.PROFILE, name)
        if not found:
            # Of names that were once typed there is no end.
            return None
        profile = profiles[name] = profile_of(name, found, self._defaults())
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

    def profiles_in(self, file: File, section: Section) -> tuple[str, ...]:
        """The names of the profiles that a section of a file is about."""
        names = self._index[file].subject(section).names
        return tuple([name for type_, name in names if type_ is SectionType.PROFILE])

    def profile_sections(self, file: File) -> list[tuple[str, Section]]:
        """The sections that are about profiles, each with the name, in the order of the file.

        Nothing is made of regular ones, and what is found in a part of the file is kept until that part changes.
        """
        known, self._in_chunk[file] = self._in_chunk[file], {}
        tree = self._documents[file].tree
        found: list[tuple[str, Section]] = []
        for chunk in tree.chunks if tree else ():
            pairs = known.get(chunk)
            if pairs is None:
                pairs = tuple([(name, one) for one in chunk.sections for name in self.profiles_in(file, one)])
            self._in_chunk[file][chunk] = pairs
            found += pairs
        return found

    def plain_settings(self, name: str) -> Mapping[str, str]:
        """The settings of a profile whose values that count are plain text; none where there is no such profile."""
        if self.form(name) is not None:
            return {key: value for entries in self._entries(name) for key, value in entries.items()}
        profile = self.profile(name)
        found = profile.values() if profile is not None else {}
        return {key: value for key, value in found.items() if isinstance(value, str)}

    def unusual_headers(self, file: File) -> Iterator[str]:
        """The texts between the brackets of a file's headers, but of the profiles' only those that are not usual, or
        mean what another one means too."""
        for type_, named in self._index[file].named.items():
            for name, sections in named.items():
                if type_ is SectionType.PROFILE and len(sections) == 1:
                    (section,) = sections
                    if regular(section) is not None and (file == "config" or " " not in name):
                        continue
                yield from {stanza.header: None for section in sections for stanza in stanzas(file, section)}

    def is_only(self, file: File, header: str) -> bool:
        """Whether a section is the only one of the file that means what it means, and regular."""
        type_, name = meaning(file, header)
        found = self._index[file].named[type_].get(name if type_ is not SectionType.IGNORED else header, ())
        return len(found) == 1 and all(regular(section) is not None for section in found)

    def names(self, type_: SectionType, *files: File) -> Set[str]:
        """All names of a type, in both files or in some. Made anew each time: keep it."""
        return set().union(*(self._index[file].named[type_] for file in files or FILES))

    def stanzas(self, type_: SectionType, name: str) -> tuple[Stanza, ...]:
        """The sections that mean a name: the config file's first, each file in its order."""
        found = []
        for file in FILES:
            for section in self._index[file].named[type_].get(name, ()):
                found += [stanza for stanza in stanzas(file, section) if name_of(stanza) == (type_, name)]
        return self._ordered(found)

    def exists(self, type_: SectionType, name: str) -> bool:
        """Whether some file has a section of this meaning."""
        return any(name in self._index[file].named[type_] for file in FILES)

    def form(self, name: str) -> ProfileForm | None:
        """The form of a profile, without anything where there is no such profile; None where something of it is not
        regular, or where [DEFAULT] has a part in it."""
        if name in self._forms:
            return self._forms[name]
        form = self._form(name)
        if form != _NOWHERE:
            self._forms[name] = form
        return form

    def misread(self, type_: SectionType, name: str) -> frozenset[Misreading]:
        """Why headers that were meant to be that of a section of this type and name are not read so by botocore; empty
        where there are none."""
        return frozenset(
            way
            for file in FILES
            for section in self._index[file].meant[type_].get(name, ())
            for meant, way in misread_in(file, section)
            if meant == (type_, name)
        )

    def _form(self, name: str) -> ProfileForm | None:
        forms: list[Form | None] = []
        for index in self._index.values():
            found = index.profiles.get(name)
            form = _form_of_one(found) if found else None
            if index.defaults or (found and form is None):
                return None
            forms.append(form)
        return ProfileForm._make(forms)

    def shape(self, name: str) -> Shape | None:
        """The shape of a profile; None where something of it, or of what it refers to, is not regular."""
        config, credentials = self._index["config"], self._index["credentials"]
        if config.defaults or credentials.defaults:
            return None
        forms: list[Form | None] = []
        source = session = None
        services = returns = shares_key = False
        for index in (config, credentials):
            sections = index.profiles.get(name)
            if sections is None:
                forms.append(None)
                continue
            form = _form_of_one(sections)
            if form is None:
                return None
            forms.append(form)
            if not form.refers:
                continue
            (section,) = sections
            found = regular(section)
            assert found is not None, "it has a form"
            entries = found.entries
            # What the credentials file says counts, so it comes last.
            if "source_profile" in entries:
                source = self.form(entries["source_profile"])
                if source is None:
                    return None
                returns = is_role(settings_of(source)) and self._returns(name)
                if source == _NOWHERE:
                    source = None
            if "sso_session" in entries:
                sections = config.sso_sessions.get(entries["sso_session"])
                session = _form_of_one(sections) if sections else None
                if sections and session is None:
                    return None
            if "services" in entries:
                services = self._says_something(SectionType.SERVICES, entries["services"])
            if "aws_access_key_id" in entries:
                shares_key = shares_key or self.is_shared(entries["aws_access_key_id"])
        return Shape(
            forms[0], forms[1], source, session, services, returns, shares_key, len(self._accounts.entries) > 0
        )

    def _entries(self, name: str) -> list[dict[str, str]]:
        """What the files say of a profile, for those that say something that is regular: the config file first."""
        found = []
        for index in self._index.values():
            for section in index.profiles.get(name, ()):
                one = regular(section)
                if one is not None:
                    found.append(one.entries)
        return found

    def _source(self, name: str) -> str | None:
        """The profile that a profile names as its source."""
        if self.form(name) is None:
            profile = self.profile(name)
            return profile.get("source_profile") if profile is not None else None
        # What the credentials file says counts.
        named = (entries["source_profile"] for entries in reversed(self._entries(name)) if "source_profile" in entries)
        return next(named, None)

    def _returns(self, name: str) -> bool:
        """Whether one comes back to a profile that one has seen by going from source to source."""
        seen = {name}
        at = self._source(name)
        while at is not None and at not in seen:
            seen.add(at)
            at = self._source(at)
        return at is not None

    def led_by(self, name: str) -> set[str]:
        """The profiles from which one comes to a profile by going from source to source."""
        found: set[str] = set()
        new = {name}
        while new:
            new = {referring for one in new for referring in self.referring(SectionType.PROFILE, one)} - found
            found |= new
        return found

    def _says_something(self, type_: SectionType, name: str) -> bool:
        found = self._index["config"].named[type_].get(name, ())
        return any(one is None or one.entries for one in map(regular, found))

    def is_shared(self, key_id: str) -> bool:
        """Whether an access key id stands in several sections."""
        return sum(len(self._index[file].holding.get(key_id, ())) for file in FILES) > 1

    def referring(self, type_: SectionType, name: str) -> set[str]:
        """The names of the profiles in which some section refers to another one, whether that value counts or not."""
        return self._profile_names(lambda index: index.referring[type_].get(name, ()))

    def holding(self, key_id: str) -> set[str]:
        """The names of the profiles in whose sections an access key id stands."""
        return self._profile_names(lambda index: index.holding.get(key_id, ()))

    def _profile_names(self, sections: Callable[[Index], Iterable[Section]]) -> set[str]:
        indexes = self._index.values()
        subjects = (index.subject(section) for index in indexes for section in sections(index))
        return {name for subject in subjects for type_, name in subject.names if type_ is SectionType.PROFILE}

    def is_past(self, moment: datetime) -> bool:
        """Whether a moment has come."""
        self._moments.add(moment)
        return moment <= self._now

    def near(self, type_: SectionType, name: str) -> str | None:
        """The name of a section of this type that another name is most likely a misspelling of, if any."""
        self._sought[type_].add(name)
        words = self._words.get(type_)
        if words is None:
            words = self._words[type_] = Words(self.names(type_))
        return suggest(name, words.around(name))

    def settings(self, type_: SectionType, name: str) -> dict[str, Value] | None:
        """What an sso-session or services section says, as botocore reads it; None where there is none."""
        found = self.stanzas(type_, name)
        return profile_of(name, found, self._defaults()).values() if found else None

    def header(self, file: File, header: str) -> tuple[Stanza, ...]:
        """The sections of a file with the very same text between the brackets, in file order."""
        type_, name = meaning(file, header)
        named = self._index[file].named[type_]
        found = named.get(name if type_ is not SectionType.IGNORED else header, ())
        return self._ordered(
            stanza for section in found for stanza in stanzas(file, section) if stanza.header == header
        )

    def with_key_id(self, key_id: str) -> tuple[Stanza, ...]:
        """The profile sections in which an access key id stands, the credentials file's first."""
        found = self._ordered(
            stanza
            for file in FILES
            for section in self._index[file].holding.get(key_id, ())
            for stanza in stanzas(file, section)
            if (option := stanza.option("aws_access_key_id")) is not None and option.value == key_id
        )
        return tuple(sorted(found, key=lambda stanza: stanza.file != "credentials"))

    def referrers(self, type_: SectionType, name: str) -> tuple[str, ...]:
        """The names of the profiles in which the value that counts names this section, sorted."""
        keys = [key for key, referred in REFERENCES.items() if referred is type_]
        profiles = ((referrer, self.profile(referrer)) for referrer in self.referring(type_, name))
        return tuple(sorted(n for n, profile in profiles if profile and any(profile.get(key) == name for key in keys)))

    def is_referred(self, type_: SectionType, name: str) -> bool:
        """Whether in some profile the value that counts names this section."""
        keys = [key for key, referred in REFERENCES.items() if referred is type_]
        for index in self._index.values():
            for section in index.referring[type_].get(name, ()):
                for _, referring in index.subject(section).names:
                    profile = self.profile(referring)
                    if profile is not None and any(profile.get(key) == name for key in keys):
                        return True
        return False

    def strays(self, type_: SectionType) -> frozenset[str]:
        """The names of sections of this type that some profile refers to, and that do not exist."""
        referred = {name for index in self._index.values() for name in index.referring[type_]}
        return frozenset(name for name in referred if not self.exists(type_, name))

    def references(self, type_: SectionType, name: str) -> tuple[Stanza, ...]:
        """The profile sections in which a setting names this section, whether that value counts or not: the config
        file's first, each file in its order."""
        keys = [key for key, referred in REFERENCES.items() if referred is type_]
        return self._ordered(
            stanza
            for file in FILES
            for section in self._index[file].referring[type_].get(name, ())
            for stanza in stanzas(file, section)
            if any((option := stanza.option(key)) is not None and option.value == name for key in keys)
        )

    def of_account(self, account_id: str) -> tuple[str, ...]:
        """The names of the profiles whose account is known to be this one, sorted."""
        if self._of_account is None:
            self._of_account = {}
            for name in self.names(SectionType.PROFILE):
                self._file_under_account(name, self._of_account)
        return tuple(sorted(self._of_account.get(account_id, ())))

    def key_holders(self) -> frozenset[str]:
        """The names of the profiles in whose sections an access key id stands; none where they are more than two, as
        nobody can tell then which of them is meant."""
        names: set[str] = set()
        for key_id in chain(*(self._index[file].holding for file in FILES)):
            names |= self.holding(key_id)
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

    def _standing(self, subjects: Iterable[Subject]) -> dict[Key, Any]:
        """What others may depend on of some sections: whether there is such a name and which form it has, whether a key
        stands elsewhere too, and of [DEFAULT] that something may have changed."""
        found: dict[Key, Any] = {}
        for names, _, key_ids, _ in subjects:
            for type_, name in names:
                if type_ is SectionType.PROFILE:
                    self._forms.pop(name, None)
                    found["form", type_, name] = self.form(name)
                    found["source", name] = self._source(name)
                elif type_ is SectionType.DEFAULTS:
                    self._forms.clear()
                    found["defaults",] = object()
                else:
                    sections = self._index["config"].named[type_].get(name)
                    found["form", type_, name] = _form_of_one(sections) if sections else ()
                found["exists", type_, name] = self.exists(type_, name)
            for key_id in key_ids:
                found["shared", key_id] = self.is_shared(key_id)
        return found

    def _touch(self, file: File, section: Section, names: set[str], keys: set[Key]) -> None:
        """Collect the questions whose answer a section that goes or comes may change."""
        for stanza in stanzas(file, section):
            if stanza.type is SectionType.PROFILE:
                names.add(stanza.name)
                keys |= self._references(stanza.name)
            keys |= {
                ("stanzas", stanza.type, stanza.name),
                ("exists", stanza.type, stanza.name),
                ("settings", stanza.type, stanza.name),
                ("header", stanza.file, stanza.header),
                ("strays", stanza.type),
                *(("strays", type_) for key, type_ in REFERENCES.items() if stanza.option(key) is not None),
            }
            key_id = stanza.option("aws_access_key_id")
            if key_id is not None:
                keys |= {("key-id", key_id.value), ("key-holders",)}

    def _references(self, name: str) -> set[Key]:
        """The questions about who refers to what a profile refers to, in any of its sections."""
        return {
            (kind, *reference)
            for kind in ("referrers", "is-referred")
            for index in self._index.values()
            for section in index.named[SectionType.PROFILE].get(name, ())
            for reference in index.subject(section).references
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


def _form_of_one(sections: Sections) -> Form | None:
    """The form of the only one of some sections; None if there are more, or if it is not regular."""
    if len(sections) > 1:
        return None
    (form,) = sections.values()
    return form


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
    "is-referred": Workspace.is_referred,
    "strays": Workspace.strays,
    "misread": Workspace.misread,
    "accounts": lambda workspace: workspace.accounts,
    "is-past": Workspace.is_past,
}
