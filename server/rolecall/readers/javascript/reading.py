"""The JavaScript SDK's reading of a pair of files, in the shape that all tools share."""

from __future__ import annotations

from dataclasses import dataclass

from rolecall.readers.javascript import merge
from rolecall.readers.javascript.resolve import DEFAULT, resolve
from rolecall.readers.seen import Outcome, Seen, Settings, Source, Value


@dataclass(frozen=True, slots=True, repr=False)
class JavaScriptReading:
    """See `rolecall.readers.tools.Reading`."""

    view: merge.View
    seen: Seen

    def region(self, profile: str) -> str | None:
        return self.view.merged.get(profile or DEFAULT, {}).get("region")

    def resolution(self, profile: str) -> Outcome | None:
        return resolve(self.view, profile)


def read(config: Source, credentials: Source) -> JavaScriptReading:
    """Read both files as the SDK does.

    It goes on where bytes cannot be decoded, with U+FFFD for them (one for the bytes of a character that is cut short,
    where the tree has one for each). In UTF-16 it finds nothing, as no line starts with a bracket then; a file that is
    in UTF-16 at first and in UTF-8 further down is not followed.
    """
    view = merge.read(*(None if file.utf16 else file.tree for file in (config, credentials)))
    return JavaScriptReading(view, _seen(view))


def _seen(view: merge.View) -> Seen:
    return Seen(
        view.config_error,
        view.credentials_error,
        _settings(view.profiles),
        _settings(view.sso_sessions),
        _settings(view.services),
        view.ignored,
    )


def _settings(sections: merge.Sections) -> dict[str, Settings]:
    return {name: dict[str, Value](keys) for name, keys in sections.items()}
