"""What `rolecall check` found, as text for people and as JSON for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from rolecall.cli.excerpt import excerpt
from rolecall.cli.terminal import Style, columns, count, listed
from rolecall.lint import Fix, Severity
from rolecall.readers.botocore.merge import File
from rolecall.service import Diagnostic
from rolecall.syntax import Tree

_COUNTED = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFORMATION: "information finding",
    Severity.HINT: "hint",
}
_WORDS = 7
"""Room for "warning", so that reports of several files look the same."""


def as_json(diagnostics: Iterable[Diagnostic]) -> str:
    """Everything that was found. Lines and columns count from 1, columns in code points."""
    # Imported here: most reports are for people, and start sooner without it.
    import json

    return json.dumps({"version": 1, "diagnostics": [_json(found) for found in diagnostics]}, indent=2)


def _json(found: Diagnostic) -> dict[str, Any]:
    span = found.span
    return {
        "path": found.path,
        "line": span.line + 1,
        "column": span.start + 1,
        "endLine": span.line + 1,
        "endColumn": span.end + 1,
        "rule": found.rule,
        "severity": found.severity.name.lower(),
        "message": found.message,
        "readers": list(found.readers),
        "fixable": bool(found.fixes),
    }


def as_text(
    diagnostics: Iterable[Diagnostic],
    trees: dict[str, tuple[File, Tree]],
    shown_path: Callable[[str], str],
    style: Style,
) -> str:
    """Each file with its findings, which come by file; "" where there are none.

    trees      the files by path, for excerpts
    shown_path a path as it is printed
    """
    blocks = []
    for path, group in groupby(diagnostics, lambda found: found.path):
        found = list(group)
        lines = [style.bold(shown_path(path))]
        for one, head in zip(found, _heads(found, style), strict=True):
            lines += (head, *(_excerpt(one, *trees[path], style) if path in trees else ()), "")
        blocks.append("\n".join(lines))
    return "".join(f"{block}\n" for block in blocks)


def _heads(found: Sequence[Diagnostic], style: Style) -> list[str]:
    return columns(
        (
            f"  {one.span.line + 1}:{one.span.start + 1}",
            _severity(one.severity, style, one.severity.name.lower().ljust(_WORDS)),
            f"{style.dim(one.rule)} ",
            one.message,
        )
        for one in found
    )


def _excerpt(found: Diagnostic, file: File, tree: Tree, style: Style) -> Iterator[str]:
    shown = excerpt(tree, file, found.span)
    number = str(found.span.line + 1)
    gutter = style.dim(f"  {' ' * len(number)} |")
    blanks = len(shown.carets) - len(shown.carets.lstrip())
    carets = _severity(found.severity, style, shown.carets.lstrip())
    yield gutter
    yield f"{style.dim(f'  {number} |')} {shown.line}".rstrip()
    yield f"{gutter} {' ' * blanks}{carets} {_way_out(found.fixes)}".rstrip()


def _way_out(fixes: Sequence[Fix]) -> str:
    safe = next((fix for fix in fixes if fix.safe), None)
    titles = [safe.title] if safe else [fix.title for fix in fixes[:2]]
    text = ", or ".join(f"{title[:1].lower()}{title[1:]}" for title in titles)
    return f"{text}: rolecall check --fix" if safe else text


def _severity(severity: Severity, style: Style, text: str) -> str:
    paint = {Severity.ERROR: style.red, Severity.WARNING: style.yellow, Severity.INFORMATION: style.blue}
    return paint.get(severity, style.cyan)(text)


def summary(
    diagnostics: Sequence[Diagnostic],
    files: int,
    profiles: int,
    refused: Sequence[str],
    style: Style,
    *,
    ignored: int = 0,
    old: int = 0,
    gone: int = 0,
    unjudged: str | None = None,
) -> str:
    """The last lines: how many of what, and what does not work at all.

    files, profiles how many were looked at
    refused         the files, as they are printed, that the AWS CLI cannot read
    ignored         how many findings comments say to ignore
    old, gone       how many findings of the baseline are still there, and how many are not
    unjudged        a sentence about what could not be judged
    """
    of_files = count(files, "file")
    new = " new" if old or gone else ""
    if diagnostics:
        numbers = Counter(found.severity for found in diagnostics)
        found = [
            count(numbers[severity], f"{new[1:]} {word}".strip())
            for severity, word in _COUNTED.items()
            if numbers[severity]
        ]
        text = style.bold(f"{listed(found)} in {of_files}.")
    else:
        text = style.green(f"{of_files}, {count(profiles, 'profile')}, nothing{new} to report.")
    if refused:
        they = "it is" if len(refused) == 1 else "they are"
        text += f" The AWS CLI cannot read {listed(refused)} until {they} fixed."
    if ignored:
        text += f"\n{count(ignored, 'finding')} {'is' if ignored == 1 else 'are'} ignored by comments."
    if old:
        text += f"\n{count(old, 'finding')} of the baseline {'is' if old == 1 else 'are'} still there."
    if gone:
        text += f"\n{count(gone, 'finding')} of the baseline {'is' if gone == 1 else 'are'} gone: write it anew."
    if unjudged:
        text += f"\n{unjudged}"
    return text
