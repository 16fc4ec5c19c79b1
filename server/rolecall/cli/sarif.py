"""What `rolecall check` found, in the Static Analysis Results Interchange Format (SARIF) 2.1.0 of OASIS."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from rolecall import __version__
from rolecall.cli.baseline import steady
from rolecall.features.masking import one_line
from rolecall.lint import Rule, Severity
from rolecall.model.stanza import stanzas
from rolecall.readers.botocore.merge import File
from rolecall.rules import ALL
from rolecall.service import Diagnostic
from rolecall.syntax import Section, Tree
from rolecall.text import Span

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.OFF: "none"}
_ROOT = "%SRCROOT%"
"""The name that services give to the top folder of a repository."""

_EXAMPLES = re.compile(r"^(?:Bad|Good):\n```ini\n.*?^```\n*", re.DOTALL | re.MULTILINE)
_FINGERPRINT = "rolecall/v1"


def as_sarif(
    diagnostics: Iterable[Diagnostic],
    trees: Mapping[str, tuple[File, Tree]],
    problems: Sequence[str],
    path_of: Callable[[str], str | None],
) -> str:
    """The log of one run.

    trees     the files by path
    problems  sentences about what could not be read
    path_of   a path as seen from the top of the repository, or None for a file outside of it
    """
    seen: Counter[str] = Counter()
    run = {
        "tool": {
            "driver": {"name": "Rolecall", "semanticVersion": __version__, "rules": [_rule(rule) for rule in ALL]}
        },
        "invocations": [{"executionSuccessful": not problems, **_notifications(problems)}],
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The top folder of the repository."}}},
        "results": [_result(found, trees, path_of, seen) for found in diagnostics],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _rule(rule: Rule) -> dict[str, Any]:
    docs = rule.docs
    # Without the examples: no key may stand in a log, and be it one of AWS's own examples.
    text = f"{docs.summary}\n\n{_EXAMPLES.sub('', docs.body)}".strip()
    return {
        "id": rule.name,
        "shortDescription": {"text": docs.summary},
        # The documentation reads well as plain text too.
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {
            "enabled": rule.severity is not Severity.OFF,
            "level": _level(rule.severity),
        },
    }


def _level(severity: Severity) -> str:
    return _LEVELS.get(severity, "note")


def _notifications(problems: Sequence[str]) -> dict[str, Any]:
    found = [{"level": "error", "message": {"text": problem}} for problem in problems]
    return {"toolExecutionNotifications": found} if found else {}


_INDICES = {rule.name: index for index, rule in enumerate(ALL)}


def _result(
    found: Diagnostic,
    trees: Mapping[str, tuple[File, Tree]],
    path_of: Callable[[str], str | None],
    seen: Counter[str],
) -> dict[str, Any]:
    related = [
        {"id": number, **_location(other.path, other.span, path_of), "message": {"text": other.message}}
        for number, other in enumerate(found.related, 1)
    ]
    section = _section(trees, found)
    location = _location(found.path, found.span, path_of)
    if section:
        location["logicalLocations"] = [{"name": section, "kind": "namespace"}]
    index = _INDICES.get(found.rule)
    return {
        "ruleId": found.rule,
        **({} if index is None else {"ruleIndex": index}),
        "level": _level(found.severity),
        "message": {"text": found.message},
        "locations": [location],
        **({"relatedLocations": related} if related else {}),
        "partialFingerprints": {_FINGERPRINT: _fingerprint(found, section, path_of(found.path), seen)},
        "properties": {"readers": list(found.readers), "fixable": bool(found.fixes)},
    }


def _location(path: str, span: Span, path_of: Callable[[str], str | None]) -> dict[str, Any]:
    inside = path_of(path)
    if inside is not None:
        artifact = {"uri": quote(os.fsencode(inside)), "uriBaseId": _ROOT}
    else:
        artifact = {"uri": PurePath(os.path.abspath(path)).as_uri()}
    region = {
        "startLine": span.line + 1,
        "startColumn": span.start + 1,
        "endLine": span.line + 1,
        "endColumn": span.end + 1,
    }
    return {"physicalLocation": {"artifactLocation": artifact, "region": region}}


def _fingerprint(found: Diagnostic, section: str, path: str | None, seen: Counter[str]) -> str:
    """What stays when lines move: what is said, of what section, and the how manieth of its like that is."""
    parts = (path or found.path, section, found.rule, steady(found.message))
    like = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()
    seen[like] += 1
    return f"{like}:{seen[like]}"


def _section(trees: Mapping[str, tuple[File, Tree]], found: Diagnostic) -> str:
    """The header of the section that a finding stands in, without its brackets; "" for none."""
    if found.path not in trees:
        return ""
    file, tree = trees[found.path]
    section, start = tree.at(found.span.line)
    return next(_headers(file, section, found.span.line - start), "")


def _headers(file: File, section: Section, line: int) -> Iterator[str]:
    """The headers above a line of a tree's section, the nearest one first."""
    for stanza in reversed(stanzas(file, section)):
        if stanza.ini.line <= line:
            # To configparser a header goes on to the last bracket of its line, whatever stands before that.
            yield one_line(stanza.header.partition("]")[0])
