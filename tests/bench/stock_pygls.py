"""A server as pygls' own examples have it: it looks for repeated keys when a document is opened."""

from __future__ import annotations

from lsprotocol import types
from pygls.lsp.server import LanguageServer

server = LanguageServer("stock", "1")


@server.feature(types.TEXT_DOCUMENT_DID_OPEN)
def opened(ls: LanguageServer, params: types.DidOpenTextDocumentParams) -> None:
    """Publish an error on each repeated key."""
    found: list[types.Diagnostic] = []
    seen: set[str] = set()
    for number, row in enumerate(params.text_document.text.split("\n")):
        key = row.partition("=")[0].strip()
        if row.startswith("["):
            seen = set()
        elif key and key in seen:
            place = types.Range(types.Position(number, 0), types.Position(number, len(key)))
            found.append(types.Diagnostic(place, f'"{key}" is there twice', types.DiagnosticSeverity.Error))
        seen.add(key)
    document = params.text_document
    ls.text_document_publish_diagnostics(types.PublishDiagnosticsParams(document.uri, found, document.version))


if __name__ == "__main__":
    server.start_io()
