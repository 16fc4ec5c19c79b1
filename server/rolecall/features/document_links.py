"""Values that lead to a page: addresses, and roles with their page in the AWS console."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote

from rolecall import catalog
from rolecall.features.masking import address
from rolecall.model.stanza import passing
from rolecall.model.workspace import Workspace
from rolecall.readers.botocore.ini import Option, Sub
from rolecall.readers.botocore.merge import File
from rolecall.syntax import Section
from rolecall.syntax.regular import regular
from rolecall.text import Span

_ROLE = re.compile(
    r"arn:(?P<partition>[a-z-]+):iam::(?P<account>[0-9]{12}):role/(?:[\x21-\x7e]*/)?(?P<name>[\w+=,.@-]{1,64})",
    re.ASCII,
)
_WEB = re.compile(r"https?://[^\s/?#]+[^\s]*", re.IGNORECASE)

# The isolated partitions have no console that the internet knows.
_CONSOLES = {
    "aws": "console.aws.amazon.com",
    "aws-cn": "console.amazonaws.cn",
    "aws-eusc": "console.amazonaws-eusc.eu",
    "aws-us-gov": "console.amazonaws-us-gov.com",
}


_LEADING = frozenset(
    setting.name
    for section_type in catalog.section_types()
    for setting in catalog.settings(section_type.name)
    if setting.type in ("url", "role-arn")
)
"""Settings that may be links, in whatever section."""


class DocumentLink(NamedTuple):
    """A value that can be followed to a page."""

    span: Span
    target: str
    tooltip: str


def document_links(workspace: Workspace, file: File) -> list[DocumentLink]:
    """The links of a file, in its order."""
    tree = workspace.document(file).tree
    return [
        link._replace(span=link.span.down(start))
        for section, start in (tree.located() if tree else ())
        for link in links_of_section(file, section)
    ]


def links_of_section(file: File, section: Section) -> tuple[DocumentLink, ...]:
    """The links of one section of the tree, lines counted from its start."""
    return tuple(_links(file, section))


def _links(file: File, section: Section) -> Iterator[DocumentLink]:
    known = regular(section)
    if known is not None and _LEADING.isdisjoint(known.entries):
        return
    for stanza in passing(file, section):
        type_ = stanza.section_type
        for option in stanza.options:
            if option.is_nested:
                for sub in option.nested:
                    yield from _link(f"{type_}/{option.key}", sub)
            elif option.last == option.line:
                yield from _link(type_, option)


def _link(type_: str, option: Option | Sub) -> Iterator[DocumentLink]:
    setting = catalog.setting(type_, option.key)
    span = option.value_span
    if setting is None or span is None or not catalog.displayable(type_, option.key):
        return
    if setting.type == "url":
        # An address that holds a password or a token goes nowhere from here.
        if _WEB.fullmatch(option.value) and address(option.value) == option.value:
            yield DocumentLink(span, option.value, "Open this address")
    elif setting.type == "role-arn":
        role = _ROLE.fullmatch(option.value)
        console = _CONSOLES.get(role["partition"]) if role is not None else None
        if role is not None and console is not None:
            name = role["name"]
            target = f"https://{console}/iam/home#/roles/details/{quote(name, safe='')}"
            yield DocumentLink(span, target, f"Open {name} in the IAM console of account {role['account']}")
