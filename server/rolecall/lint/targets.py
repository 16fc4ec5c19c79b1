"""What a rule is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from rolecall import catalog
from rolecall.model.accounts import Account, Accounts
from rolecall.model.profile import Effective, Profile, Summary
from rolecall.model.stanza import Place, Stanza
from rolecall.model.workspace import Document, Key, Workspace
from rolecall.readers.botocore.ini import IniSection, Option, Sub, Value
from rolecall.readers.botocore.merge import File, SectionType
from rolecall.syntax import Section
from rolecall.text import Span


class FileTarget(NamedTuple):
    """One file: where it is and what the file system says of it."""

    file: File
    document: Document


class SectionTarget(NamedTuple):
    """One section of the tree, with the sections that botocore sees in it (nearly always one)."""

    file: File
    document: Document
    section: Section
    inis: tuple[IniSection, ...]
    stanzas: tuple[Stanza, ...]

    def place(self, span: Span) -> Place:
        return Place(self.file, self.section, span)


class OptionTarget(NamedTuple):
    """One option, or one line of a nested block.

    section_type  what the catalogue calls the place: "profile", "sso-session", "services", "profile/s3", …
    setting       what the catalogue knows of it, None where it does not know it
    parent        the option that holds the nested block
    """

    stanza: Stanza
    option: Option | Sub
    section_type: str
    setting: catalog.Setting | None
    parent: Option | None = None

    @property
    def file(self) -> File:
        return self.stanza.file

    @property
    def key_place(self) -> Place:
        return self.stanza.place(self.option.key_span)

    @property
    def value_place(self) -> Place:
        return self.stanza.value_place(self.option)


class View:
    """The rest of the workspace, for one profile, reference or account. Each question is recorded."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.asked: set[Key] = set()

    def _look(self, *key: Any) -> Any:
        self.asked.add(key)
        return self._workspace.look(key)

    def summary(self, profile: str) -> Summary | None:
        """What there is to know of another profile; None where there is no such profile."""
        return self._look("summary", profile)  # type: ignore[no-any-return]  # Answers are typed by their question.

    def exists(self, type_: SectionType, name: str) -> bool:
        """Whether some file has a section of this meaning."""
        return self._look("settings", type_, name) is not None

    def settings(self, type_: SectionType, name: str) -> Mapping[str, Value] | None:
        """What an sso-session or services section says; None where there is none."""
        return self._look("settings", type_, name)  # type: ignore[no-any-return]  # As above.

    def stanzas(self, type_: SectionType, name: str) -> tuple[Stanza, ...]:
        """The sections that mean a name. For links to them: any edit inside them makes the rule run again."""
        return self._look("stanzas", type_, name)  # type: ignore[no-any-return]  # As above.

    def header(self, file: File, header: str) -> tuple[Stanza, ...]:
        """The sections of a file with this very text between the brackets."""
        return self._look("header", file, header)  # type: ignore[no-any-return]  # As above.

    def names(self, type_: SectionType) -> frozenset[str]:
        """All names of a type. Ask only where nothing else will do: it changes with every name."""
        return self._look("names", type_)  # type: ignore[no-any-return]  # As above.

    def with_key_id(self, key_id: str) -> tuple[Stanza, ...]:
        """The profile sections in which an access key id stands, the credentials file's first."""
        return self._look("key-id", key_id)  # type: ignore[no-any-return]  # As above.

    def referrers(self, type_: SectionType, name: str) -> tuple[str, ...]:
        """The names of the profiles that refer to a section."""
        return self._look("referrers", type_, name)  # type: ignore[no-any-return]  # As above.

    @property
    def accounts(self) -> Accounts:
        return self._look("accounts")  # type: ignore[no-any-return]  # As above.

    @property
    def now(self) -> datetime:
        """Aware. A rule that asks runs again whenever the clock is moved."""
        return self._look("now")  # type: ignore[no-any-return]  # As above.

    def document(self, file: File) -> Document:
        """Path and facts of a file. All rules run again when the facts change, so this is not recorded; never look
        at its tree."""
        return self._workspace.document(file)


class HeaderTarget(NamedTuple):
    """Several sections of one file with the very same text between the brackets, in file order."""

    file: File
    header: str
    stanzas: tuple[Stanza, ...]
    view: View


@dataclass(frozen=True, slots=True)
class ProfileTarget:
    """One profile, and the view on everything else."""

    profile: Profile
    view: View

    @property
    def name(self) -> str:
        return self.profile.name

    def effective(self, key: str) -> Effective | None:
        return self.profile.settings.get(key)

    def place(self, key: str) -> Place:
        """The value of a setting that counts."""
        found = self.profile.settings[key]
        return found.stanza.value_place(found.option)


@dataclass(frozen=True, slots=True)
class ReferenceTarget:
    """One setting of a profile that names another section (source_profile, sso_session, services)."""

    profile: Profile
    key: str
    type: SectionType
    effective: Effective
    view: View

    @property
    def name(self) -> str:
        """The name that is referred to."""
        return self.effective.text

    @property
    def place(self) -> Place:
        return self.effective.stanza.value_place(self.effective.option)


@dataclass(frozen=True, slots=True)
class AccountTarget:
    """One registered account, and the view on everything else."""

    account: Account
    view: View
