"""textDocument/foldingRange"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from rolecall.features.folding import folds_of_section
from rolecall.lsp.convert import Json
from rolecall.lsp.fragments import Fragment, answer
from rolecall.lsp.language.documents import asked
from rolecall.lsp.session import Session
from rolecall.readers.botocore.merge import File
from rolecall.syntax import Section

_KINDS = {"section": "region", "block": "region", "comment": "comment"}


def handle(session: Session, params: Json) -> Any:
    document = asked(session, params)
    if document is None:
        return None
    return answer(document.workspace.document(document.file).tree, _fragment(document.file))


@cache
def _fragment(file: File) -> Callable[[Section], Fragment]:
    def fragment(section: Section) -> Fragment:
        folds = folds_of_section(file, section)
        text = ",".join([f'{{"startLine":%d,"endLine":%d,"kind":"{_KINDS[fold.kind]}"}}' for fold in folds])
        return Fragment(text, tuple([line for fold in folds for line in (fold.first, fold.last)]))

    return fragment
