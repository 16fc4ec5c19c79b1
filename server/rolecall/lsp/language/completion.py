"""textDocument/completion"""

from __future__ import annotations

from typing import Any

from rolecall.features.completion import Item, completion
from rolecall.lsp.convert import Json
from rolecall.lsp.language.documents import asked
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
    can_describe = session.client.can("textDocument", "completion", "completionItem", "labelDetailsSupport")
    # Nearly all of a hundred items take the place of the same text.
    ranges = {span: session.units.span(document.lines, span) for span in {item.replace for item in found.items}}
    items = [_item(item, ranges[item.replace], can_describe, bool(session.client.abilities)) for item in found.items]
    return {"isIncomplete": found.is_incomplete, "items": items}


def _item(item: Item, replace: Json, can_describe: bool, is_ours: bool) -> Json:
    result: Json = {
        "label": item.label,
        "kind": item.kind.value,
        "sortText": item.sort,
        "insertTextFormat": _SNIPPET if item.is_snippet else _PLAIN,
        "textEdit": {"range": replace, "newText": item.insert},
    }
    if item.detail:
        result["detail"] = item.detail
    if item.description and can_describe:
        result["labelDetails"] = {"description": item.description}
    if item.documentation:
        result["documentation"] = {"kind": "markdown", "value": item.documentation}
    if item.deprecated:
        result["tags"] = [_DEPRECATED]
    if item.filter:
        result["filterText"] = item.filter
    if item.continues and is_ours:
        # A command of VS Code itself, so only for the client that is made for it.
        result["command"] = {"title": "", "command": "editor.action.triggerSuggest"}
    return result
