"""textDocument/semanticTokens/full/delta, against the tokens that were sent before"""

from __future__ import annotations

from typing import Any

from rolecall.lsp.convert import Json
from rolecall.lsp.language import semantic_tokens
from rolecall.lsp.language.documents import asked
from rolecall.lsp.session import Session


def handle(session: Session, params: Json) -> Any:
    document = asked(session, params)
    if document is None:
        return None
    uri = params["textDocument"]["uri"]
    before = session.sent_tokens.get(uri, params.get("previousResultId"))
    if before is None:
        return semantic_tokens.handle(session, params)
    data = semantic_tokens.data_of(document)
    return {"resultId": session.sent_tokens.keep(uri, data), "edits": _edits(before, data)}


def _edits(before: list[int], after: list[int]) -> list[Json]:
    """One edit from the first number that differs to the last."""
    if before == after:
        return []
    shorter = min(len(before), len(after))
    start = 0
    while start < shorter and before[start] == after[start]:
        start += 1
    end = 0
    while end < shorter - start and before[-1 - end] == after[-1 - end]:
        end += 1
    removed = len(before) - start - end
    return [{"start": start, "deleteCount": removed, "data": after[start : len(after) - end]}]
