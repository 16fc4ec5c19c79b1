"""textDocument/codeAction: the fixes of what is reported on the lines asked about, and what a profile can do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rolecall.edits import RemoveBom
from rolecall.features.accounts_view import register_of
from rolecall.features.code_lens import ASSUME_ROLE, WHO_AM_I, Action, actions
from rolecall.features.suppression import Ignore, ignoring
from rolecall.lint import Fix
from rolecall.lsp.commands.writing import workspace_edit
from rolecall.lsp.convert import Json
from rolecall.lsp.language.documents import Asked, asked
from rolecall.lsp.session import Session
from rolecall.model.stanza import stanzas
from rolecall.readers.botocore.merge import SectionType
from rolecall.service import Diagnostic
from rolecall.syntax.parser import BOM

_AUTOMATIC = 2
"""The trigger of a request that the editor makes by itself, for its light bulb."""

_CREATE_ACCOUNT = Action("Create account…", "rolecall.createAccount")


def handle(session: Session, params: Json) -> Any:
    document = asked(session, params)
    if document is None:
        return None
    first, last = params["range"]["start"]["line"], params["range"]["end"]["line"]
    context = params.get("context") or {}
    only = context.get("only")
    found = []
    if _wanted("quickfix", only):
        reported = [
            diagnostic
            for diagnostic in document.pair.service.diagnostics(document.file)
            if first <= diagnostic.span.line <= last
        ]
        for diagnostic in reported:
            found += [
                _fix(document, diagnostic, fix, preferred=number == 0) for number, fix in enumerate(diagnostic.fixes)
            ]
        found += _ignores(document, reported)
    if _wanted("refactor", only) and document.pair.own:
        # A light bulb that is there on every line says nothing.
        found += _of_profile(document, first, only_header=context.get("triggerKind") == _AUTOMATIC)
    return found


def _wanted(kind: str, only: list[str] | None) -> bool:
    return not only or any(kind == one or kind.startswith(f"{one}.") for one in only)


def _fix(document: Asked, diagnostic: Diagnostic, fix: Fix, *, preferred: bool) -> Json:
    action: Json = {
        "title": fix.title,
        "kind": "quickfix",
        "diagnostics": [document.pair.diagnostic(document.file, diagnostic, document.session.units)],
        "isPreferred": preferred,
    }
    edits = fix.edits(document.workspace)
    if any(isinstance(edit, RemoveBom) for edit in edits) and not document.lines(0).startswith(BOM):
        argument = {"path": diagnostic.path}
        action["command"] = {"title": fix.title, "command": "rolecall.removeBom", "arguments": [argument]}
    else:
        action["edit"] = workspace_edit(document.session, document.pair, edits)
    return action


def _ignores(document: Asked, reported: Iterable[Diagnostic]) -> Iterator[Json]:
    """What has findings no longer reported, once for all that one comment covers. It is no repair, so it comes last."""
    same: dict[tuple[str, int], tuple[Ignore, list[Json]]] = {}
    for diagnostic in reported:
        found = ignoring(document.workspace, document.file, diagnostic.span.line, diagnostic.rule)
        if found is not None:
            _, diagnostics = same.setdefault((diagnostic.rule, found.line), (found, []))
            diagnostics.append(document.pair.diagnostic(document.file, diagnostic, document.session.units))
    for found, diagnostics in same.values():
        yield {
            "title": found.title,
            "kind": "quickfix",
            "diagnostics": diagnostics,
            "isPreferred": False,
            "edit": workspace_edit(document.session, document.pair, [found.edit]),
        }


def _of_profile(document: Asked, line: int, *, only_header: bool) -> list[Json]:
    """What can be done with the profile that a line belongs to, or that has its header there."""
    tree = document.workspace.document(document.file).tree
    if tree is None:
        return []
    section, start = tree.at(line)
    found = [
        stanza
        for stanza in stanzas(document.file, section)
        if stanza.type is SectionType.PROFILE and stanza.ini.line + start <= line
    ]
    if not found or (only_header and found[-1].ini.line + start != line):
        return []
    name = found[-1].name
    offered = [
        action
        for action in actions(document.workspace, name, document.pair.service.is_broken)
        if action in (ASSUME_ROLE, WHO_AM_I)
    ]
    profile = document.workspace.profile(name)
    if profile is not None and register_of(document.session.accounts).of_profile(profile) is None:
        offered.append(_CREATE_ACCOUNT)
    return [
        {
            "title": title,
            "kind": "refactor",
            "command": {"title": title, "command": command, "arguments": [{"profile": name}]},
        }
        for title, command in offered
    ]
