"""Generated parts of pages that are otherwise written by hand.

A part stands between two lines, <!-- generated:NAME --> and <!-- /generated:NAME -->.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from dev.artefacts import manifest, rules
from dev.artefacts.base import ROOT, Artefact

PAGES = ("README.md", "server/docs/architecture.md")

BLOCKS: dict[str, Callable[[], str]] = {
    "rules": partial(rules.summary, "server/docs/rules/"),
    "settings": manifest.summary,
}

BLOCK = re.compile(r"^(<!-- generated:(\S+) -->\n).*?^(<!-- /generated:\2 -->)$", re.MULTILINE | re.DOTALL)


def artefacts() -> Iterator[Artefact]:
    for page in PAGES:
        if (ROOT / page).exists():
            yield Artefact(page, partial(filled, page))


def filled(page: str) -> str:
    return fill((ROOT / page).read_text(encoding="utf-8"), BLOCKS)


def fill(text: str, blocks: Mapping[str, Callable[[], str]]) -> str:
    """The text with every block made anew. KeyError if it asks for a block that nothing makes."""
    return BLOCK.sub(lambda found: f"{found[1]}{blocks[found[2]]()}\n{found[3]}", text)
