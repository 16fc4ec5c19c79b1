"""Who can read this? What each tool makes of a section or of a line, where that is not the same for all of them.

Tools are asked about one section at a time, so that nothing here grows with the file. A regular section is read alike
by all of them. Of any other one its own lines decide, below a header that stands for whatever comes before it; the
sections of the file with the same name are read with it, as some tools refuse what others merge. What is left out:

- what the other file says of the profile;
- which section comes before, into which the settings below a header fall that a tool does not take for one;
- line ends that are not the same throughout the file, and bytes that are not UTF-8;
- of more than sixteen sections of one name, those behind the sixteenth.

Only settings that are known count, and only for tools that make use of them: that JavaScript does not see an empty
`cli_pager` changes nothing for anybody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from rolecall import catalog
from rolecall.features.flat import Key, flat, full_name
from rolecall.features.markdown import code
from rolecall.features.masking import header_name, masked
from rolecall.model.stanza import Stanza, stanzas
from rolecall.model.workspace import FILES, Workspace
from rolecall.readers.botocore.merge import File, SectionType
from rolecall.readers.seen import Source
from rolecall.readers.tools import TOOLS
from rolecall.syntax import LineKind, Section, Tree
from rolecall.syntax.regular import regular
from rolecall.text import Span

QUESTION = "Who can read this?"

_NAMES = {
    "botocore": "AWS CLI, boto3",
    "javascript": "JavaScript",
    "rust": "Rust",
    "go": "Go",
    "c": "C",
    "java": "Java",
}
_IN_CATALOGUE: Mapping[str, Collection[str]] = {
    "botocore": ("botocore", "awscli", "awscli-v1", "awscli-v2"),
    "c": ("cpp",),
}
"""What the catalogue calls a tool where it has another name for it."""

_ABOVE = "%above%"
"""The name of a section that stands for the one above. Nobody's profile is called that."""

_MOST_SECTIONS = 16
_MOST_FACTS = 3

_Place = tuple[str, str]
"""The type and the name of a section, as a tool sees it."""

_COPIED: _Place = ("", "")
"""What [DEFAULT] is to botocore."""


class _Sight(NamedTuple):
    """What one tool makes of some sections.

    refused  the section for which it refuses the file (a number from 0) and the line of it, or None
    places   the sections that it sees something in
    settings what it reads; "\0" stands before the values of what it takes for settings of the section above
    """

    refused: tuple[int, int] | None
    places: frozenset[_Place]
    settings: Mapping[Key, str]

    def __repr__(self) -> str:
        # It holds secrets.
        return type(self).__name__


_Sights = Mapping[str, _Sight]
_ELSEWHERE = "\0"


class Row(NamedTuple):
    """What some tools make of a thing, all of them the same.

    kind "refused", "ignored", "above" (they take it for a part of the section above), or "read"
    text in Markdown
    """

    tools: tuple[str, ...]
    kind: str
    text: str

    @property
    def names(self) -> str:
        return ", ".join(_NAMES[tool] for tool in self.tools)


class ReaderLens(NamedTuple):
    """A title above a header that the tools of the team do not read alike."""

    span: Span
    title: str


class _Unit(NamedTuple):
    """What is read together: a section, and those of the file with the same name.

    sections in file order
    is_first no other section stands before the first of them
    defaults the [DEFAULT] sections of the file, if they count
    """

    file: File
    sections: tuple[Section, ...]
    is_first: bool
    defaults: tuple[Section, ...] = ()


def of_section(workspace: Workspace, file: File, section: Section, team: Collection[str]) -> tuple[Row, ...]:
    """Who makes what of a section, the tools of the team first; nothing where all make the same of it."""
    unit = _unit(workspace, file, section, with_defaults=True)
    return () if unit is None else _section_rows(workspace, unit, team)


def of_line(workspace: Workspace, file: File, section: Section, number: int, team: Collection[str]) -> tuple[Row, ...]:
    """Who makes what of a line of a section, the tools of the team first; nothing where all make the same of it.

    What a line is to a tool is what changes when the line is not there.
    """
    line = section.lines[number]
    if line.kind is LineKind.BLANK or (line.kind is LineKind.COMMENT and not line.indent):
        return ()
    unit = _unit(workspace, file, section, with_defaults=False)
    if unit is None:
        return ()
    blanked = "".join(other.end if at == number else other.text + other.end for at, other in enumerate(section.lines))
    rest = Section(blanked, section.size, section.header, has_bom=section.has_bom and number > 0)
    without = _read(unit._replace(sections=tuple(rest if one is section else one for one in unit.sections)))
    asked = (unit.sections.index(section), number)
    return _line_rows(workspace, unit, asked, without, team, is_bracket=line.kind is LineKind.BRACKET)


def reader_lenses(workspace: Workspace, file: File, team: Collection[str]) -> list[ReaderLens]:
    """A lens above each section that the tools of the team do not all read alike, in file order.

    Those of a team with one tool learn of the others where they point at the section.
    """
    tree = workspace.document(file).tree
    if tree is None or len(team) < 2:
        return []
    unusual = dict.fromkeys(
        stanza.section
        for header in workspace.unusual_headers(file)
        for stanza in workspace.header(file, header)
        if stanza.ini.line == stanza.section.header
    )
    # Sections of one name are read together, so that the same is said of each of them.
    known: dict[tuple[object, ...], tuple[Row, ...]] = {}
    found = []
    for section, start in tree.starts_of(unusual.keys()).items():
        named = stanzas(file, section)
        names = tuple((stanza.header, stanza.meaning) for stanza in named)
        if names not in known:
            unit = _unit(workspace, file, section, with_defaults=False)
            known[names] = () if unit is None else _section_rows(workspace, unit, team)
        title = _title(known[names], team)
        if title:
            found.append(ReaderLens(named[0].header_span.down(start), title))
    return found


def _title(rows: Sequence[Row], team: Collection[str]) -> str:
    """What a lens says of a section; "" where the team's tools read it alike."""
    kinds: dict[str, list[str]] = {}
    concerned = [row for row in rows if any(tool in team for tool in row.tools)]
    for row in concerned:
        kinds.setdefault(row.kind, []).extend(tool for tool in row.tools if tool in team)
    if len(concerned) < 2:
        return ""
    for kind, words in (("refused", "Refused by"), ("ignored", "Not read by"), ("above", "Not read by")):
        if kind in kinds:
            tools = kinds[kind]
            return (
                f"{words} {' and '.join(_NAMES[tool] for tool in tools) if len(tools) < 3 else f'{len(tools)} tools'}"
            )
    return "Tools read this differently"


# What is read together


def _unit(workspace: Workspace, file: File, section: Section, *, with_defaults: bool) -> _Unit | None:
    """What to read of a section; None where nobody can read it in another way than all."""
    tree = workspace.document(file).tree
    assert tree is not None
    own = stanzas(file, section)
    found: dict[Section, None] = dict.fromkeys(
        other.section
        for stanza in own
        for other in _of_same_name(workspace, stanza)[:_MOST_SECTIONS]
        if other.file == file
    )
    defaults = (
        ()
        if any(stanza.type is SectionType.DEFAULTS for stanza in own) or not with_defaults
        else tuple(
            dict.fromkeys(
                stanza.section for stanza in workspace.stanzas(SectionType.DEFAULTS, "") if stanza.file == file
            )
        )
    )
    others = tuple(found) if section in found else (*found, section)
    if regular(section) is not None and len(others) < 2 and not defaults:
        return None
    head = [one for _, one in zip(range(2), tree.sections(), strict=False)]
    return _Unit(file, others, others[0] in head, defaults)


def _of_same_name(workspace: Workspace, stanza: Stanza) -> Sequence[Stanza]:
    if stanza.type is SectionType.IGNORED:
        return workspace.header(stanza.file, stanza.header)
    return workspace.stanzas(stanza.type, stanza.name)


# What each tool sees


def _sights(unit: _Unit) -> _Sights:
    """What each tool makes of a unit; of a section alone kept as long as that is."""
    is_alone = len(unit.sections) == 1
    sights = unit.sections[0].memo(_READ_ALONE[unit.file, unit.is_first]) if is_alone else _read(unit)
    if not unit.defaults or sights["botocore"].refused:
        return sights
    return {**sights, "botocore": _with_defaults(unit) or sights["botocore"]}


def _read_alone(file: File, is_first: bool, section: Section) -> _Sights:
    return _read(_Unit(file, (section,), is_first))


_READ_ALONE = {(file, is_first): partial(_read_alone, file, is_first) for file in FILES for is_first in (True, False)}


def _read(unit: _Unit) -> _Sights:
    pieces = list(_pieces(unit))
    return {tool: _sight(tool, unit.file, pieces) for tool in TOOLS}


def _with_defaults(unit: _Unit) -> _Sight | None:
    """What botocore makes of a unit, which copies [DEFAULT] into it; None where it refuses the file before."""
    pieces = [*((section, None) for section in unit.defaults), *_pieces(unit)]
    found = _sight("botocore", unit.file, pieces)
    return found if found.refused is None or found.refused[0] >= 0 else None


def _pieces(unit: _Unit) -> Iterator[tuple[Section, int | None]]:
    """The sections to read, each with its number; those that only stand for something have none."""
    for number, section in enumerate(unit.sections):
        if number or not unit.is_first:
            header = f"{_ABOVE}{number}"
            yield Section(f"[profile {header}]\n" if unit.file == "config" else f"[{header}]\n", 1, 0), None
        yield section, number


def _sight(tool: str, file: File, pieces: Sequence[tuple[Section, int | None]]) -> _Sight:
    source, nothing = Source(Tree.of([section for section, _ in pieces])), Source(None)
    reading = TOOLS[tool].read(*((source, nothing) if file == "config" else (nothing, source)))
    seen = reading.seen
    error = seen.config_error if file == "config" else seen.credentials_error
    if error is not None:
        return _Sight(_located(pieces, (error.line or 1) - 1), frozenset(), {})
    places: set[_Place] = set()
    settings: dict[Key, str] = {}
    for type_, named in (("profile", seen.profiles), ("sso-session", seen.sso_sessions), ("services", seen.services)):
        for name, values in named.items():
            found = flat(type_, values)
            if name.startswith(_ABOVE):
                settings |= {key: _ELSEWHERE + value for key, value in found.items()}
            elif found:
                places.add((type_, name))
                settings |= found
    if tool == "botocore":
        for stanza in _defaults_in(file, pieces):
            places.add(_COPIED)
            settings |= flat("profile", stanza.ini.values())
    return _Sight(None, frozenset(places), settings)


def _defaults_in(file: File, pieces: Sequence[tuple[Section, int | None]]) -> Iterator[Stanza]:
    """The [DEFAULT] sections that are asked about, as far as there is anything in them."""
    for section, number in pieces:
        if number is not None:
            yield from (one for one in stanzas(file, section) if one.type is SectionType.DEFAULTS and one.options)


def _located(pieces: Sequence[tuple[Section, int | None]], line: int) -> tuple[int, int]:
    """The number of the section in which a line stands, -1 for one that has none, and the line of that section."""
    for section, number in pieces[:-1]:
        if line < section.size:
            return (-1 if number is None else number), line
        line -= section.size
    return (pieces[-1][1] or 0), line


# What is said of it


def _section_rows(workspace: Workspace, unit: _Unit, team: Collection[str]) -> tuple[Row, ...]:
    sights = _sights(unit)
    reading = {tool: sight for tool, sight in sights.items() if sight.settings}
    differing = _differing(dict.fromkeys(key for sight in reading.values() for key in sight.settings), reading)
    has_places = len({sight.places for sight in reading.values()}) > 1
    teller = _Teller(workspace, unit)

    def told(tool: str) -> _Told:
        sight = sights[tool]
        if sight.refused is not None:
            return teller.refused(sight.refused, None)
        if not sight.settings:
            return _Told("ignored", "ignored" if reading else "nothing in it")
        if not sight.places:
            return _Told("above", "part of the section above")
        facts = [teller.fact(key, sight.settings.get(key)) for key in differing if _uses(tool, key)]
        if has_places or not facts:
            merged = ", all its sections merged" if len(unit.sections) > 1 and not has_places else ""
            facts.insert(0, _titles(sight.places) + merged)
        return _Told("read", _some(facts))

    return _rows({tool: told(tool) for tool in _in_order(team)})


def _line_rows(
    workspace: Workspace,
    unit: _Unit,
    asked: tuple[int, int],
    without: _Sights,
    team: Collection[str],
    *,
    is_bracket: bool,
) -> tuple[Row, ...]:
    """See `of_line`. `asked` is the line that is not there in `without`, as in `_Sight.refused`."""
    sights = _sights(unit)
    able = {tool: sight for tool, sight in sights.items() if sight.refused is None}
    touched = {tool: _touched(sight.settings, without[tool]) for tool, sight in able.items()}
    keys = dict.fromkeys(key for found in touched.values() for key in found)
    started = {tool: sight.places - without[tool].places if is_bracket else frozenset() for tool, sight in able.items()}
    is_refused = any(sight.refused != without[tool].refused for tool, sight in sights.items() if sight.refused)
    if not is_refused and len(set(started.values())) < 2 and not _differing(keys, able):
        return ()
    teller = _Teller(workspace, unit)

    def told(tool: str) -> _Told:
        sight, other = sights[tool], without[tool]
        if sight.refused is not None:
            return teller.refused(sight.refused, asked)
        if started[tool]:
            return _Told("read", f"start of {_titles(started[tool])}")
        own = [key for key in (touched[tool] if other.refused is None else keys) if key in sight.settings]
        # What the line gives; else what it changes. The lines below it may change something too, for want of it.
        given = [key for key in own if key not in other.settings]
        glued = [key for key in own if "\n" in sight.settings[key]]
        if glued and not given:
            return _Told("read", f"part of {code(full_name(glued[0]))}")
        facts = [teller.fact(key, sight.settings[key]) for key in given or own]
        return _Told("read", _some(facts)) if facts and not is_bracket else _Told("ignored", "ignored")

    return _rows({tool: told(tool) for tool in _in_order(team)})


def _touched(settings: Mapping[Key, str], other: _Sight) -> list[Key]:
    """The settings that are others in the two."""
    if other.refused is not None:
        return []
    return [key for key in {**settings, **other.settings} if settings.get(key) != other.settings.get(key)]


def _differing(keys: Collection[Key], sights: _Sights) -> list[Key]:
    """The settings that have not the same value for all tools that make use of them."""
    return [
        key for key in keys if len({sight.settings.get(key) for tool, sight in sights.items() if _uses(tool, key)}) > 1
    ]


def _uses(tool: str, key: Key) -> bool:
    """Whether a setting, spelled like this, means anything to a tool."""
    found = catalog.setting(*key)
    return (
        found is not None
        and _is_spelled(key, found)
        and any(name in found.tools for name in _IN_CATALOGUE.get(tool, (tool,)))
    )


def _is_spelled(key: Key, setting: catalog.Setting) -> bool:
    """Whether a key has the letter case of the setting that it is taken for."""
    return setting.wildcard or key.name == setting.name


class _Told(NamedTuple):
    kind: str
    text: str


class _Teller:
    """Finds the words, and sees to it that two values that are not the same do not look so."""

    def __init__(self, workspace: Workspace, unit: _Unit) -> None:
        self._tree = workspace.document(unit.file).tree
        self._unit = unit
        self._shown: dict[tuple[Key, str], str] = {}

    def refused(self, at: tuple[int, int], asked: tuple[int, int] | None) -> _Told:
        if at == asked:
            return _Told("refused", "whole file refused")
        number, line = at
        section = self._unit.sections[max(number, 0)]
        starts = self._tree.starts_of({section}) if self._tree else {}
        return _Told("refused", f"whole file refused because of line {starts[section] + line + 1}")

    def fact(self, key: Key, value: str | None) -> str:
        name = code(full_name(key))
        if value is None:
            return f"no {name}"
        found = catalog.setting(*key)
        if found is not None and not _is_spelled(key, found):
            return f"unknown {name}"
        where = " in the section above" if value.startswith(_ELSEWHERE) else ""
        value = value.removeprefix(_ELSEWHERE)
        text = masked(*key, value) or "empty"
        if self._shown.setdefault((key, text), value) != value:
            return f"another {name}{where}"
        is_shown = catalog.displayable(*key) and value and not text.startswith("set, ")
        return f"{name} = {code(text)}{where}" if is_shown else f"{name} {text}{where}"


def _titles(places: Collection[_Place]) -> str:
    if _COPIED in places:
        return "copied into every other section"
    return _some([f"{type_} {code(header_name(name)) or 'without a name'}" for type_, name in sorted(places)])


def _some(facts: Sequence[str]) -> str:
    more = len(facts) - _MOST_FACTS
    return ", ".join(facts[:_MOST_FACTS]) + (f" and {more} more" if more > 0 else "")


def _in_order(team: Collection[str]) -> list[str]:
    return sorted(TOOLS, key=lambda tool: tool not in team)


def _rows(told: Mapping[str, _Told]) -> tuple[Row, ...]:
    """Those that make the same of it in one row; no rows if all do."""
    groups: dict[_Told, list[str]] = {}
    for tool, found in told.items():
        groups.setdefault(found, []).append(tool)
    if len(groups) < 2:
        return ()
    return tuple(Row(tuple(tools), *found) for found, tools in groups.items())
