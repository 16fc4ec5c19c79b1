"""The `check_*` helpers of what answers at the cursor. The cursor is `$0` in one of the files of a text."""

from __future__ import annotations

import difflib
import re

from rolecall.features.completion import Completion, Item, completion
from rolecall.features.hover import MAX_LINES, Hover, hover
from rolecall.features.navigation import Access, Location, definition, document_highlight, references
from rolecall.model.workspace import FILES, Workspace
from rolecall.readers.botocore.merge import File
from rolecall.text import Position, TextEdit, apply_edits
from tests.support.check import PATHS, render, service
from tests.support.markers import Mark, cursor, files, mark, unmark


def opened(text: str) -> tuple[Workspace, File, Position, dict[str, str]]:
    """A workspace, where the cursor is in it, and the texts of its files. Annotations are taken out."""
    texts: dict[str, str] = {}
    place: tuple[File, Position] | None = None
    for name, body in files(text).items():
        plain, _ = unmark(body)
        if "$0" in plain:
            plain, position = cursor(plain)
            place = ("config" if name == "config" else "credentials", position)
        texts[name] = plain
    assert place is not None, "the text has no $0"
    # What answers at the cursor needs no rules.
    return service(texts, rules=()).workspace, *place, texts


def _expected(text: str) -> str:
    """The annotated text without its cursor, as `render` writes it."""
    return render({name: body.replace("$0", "", 1) for name, body in files(text).items()})


def _same(actual: str, expected: str) -> None:
    lines = difflib.ndiff(expected.splitlines(keepends=True), actual.splitlines(keepends=True))
    assert actual == expected, f"- expected, + is the case\n{''.join(lines)}"


def check_definition(text: str) -> None:
    """Carets mark the names that the definition leads to: `^^^ [profile dev]` with the text of its whole section."""
    workspace, file, position, texts = opened(text)
    _same(_located(texts, definition(workspace, file, position)), _expected(text))


def check_references(text: str, *, with_headers: bool = True) -> None:
    """Carets mark headers (`header`) and settings (`use`)."""
    workspace, file, position, texts = opened(text)
    found = references(workspace, file, position, with_headers=with_headers)
    _same(_located(texts, found), _expected(text))


def check_highlight(text: str) -> None:
    """Carets mark what is highlighted: `write` or `read`."""
    workspace, file, position, texts = opened(text)
    marks = [
        Mark(*found.span, "write" if found.access is Access.WRITE else "read")
        for found in document_highlight(workspace, file, position)
    ]
    texts[file] = mark(texts[file], marks)
    _same(render(texts), _expected(text))


def _located(texts: dict[str, str], found: list[Location]) -> str:
    marked = dict(texts)
    for file in FILES:
        own = [location for location in found if location.path == PATHS[file]]
        marks = [Mark(*location.span, _note(location)) for location in own]
        if file in texts:
            marked[file] = mark(texts[file], marks)
    return render(marked)


def _note(location: Location) -> str:
    if not location.is_header:
        return "use"
    return f"header of lines {location.start.line + 1} to {location.end.line + 1}"


def completed(text: str) -> Completion:
    """What is offered at the cursor, in the order in which an editor lists it."""
    workspace, file, position, _ = opened(text)
    found = completion(workspace, file, position)
    return found._replace(items=tuple(sorted(found.items, key=lambda item: (item.sort, item.label))))


def offered(text: str) -> list[str]:
    """The labels of what is offered at the cursor."""
    return [item.label for item in completed(text).items]


def item_at(text: str, label: str) -> Item:
    """The one item of this label."""
    items = [item for item in completed(text).items if item.label == label]
    assert len(items) == 1, f"{label!r} is offered {len(items)} times of {offered(text)}"
    return items[0]


def check_accepted(text: str, accept: str, after: str) -> None:
    """The files after accepting an item. `$0` is the cursor; of tab stops their default texts are left."""
    _, file, position, texts = opened(text)
    item = item_at(text, accept)
    assert item.replace.line == position.line
    assert item.replace.start <= position.column <= item.replace.end, "an editor refuses a span without its cursor"
    insert = re.sub(r"\$\{\d:([^}]*)\}|\$[1-9]", r"\1", item.insert) if item.is_snippet else f"{item.insert}$0"
    start, end = (Position(item.replace.line, column) for column in item.replace[1:])
    texts[file] = apply_edits(texts[file], [TextEdit(start, end, insert)])
    _same(render(texts), after)


def hovered(text: str) -> Hover | None:
    """What is said of what stands at the cursor."""
    workspace, file, position, _ = opened(text)
    return hover(workspace, file, position)


def check_hover(text: str, on: str, says: str) -> None:
    """The text in the file that the hover is about, and its Markdown, with ⏎ for the blanks of a forced line break."""
    _, file, position, texts = opened(text)
    found = hovered(text)
    assert found is not None, "there is nothing to say"
    assert found.span.line == position.line
    assert texts[file].split("\n")[position.line][found.span.start : found.span.end] == on
    assert found.markdown.count("\n") < MAX_LINES
    _same(found.markdown.replace("  \n", "⏎\n"), says.strip("\n"))
