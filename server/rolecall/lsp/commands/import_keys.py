"""Put the keys that a file holds into a profile: one that the console downloaded, or that an AWS command printed.

The argument may name the {"profile"} that gets them and the {"path"} of the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rolecall.lsp.commands.importing import Source, put_into_profiles
from rolecall.lsp.session import Session


async def run(session: Session, argument: Mapping[str, Any]) -> Any:
    if argument.get("path") is None and "pickFile" not in session.client.abilities:
        session.client.show(2, "Not imported: this editor has no dialog for files. Use rolecall import in a terminal.")
        return None
    path = argument.get("path") or await session.client.pick_file("Import key file")
    if path is None:
        return None
    found = session.host.read(path)
    if not found.facts.readable:
        session.client.show(1, f'Not imported: "{path}" cannot be read. Check that it is there, and who owns it.')
        return None
    return await put_into_profiles(
        session, found.text, Source("Import key file", "Not imported"), argument.get("profile")
    )
