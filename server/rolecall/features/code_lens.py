"""What can be done with a profile, above its header."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from rolecall.features.kinds import kind_of
from rolecall.model.profile import Kind
from rolecall.model.stanza import stanzas
from rolecall.model.workspace import Workspace
from rolecall.readers.botocore.merge import File, SectionType, meaning
from rolecall.syntax import Section, Tree
from rolecall.syntax.regular import regular
from rolecall.text import Span


class Action(NamedTuple):
    title: str
    command: str


ASSUME_ROLE = Action("Assume role", "rolecall.assumeRole")
TERMINAL = Action("Terminal", "rolecall.openTerminal")
WHO_AM_I = Action("Who am I", "rolecall.whoAmI")
DETAILS = Action("Details", "rolecall.showProfile")

# What works for which kind. A terminal only needs the profile's name; to ask who one is, the keys must be had without
# running a program of the user's.
_ACTIONS: Mapping[Kind, tuple[Action, ...]] = {
    "assume-role": (ASSUME_ROLE, TERMINAL, WHO_AM_I, DETAILS),
    "web-identity": (ASSUME_ROLE, TERMINAL, WHO_AM_I, DETAILS),
    "static": (TERMINAL, WHO_AM_I, DETAILS),
    "session": (TERMINAL, WHO_AM_I, DETAILS),
    "sso": (TERMINAL, WHO_AM_I, DETAILS),
    "process": (TERMINAL, DETAILS),
    "login": (TERMINAL, DETAILS),
    "environment": (TERMINAL, DETAILS),
    "none": (DETAILS,),
}


MAX_PROFILES = 1000
"""In a file with more profiles none has lenses: an editor keeps a place open above each line that has some. With 20,000
of them a key takes Visual Studio Code 300 ms instead of 45. The side bar and the light bulb offer the same."""


class CodeLens(NamedTuple):
    """One thing to click. The command takes {"profile": profile}."""

    span: Span
    title: str
    command: str
    profile: str


def code_lenses(workspace: Workspace, file: File, is_broken: Callable[[str], bool]) -> list[CodeLens]:
    """The lenses of a file, in its order; those of one header in the order in which they are shown.

    is_broken  whether some tool refuses a profile: all that works then is to look at it

    The commands work on the user's own files, so a file elsewhere has no lenses; nor has a file with too many profiles.
    """
    tree = tree_with_lenses(workspace, file)
    return [
        CodeLens(span.down(start), *action, name)
        for section, start in (tree.located() if tree else ())
        for name, span in headers_of_section(file, section)
        for action in actions(workspace, name, is_broken)
    ]


def tree_with_lenses(workspace: Workspace, file: File) -> Tree | None:
    """A file whose profiles have lenses, None for any other."""
    document = workspace.document(file)
    is_short = len(workspace.names(SectionType.PROFILE, file)) <= MAX_PROFILES
    return document.tree if document.own and is_short else None


def headers_of_section(file: File, section: Section) -> tuple[tuple[str, Span], ...]:
    """The profiles that one section of the tree is about: the name and the header, counted from the section's start."""
    known = regular(section)
    if known is None:
        found = stanzas(file, section)
        return tuple([(one.name, one.header_span) for one in found if one.type is SectionType.PROFILE])
    type_, name = meaning(file, known.header)
    if section.header is None or type_ is not SectionType.PROFILE:
        return ()
    return ((name, Span(section.header, 0, len(known.header) + 2)),)


def actions(workspace: Workspace, name: str, is_broken: Callable[[str], bool]) -> tuple[Action, ...]:
    """What works for a profile, in the order in which it is shown."""
    kind = kind_of(workspace, name)
    return (DETAILS,) if kind is None or is_broken(name) else _ACTIONS[kind]
