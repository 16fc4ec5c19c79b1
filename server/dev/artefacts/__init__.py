"""Every text in the repository that is made from another one.

An artefact is a path and a function that gives the whole text the file should have. Each module here makes the
artefacts of one subject:

    accounts  the published schema of the accounts file, from the model that validates it
    catalog   the catalogue's data, from schemas/
    settings  the page of all settings, from schemas/
    rules     the list of rules, and a page for each, from the rules themselves
    causes    the page of faults that explain others, from a list of examples
    manifest  the settings in the extension's package.json, from the server's own
    commands  the page of all commands, from the extension's package.json
    divergences  what the tools see differently, from snippets that were compared
    blocks    the parts between <!-- generated:NAME --> and <!-- /generated:NAME --> in pages written by hand
"""

from __future__ import annotations

from collections.abc import Iterator

from dev.artefacts import accounts, blocks, catalog, causes, commands, divergences, manifest, rules, settings
from dev.artefacts.base import Artefact


def every() -> Iterator[Artefact]:
    """All artefacts, in the order in which they depend on each other."""
    yield from accounts.artefacts()
    yield from catalog.artefacts()
    yield from settings.artefacts()
    yield from rules.artefacts()
    yield from causes.artefacts()
    yield from manifest.artefacts()
    yield from commands.artefacts()
    yield from divergences.artefacts()
    yield from blocks.artefacts()
