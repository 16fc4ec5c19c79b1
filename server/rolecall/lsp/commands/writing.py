"""Writing to the user's own files: through the editor where the file is open, else through the store."""

from __future__ import annotations

from collections.abc import Iterable

from rolecall.edits import FileEdit
from rolecall.lsp.convert import Json, line_text
from rolecall.lsp.pair import Pair
from rolecall.lsp.session import Session
from rolecall.readers.botocore.merge import File
from rolecall.store.errors import Conflict
from rolecall.text import TextEdit, apply_edits


def workspace_edit(session: Session, pair: Pair, edits: Iterable[FileEdit]) -> Json:
    """Edits as a `WorkspaceEdit`, made for the versions that the editor has."""
    changes = []
    for file, found in pair.service.text_edits(edits).items():
        lines = line_text(pair.service.workspace.document(file).tree)
        changes.append((pair.uri(file), pair.versions.get(file), session.units.text_edits(lines, found)))
    if session.client.can("workspace", "workspaceEdit", "documentChanges"):
        return {
            "documentChanges": [
                {"textDocument": {"uri": uri, "version": version}, "edits": found} for uri, version, found in changes
            ]
        }
    return {"changes": {uri: found for uri, _, found in changes}}


async def write(session: Session, edits: Iterable[FileEdit], label: str) -> bool:
    """Make edits of the user's own files. True where they are on disk, False where an editor has them unsaved.

    Raises StoreError when a file could not be written.
    """
    pair = session.own
    saved = True
    for file, found in pair.service.text_edits(edits).items():
        if file in pair.versions:
            lines = line_text(pair.service.workspace.document(file).tree)
            edit = {"changes": {pair.uri(file): session.units.text_edits(lines, found)}}
            if not await session.client.apply_edit(label, edit):
                raise Conflict
            saved = False
        else:
            _store(session, file, found)
    session.refresh()
    return saved


def _store(session: Session, file: File, edits: list[TextEdit]) -> None:
    path = session.own.paths[file]
    assert path is not None, "the user's own files have paths"
    tree = session.own.service.workspace.document(file).tree
    before = tree.text if tree is not None else ""

    def change(text: str) -> str:
        # The edits are those of a text that was read a moment ago; of any other they would hit the wrong lines.
        if text != before:
            raise Conflict
        return apply_edits(text, edits)

    session.store.change(path, change)
