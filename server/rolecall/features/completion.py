"""What can be typed at the cursor: headers, settings that are still missing, values, names, and whole sections."""

from __future__ import annotations

import heapq
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from enum import Enum
from functools import cache
from typing import NamedTuple

from rolecall import catalog
from rolecall.catalog import Setting
from rolecall.features.accounts_view import register_of
from rolecall.features.chain import makes_loop
from rolecall.features.cursor import Cursor, Part, at
from rolecall.features.labels import KIND_LABELS
from rolecall.features.markdown import code, documentation, type_label
from rolecall.features.masking import masked, one_line
from rolecall.features.missing import companions, missing_keys
from rolecall.features.snippets import SNIPPETS
from rolecall.features.suppression import choices
from rolecall.model.headers import header_of
from rolecall.model.index import REFERENCES
from rolecall.model.stanza import Stanza
from rolecall.model.workspace import Workspace
from rolecall.readers.botocore.merge import File, SectionType
from rolecall.syntax import LineKind
from rolecall.text import Position, Span

MAX_NAMES = 200
"""Of names there may be thousands. Beyond this many only those are sent that begin with what is typed."""

_UNWRITABLE = re.compile("[\\[\\]\"'\r\n\x00\\\\]")
_SERVICE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*", re.ASCII)
_IGNORES = "What the rules in the brackets report of the key or the section below is not shown."
_SECTIONS = (SectionType.SSO_SESSION, SectionType.SERVICES)


class ItemKind(Enum):
    """What is offered. The numbers are those of the Language Server Protocol."""

    SECTION = 9  # module
    KEY = 10  # property
    VALUE = 12
    CHOICE = 20  # member of an enumeration
    SNIPPET = 15
    REFERENCE = 18


class Item(NamedTuple):
    """One thing to choose.

    replace      what `insert` takes the place of, in the cursor's line; empty where it is only inserted
    is_snippet   `insert` has tab stops in the syntax of the Language Server Protocol
    detail       its type
    description  the file that it belongs in, or what the name of a Region stands for
    documentation Markdown
    sort         orders the items
    filter       what the typed word is compared with, where it is not the label
    continues    once it is accepted there is a value to choose
    """

    label: str
    kind: ItemKind
    insert: str
    replace: Span
    sort: str
    is_snippet: bool = False
    detail: str = ""
    description: str = ""
    documentation: str = ""
    deprecated: bool = False
    filter: str = ""
    continues: bool = False


class Completion(NamedTuple):
    """The items, and whether more would come up when more of a word is typed."""

    items: tuple[Item, ...]
    is_incomplete: bool = False


class _Choice(NamedTuple):
    """A value to choose; `rank` orders it."""

    text: str
    rank: int = 0
    detail: str = ""
    description: str = ""
    documentation: str = ""
    kind: ItemKind = ItemKind.CHOICE


def completion(
    workspace: Workspace,
    file: File,
    position: Position,
    reported: Callable[[], Iterable[tuple[int, str]]] = tuple,
) -> Completion:
    """What can be typed at a position. `reported` gives the lines (from 0) and rules of what is reported of the file:
    it is asked in a comment alone, which may say to ignore it."""
    cursor = at(workspace, file, position)
    match cursor.part:
        case Part.HEADER:
            return _headers(workspace, cursor)
        case Part.BLANK:
            return _at_empty_place(workspace, cursor)
        case Part.KEY:
            # A word alone may be the start of anything.
            is_word = cursor.option is None and cursor.start == 0
            return _at_empty_place(workspace, cursor) if is_word else Completion(tuple(_keys(workspace, cursor)))
        case Part.NESTED_KEY:
            return Completion(tuple(_nested_keys(cursor)))
        case Part.VALUE | Part.NESTED_VALUE:
            return _values(workspace, cursor)
        case Part.COMMENT:
            return Completion(tuple(_suppressions(workspace, cursor, reported())))
        case _:
            return Completion(())


def _suppressions(workspace: Workspace, cursor: Cursor, reported: Iterable[tuple[int, str]]) -> Iterator[Item]:
    for number, choice in enumerate(choices(workspace, cursor.file, cursor.position, reported)):
        yield Item(
            choice.label,
            ItemKind.SNIPPET if choice.is_snippet else ItemKind.CHOICE,
            choice.insert,
            choice.replace,
            f"{number:03}",
            is_snippet=choice.is_snippet,
            detail=choice.rule.severity.name.lower() if choice.rule else "comment",
            description="reported here" if choice.is_reported else "",
            documentation=choice.rule.docs.summary if choice.rule else _IGNORES,
            continues=choice.is_snippet,
        )


# Headers and whole sections


def _at_empty_place(workspace: Workspace, cursor: Cursor) -> Completion:
    """On an empty line, or on one that holds a word that is no setting yet."""
    keys = tuple(_keys(workspace, cursor))
    if cursor.start > 0:
        return Completion(keys)
    headers = _headers(workspace, cursor)
    return headers._replace(items=(*keys, *headers.items, *_snippets(cursor)))


def _headers(workspace: Workspace, cursor: Cursor) -> Completion:
    # Below an empty line a new section is the likeliest thing, else a further setting.
    group = "a" if _begins_paragraph(cursor) else "m"
    headers, is_incomplete = _known_headers(workspace, cursor)
    items = []
    if not workspace.header(cursor.file, "default") or cursor.part is Part.HEADER:
        items.append(
            _header(cursor, f"{group}0", "[default]", "[default]", "profile", "The profile of those who name none")
        )
    where = "credentials" if cursor.file == "config" else "config"
    for number, name in enumerate(headers):
        text = header_of(cursor.file, SectionType.PROFILE, name)
        if text is not None:
            items.append(
                _header(cursor, f"{group}1{number:03}", f"[{text}]", f"[{text}]", "profile", f"also in {where}")
            )
    templates = [("[name]", "[${1:name}]", "profile")]
    if cursor.file == "config":
        templates = [("[profile name]", "[profile ${1:name}]", "profile")]
        templates += [(f"[{t.value} name]", f"[{t.value} ${{1:name}}]", t.value) for t in _SECTIONS]
    for number, (label, body, type_) in enumerate(templates):
        item = _header(cursor, f"{group}2{number}", label, body, type_, "")
        items.append(item._replace(is_snippet=True, description=cursor.file))
    return Completion(tuple(items), is_incomplete)


def _header(cursor: Cursor, sort: str, label: str, insert: str, type_: str, description: str) -> Item:
    found = catalog.section_type(type_)
    help_ = f"{found.help}\n\n[Documentation]({found.docs})" if found else ""
    return Item(
        one_line(label), ItemKind.SECTION, insert, cursor.span, sort, False, type_, description, help_, filter=label
    )


def _known_headers(workspace: Workspace, cursor: Cursor) -> _Names:
    """The profiles that the other file has and this one has not. Of a config file's, those without credentials."""
    names = workspace.names(SectionType.PROFILE)
    if cursor.part is not Part.HEADER and len(names) > MAX_NAMES:
        # To look at thousands of them takes long enough to wait for a bracket.
        return _Names([], is_incomplete=True)

    def is_wanted(name: str) -> bool:
        if cursor.file == "config":
            headers = workspace.stanzas(SectionType.PROFILE, name)
            return name != "default" and all(stanza.file == "credentials" for stanza in headers)
        profile = None if workspace.header("credentials", name) else workspace.profile(name)
        return profile is not None and profile.kind == "none" and name != "default"

    typed = re.sub(r"^\[(profile\s+)?[\"']?", "", cursor.word)
    return _capped([name for name in names if is_wanted(name)], typed)


def _snippets(cursor: Cursor) -> Iterator[Item]:
    group = "b" if _begins_paragraph(cursor) else "s"
    for number, snippet in enumerate(SNIPPETS):
        if snippet.file == cursor.file:
            yield Item(
                snippet.label,
                ItemKind.SNIPPET,
                snippet.body,
                cursor.span,
                f"{group}{number}",
                is_snippet=True,
                detail="new section",
                description=snippet.file,
                documentation=snippet.help,
            )


def _begins_paragraph(cursor: Cursor) -> bool:
    """Whether there is no section above, or an empty line."""
    if cursor.stanza is None:
        return True
    above = cursor.line - cursor.first - 1
    lines = cursor.stanza.section.lines
    return above >= len(lines) or lines[above].kind is LineKind.BLANK


# Settings


def _keys(workspace: Workspace, cursor: Cursor) -> Iterator[Item]:
    """The settings that the section does not have yet and may have in this file."""
    stanza = cursor.stanza
    if stanza is None:
        return
    own = cursor.option.key if cursor.option else None
    present = {option.key for option in stanza.options} - {own}
    profile = workspace.profile(stanza.name) if stanza.type is SectionType.PROFILE else None
    everywhere = present | ({*profile.settings} - {own} if profile else set())
    ranks = {key: f"3{number}" for number, key in enumerate(companions(workspace, stanza))}
    ranks |= {key: f"2{number}" for number, key in enumerate(missing_keys(workspace, stanza))}
    for number, setting in enumerate(catalog.settings(cursor.section_type)):
        if setting.wildcard:
            if setting.type == "nested":
                yield _service(cursor)
        elif setting.name not in present and cursor.file in setting.files and everywhere.isdisjoint(setting.conflicts):
            rank = ranks.get(setting.name) or f"{_tier(setting, cursor.file)}{number:03}"
            yield _key(cursor, setting, f"k{rank}", belongs_in(setting))


def _nested_keys(cursor: Cursor) -> Iterator[Item]:
    if cursor.option is None:
        return
    own = cursor.sub.key.lower() if cursor.sub else None
    present = {sub.key.lower() for sub in cursor.option.nested} - {own}
    for number, setting in enumerate(catalog.settings(cursor.section_type)):
        if setting.name not in present and not setting.wildcard:
            yield _key(cursor, setting, f"k{number:03}", cursor.option.key)


def _key(cursor: Cursor, setting: Setting, sort: str, description: str) -> Item:
    has_delimiter = cursor.option is not None if cursor.part is Part.KEY else cursor.sub is not None
    is_block = setting.type == "nested" and not has_delimiter
    rest = "" if has_delimiter else " =\n  $0" if is_block else " = "
    return Item(
        setting.name,
        ItemKind.KEY,
        setting.name + rest,
        cursor.span,
        sort,
        is_snippet=is_block,
        detail=type_label(setting),
        description=description,
        documentation=documentation(setting),
        deprecated=setting.deprecated is not None,
        continues=not has_delimiter and has_choices(setting),
    )


def _service(cursor: Cursor) -> Item:
    """A block of a services section. What a service is called is not known here, so the name is a place to fill in."""
    return Item(
        "service",
        ItemKind.SNIPPET,
        "${1:dynamodb} =\n  endpoint_url = ${2:http://localhost:8000}$0",
        cursor.span,
        "k0",
        is_snippet=True,
        detail="block",
        description="config",
        documentation="The endpoint of one service, by its identifier in lower case with underscores.",
        # What is typed so far is repeated only where it may be such a name: it need not be one.
        filter=cursor.word if _SERVICE.fullmatch(cursor.word) else "",
    )


def belongs_in(setting: Setting) -> str:
    """The file that a setting is at home in; of a tool's own setting the tools that write it."""
    if setting.third_party:
        return ", ".join(catalog.tool_title(tool) for tool in setting.tools)
    return "credentials" if setting.type in ("access-key-id", "secret") else "config"


def has_choices(setting: Setting) -> bool:
    """Whether there are values to choose from."""
    types = ("boolean", "region", "account-id", "profile-ref", "sso-session-ref", "services-ref")
    return bool(setting.enum or setting.items or setting.default) or setting.type in types


def _tier(setting: Setting, file: File) -> int:
    if setting.third_party:
        return 9
    if setting.deprecated:
        return 8
    if not setting.common:
        return 6
    return 4 if belongs_in(setting) == file else 5


# Values


def _values(workspace: Workspace, cursor: Cursor) -> Completion:
    found = cursor.sub or cursor.option
    setting = catalog.setting(cursor.section_type, found.key) if found else None
    if setting is None or cursor.stanza is None:
        return Completion(())
    type_ = REFERENCES.get(setting.name)
    if type_ is not None:
        choices, is_incomplete = _names(workspace, cursor, type_)
    else:
        choices, is_incomplete = _first_choices(_choices(workspace, setting), cursor.word)
    span = _list_item(cursor) if setting.type == "list" else cursor.span
    # Right behind the sign of `key =` a space is due.
    sign = span.start - 1
    lead = " " if cursor.text[sign : span.start] in ("=", ":") and cursor.text[sign - 1 : sign] == " " else ""
    items = tuple(
        Item(
            one_line(choice.text),
            choice.kind,
            lead + choice.text,
            span,
            f"{choice.rank}{number:03}",
            detail=choice.detail,
            description=choice.description,
            documentation=choice.documentation,
        )
        for number, choice in enumerate(choices)
    )
    return Completion(items, is_incomplete)


def _list_item(cursor: Cursor) -> Span:
    """The member of a comma-separated list that the cursor is on."""
    before = cursor.text.rfind(",", cursor.start, cursor.position.column) + 1
    start = (
        before
        + len(cursor.text[before : cursor.position.column])
        - len(cursor.text[before : cursor.position.column].lstrip())
    )
    after = cursor.text.find(",", cursor.position.column, cursor.end)
    return Span(cursor.line, max(start, cursor.start), cursor.end if after < 0 else after)


def _first_choices(choices: tuple[_Choice, ...], typed: str) -> tuple[tuple[_Choice, ...], bool]:
    """As many as can be sent, and whether there are more: accounts may be as many as profiles."""
    if len(choices) <= MAX_NAMES:
        return choices, False
    matching = [choice for choice in choices if choice.text.casefold().startswith(typed.casefold())]
    return tuple(matching[:MAX_NAMES]), True


def _choices(workspace: Workspace, setting: Setting) -> tuple[_Choice, ...]:
    if setting.type == "region":
        return _region_choices()
    if setting.type == "account-id":
        return tuple(
            _Choice(account.account_id, detail="registered account", description=one_line(account.name))
            for account in workspace.accounts.entries
            if account.account_id
        )
    texts = setting.enum or setting.items or (("true", "false") if setting.type == "boolean" else ())
    if not texts and setting.default:
        texts = (setting.default,)
    return tuple(
        _Choice(text, detail=type_label(setting), description="default" if text == setting.default else "")
        for text in texts
    )


@cache
def _region_choices() -> tuple[_Choice, ...]:
    partitions = list(catalog.partitions())
    return tuple(
        _Choice(
            region.id,
            partitions.index(region.partition),
            "Region",
            region.description,
            f"{region.description} · {catalog.partitions()[region.partition].title}",
        )
        for region in catalog.regions().values()
        # Those that stand for a whole partition are nothing that people mean to write.
        if not region.pseudo
    )


def _names(workspace: Workspace, cursor: Cursor, type_: SectionType) -> tuple[tuple[_Choice, ...], bool]:
    found = _capped(workspace.names(type_), cursor.word)
    if type_ is not SectionType.PROFILE:
        return tuple(_section_choice(workspace, type_, name) for name in found.names), found.is_incomplete
    assert cursor.stanza is not None
    choices = (_profile_choice(workspace, cursor.stanza, name) for name in found.names)
    return tuple(choice for choice in choices if choice is not None), found.is_incomplete


def _profile_choice(workspace: Workspace, stanza: Stanza, name: str) -> _Choice | None:
    """A profile as a source: those that can sign in first, those that lead back to where they are named last."""
    profile = workspace.profile(name)
    own = stanza.name if stanza.type is SectionType.PROFILE else ""
    if profile is None or (name == own and not profile.summary.static):
        return None
    is_loop = makes_loop(workspace, own, name)
    rank = 2 if is_loop else 1 if profile.kind == "none" or name == own else 0
    label = KIND_LABELS[profile.kind]
    details = [label, _account(workspace, profile.account_id), masked("profile", "region", profile.get("region") or "")]
    text = " · ".join(code(detail) if number else detail for number, detail in enumerate(details) if detail)
    return _Choice(name, rank, "profile", "leads back here" if is_loop else label, text, ItemKind.REFERENCE)


def _section_choice(workspace: Workspace, type_: SectionType, name: str) -> _Choice:
    settings = workspace.settings(type_, name) or {}
    if type_ is SectionType.SSO_SESSION:
        url = settings.get("sso_start_url", "")
        description = masked("sso-session", "sso_start_url", url) if isinstance(url, str) else ""
    else:
        description = ""
    return _Choice(name, 0, type_.value, description, kind=ItemKind.REFERENCE)


def _account(workspace: Workspace, account_id: str | None) -> str:
    if not account_id:
        return ""
    registered = register_of(workspace.accounts).of_id(account_id)
    return registered.name if registered is not None else masked("profile", "aws_account_id", account_id)


class _Names(NamedTuple):
    names: list[str]
    is_incomplete: bool


def _capped(names: Collection[str], typed: str) -> _Names:
    """Names in order. Of more than can be sent, the first of those that begin with what is typed."""
    start = typed.casefold() if len(names) > MAX_NAMES else ""
    matching = (name for name in names if name.casefold().startswith(start)) if start else names
    first = heapq.nsmallest(MAX_NAMES, matching) if len(names) > MAX_NAMES else sorted(matching)
    return _Names([name for name in first if name and not _UNWRITABLE.search(name)], len(names) > MAX_NAMES)
