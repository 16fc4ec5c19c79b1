"""Which two files belong together, and reading them into documents.

The user's own two files are a pair; any other file pairs with its sibling of the other name in the same folder.
"""

from __future__ import annotations

import os

from rolecall.host import Host
from rolecall.model.workspace import Document
from rolecall.readers.botocore.merge import File
from rolecall.settings import Settings
from rolecall.syntax import parse

_VARIABLES: dict[File, str] = {"config": "AWS_CONFIG_FILE", "credentials": "AWS_SHARED_CREDENTIALS_FILE"}


WORKSPACE_ACCOUNTS = ".aws-accounts.json"
"""Name of the accounts file that a team checks in, in the top folder of a workspace."""


def other(file: File) -> File:
    """The other file of a pair."""
    return "credentials" if file == "config" else "config"


def user_paths(host: Host, settings: Settings) -> dict[File, str]:
    """Where the user's two files are: as set, else as the environment says, else in ~/.aws."""
    chosen: dict[File, str] = {"config": settings.config_file, "credentials": settings.credentials_file}
    return {
        file: expanded(host, chosen[file] or host.env(variable) or f"~/.aws/{file}")
        for file, variable in _VARIABLES.items()
    }


def user_accounts(host: Host, setting: str = "") -> str:
    """Where the user's own accounts file is: as set (`~` is the home folder), else the platform's place."""
    if setting:
        return expanded(host, setting)
    import platformdirs

    return os.path.join(platformdirs.user_config_dir("rolecall", appauthor=False), "accounts.json")


def expanded(host: Host, path: str) -> str:
    """A path as an absolute one; ~ is the user's home folder."""
    if path == "~" or path.startswith(("~/", "~\\")):
        path = os.path.join(host.home(), path[2:])
    return os.path.abspath(path)


def kind_of(path: str) -> File:
    """Which of the two files a path names; a file of any other name is read as a config file."""
    return "credentials" if "credentials" in os.path.basename(path).lower() else "config"


def sibling(path: str) -> str | None:
    """The counterpart in the same folder of a file that is called "config" or "credentials"; else None."""
    folder, name = os.path.split(path)
    if name not in _VARIABLES:
        return None
    return os.path.join(folder, other("config" if name == "config" else "credentials"))


def load(host: Host, path: str, *, own: bool) -> Document:
    """A file as it is on disk. One that is there but cannot be read is empty, as botocore has it.

    That one of the user's own files is missing says something; that a file elsewhere has no sibling says nothing.
    """
    text, facts = host.read(path)
    there = facts.exists and not facts.is_dir
    known = facts.readable or (own and not facts.exists)
    return Document(path, parse(text) if there else None, facts, known=known, own=own)


def unknown() -> Document:
    """The counterpart of a file that has none: nothing may be concluded from what it does not say."""
    return Document("", None, known=False)
