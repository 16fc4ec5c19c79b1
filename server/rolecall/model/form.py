"""What sections and profiles say, leaving aside values of which there are as many as profiles.

Thousands of profiles of an organisation have a handful of forms. What a rule cannot report of one profile it cannot
report of any other of the same form, so rules look at forms first.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from rolecall.syntax import Section
from rolecall.syntax.regular import regular

_SOME = "…"
"""Stands for a value that a form does not tell."""

_TELLING = frozenset({"credential_source", "duration_seconds"})
"""Settings with so few values that a form has them."""

_REFERRING = frozenset({"source_profile", "sso_session", "services", "aws_access_key_id"})
_KEPT = 1 << 12


class Form:
    """The keys of a regular section. Sections of the same form share one object, compared by identity;
    of very many forms the first ones are forgotten and made again, which costs no more than a second look.

    settings  key to value where the form tells it; of an access key id its first four characters; else "…"
    refers    it has to do with others: it names one, or holds an access key that another one may hold too
    """

    __slots__ = ("refers", "settings")

    def __init__(self, settings: Mapping[str, str]) -> None:
        self.settings = settings
        self.refers = not _REFERRING.isdisjoint(settings)


class ProfileForm(NamedTuple):
    """What each file says of a profile; None for a file that says nothing."""

    config: Form | None
    credentials: Form | None


class Shape(NamedTuple):
    """All that is known of a profile without looking at its values, where it and all it refers to are regular.

    config, credentials  as in ProfileForm
    source      the profile that it names as its source; None where there is no such profile
    session     its SSO session; None where there is no such section
    services    its services section is there and says something
    returns     its source is a role, and one comes back to a profile by going from source to source
    shares_key  another section holds the same access key id
    accounts    there are registered accounts
    """

    config: Form | None
    credentials: Form | None
    source: ProfileForm | None
    session: Form | None
    services: bool
    returns: bool
    shares_key: bool
    accounts: bool

    @property
    def settings(self) -> Mapping[str, str]:
        """What both files say together, as `Form.settings`."""
        return settings_of(ProfileForm(self.config, self.credentials))

    @property
    def forms(self) -> tuple[Form, ...]:
        """What the files say that say something."""
        return tuple(form for form in (self.config, self.credentials) if form is not None)

    def has(self, *keys: str) -> bool:
        """Whether one of the files has one of these settings."""
        return any(key in self.settings for key in keys)


def settings_of(form: ProfileForm) -> Mapping[str, str]:
    """What both files say together of a profile: the credentials file's value counts."""
    config = form.config.settings if form.config else {}
    return {**config, **form.credentials.settings} if form.credentials else config


_forms: dict[tuple[str, ...], Form] = {}


def form_of(section: Section) -> Form | None:
    """The form of a regular section, None for any other. Computed once for a section."""
    return section.memo(_form_of)


def _form_of(section: Section) -> Form | None:
    found = regular(section)
    if found is None:
        return None
    entries = found.entries
    signs = list(entries)
    if "aws_access_key_id" in entries:
        signs.append(entries["aws_access_key_id"][:4])
    if not _TELLING.isdisjoint(entries):
        signs += [entries[key] for key in entries if key in _TELLING]
    known = tuple(signs)
    form = _forms.get(known)
    if form is None:
        if len(_forms) > _KEPT:
            _forms.clear()
        form = _forms[known] = Form({key: _told(key, value) for key, value in entries.items()})
    return form


def _told(key: str, value: str) -> str:
    if key == "aws_access_key_id":
        return value[:4]
    return value if key in _TELLING else _SOME
