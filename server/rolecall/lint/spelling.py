"""What rules say about names that are nearly right."""

from __future__ import annotations

from collections.abc import Iterable

from rolecall import catalog
from rolecall.lint.findings import quoted
from rolecall.model.profile import Profile


def did_you_mean(near: str | None) -> str:
    """The end of a message about a name that does not exist."""
    return f"; did you mean {quoted(near)}?" if near is not None else ""


def is_misspelled(profile: Profile, keys: Iterable[str]) -> bool:
    """Whether a setting that nobody knows was surely meant to be one of these. That it is missing is then a consequence
    of the misspelling, which is reported where it stands."""
    wanted = tuple(keys)
    unknown = (key for key in profile.settings if catalog.setting("profile", key) is None)
    return any(catalog.suggest(key, wanted) is not None for key in unknown)
