"""rolecall/profiles: everything that the tree and the status bar show."""

from __future__ import annotations

from typing import Any

from rolecall.features.accounts_view import accounts
from rolecall.features.profiles import profiles
from rolecall.lsp.convert import Json
from rolecall.lsp.session import Session
from rolecall.model.workspace import FILES


def handle(session: Session, params: Json) -> Any:
    service = session.own.service
    workspace = service.workspace
    documents = {file: workspace.document(file) for file in FILES}
    return {
        "version": 1,
        "profiles": [row.to_json() for row in profiles(workspace, service.verdicts, session.ledger.expiries())],
        "accounts": [row.to_json() for row in accounts(workspace, service.accounts_diagnostics())],
        "files": {
            file: {"path": document.path, "exists": document.tree is not None or document.facts.exists}
            for file, document in documents.items()
        },
    }
