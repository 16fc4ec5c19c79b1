"""`rolecall.toml`: what a team has agreed on for the AWS files of a folder and of all folders in it.

    readers = ["botocore", "rust"]

    [severities]
    unknown-key = "error"
    long-term-keys = "off"

The file that is nearest counts, alone. It is the team's word; what a person sets for themselves, in the editor or on
the command line, goes before it. Nothing that stands in it is an exception: what is wrong is told, and the rest holds.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from rolecall import catalog
from rolecall.host import Host
from rolecall.model.accounts import FAULTS
from rolecall.settings import READERS, SEVERITIES, Settings
from rolecall.store.pairs import expanded

NAME = "rolecall.toml"

_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_LONGEST = 64
_FEW = 8
"""So many names can be listed in one sentence."""


class ProjectProblem(NamedTuple):
    """What is wrong with the file: one sentence without a full stop, and the line (from 0) that it is about."""

    line: int
    message: str


class ProjectSettings(NamedTuple):
    """What the file says, as far as it can be understood.

    path        None where there is no such file
    readers     None where it names none
    severities  by rule, as in `Settings`
    """

    path: str | None = None
    readers: tuple[str, ...] | None = None
    severities: Mapping[str, str] = MappingProxyType({})
    problems: tuple[ProjectProblem, ...] = ()

    def under(self, settings: Settings) -> Settings:
        """A person's settings with these below them: they count where the person has left the default."""
        readers = settings.readers
        if self.readers is not None and readers == Settings().readers:
            readers = self.readers
        return settings._replace(readers=readers, severities={**self.severities, **settings.severities})


def project_settings(host: Host, folder: str) -> ProjectSettings:
    """The settings for files in a folder, from the `rolecall.toml` in it or in the nearest folder above."""
    for path in places(host, folder):
        file = host.read(path)
        if file.facts.readable:
            if file.facts.undecodable_at is not None:
                return ProjectSettings(path, problems=(ProjectProblem(0, "The file is not UTF-8"),))
            return parse_project(path, file.text)
        if file.facts.exists and not file.facts.is_dir:
            return ProjectSettings(path, problems=(ProjectProblem(0, "The file cannot be read"),))
    return ProjectSettings()


def places(host: Host, folder: str) -> Iterator[str]:
    """Where the file for a folder may stand, the nearest place first."""
    at = expanded(host, folder)
    yield os.path.join(at, NAME)
    while (above := os.path.dirname(at)) != at:
        at = above
        yield os.path.join(at, NAME)


def parse_project(path: str, text: str) -> ProjectSettings:
    """The settings of a text. Never raises."""
    # Imported here: few folders have such a file, and a check should start at once.
    import tomllib

    from rolecall.rules import ALL

    try:
        found = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        at = int(place[1]) - 1 if place and place[1] else text.count("\n")
        message = f"This is no TOML: {_PLACE.sub('', str(error))}"
        return ProjectSettings(path, problems=(ProjectProblem(at, message),))
    except RecursionError:
        return ProjectSettings(path, problems=(ProjectProblem(0, "This is no TOML: it is nested too deep"),))
    rules = {rule.name for rule in ALL} | FAULTS
    readers = found.get("readers")
    severities = found.get("severities")
    return ProjectSettings(
        path,
        tuple(name for name in READERS if name in readers) or None if isinstance(readers, list) else None,
        {rule: severity for rule, severity in severities.items() if rule in rules and severity in SEVERITIES}
        if isinstance(severities, dict)
        else {},
        tuple(ProjectProblem(_line(text, str(word)), message) for message, word in _problems(found, rules)),
    )


def _problems(found: Mapping[str, Any], rules: Collection[str]) -> Iterator[tuple[str, object]]:
    """Sentences about what is wrong, each with the word that stands there."""
    for key, value in found.items():
        match key, value:
            case "readers", list():
                yield from ((_unknown("reader", name, READERS), name) for name in value if name not in READERS)
                if not value:
                    yield '"readers" names no tool', key
            case "readers", _:
                yield '"readers" is no list of tools, such as ["botocore", "rust"]', key
            case "severities", dict():
                for rule, severity in value.items():
                    if rule not in rules:
                        yield _unknown("rule", rule, rules), rule
                    elif severity not in SEVERITIES:
                        yield _unknown("severity", severity, SEVERITIES), rule
            case "severities", _:
                yield '"severities" is no table of rules with their severities', key
            case _:
                yield _unknown("setting", key, ("readers", "severities")), key


def _unknown(what: str, given: object, known: Collection[str]) -> str:
    if not isinstance(given, str):
        return f"A {what} is a text in quotes"
    near = catalog.suggest(given, list(known))
    shown = given if len(given) <= _LONGEST else f"{given[:_LONGEST]}…"
    told = f'There is no {what} "{shown}"'
    if near is not None:
        return f'{told}; did you mean "{near}"?'
    return f"{told}; there are {', '.join(known)}" if len(known) <= _FEW else told


def _line(text: str, word: str) -> int:
    """The first line (from 0) in which a word stands alone; the first of all where TOML writes it in another way."""
    found = re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text)
    return text.count("\n", 0, found.start()) if found else 0
