"""Every text in the repository that is made from another one.

An artefact is a path and a function that gives the whole text the file should have. Each module here makes the
artefacts of one subject; a new module is added to `ALL`.
"""

from __future__ import annotations

from dev.artefacts import catalog
from dev.artefacts.base import Artefact

ALL: tuple[Artefact, ...] = (*catalog.ARTEFACTS,)
