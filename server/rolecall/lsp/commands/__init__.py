"""The commands that the server does, one file each: `async def run(session, argument)`.

`argument` is the one object that a command takes, such as {"profile": "ops"}. What a command answers holds no secret.
A failure that the user can do something about is a SessionError, StoreError or EditError: its text is shown as it is.
A command is imported when it is called for the first time, as most of them are never called.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from importlib import import_module
from typing import Any

from rolecall.lsp.session import Session

Command = Callable[[Session, Mapping[str, Any]], Awaitable[Any]]

COMMANDS: Mapping[str, str] = {
    "rolecall.assumeRole": "assume_role",
    "rolecall.copyExports": "copy_exports",
    "rolecall.createAccount": "create_account",
    "rolecall.createFiles": "create_files",
    "rolecall.editAccount": "edit_account",
    "rolecall.importKeys": "import_keys",
    "rolecall.openConfig": "open_config",
    "rolecall.openCredentials": "open_credentials",
    "rolecall.openTerminal": "open_terminal",
    "rolecall.paste": "paste",
    "rolecall.removeBom": "remove_bom",
    "rolecall.whoAmI": "who_am_i",
    "rolecall.whoCanRead": "who_can_read",
    "rolecall.writeSession": "write_session",
}
"""The module of each command."""


def command(name: str) -> Command | None:
    """What does a command; None for one that there is not."""
    module = COMMANDS.get(name)
    if module is None:
        return None
    run: Command = import_module(f"{__name__}.{module}").run
    return run
