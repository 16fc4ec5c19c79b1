"""What `rolecall check` found, as commands that GitHub's runner turns into annotations of the changed files.

Their form is that of GitHub's "Workflow commands", with what its toolkit escapes. Annotations of the same level beyond
the tenth of a step are in its log, but not at the files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rolecall.lint import Severity
from rolecall.service import Diagnostic

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning"}
_IN_TEXT = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = {**_IN_TEXT, **str.maketrans({":": "%3A", ",": "%2C"})}


def as_github(diagnostics: Iterable[Diagnostic], path_of: Callable[[str], str]) -> str:
    """One line for each finding; "" without any.

    path_of  a path as seen from the top of the repository
    """
    return "".join(f"{_command(found, path_of(found.path))}\n" for found in diagnostics)


def _command(found: Diagnostic, path: str) -> str:
    span = found.span
    properties = {
        "file": path,
        "line": span.line + 1,
        "endLine": span.line + 1,
        "col": span.start + 1,
        "endColumn": span.end + 1,
        "title": found.rule,
    }
    listed = ",".join(f"{name}={str(value).translate(_IN_PROPERTY)}" for name, value in properties.items())
    return f"::{_COMMANDS.get(found.severity, 'notice')} {listed}::{found.message.translate(_IN_TEXT)}"
