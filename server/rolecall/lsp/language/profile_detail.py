"""rolecall/profileDetail: one profile, with what there is to report of it and where. Lines and columns count from 1."""

from __future__ import annotations

from typing import Any

from rolecall.features.profiles import profiles
from rolecall.lsp.convert import Json
from rolecall.lsp.session import Session


def handle(session: Session, params: Json) -> Any:
    service = session.own.service
    rows = profiles(service.workspace, service.verdicts, session.ledger.expiries(), names=[params["name"]])
    if not rows:
        return None
    return {
        "profile": rows[0].to_json(),
        "problems": [
            {
                "rule": problem.rule,
                "severity": problem.severity.name.lower(),
                "message": problem.message,
                "path": problem.path,
                "line": problem.span.line + 1,
                "column": problem.span.start + 1,
            }
            for problem in service.problems(params["name"])
        ],
    }
