"""The commands that the server does, one file each: `async def run(session, argument)`.

`argument` is the one object that a command takes, such as {"profile": "ops"}. What a command answers holds no secret.
A failure that the user can do something about is a SessionError, StoreError or EditError: its text is shown as it is.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from rolecall.lsp.commands import (
    assume_role,
    copy_exports,
    create_account,
    create_files,
    edit_account,
    open_config,
    open_credentials,
    open_terminal,
    remove_bom,
    who_am_i,
    write_session,
)
from rolecall.lsp.session import Session

Command = Callable[[Session, Mapping[str, Any]], Awaitable[Any]]

COMMANDS: Mapping[str, Command] = {
    "rolecall.assumeRole": assume_role.run,
    "rolecall.copyExports": copy_exports.run,
    "rolecall.createAccount": create_account.run,
    "rolecall.createFiles": create_files.run,
    "rolecall.editAccount": edit_account.run,
    "rolecall.openConfig": open_config.run,
    "rolecall.openCredentials": open_credentials.run,
    "rolecall.openTerminal": open_terminal.run,
    "rolecall.removeBom": remove_bom.run,
    "rolecall.whoAmI": who_am_i.run,
    "rolecall.writeSession": write_session.run,
}
