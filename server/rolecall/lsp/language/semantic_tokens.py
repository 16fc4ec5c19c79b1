"""textDocument/semanticTokens/full"""

from __future__ import annotations

from typing import Any

from rolecall.lsp.convert import Json
from rolecall.lsp.language.documents import asked
from rolecall.lsp.protocol import Raw
from rolecall.lsp.session import Session
from rolecall.lsp.tokens import put_together


def handle(session: Session, params: Json) -> Any:
    document = asked(session, params)
    if document is None:
        return None
    tokens = put_together(document.workspace.document(document.file).tree, document.file, session.units)
    result_id = session.sent_tokens.keep(params["textDocument"]["uri"], tokens)
    return Raw(f'{{"resultId":"{result_id}","data":[{tokens.text()}]}}')
