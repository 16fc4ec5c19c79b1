"""What the commands that open one of the user's own files share."""

from __future__ import annotations

from rolecall.lsp.session import Session
from rolecall.readers.botocore.merge import File
from rolecall.text import Position

_CREATE = "Set up access keys"


async def show_own(session: Session, file: File, place: Position | None = None) -> None:
    """Show one of the user's own files, which is there, with the caret at a place where one is given."""
    path = session.own.paths[file]
    selection = session.location(path, place, place)["range"] if path is not None and place is not None else None
    await session.client.show_document(session.own.uri(file), selection)


async def show_or_offer(session: Session, file: File) -> bool:
    """Show the file. Where there is none, ask whether to create it; True when it is to be created."""
    session.refresh()
    document = session.own.service.workspace.document(file)
    if document.facts.is_dir:
        advice = f"Move it away, or set rolecall.{file}File to another path."
        session.client.show(1, f"{document.path} is a folder. {advice}")
        return False
    if document.tree is not None or document.facts.exists:
        await show_own(session, file)
        return False
    return await session.client.ask(3, f"There is no {document.path} yet.", [_CREATE]) == _CREATE
