"""The way of a role's credentials, from profile to profile."""

from __future__ import annotations

from rolecall.model.workspace import Workspace


def chain(workspace: Workspace, name: str) -> tuple[str, ...]:
    """The profiles that botocore goes through, the one that signs in first, `name` last.

    A loop ends, and so the result begins, at the first profile that is there twice; a source that does not exist
    begins it too. A profile with keys of its own needs no further source, unless it is the one asked for.
    """
    found = [name]
    seen = {name}
    while True:
        profile = workspace.profile(found[-1])
        if profile is None or profile.kind != "assume-role":
            break
        source = profile.get("source_profile")
        # A value over several lines names no profile, and what was swallowed by it may be a secret.
        if not source or "\n" in source or (len(found) > 1 and profile.summary.static):
            break
        found.append(source)
        if source in seen:
            break
        seen.add(source)
    return tuple(reversed(found))


def makes_loop(workspace: Workspace, name: str, source: str) -> bool:
    """Whether a profile could not be resolved with this source profile."""
    origin = workspace.profile(source)
    if origin is None or origin.summary.static:
        return False
    way = chain(workspace, source)
    return source == name or name in way or way[0] in way[1:]
