"""From two trees to what the SDK works with: profiles, sso-sessions and services of both files together."""

from __future__ import annotations

from dataclasses import dataclass, field

from rolecall.readers.javascript.ini import OBJECT_MEMBERS, Keys, Parsed, Refusal, parse_ini
from rolecall.readers.seen import FileError
from rolecall.syntax import Tree

Sections = dict[str, Keys]

SSO_SESSION = "sso-session."
SERVICES = "services."
_PROFILE = "profile."


@dataclass(frozen=True, slots=True, repr=False)
class View:
    """Both files as the SDK reads them, secrets and all.

    config       the config file as `loadSharedConfigFiles` gives it: profiles by name, other sections with their type
    credentials  the credentials file likewise; there [profile dev] is "profile.dev"
    merged       what `parseKnownFiles` gives: of each key the credentials file's value wins
    sso_sessions what `loadSsoSessionData` gives; the config file's only
    ignored      headers of the config file that give nothing
    """

    config_error: FileError | None = None
    credentials_error: FileError | None = None
    config: Sections = field(default_factory=dict)
    credentials: Sections = field(default_factory=dict)
    merged: Sections = field(default_factory=dict)
    sso_sessions: Sections = field(default_factory=dict)
    ignored: tuple[str, ...] = ()

    @property
    def profiles(self) -> Sections:
        """The sections that are profiles."""
        return {name: keys for name, keys in self.merged.items() if not name.startswith((SSO_SESSION, SERVICES))}

    @property
    def services(self) -> Sections:
        """The sections of the config file to which a profile's `services` may refer."""
        return _named(self.config, SERVICES)


def read(config: Tree | None, credentials: Tree | None) -> View:
    """Both files. A file that is not there is empty, and so, without a word from the SDK, is one that it refuses."""
    config_file, config_error = _read_file(config)
    credentials_file, credentials_error = _read_file(credentials)
    origins = _origins(config_file.sections)
    loaded = {name: config_file.sections[section] for name, section in origins.items()}
    listed = {name: keys for name, keys in credentials_file.sections.items() if name not in OBJECT_MEMBERS}
    merged = dict(loaded)
    for name, keys in listed.items():
        merged[name] = {**merged.get(name, {}), **keys}
    used = set(origins.values())
    ignored = tuple(header for header, section in config_file.headers.items() if section not in used)
    sessions = _named(config_file.sections, SSO_SESSION)
    return View(config_error, credentials_error, loaded, listed, merged, sessions, ignored)


def _read_file(tree: Tree | None) -> tuple[Parsed, FileError | None]:
    parsed = Parsed({}, {}) if tree is None else parse_ini(tree)
    if isinstance(parsed, Refusal):
        return Parsed({}, {}), FileError(parsed.line, "Error", parsed.message)
    return parsed, None


def _origins(sections: Sections) -> dict[str, str]:
    """The names that the config file's sections get in `getConfigData`, each with the section that it stands for.

    Without those that get lost in `mergeConfigFiles`: something is there already in a new object under such a name,
    and the keys end up on that.
    """
    origins = {"default": "default"} if "default" in sections else {}
    for section in sections:
        if section.startswith(_PROFILE):
            # [profile default] takes the place of [default], wherever it stands.
            origins[section.removeprefix(_PROFILE)] = section
        elif section.startswith((SSO_SESSION, SERVICES)):
            origins[section] = section
    return {name: section for name, section in origins.items() if name not in OBJECT_MEMBERS}


def _named(sections: Sections, prefix: str) -> Sections:
    return {name.removeprefix(prefix): keys for name, keys in sections.items() if name.startswith(prefix)}
