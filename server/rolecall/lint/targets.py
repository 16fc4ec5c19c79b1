"""What a rule is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from datetime import datetime
from typing import Any, NamedTuple

from rolecall import catalog
from rolecall.model.accounts import Account, Accounts
from rolecall.model.headers import Misreading
from rolecall.model.profile import Effective, Profile, Summary
from rolecall.model.stanza import Place, Stanza
from rolecall.model.workspace import FILES, Document, Key, Workspace
from rolecall.readers.botocore.ini import Fault, IniSection, Option, Refusal, Sub
from rolecall.readers.botocore.merge import File, SectionType, meaning
from rolecall.readers.seen import Value
from rolecall.syntax import Line, LineKind, Section
from rolecall.text import Span

SPACE = re.compile(r"[\s\u200b-\u200d\u2060\ufeff]+")
"""White space, and characters that nobody sees."""
SPACELESS = frozenset({"access-key-id", "arn", "mfa-serial", "region", "role-arn", "secret", "url"})
"""Types of settings whose values never hold white space."""
_COMMENT = re.compile(r"(^|\s+)[#;].*")
_COMMENTED = re.compile(r"(?P<sign>(?:^|\s)[#;]).*", re.DOTALL)


def uncommented(name: str) -> str:
    """A name without what stands behind a # or ;, which to botocore is a part of it, and to no other tool."""
    return _COMMENT.sub("", name)


def is_unclosed(line: Line) -> bool:
    """Whether a line that botocore refuses is a header in which only the closing bracket is missing."""
    return line.kind is LineKind.BRACKET and line.text[line.indent + 1 :].strip()[:1] not in ("", "]")


def faults(value: str, setting: catalog.Setting | None = None) -> Iterator[str]:
    """The rules that say of a value why tools do not take it for what was meant."""
    is_glued = "\n" in value
    is_commented = _COMMENTED.search(value) is not None
    if is_glued:
        yield "swallowed-line"
    if '"' in value or "'" in value:
        yield "quoted-value"
    if is_commented:
        yield "inline-comment"
    if setting is not None and setting.type in SPACELESS and SPACE.search(value) and not (is_glued or is_commented):
        yield "whitespace-in-key-value"


def plain(value: str, setting: catalog.Setting | None, live: Set[str]) -> str:
    """A value as `OptionTarget.plain` has it, if these rules are live."""
    if not live.isdisjoint(faults(value, setting)):
        return ""
    # What people write behind a value may be another one that is secret, so it is not to be shown.
    return _COMMENTED.sub(r"\g<sign>…", value)


class FileTarget(NamedTuple):
    """One file: where it is and what the file system says of it.

    Rules that see it run after every edit of the file, so they look at few of its lines.
    """

    file: File
    document: Document

    def place(self, line: int = 0, column: int | None = None) -> Place:
        """One character, or without a column the whole of a line that is not blank, from this line on.

        A file of blank lines alone has nothing to mark; the place is then the start of the file.
        """
        tree = self.document.tree
        if column is not None:
            return Place(self.file, None, Span(line, column, column + 1))
        while tree is not None and (found := tree.line(line)) is not None:
            text = found.text.rstrip()
            if text:
                # A byte order mark alone counts as indent.
                return Place(self.file, None, Span(line, min(found.indent, len(text) - 1), len(text)))
            line += 1
        return Place(self.file, None, Span(0, 0, 1))


class SectionTarget(NamedTuple):
    """One section of the tree, with the sections that botocore sees in it (nearly always one)."""

    file: File
    document: Document
    section: Section
    inis: tuple[IniSection, ...]
    stanzas: tuple[Stanza, ...]
    live: Set[str]

    def is_reported(self, rule: str) -> bool:
        """Whether people see what a rule finds; see `View.is_reported`."""
        return rule in self.live

    def place(self, span: Span) -> Place:
        return Place(self.file, self.section, span)

    def line_place(self, number: int) -> Place:
        """A whole line without the white space around it."""
        line = self.section.lines[number]
        return self.place(Span(number, line.indent, len(line.text.rstrip())))

    def refusals(self, *faults: Fault) -> Iterator[tuple[Refusal, Line]]:
        """The lines of these faults, for which botocore refuses the file."""
        for ini in self.inis:
            for refusal in ini.refusals:
                if refusal.fault in faults:
                    yield refusal, self.section.lines[refusal.line]


class OptionTarget(NamedTuple):
    """One option, or one line of a nested block.

    section_type  what the catalogue calls the place: "profile", "sso-session", "services", "profile/s3", …
    setting       what the catalogue knows of it, None where it does not know it
    live          the rules of which people see what they find
    parent        the option that holds the nested block
    """

    stanza: Stanza
    option: Option | Sub
    section_type: str
    setting: catalog.Setting | None
    live: Set[str]
    parent: Option | None = None

    def is_reported(self, rule: str) -> bool:
        """Whether people see what a rule finds; see `View.is_reported`."""
        return rule in self.live

    @property
    def file(self) -> File:
        return self.stanza.file

    @property
    def key_place(self) -> Place:
        return self.stanza.place(self.option.key_span)

    @property
    def value_place(self) -> Place:
        return self.stanza.value_place(self.option)

    @property
    def written(self) -> str:
        """The key as it stands in the file."""
        return self.option.written if isinstance(self.option, Option) else self.option.key

    @property
    def plain(self) -> str:
        """The value where all tools read the same, else "": where it is empty, over several lines, quoted, has what
        some tools cut off as a comment, or white space where there can be none. What is wrong with those is said by the
        rules about them alone. Where these are not live it is the value that botocore reads, without the words of a
        comment."""
        return plain(self.option.value, self.setting, self.live)

    def among(self, readers: tuple[str, ...]) -> tuple[str, ...]:
        """Those of some tools, botocore among them, that surely read the value so."""
        is_alike = all(fault == "whitespace-in-key-value" for fault in faults(self.option.value, self.setting))
        return readers if is_alike else ("botocore",)


_MISREADINGS: Mapping[Misreading, str] = {
    Misreading.NO_PREFIX: "missing-profile-prefix",
    Misreading.NO_TYPE: "unknown-section-type",
    Misreading.PREFIX: "profile-prefix-in-credentials",
    Misreading.WRONG_FILE: "unknown-section-type",
    Misreading.SPELLING: "unreadable-profile-name",
    Misreading.UNCLOSED: "unclosed-section-header",
    Misreading.KEY: "header-read-as-key",
    Misreading.SWALLOWED: "swallowed-line",
    Misreading.NESTED: "invalid-nested-block",
}
"""The rules that report headers that botocore does not read as they were meant."""


class View:
    """The rest of the workspace, for one profile, reference or account. Each question is recorded."""

    def __init__(self, workspace: Workspace, live: Set[str]) -> None:
        self._workspace = workspace
        self._live = live
        self.asked: set[Key] = set()

    def is_reported(self, rule: str) -> bool:
        """Whether people see what a rule finds: it runs, and they have not turned it off.

        A rule that stays silent because another one explains what it finds asks this first: what nobody is told
        explains nothing. All rules run anew where that changes, so it is not recorded.
        """
        return rule in self._live

    def _look(self, *key: Any) -> Any:
        self.asked.add(key)
        return self._workspace.look(key)

    def summary(self, profile: str) -> Summary | None:
        """What there is to know of another profile; None where there is no such profile."""
        return self._look("summary", profile)  # type: ignore[no-any-return]  # Answers are typed by their question.

    def profile(self, name: str) -> Profile | None:
        """Another profile with all it says. Ask only where its summary will not do: any edit of it is a change."""
        return self._look("profile", name)  # type: ignore[no-any-return]  # As above.

    def exists(self, type_: SectionType, name: str) -> bool:
        """Whether some file has a section of this meaning."""
        return self._look("exists", type_, name)  # type: ignore[no-any-return]  # As above.

    def settings(self, type_: SectionType, name: str) -> Mapping[str, Value] | None:
        """What an sso-session or services section says; None where there is none."""
        return self._look("settings", type_, name)  # type: ignore[no-any-return]  # As above.

    def stanzas(self, type_: SectionType, name: str) -> tuple[Stanza, ...]:
        """The sections that mean a name. For links to them: any edit inside them makes the rule run again."""
        return self._look("stanzas", type_, name)  # type: ignore[no-any-return]  # As above.

    def header(self, file: File, header: str) -> tuple[Stanza, ...]:
        """The sections of a file with this very text between the brackets."""
        return self._look("header", file, header)  # type: ignore[no-any-return]  # As above.

    def near(self, type_: SectionType, name: str) -> str | None:
        """The name of a section of this type that another name is most likely a misspelling of, if any."""
        return self._look("near", type_, name)  # type: ignore[no-any-return]  # As above.

    def with_key_id(self, key_id: str) -> tuple[Stanza, ...]:
        """The profile sections in which an access key id stands, the credentials file's first."""
        return self._look("key-id", key_id)  # type: ignore[no-any-return]  # As above.

    def key_holders(self) -> frozenset[str]:
        """The names of the profiles in whose sections an access key id stands; none where they are more than two."""
        return self._look("key-holders")  # type: ignore[no-any-return]  # As above.

    def of_account(self, account_id: str) -> tuple[str, ...]:
        """The names of the profiles whose account is known to be this one."""
        return self._look("of-account", account_id)  # type: ignore[no-any-return]  # As above.

    def is_referred(self, type_: SectionType, name: str) -> bool:
        """Whether some profile refers to a section."""
        return self._look("is-referred", type_, name)  # type: ignore[no-any-return]  # As above.

    def is_misread(self, type_: SectionType, name: str) -> bool:
        """Whether some header was meant to be that of a section of this type and name, but botocore reads it in another
        way, or as no header at all, and that is reported there."""
        return any(_MISREADINGS[way] in self._live for way in self._look("misread", type_, name))

    def strays(self, type_: SectionType) -> frozenset[str]:
        """The names of sections of this type that some profile refers to, and that do not exist."""
        return self._look("strays", type_)  # type: ignore[no-any-return]  # As above.

    @property
    def accounts(self) -> Accounts:
        return self._look("accounts")  # type: ignore[no-any-return]  # As above.

    def is_past(self, moment: datetime) -> bool:
        """Whether an aware moment has come. A rule that asks runs again once it has."""
        return self._look("is-past", moment)  # type: ignore[no-any-return]  # As above.

    @property
    def complete(self) -> bool:
        """Whether both files are known. What one of them lacks, an unknown other one may have."""
        return all(self._workspace.document(file).known for file in FILES)

    def document(self, file: File) -> Document:
        """Path and facts of a file. All rules run again when the facts change, so this is not recorded; never look
        at its tree."""
        return self._workspace.document(file)


class HeaderTarget(NamedTuple):
    """The sections of one file with the very same text between the brackets, in file order; nearly always one."""

    file: File
    header: str
    stanzas: tuple[Stanza, ...]
    view: View

    def taken_by(self, header: str) -> Stanza | None:
        """Another section of the file that has this header, or one that means the same; None where it is free."""
        found = [*self.view.header(self.file, header)]
        type_, name = meaning(self.file, header)
        if type_ is not SectionType.IGNORED:
            found += [stanza for stanza in self.view.stanzas(type_, name) if stanza.file == self.file]
        return next((stanza for stanza in found if stanza not in self.stanzas), None)


class ProfileTarget(NamedTuple):
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

    @property
    def keys_in_use(self) -> Mapping[str, Effective]:
        """What stands in the file whose access key botocore signs in with, as it does with the keys of a role only
        where it assumes that one or another role with them. Empty where it uses no keys, or finds but half of one."""
        file = self.profile.keys_from
        if file is None or self.profile.half_pair is not None:
            return {}
        is_used = self.profile.signs_in_itself or self.view.is_referred(SectionType.PROFILE, self.name)
        return self.profile.by_file[file] if is_used else {}


class ReferenceTarget(NamedTuple):
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
    def uncommented(self) -> str:
        """The name without what stands behind a # or ;, which to botocore is a part of it, and to no other tool."""
        return uncommented(self.name)

    @property
    def place(self) -> Place:
        return self.effective.stanza.value_place(self.effective.option)


class AccountTarget(NamedTuple):
    """One registered account, and the view on everything else."""

    account: Account
    view: View
