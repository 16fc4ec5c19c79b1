"""What can be done with a profile, above its header."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from rolecall.model.profile import Kind
from rolecall.model.stanza import stanzas
from rolecall.model.workspace import Workspace
from rolecall.readers.botocore.merge import File, SectionType
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


class CodeLens(NamedTuple):
    """One thing to click. The command takes {"profile": profile}."""

    span: Span
    title: str
    command: str
    profile: str


def code_lenses(workspace: Workspace, file: File, is_broken: Callable[[str], bool]) -> list[CodeLens]:
    """The lenses of a file, in its order; those of one header in the order in which they are shown.

    is_broken  whether some tool refuses a profile: all that works then is to look at it

    The commands work on the user's own files, so a file elsewhere has no lenses.
    """
    document = workspace.document(file)
    if document.tree is None or not document.own:
        return []
    return [
        CodeLens(stanza.header_span.down(start), *action, stanza.name)
        for section, start in document.tree.located()
        for stanza in stanzas(file, section)
        if stanza.type is SectionType.PROFILE
        for action in actions(workspace, stanza.name, is_broken)
    ]


def actions(workspace: Workspace, name: str, is_broken: Callable[[str], bool]) -> tuple[Action, ...]:
    """What works for a profile, in the order in which it is shown."""
    profile = workspace.profile(name)
    return (DETAILS,) if profile is None or is_broken(name) else _ACTIONS[profile.kind]
