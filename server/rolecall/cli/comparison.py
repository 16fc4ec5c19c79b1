"""What several tools make of the same two files, laid side by side where they differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from rolecall.features.flat import Key, flat, full_name
from rolecall.features.masking import HIDDEN, header_name, masked, one_line
from rolecall.readers.seen import Outcome, Settings
from rolecall.readers.tools import TOOLS, Reading

KINDS = {
    "assume-role": "role",
    "assume-role-with-web-identity": "web identity",
    "shared-credentials-file": "keys",
    "config-file": "keys",
    "sso": "sso",
    "login": "login",
    "custom-process": "process",
    "CREDENTIALS_PROFILE": "keys",
    "CREDENTIALS_PROFILE_SOURCE_PROFILE": "role",
    "CREDENTIALS_PROFILE_STS_WEB_ID_TOKEN": "web identity",
    "CREDENTIALS_PROFILE_PROCESS": "process",
    "CREDENTIALS_PROFILE_SSO": "sso",
    "CREDENTIALS_PROFILE_SSO_LEGACY": "sso",
    "CREDENTIALS_PROFILE_LOGIN": "login",
}
"""By which tools can be compared, whatever each calls the provider that wins."""

NOT_FOLLOWED = "sign-in not followed"
"""What is said of a tool of which we do not know how it finds credentials."""

_TITLES = {"profile": "{}", "sso-session": "[sso-session {}]", "services": "[services {}]"}


class Shape(NamedTuple):
    """What one tool makes of a section. `settings` are flat, so that it does not matter how a tool keeps blocks."""

    settings: dict[Key, str]
    outcome: Outcome | None = None

    @property
    def kind(self) -> str | None:
        """What the tool signs in with, "" where it cannot; None where we do not follow it there."""
        if self.outcome is None:
            return None
        return KINDS.get(self.outcome.method, self.outcome.method) if self.outcome.method else ""


class Fact(NamedTuple):
    """Something that a tool makes of a section, and whether that is another thing than the first tool makes of it."""

    text: str
    differs: bool


class Row(NamedTuple):
    """What a tool makes of one section, as far as tools differ."""

    tool: str
    facts: tuple[Fact, ...]

    @property
    def differs(self) -> bool:
        return any(fact.differs for fact in self.facts)


class Difference(NamedTuple):
    """A section that tools read differently."""

    title: str
    rows: tuple[Row, ...]


class Comparison(NamedTuple):
    """Several tools side by side.

    differences what they read differently
    same        the profiles that are the same to all
    ignored     the headers that give nothing to some tools, by those tools
    """

    differences: list[Difference]
    same: list[str]
    ignored: dict[tuple[str, ...], list[str]]


def compare(readings: Mapping[str, Reading], *, reveal: bool) -> Comparison:
    """Compare tools by their names; the first one is the measure."""
    refusing = {tool: lost for tool, reading in readings.items() if (lost := _refused(reading))}
    differences: list[Difference] = []
    same: list[str] = []
    for type_, title in _TITLES.items():
        for name in _names(type_, readings):
            shapes = {tool: _shape(type_, name, reading) for tool, reading in readings.items()}
            rows = _rows(shapes, refusing, reveal=reveal)
            if any(row.differs for row in rows):
                shown = quoted_name(name) if type_ == "profile" else one_line(name)
                differences.append(Difference(title.format(shown), rows))
            elif type_ == "profile":
                same.append(name)
    ignored: dict[tuple[str, ...], list[str]] = {}
    for header in dict.fromkeys(header for reading in readings.values() for header in reading.seen.ignored):
        tools = tuple(tool for tool, reading in readings.items() if header in reading.seen.ignored)
        ignored.setdefault(tools, []).append(f"[{one_line(header) if reveal else header_name(header)}]")
    return Comparison(differences, same, ignored)


def _groups(type_: str, reading: Reading) -> Mapping[str, Settings]:
    seen = reading.seen
    return {"profile": seen.profiles, "sso-session": seen.sso_sessions, "services": seen.services}[type_]


def _names(type_: str, readings: Mapping[str, Reading]) -> Iterable[str]:
    return dict.fromkeys(name for reading in readings.values() for name in _groups(type_, reading))


def _shape(type_: str, name: str, reading: Reading) -> Shape | None:
    """None for a section that the tool does not see."""
    settings = _groups(type_, reading).get(name)
    if settings is None:
        return None
    found = flat(type_, settings)
    if type_ != "profile":
        return Shape(found)
    region = reading.region(name)
    if region is not None:
        found[Key(type_, "region")] = region
    return Shape(found, reading.resolution(name))


def _refused(reading: Reading) -> str:
    """The file that a tool refuses and goes on without; "" where there is none."""
    seen = reading.seen
    return "config" if seen.config_error is not None else "credentials" if seen.credentials_error is not None else ""


def quoted_name(name: str) -> str:
    """The name of a profile in one line; in quotes where it might not be taken for one name."""
    shown = one_line(name)
    if shown and " " not in shown:
        return shown
    return f"'{shown}'" if '"' in shown else f'"{shown}"'


def _rows(shapes: Mapping[str, Shape | None], refusing: Mapping[str, str], *, reveal: bool) -> tuple[Row, ...]:
    seen = [shape for shape in shapes.values() if shape is not None]
    first = next(iter(shapes.values()))
    measure = first or seen[0]
    keys = dict.fromkeys(key for shape in seen for key in shape.settings)
    differing = [key for key in keys if len({shape.settings.get(key) for shape in seen}) > 1]
    kinds = {shape.kind for shape in seen} - {None}
    rows = []
    for tool, shape in shapes.items():
        if shape is None:
            rows.append(Row(tool, (Fact("does not see it", first is not None),)))
            continue
        facts = [Fact("sees it", first is None)] if len(seen) < len(shapes) and not differing else []
        if len(kinds) > 1:
            followed = shape.outcome is not None and measure.outcome is not None
            facts.append(Fact(_ending(shape.outcome), followed and shape.kind != measure.kind))
        lost = [key for key in differing if key not in shape.settings] if tool in refusing else []
        if lost:
            # What it does not have stands in the file that it refuses.
            facts.append(Fact(f"without the {refusing[tool]} file", any(key in measure.settings for key in lost)))
        facts += _facts(differing, shape, measure, is_partial=tool in refusing, reveal=reveal)
        rows.append(Row(tool, tuple(dict.fromkeys(facts))))
    return tuple(rows)


def _ending(outcome: Outcome | None) -> str:
    return NOT_FOLLOWED if outcome is None else outcome.method or f"{outcome.error}"


def _facts(keys: Iterable[Key], shape: Shape, measure: Shape, *, is_partial: bool, reveal: bool) -> Iterator[Fact]:
    """What a tool makes of the settings that tools do not agree on.

    is_partial the tool refuses a file: it is not told setting by setting what is lost with it
    """
    spellings: dict[Key, list[Key]] = {}
    for key in keys:
        spellings.setdefault(key._replace(name=key.name.lower()), []).append(key)
    for usual, written in spellings.items():
        there = [key for key in written if key in shape.settings]
        for key in there:
            fact = _fact(key, shape, measure, reveal=reveal)
            # A tool that keeps capitals looks for the name in small letters, and does not find it.
            name = full_name(usual, reveal=reveal)
            is_other = usual in written and usual not in there and HIDDEN not in name
            yield fact._replace(text=f"{fact.text} (not read as {name})") if is_other else fact
        if not there and not is_partial:
            yield _fact(usual if usual in written else written[0], shape, measure, reveal=reveal)


def _fact(key: Key, shape: Shape, measure: Shape, *, reveal: bool) -> Fact:
    value, usual = shape.settings.get(key), measure.settings.get(key)
    differs = value != usual
    name = full_name(key, reveal=reveal)
    if HIDDEN in name:
        block, dot, _ = name.rpartition(".")
        name = f"setting with a hidden name{f' in {block}' if dot else ''}"
        article = "no" if value is None else "another" if differs and usual is not None else "a"
        return Fact(f"{article} {name}", differs)
    if value is None:
        return Fact(f"no {name}", differs)
    shown = one_line(value) if reveal else masked(*key, value)
    # What is hidden looks the same in both.
    if differs and usual is not None and shown == (one_line(usual) if reveal else masked(*key, usual)):
        return Fact(f"another {name}", differs)
    return Fact(f"{name} = {shown}", differs)


def label(tool: str) -> str:
    """A tool in a column."""
    return TOOLS[tool].title.removeprefix("The ")
