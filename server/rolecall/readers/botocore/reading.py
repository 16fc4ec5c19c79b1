"""botocore's reading of a pair of files, in the shape that all tools share."""

from __future__ import annotations

from typing import NamedTuple

from rolecall.readers.botocore import merge
from rolecall.readers.botocore.resolve import resolve
from rolecall.readers.seen import Outcome, Seen, Source


class BotocoreReading(NamedTuple):
    """See `rolecall.readers.tools.Reading`."""

    view: merge.View

    def __repr__(self) -> str:
        # It holds secrets.
        return type(self).__name__

    @property
    def seen(self) -> Seen:
        view = self.view
        if view.refused:
            # No command works then: what the other file says is of no use either.
            return Seen.nothing(view.config.error, view.credentials.error)
        return Seen(None, None, view.profiles, view.sso_sessions, view.services, view.ignored)

    def region(self, profile: str) -> str | None:
        region = self.view.profiles[profile].get("region")
        return region if isinstance(region, str) else None

    def resolution(self, profile: str) -> Outcome | None:
        return resolve(self.view, profile)


def read(config: Source, credentials: Source) -> BotocoreReading:
    """Read both files as botocore does."""
    files = [merge.read_file(source.tree, undecodable=source.undecodable) for source in (config, credentials)]
    return BotocoreReading(merge.read(*files))
