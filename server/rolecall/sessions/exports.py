"""A session as text that a person pastes: export lines of a shell, or what credential_process prints."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from typing import Literal, get_args

from rolecall.sessions.errors import SessionError
from rolecall.sessions.session import Session

Shell = Literal["bash", "powershell", "cmd", "fish", "dotenv", "json"]
SHELLS: tuple[Shell, ...] = get_args(Shell)

_PLAIN = re.compile(r"[\w/+=.:@,-]+", re.ASCII)
# PowerShell takes the typographic quotation marks for the plain one.
_POWERSHELL_QUOTES = re.compile("['\u2018\u2019\u201a\u201b]")


def render(session: Session, shell: Shell) -> str:
    """Return lines that set the session's environment variables, or the JSON of a credential process.

    Lines for a shell also take away the variables that would stand in the way. Raises a SessionError with the code
    ``not-exportable`` when a value cannot be written for that shell; AWS never issues such a value.
    """
    if shell == "json":
        return _credential_process(session)
    lines: list[str] = []
    for name, value in session.environment().items():
        if value is None:
            lines += _UNSET[shell](name)
        else:
            lines.append(_SET[shell](name, _one_line(name, value)))
    return "\n".join(lines) + "\n"


def _credential_process(session: Session) -> str:
    variables = session.exports()
    document: dict[str, object] = {
        "Version": 1,
        "AccessKeyId": session.access_key_id,
        "SecretAccessKey": session.secret_access_key,
    }
    if session.session_token is not None:
        document["SessionToken"] = session.session_token
    if "AWS_CREDENTIAL_EXPIRATION" in variables:
        document["Expiration"] = variables["AWS_CREDENTIAL_EXPIRATION"]
    if session.account_id is not None:
        document["AccountId"] = session.account_id
    return json.dumps(document, indent=2) + "\n"


def _one_line(name: str, value: str) -> str:
    if not value.isprintable():
        raise _not_exportable(name)
    return value


def _not_exportable(name: str) -> SessionError:
    return SessionError(
        "not-exportable", f"Could not write {name}", "the value holds a character that this shell cannot"
    )


def _powershell(name: str, value: str) -> str:
    return f"$Env:{name} = '{_POWERSHELL_QUOTES.sub(lambda quote: quote[0] * 2, value)}'"


def _cmd(name: str, value: str) -> str:
    # At its prompt cmd has no way to keep a percent sign or a quotation mark from being read.
    if "%" in value or '"' in value:
        raise _not_exportable(name)
    return f'set "{name}={value}"'


def _fish(name: str, value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"set -gx {name} '{escaped}'"


def _dotenv(name: str, value: str) -> str:
    if _PLAIN.fullmatch(value):
        return f"{name}={value}"
    # Readers differ in what they do with a quoted quotation mark.
    if "'" in value or "\\" in value:
        raise _not_exportable(name)
    return f"{name}='{value}'"


_SET: dict[Shell, Callable[[str, str], str]] = {
    "bash": lambda name, value: f"export {name}={shlex.quote(value)}",
    "powershell": _powershell,
    "cmd": _cmd,
    "fish": _fish,
    "dotenv": _dotenv,
}
_UNSET: dict[Shell, Callable[[str], list[str]]] = {
    "bash": lambda name: [f"unset {name}"],
    "powershell": lambda name: [f"Remove-Item Env:{name} -ErrorAction Ignore"],
    "cmd": lambda name: [f'set "{name}="'],
    "fish": lambda name: [f"set -e {name}"],
    "dotenv": lambda _name: [],
}
