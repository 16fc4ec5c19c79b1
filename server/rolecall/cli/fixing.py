"""`rolecall check --fix`: safe fixes one after the other, until none is left, and then one write for each file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from rolecall.edits import EditError
from rolecall.lint import Fix
from rolecall.readers.botocore.merge import File
from rolecall.service import Diagnostic, LanguageService
from rolecall.store.errors import Conflict, StoreError
from rolecall.store.writer import Store
from rolecall.syntax import Change

_MOST = 1_000
"""More fixes than any pair of files needs; fixes that undo each other come to an end here."""


class Fixed(NamedTuple):
    """One fix that was applied, and the place (line from 0, in the text as it was just before) that it was for."""

    path: str
    line: int
    rule: str
    title: str


class Rewritten(NamedTuple):
    """A file of which another text is to be saved.

    owner_only others lose the right to read the file, if they have it
    """

    path: str
    before: str
    after: str
    owner_only: bool


def fix(service: LanguageService, files: Sequence[File]) -> list[Fixed]:
    """Apply the safe fixes of some files to the service's texts; a fix that touches any other file is left out."""
    fixed: list[Fixed] = []
    useless: set[Diagnostic] = set()
    while len(fixed) < _MOST:
        for found, way_out in _safe(service, files):
            if found._replace(fixes=()) in useless:
                continue
            if _apply(service, way_out, files):
                fixed.append(Fixed(found.path, found.span.line, found.rule, way_out.title))
                break
            useless.add(found._replace(fixes=()))
        else:
            break
    return fixed


def _safe(service: LanguageService, files: Iterable[File]) -> Iterator[tuple[Diagnostic, Fix]]:
    for file in files:
        for found in service.diagnostics(file):
            for way_out in found.fixes:
                if way_out.safe:
                    yield found, way_out


def _apply(service: LanguageService, way_out: Fix, files: Sequence[File]) -> bool:
    try:
        edits = service.text_edits(way_out.edits(service.workspace))
    except EditError:
        return False
    if not edits or not edits.keys() <= set(files):
        return False
    for file, texts in edits.items():
        # From the end on, as each change moves what stands behind it.
        ordered = sorted(texts, key=lambda edit: (edit.start, edit.end))
        service.change(file, [Change(*edit) for edit in reversed(ordered)])
    return True


def save(store: Store, files: Iterable[Rewritten]) -> None:
    """Save texts that belong together: all, or none. Raises StoreError, also when a file is no longer as it was."""
    written: list[str] = []
    try:
        for file in files:
            store.change(file.path, partial(_instead, file), owner_only=file.owner_only)
            written.append(file.path)
    except StoreError:
        for path in written:
            store.undo(path)
        raise


def _instead(file: Rewritten, text: str) -> str:
    if text != file.before:
        raise Conflict
    return file.after


def texts(service: LanguageService, files: Iterable[File]) -> Mapping[File, str]:
    """The texts as the service has them now."""
    trees = {file: service.workspace.document(file).tree for file in files}
    return {file: tree.text for file, tree in trees.items() if tree is not None}
