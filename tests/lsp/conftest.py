"""A home folder of its own for each test, and servers that must end well and have nothing to complain of."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.register_assert_rewrite("tests.lsp.editor")

from tests.lsp.editor import Editor, Home  # noqa: E402  Its assertions explain themselves as those of tests do.
from tests.support.standin import StandIn  # noqa: E402

Serve = Callable[..., Awaitable[Editor]]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.fixture
async def serve(home: Home) -> AsyncIterator[Serve]:
    """Starts servers; the arguments are those of `Editor.initialize`, and `env` and `command` those of its process."""
    editors: list[Editor] = []

    async def start(
        settings: dict[str, Any] | None = None, *, env: dict[str, str] | None = None, **rest: Any
    ) -> Editor:
        editor = Editor()
        editors.append(editor)
        command = {"command": rest.pop("command")} if "command" in rest else {}
        await editor.start(home, **command, **(env or {}))
        await editor.initialize({"accountsFile": str(home.accounts), **(settings or {})}, **rest)
        return editor

    try:
        yield start
        for editor in editors:
            if not editor.stopped:
                assert await editor.quit() == 0
            assert editor.may_log or not editor.log, editor.log.decode()
    finally:
        for editor in editors:
            editor.kill()


@pytest.fixture
async def editor(serve: Serve) -> Editor:
    """Visual Studio Code with an empty home."""
    return await serve()


@pytest.fixture
def aws() -> Iterator[StandIn]:
    """A strict AWS on a loopback port. Its clock stands still, so that no MFA code runs out during a test."""
    started = time.time()
    with StandIn(lambda: started) as stand_in:
        yield stand_in
