"""From the parameters of a request to the place in a document that they are about."""

from __future__ import annotations

from typing import NamedTuple

from rolecall.lsp.convert import Json, LineText, line_text
from rolecall.lsp.pair import Pair
from rolecall.lsp.session import Session
from rolecall.model.workspace import Workspace
from rolecall.readers.botocore.merge import File
from rolecall.text import Position


class Asked(NamedTuple):
    """An open document."""

    session: Session
    pair: Pair
    file: File

    @property
    def workspace(self) -> Workspace:
        return self.pair.service.workspace

    @property
    def lines(self) -> LineText:
        return line_text(self.workspace.document(self.file).tree)

    def position(self, params: Json) -> Position:
        return self.session.units.read_position(self.lines, params["position"])


def asked(session: Session, params: Json) -> Asked | None:
    """The document of a request, None for one that is not one of the two files."""
    found = session.find(params["textDocument"]["uri"])
    if found is None:
        return None
    # Times are told as seen from now.
    found[0].set_time(session.host.now())
    return Asked(session, *found)
