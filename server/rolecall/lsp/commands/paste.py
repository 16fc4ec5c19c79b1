"""Put the keys that someone has copied into a profile.

The argument may name the {"profile"} that gets them, and hold the {"text"} for editors whose clipboard cannot be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rolecall.lsp.commands.importing import Source, put_into_profiles
from rolecall.lsp.session import Session


async def run(session: Session, argument: Mapping[str, Any]) -> Any:
    text = argument.get("text")
    if text is None:
        text = await session.client.read_clipboard()
    if text is None:
        session.client.show(2, "Not pasted: this editor has no clipboard for Rolecall.")
        return None
    return await put_into_profiles(session, text, Source("Paste credentials", "Not pasted"), argument.get("profile"))
