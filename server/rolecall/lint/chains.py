"""Where one comes to by going from source profile to source profile."""

from __future__ import annotations

from rolecall.lint.targets import View


def loop(view: View, start: str) -> list[str]:
    """The profiles that botocore goes through from one to itself; empty where it does not come back to it."""
    visited: dict[str, None] = {}
    name = start
    while name not in visited:
        summary = view.summary(name)
        # Keys end a chain, except those of the profile that it starts with.
        if summary is None or not summary.is_role or (summary.static and visited):
            return []
        source = summary.source_profile
        if source is None or (source == name and summary.static):
            return []
        # With two sources botocore looks at neither.
        if summary.credential_source is not None and view.is_reported("conflicting-sources"):
            return []
        visited[name] = None
        name = source
    return list(visited) if name == start else []
