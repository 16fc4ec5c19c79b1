"""Where a file is in the repository that a check runs in: services that show findings know files by that path."""

from __future__ import annotations

import os

from rolecall.host import Host
from rolecall.store.pairs import expanded


def repository(host: Host) -> str:
    """The top folder of the repository that this process runs in; outside of any, the folder that it runs in."""
    here = os.path.abspath(".")
    at = here
    # A work tree beside its repository has a file of that name, and no folder.
    while not host.read(os.path.join(at, ".git")).facts.exists:
        above = os.path.dirname(at)
        if above == at:
            return host.env("GITHUB_WORKSPACE") or here
        at = above
    return at


def within(host: Host, root: str, path: str) -> str | None:
    """A path as seen from a folder, with slashes; None where it does not lead into that folder."""
    there = expanded(host, path)
    top = root if root.endswith(os.sep) else f"{root}{os.sep}"
    return there[len(top) :].replace(os.sep, "/") if there.startswith(top) else None
