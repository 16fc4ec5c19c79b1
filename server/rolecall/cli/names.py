"""What is said of a name on the command line that means nothing."""

from __future__ import annotations

from collections.abc import Iterable

from rolecall import catalog
from rolecall.cli.terminal import plain


def unknown_name(name: str, known: Iterable[str], what: str) -> str:
    """One sentence, with the name that was surely meant if there is one."""
    near = catalog.suggest(name, list(known))
    hint = f'; did you mean "{near}"?' if near else "."
    return f'there is no {what} "{plain(name)}"{hint}'
