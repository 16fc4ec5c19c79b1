"""What the editor is told of a document: the JSON of all its diagnostics.

A file may have thousands of findings, and all of them are sent after each key. So the JSON of each is kept with the
finding, and written again only when a line number in it has changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from json import dumps
from typing import TYPE_CHECKING, NamedTuple

from rolecall.lsp.convert import Json, LineText, Units, line_text
from rolecall.lsp.fragments import Columns, literal
from rolecall.lsp.protocol import Raw
from rolecall.model.stanza import Place
from rolecall.model.workspace import FILES
from rolecall.service import Placed

if TYPE_CHECKING:
    from rolecall.lsp.pair import Pair

_MARK = re.compile(r"\\ue000(\d+)\\ue001")
"""A place for the line of a related place, in JSON; the two characters are nobody's."""


class Publication(NamedTuple):
    """The diagnostics of a document as a JSON list, and the version that they are of."""

    diagnostics: str
    version: int | None = None

    def params(self, uri: str) -> Raw:
        """The parameters of `textDocument/publishDiagnostics`."""
        version = "" if self.version is None else f',"version":{self.version}'
        return Raw(f'{{"uri":{dumps(uri)},"diagnostics":{self.diagnostics}{version}}}')


NOTHING = Publication("[]")


def publication(diagnostics: Sequence[Json], version: int | None = None) -> Publication:
    """Of diagnostics that are not kept, as they are few."""
    return Publication(dumps(diagnostics, separators=(",", ":")), version)


class Shown(NamedTuple):
    """What was made of a finding.

    cause    what it depends on beside the lines
    template JSON with %d for each line
    counted  for each of these what it is counted from (an index of `Placed.lines`), and what is added to that
    lines    those that were put in last
    text     the JSON with them
    """

    cause: tuple[object, ...]
    template: str
    counted: tuple[tuple[int, int], ...]
    lines: tuple[int, ...]
    text: str


def written(pair: Pair, placed: Placed, units: Units) -> str:
    """The JSON of a finding."""
    known: Shown | None = placed.reported.shown
    related = placed.reported.finding.related
    cause = (placed.severity, units.is_utf16, *[pair.uri_of_place(other.place) for other in related])
    if known is None or known.cause != cause:
        template, counted = _template(pair, placed, units)
    elif known.lines == placed.lines:
        return known.text
    else:
        template, counted = known.template, known.counted
    text = template % tuple([placed.lines[index] + more for index, more in counted])
    places = (placed.reported.finding.place, *[other.place for other in related])
    if all(place.section is not None for place in places):
        # Elsewhere the columns are those of a text that may change without the finding.
        placed.reported.shown = Shown(cause, template, counted, placed.lines, text)
    return text


def _template(pair: Pair, placed: Placed, units: Units) -> tuple[str, tuple[tuple[int, int], ...]]:
    finding, rule = placed.reported.finding, placed.reported.rule
    counted: list[tuple[int, int]] = [(0, finding.place.span.line)] * 2
    marks = [f"\ue000{index}\ue001" for index, _ in enumerate(finding.related, 1)]

    def line(mark: re.Match[str]) -> str:
        index = int(mark[1])
        counted.append((index, finding.related[index - 1].place.span.line + 1))
        return "%d"

    message = _MARK.sub(line, literal(finding.message.format(*marks)))
    related = []
    for index, other in enumerate(finding.related, 1):
        counted += [(index, other.place.span.line)] * 2
        location = f'{{"uri":{literal(pair.uri_of_place(other.place))},"range":{_range(pair, other.place, units)}}}'
        related.append(f'{{"location":{location},"message":{literal(other.message)}}}')
    more = f',"relatedInformation":[{",".join(related)}]' if related else ""
    template = (
        f'{{"range":{_range(pair, finding.place, units)},"severity":{placed.severity.value},'
        f'"code":{literal(rule.name)},"source":"rolecall","message":{message}{more}}}'
    )
    return template, tuple(counted)


def _range(pair: Pair, place: Place, units: Units) -> str:
    """The range of a place, with its lines left open."""
    if place.section is not None:
        return Columns(units, place.section).span(place.span)
    text = _lines(pair, place)(place.span.line)
    start, end = units.to_client(text, place.span.start), units.to_client(text, place.span.end)
    return f'{{"start":{{"line":%d,"character":{start}}},"end":{{"line":%d,"character":{end}}}}}'


def _lines(pair: Pair, place: Place) -> LineText:
    file = next((file for file in FILES if file == place.file), None)
    return line_text(pair.service.workspace.document(file).tree if file is not None else None)
