"""Create the two files for someone who has none, readable by nobody else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rolecall.lsp.commands.opening import show_own
from rolecall.lsp.session import Session
from rolecall.readers.botocore.merge import File
from rolecall.store.errors import AlreadyExists
from rolecall.text import Position

_TEXTS: dict[File, str] = {
    "config": "# Settings of your profiles. Sections here are written [profile NAME], but for [default].\n"
    "[default]\noutput = json\n",
    "credentials": "# Access keys of your profiles. Sections here are written [NAME].\n"
    "[default]\naws_access_key_id = \naws_secret_access_key = \n",
}
_GAP = Position(2, len("aws_access_key_id = "))
"""Where the first key goes in a new credentials file."""


async def run(session: Session, argument: Mapping[str, Any]) -> Any:
    place = None
    for file, text in _TEXTS.items():
        path = session.own.paths[file]
        assert path is not None, "the user's own files have paths"
        try:
            session.store.create(path, text.encode())
        except AlreadyExists:
            continue  # Only the missing one is made; what is there stays as it is.
        if file == "credentials":
            place = _GAP
    session.refresh()
    await show_own(session, "credentials", place)
