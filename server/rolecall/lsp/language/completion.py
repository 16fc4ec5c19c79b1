"""textDocument/completion"""

from __future__ import annotations

from typing import Any

from rolecall.features.completion import Item, completion
from rolecall.lsp.convert import Json
from rolecall.lsp.language.documents import Asked, asked
from rolecall.lsp.session import Session

_PLAIN, _SNIPPET = 1, 2
_DEPRECATED = 1


def handle(session: Session, params: Json) -> Any:
    document = asked(session, params)
    if document is None:
        return None
    service = document.pair.service
    found = completion(
        document.workspace,
        document.file,
        document.position(params),
        lambda: ((one.span.line, one.rule) for one in service.diagnostics(document.file)),
    )
    return {"isIncomplete": found.is_incomplete, "items": [_item(document, item) for item in found.items]}


def _item(document: Asked, item: Item) -> Json:
    can = document.session.client.can
    result: Json = {
        "label": item.label,
        "kind": item.kind.value,
        "sortText": item.sort,
        "insertTextFormat": _SNIPPET if item.is_snippet else _PLAIN,
        "textEdit": {"range": document.session.units.span(document.lines, item.replace), "newText": item.insert},
    }
    if item.detail:
        result["detail"] = item.detail
    if item.description and can("textDocument", "completion", "completionItem", "labelDetailsSupport"):
        result["labelDetails"] = {"description": item.description}
    if item.documentation:
        result["documentation"] = {"kind": "markdown", "value": item.documentation}
    if item.deprecated:
        result["tags"] = [_DEPRECATED]
    if item.filter:
        result["filterText"] = item.filter
    if item.continues and document.session.client.abilities:
        # A command of VS Code itself, so only for the client that is made for it.
        result["command"] = {"title": "", "command": "editor.action.triggerSuggest"}
    return result
