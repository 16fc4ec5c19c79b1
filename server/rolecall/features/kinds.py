"""The kinds of profiles, for those who ask of thousands."""

from __future__ import annotations

from rolecall.model.form import ProfileForm
from rolecall.model.profile import Kind
from rolecall.model.workspace import Workspace

_KEPT = 1 << 12

_known: dict[ProfileForm, Kind] = {}


def kind_of(workspace: Workspace, name: str) -> Kind | None:
    """The kind of a profile, or None where no file has it.

    A form has all that a kind depends on, so only the first profile of each form is looked at.
    """
    form = workspace.form(name)
    kind = _known.get(form) if form is not None else None
    if kind is None:
        profile = workspace.profile(name)
        if profile is None:
            return None
        kind = profile.kind
        if form is not None:
            if len(_known) > _KEPT:
                _known.clear()
            _known[form] = kind
    return kind
