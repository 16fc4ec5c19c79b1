"""The requests about documents, one file each: `handle(session, params)` gives the protocol's JSON.

A document that is not ours (or no longer open) gets the empty answer. A file is imported for the first request that it
answers, so that none of them stands between the start and the first diagnostics.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from rolecall.features.semantic_tokens import MODIFIERS, TYPES
from rolecall.lsp.convert import Json
from rolecall.lsp.session import Session

REQUESTS: Mapping[str, str] = {
    "textDocument/codeAction": "code_actions",
    "textDocument/codeLens": "code_lens",
    "textDocument/completion": "completion",
    "textDocument/definition": "definition",
    "textDocument/documentHighlight": "document_highlight",
    "textDocument/documentLink": "document_links",
    "textDocument/documentSymbol": "document_symbols",
    "textDocument/foldingRange": "folding",
    "textDocument/hover": "hover",
    "textDocument/inlayHint": "inlay_hints",
    "textDocument/references": "references",
    "textDocument/semanticTokens/full": "semantic_tokens",
    "textDocument/semanticTokens/full/delta": "semantic_tokens_delta",
    "rolecall/profileDetail": "profile_detail",
    "rolecall/profiles": "profiles",
}
"""The module that answers each request."""

CAPABILITIES: Json = {
    "codeActionProvider": {"codeActionKinds": ["quickfix", "refactor"]},
    "codeLensProvider": {"resolveProvider": False},
    "completionProvider": {"triggerCharacters": ["[", "=", " ", "/"]},
    "definitionProvider": True,
    "documentHighlightProvider": True,
    "documentLinkProvider": {"resolveProvider": False},
    "documentSymbolProvider": True,
    "foldingRangeProvider": True,
    "hoverProvider": True,
    "inlayHintProvider": {"resolveProvider": False},
    "referencesProvider": True,
    "semanticTokensProvider": {
        "legend": {"tokenTypes": list(TYPES), "tokenModifiers": list(MODIFIERS)},
        "full": {"delta": True},
        "range": False,
    },
}


def handlers(session: Session) -> dict[str, Callable[[Json], Any]]:
    """The requests by method, for one session."""
    return {method: _handler(session, module) for method, module in REQUESTS.items()}


def _handler(session: Session, module: str) -> Callable[[Json], Any]:
    def handle(params: Json) -> Any:
        return import_module(f"{__name__}.{module}").handle(session, params)

    return handle
