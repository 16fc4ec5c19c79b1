"""textDocument/semanticTokens/full/delta, against the tokens that were sent before"""

from __future__ import annotations

from typing import Any

from rolecall.lsp.convert import Json
from rolecall.lsp.language import semantic_tokens
from rolecall.lsp.language.documents import asked
from rolecall.lsp.protocol import Raw
from rolecall.lsp.session import Session
from rolecall.lsp.tokens import difference, put_together


def handle(session: Session, params: Json) -> Any:
    document = asked(session, params)
    if document is None:
        return None
    uri = params["textDocument"]["uri"]
    before = session.sent_tokens.get(uri, params.get("previousResultId"))
    if before is None:
        return semantic_tokens.handle(session, params)
    after = put_together(document.workspace.document(document.file).tree, document.file, session.units)
    edit = difference(before, after)
    edits = "" if edit is None else f'{{"start":{edit.start},"deleteCount":{edit.removed},"data":[{edit.text}]}}'
    return Raw(f'{{"resultId":"{session.sent_tokens.keep(uri, after)}","edits":[{edits}]}}')
