"""The documents that every server gets: the same profiles, edits and mistakes, each in the language of a server.

A document is sections of seven lines: a header, five settings, and a line that ends it. The first section is `base`,
the second `hub`; all others are roles, one in ten of them with `hub` as their source, or 1,000 where there are so many.
Ten sections spread over the file have a mistake that every server reports: a repeated key, or where a language has nothing against that a name that does
not exist. What a server must report, and on which lines, is known for the document and after each edit.

Lines and columns count from 0. Everything is ASCII, so a column is the same in code points and in UTF-16.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

HEIGHT = 7
"""Lines of a section."""
MISTAKES = 10
EVERYWHERE = 10_000 // HEIGHT - 2
"""Mistakes with which each role in a document of 10,000 lines has one."""
DEPENDANTS = 1_000
PASTED = 100
"""Lines of a paste: fourteen sections and two empty lines."""
REGION = "eu-west-1"
_TYPED_AT = len("eu-west")

Mistake = Literal["repeated key", "unknown region"]
"""botocore refuses a file with a repeated key, so documents that it is to load have regions that do not exist."""
Kind = Literal["character", "line", "header", "dependants", "dependants back", "paste", "undo"]
"""What is typed: `character` in a value, `line` an empty line more or less, `header` in a name that nothing refers to,
`dependants` in the name that 1,000 sections refer to, `dependants back` that name as it was, `paste` 100 lines, and
`undo` of that."""


class Section(NamedTuple):
    name: str
    settings: tuple[tuple[str, str], ...]
    mistaken: bool = False


class Language(NamedTuple):
    """How profiles are written in the language of a server, and what it reports of them.

    name      the protocol's `languageId`
    file      the name of the document
    write     the seven lines of a section
    top, end  lines around all sections
    mistake   offsets, within a section, of the lines that are reported for its mistake
    dependant offset of the line that is reported where the name it refers to does not exist; None where the language
              has no names that refer to others
    typed     offset of the line that is reported for a region that does not exist; None where nothing checks values
    key       column of a key
    """

    name: str
    file: str
    write: Callable[[Section], list[str]]
    top: tuple[str, ...] = ()
    end: tuple[str, ...] = ()
    mistake: tuple[int, ...] = (5,)
    dependant: int | None = None
    typed: int | None = None
    key: int = 0


class Edit(NamedTuple):
    """One change of the document: what stands between two places is replaced.

    reported  lines that diagnostics must be on after it, in their order; a line with two of them is there twice
    """

    kind: Kind
    start: tuple[int, int]
    end: tuple[int, int]
    text: str
    reported: tuple[int, ...]


def _ini(section: Section) -> list[str]:
    return [f"[profile {section.name}]", *(f"{key} = {value}" for key, value in section.settings), ""]


def _json(section: Section) -> list[str]:
    settings = [f'    "{key}": "{value}",' for key, value in section.settings]
    return [f'  "{section.name}": {{', *settings[:-1], settings[-1].rstrip(","), "  },"]


def _yaml(section: Section) -> list[str]:
    return [f"{section.name}:", *(f'  {key}: "{value}"' for key, value in section.settings), ""]


def _python(section: Section) -> list[str]:
    """A class, in which a source is the name of another one. The mistake is a name that does not exist."""
    settings = [
        f"    {key} = {value}" if key == "source_profile" else f'    {key} = "{value}"'
        for key, value in section.settings
    ]
    if section.mistaken:
        settings[-1] = "    duration_seconds = undefined"
    return [f"class {section.name}:", *settings, ""]


INI = Language("aws-config", "config", _ini, dependant=4, typed=1)
"""The config file."""
JSON = Language("json", "profiles.json", _json, top=("{",), end=('  "end": {}', "}"), mistake=(2, 5), key=5)
YAML = Language("yaml", "profiles.yaml", _yaml, key=2)
PYTHON = Language("python", "profiles.py", _python, dependant=4, key=4)

CREDENTIALS = """\
[base]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
"""
"""The other file of the pair: what `base` signs in with."""


def sections(
    lines: int,
    mistakes: int = MISTAKES,
    mistake: Mistake = "repeated key",
    first: int = 0,
    chained: int | None = None,
) -> list[Section]:
    """The sections of a document of about so many lines.

    mistakes  how many sections have one, spread evenly
    first     the number of the first role: names and ARNs follow from it, so that no two documents need share any
    chained   how many roles have a role as their source
    """
    count = max(1, lines // HEIGHT - 2)
    wrong = _spread(mistakes, count)
    if chained is None:
        chained = DEPENDANTS if count >= DEPENDANTS else count // 10
    dependants = _spread(chained, count)
    base = (
        ("region", REGION),
        ("output", "json"),
        ("retry_mode", "standard"),
        ("max_attempts", "3"),
        ("cli_history", "enabled"),
    )
    roles = [
        _role(
            f"p{first + index}",
            "hub" if index in dependants else "base",
            mistake if index in wrong else None,
            first + index,
        )
        for index in range(count)
    ]
    return [Section("base", base), _role("hub", "base", None, first + count), *roles]


def _spread(some: int, count: int) -> set[int]:
    """So many numbers below `count`, evenly spread; all of them where there are not enough."""
    return {index * count // some for index in range(some)}


def _role(name: str, source: str, mistake: Mistake | None, number: int) -> Section:
    last = ("output", "text") if mistake == "repeated key" else ("duration_seconds", "3600")
    region = "eu-wset-1" if mistake == "unknown region" else REGION
    arn = f"arn:aws:iam::{100_000_000_000 + number}:role/Admin"
    settings = (("region", region), ("output", "json"), ("role_arn", arn), ("source_profile", source), last)
    return Section(name, settings, mistake is not None)


class Document:
    """A document, and the edits that are made to it. Each kind of edit comes with what takes it back."""

    def __init__(self, language: Language, made: Sequence[Section]) -> None:
        self.language = language
        self.sections = made
        rows = [row for section in made for row in language.write(section)]
        self.rows = [*language.top, *rows, *language.end]
        self.text = "\n".join(self.rows) + "\n"
        self.reported = tuple(
            self._first(number) + offset
            for number, section in enumerate(made)
            if section.mistaken
            for offset in language.mistake
        )
        # The middle one, or the next one that has no mistake of its own; where all have one, the middle one.
        middle = len(made) // 2
        self._middle = next((at for at in range(middle, len(made)) if not made[at].mistaken), middle)
        self._edits: Mapping[Kind, Callable[[], Iterator[Edit]]] = {
            "character": self._characters,
            "line": self._lines,
            "header": self._header,
            "dependants": self._dependants,
            "dependants back": self._dependants,
            "paste": self._paste,
            "undo": self._paste,
        }

    @property
    def line(self) -> int:
        """The line with the value that is typed in, in the middle of the document."""
        return self._first(self._middle) + 1

    def has(self, kind: Kind) -> bool:
        """Whether this kind of edit can be made: not every language has names that refer, nor every document so many."""
        if not kind.startswith("dependants"):
            return True
        return self.language.dependant is not None and len(self._referring()) >= DEPENDANTS

    def edits(self, kind: Kind) -> Iterator[Edit]:
        """Edits without end: that kind and what takes them back, in turn. After every fourth the document is as before."""
        while True:
            yield from self._edits[kind]()

    def _first(self, number: int) -> int:
        return len(self.language.top) + number * HEIGHT

    def _referring(self) -> list[int]:
        return [number for number, section in enumerate(self.sections) if ("source_profile", "hub") in section.settings]

    def _and(self, *more: int) -> tuple[int, ...]:
        return tuple(sorted((*self.reported, *more)))

    def _insertion(
        self, kind: Kind, back: Kind, line: int, column: int, text: str, reported: tuple[int, ...]
    ) -> Iterator[Edit]:
        """Something more, and without it again."""
        ends = text.count("\n")
        end = (line + ends, len(text) - text.rfind("\n") - 1) if ends else (line, column + len(text))
        yield Edit(kind, (line, column), (line, column), text, reported)
        yield Edit(back, (line, column), end, "", self.reported)

    def _characters(self) -> Iterator[Edit]:
        """Two characters one after the other, and away with them: what there is to say of the value changes each time."""
        column = self.rows[self.line].index(REGION) + _TYPED_AT
        wrong = self.reported if self.language.typed is None else self._and(self.line - 1 + self.language.typed)
        first, second, third = ((self.line, column + count) for count in range(3))
        yield Edit("character", first, first, "x", wrong)
        yield Edit("character", second, second, "x", wrong)
        yield Edit("character", second, third, "", wrong)
        yield Edit("character", first, second, "", self.reported)

    def _lines(self) -> Iterator[Edit]:
        last = self._first(self._middle) + HEIGHT - 1
        moved = tuple(line + 1 if line > last else line for line in self.reported)
        return self._insertion("line", "line", last, len(self.rows[last]), "\n", moved)

    def _header(self) -> Iterator[Edit]:
        line, name = self._first(self._middle), self.sections[self._middle].name
        return self._insertion("header", "header", line, self.rows[line].index(name) + len(name), "x", self.reported)

    def _dependants(self) -> Iterator[Edit]:
        line, name = self._first(1), self.sections[1].name
        # Whoever looks for dependants has checked that there are some.
        offset = self.language.dependant or 0
        lost = self._and(*(self._first(number) + offset for number in self._referring()))
        column = self.rows[line].index(name) + len(name)
        return self._insertion("dependants", "dependants back", line, column, "x", lost)

    def _paste(self) -> Iterator[Edit]:
        count = PASTED // HEIGHT
        made = [_role(f"pasted{n}", "base", "repeated key" if n == count // 2 else None, n) for n in range(count)]
        rows = [row for section in made for row in self.language.write(section)]
        rows += [""] * (PASTED - len(rows))
        at = self._first(self._middle)
        cut = bisect_left(self.reported, at)
        inside = (at + count // 2 * HEIGHT + offset for offset in self.language.mistake)
        below = (line + PASTED for line in self.reported[cut:])
        reported = (*self.reported[:cut], *inside, *below)
        return self._insertion("paste", "undo", at, 0, "\n".join(rows) + "\n", reported)
