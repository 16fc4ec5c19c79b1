"""textDocument/foldingRange"""

from __future__ import annotations

from typing import Any

from rolecall.features.folding import folds
from rolecall.lsp.convert import Json
from rolecall.lsp.language.documents import asked
from rolecall.lsp.session import Session

_KINDS = {"section": "region", "block": "region", "comment": "comment"}


def handle(session: Session, params: Json) -> Any:
    document = asked(session, params)
    if document is None:
        return None
    return [
        {"startLine": one.first, "endLine": one.last, "kind": _KINDS[one.kind]}
        for one in folds(document.workspace, document.file)
    ]
