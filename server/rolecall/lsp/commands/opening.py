"""What the commands that open one of the user's own files share."""

from __future__ import annotations

from rolecall.lsp.session import Session
from rolecall.readers.botocore.merge import File

_CREATE = "Set up access keys"


async def open_own(session: Session, file: File) -> None:
    """Show the file, or offer to create it where it is missing."""
    document = session.own.service.workspace.document(file)
    if document.facts.is_dir:
        session.client.show(
            1, f"{document.path} is a folder. Move it away, or set rolecall.{file}File to another path."
        )
        return
    if document.tree is not None or document.facts.exists:
        await session.client.show_document(session.own.uri(file))
        return
    if await session.client.ask(3, f"There is no {document.path} yet.", [_CREATE]) == _CREATE:
        from rolecall.lsp.commands import create_files

        await create_files.run(session, {})
