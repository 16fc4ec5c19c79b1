"""See the rule's own documentation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rolecall.edits import SectionEdit, rename_section
from rolecall.lint import Finding, Fix, HeaderTarget, On, Severity, quoted, rule
from rolecall.model.headers import header_of, misread
from rolecall.model.stanza import Stanza
from rolecall.readers.botocore.merge import File, SectionType
from rolecall.text import Position, TextEdit

_NAME = r"[A-Za-z0-9_\-/.%@:+]+"
_TYPE = r"(?:profile|sso-session|services)"
_TITLES = {
    "botocore": "The AWS CLI, boto3",
    "javascript": "JavaScript",
    "rust": "Rust",
    "go": "Go",
    "c": "C",
    "java": "Java",
}
_STRICT = ("rust", "c", "java")

_JAVASCRIPT = re.compile(rf"{_TYPE}\s(?P<quote>[\"']?){_NAME}(?P=quote)")
_JAVASCRIPT_TYPED = re.compile(rf"[\w-]+\s(?P<quote>[\"']?){_NAME}(?P=quote)", re.ASCII)
_PLAIN = {"config": re.compile(rf"{_TYPE}\s+{_NAME}"), "credentials": re.compile(_NAME)}
_OF_CONFIG = re.compile(rf"\s*(?P<type>{_TYPE})\s+\S")
_POLLUTING = frozenset({"__proto__", "profile __proto__"})


@rule(on=On.HEADER, severity=Severity.WARNING, fixable=True, odd=True)
def unreadable_profile_name(target: HeaderTarget) -> Iterator[Finding]:
    """A name is written in a way that some tools cannot read.

    The AWS CLI and boto3 take nearly any name, in quotes or not. JavaScript, Rust, C and Java know letters, digits and
    `_-./%@:+` only, and ignore the section otherwise. Quotes are understood by the AWS CLI, boto3 and JavaScript alone,
    two spaces in front of the name by all but JavaScript. In the credentials file quotes, and for the AWS CLI, boto3
    and JavaScript also white space between brackets and name, are a part of the name. A comment must not touch the
    closing bracket, or JavaScript sees no header; and for a name `__proto__` JavaScript drops the whole file.

    The fix writes the same name in the form that every tool reads; it is safe where there is one, and the file has no
    such section yet.

    Bad:
    ```ini
    //- credentials
    [ dev ]
    aws_access_key_id = AKIAIOSFODNN7EXAMPLE
    aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
    ```

    Good:
    ```ini
    //- credentials
    [dev]
    aws_access_key_id = AKIAIOSFODNN7EXAMPLE
    aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
    ```
    """
    first = target.stanzas[0]
    if first.type in (SectionType.IGNORED, SectionType.DEFAULTS) or _is_of_other_rules(target):
        return
    name = _meant(first)
    better = header_of(target.file, first.type, name) or target.header
    blind, blinder = _blind(target.file, better, name), _blind(target.file, target.header, name)
    found = _problem(target, name, blinder, better if len(blind) < len(blinder) else "")
    for stanza in target.stanzas:
        if found is not None:
            message, readers = found
            free = len(blind) < len(blinder) and target.taken_by(better) is None
            fixes = (_rename(stanza, better, safe=not blind and len(target.stanzas) == 1),) if free else ()
            yield Finding(stanza.place(), message, fixes=fixes, readers=readers)
        else:
            yield from _touching_comment(stanza)


def _is_of_other_rules(target: HeaderTarget) -> bool:
    """Whether the word in front of the name is what is wrong, and another rule says so."""
    other = "unknown-section-type"
    if target.file == "config":
        return misread(target.header) is not None and target.view.is_reported(other)
    found = _OF_CONFIG.match(target.header)
    if found is None:
        return False
    return target.view.is_reported("profile-prefix-in-credentials" if found["type"] == "profile" else other)


def _meant(stanza: Stanza) -> str:
    """The name without what nobody means to be a part of it."""
    if stanza.file == "config":
        return stanza.name
    bare = stanza.name.strip()
    return bare[1:-1].strip() if len(bare) > 1 and bare[0] in "\"'" and bare[-1] == bare[0] else bare


def _problem(
    target: HeaderTarget, name: str, blind: tuple[str, ...], better: str
) -> tuple[str, tuple[str, ...]] | None:
    """What is wrong with a header, and for which tools. `better` is one that more of them can read, if there is any."""
    header = target.header
    if header in _POLLUTING:
        return f"JavaScript ignores the whole file for the name {quoted(name)}", ("javascript",)
    if "botocore" in blind:
        what = "space" if header != header.strip() else "quotes"
        tools = tuple(tool for tool in ("botocore", "javascript", "go") if what == "quotes" or tool != "go")
        return f"{_listed(tools)} take the {what} for a part of the name {quoted(header)}", tools
    if not blind:
        return None
    if better:
        message = f"{_listed(blind)} cannot read {quoted(f'[{header}]')}, only {quoted(f'[{better}]')}"
    else:
        message = f'{_listed(blind)} cannot read the name {quoted(name)}: they know letters, digits and "_-./%@:+"'
    return message, blind


def _blind(file: File, header: str, name: str) -> tuple[str, ...]:
    """The tools that do not see a section of this name under a header."""
    if header == "default":
        return ()
    if file == "config":
        javascript = _JAVASCRIPT.fullmatch(header) is None
        blind = ["javascript"] if javascript else []
        blind += _STRICT if _PLAIN[file].fullmatch(header.strip()) is None else ()
        return (*blind, "go") if any(quote in header for quote in "\"'") else tuple(blind)
    blind = ["botocore"] if header != name else []
    # JavaScript knows a name of several words if it cannot be a type and a name.
    blind += ["javascript"] if header != name or _JAVASCRIPT_TYPED.fullmatch(header) is not None else []
    blind += _STRICT if header.strip() != name or _PLAIN[file].fullmatch(name) is None else ()
    return (*blind, "go") if header.strip() != name else tuple(blind)


def _listed(tools: tuple[str, ...]) -> str:
    titles = [_TITLES[tool] for tool in tools]
    return " and ".join((", ".join(titles[:-1]), titles[-1])) if len(titles) > 1 else titles[0]


def _rename(stanza: Stanza, header: str, *, safe: bool) -> Fix:
    return Fix(f"Change to {quoted(f'[{header}]')}", lambda _: [rename_section(stanza, header)], safe=safe)


def _touching_comment(stanza: Stanza) -> Iterator[Finding]:
    span = stanza.header_span
    line = stanza.section.lines[span.line]
    if line.text[span.end : span.end + 1] in ("#", ";"):
        place = Position(span.line, span.end)
        edit = SectionEdit(stanza.file, stanza.section, TextEdit(place, place, " "))
        yield Finding(
            stanza.place(),
            "JavaScript sees no header where a comment touches the bracket, and takes what follows for settings above",
            fixes=(Fix("Put a space in front of the comment", lambda _: [edit], safe=True),),
            readers=("javascript",),
        )
