"""The requests about documents, one file each: `handle(session, params)` gives the protocol's JSON.

A document that is not ours (or no longer open) gets the empty answer.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from rolecall.lsp.convert import Json
from rolecall.lsp.language import (
    code_actions,
    code_lens,
    completion,
    definition,
    document_highlight,
    document_links,
    document_symbols,
    folding,
    hover,
    inlay_hints,
    profile_detail,
    profiles,
    references,
    semantic_tokens,
)
from rolecall.lsp.session import Session

_REQUESTS: dict[str, Callable[[Session, Json], Any]] = {
    "textDocument/codeAction": code_actions.handle,
    "textDocument/codeLens": code_lens.handle,
    "textDocument/completion": completion.handle,
    "textDocument/definition": definition.handle,
    "textDocument/documentHighlight": document_highlight.handle,
    "textDocument/documentLink": document_links.handle,
    "textDocument/documentSymbol": document_symbols.handle,
    "textDocument/foldingRange": folding.handle,
    "textDocument/hover": hover.handle,
    "textDocument/inlayHint": inlay_hints.handle,
    "textDocument/references": references.handle,
    "textDocument/semanticTokens/full": semantic_tokens.handle,
    "textDocument/semanticTokens/full/delta": semantic_tokens.handle_delta,
    "rolecall/profileDetail": profile_detail.handle,
    "rolecall/profiles": profiles.handle,
}

CAPABILITIES: Json = {
    "codeActionProvider": {"codeActionKinds": ["quickfix", "refactor"]},
    "codeLensProvider": {"resolveProvider": False},
    "completionProvider": {"triggerCharacters": completion.TRIGGERS},
    "definitionProvider": True,
    "documentHighlightProvider": True,
    "documentLinkProvider": {"resolveProvider": False},
    "documentSymbolProvider": True,
    "foldingRangeProvider": True,
    "hoverProvider": True,
    "inlayHintProvider": {"resolveProvider": False},
    "referencesProvider": True,
    "semanticTokensProvider": {"legend": semantic_tokens.LEGEND, "full": {"delta": True}, "range": False},
}


def handlers(session: Session) -> dict[str, Callable[[Json], Any]]:
    """The requests by method, for one session."""
    return {method: partial(handle, session) for method, handle in _REQUESTS.items()}
