"""Copy a session as lines that set it in a shell."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from rolecall.lsp.live import obtain
from rolecall.lsp.session import Session
from rolecall.lsp.words import until
from rolecall.sessions.exports import render


async def run(session: Session, argument: Mapping[str, Any]) -> Any:
    profile = argument["profile"]
    made = await obtain(session, profile, f"Getting the session of {profile}")
    if not await session.client.copy(render(made, "powershell" if os.name == "nt" else "bash")):
        session.client.show(2, "Not copied: this editor has no clipboard for Rolecall.")
        return
    session.client.show(3, f"The session of {profile} is on the clipboard{until(made.expires_at)}.")
