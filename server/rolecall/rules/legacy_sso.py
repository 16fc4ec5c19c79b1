"""See the rule's own documentation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rolecall.edits import FileEdit, add_section, remove_option, replace_span
from rolecall.lint import Finding, Fix, On, ProfileTarget, Severity, rule
from rolecall.model.headers import header_of
from rolecall.model.profile import Profile
from rolecall.model.stanza import Stanza
from rolecall.model.workspace import Workspace
from rolecall.readers.botocore.ini import Option
from rolecall.readers.botocore.merge import SectionType
from rolecall.readers.botocore.resolve import SSO_ALL

_MOVED = ("sso_start_url", "sso_region")
_ALIAS = re.compile(r"https?://(?P<alias>[A-Za-z0-9-]+)\.awsapps\.com", re.ASCII)
_ASSIGNED = re.compile(r"(d|ssoins)-[0-9a-f]{10,}", re.ASCII)


@rule(
    on=On.PROFILE,
    severity=Severity.HINT,
    fixable=True,
    keys=("sso_start_url",),
    when=lambda shape: not shape.has("sso_session"),
)
def legacy_sso(target: ProfileTarget) -> Iterator[Finding]:
    """A profile keeps the address of SSO itself instead of naming an SSO session.

    That is how version 1 of the AWS CLI began, and every tool still reads it. With an `[sso-session]` section profiles
    share one sign-in, whose token the AWS CLI and the SDKs renew by themselves; without, it ends after some hours. You
    have to sign in once more after the change, as the token is kept under the name of the session.

    The fix moves the address and its Region into a session, or uses the one that has them already. All profiles with
    the same address can be changed at once.

    Bad:
    ```ini
    [profile dev]
    sso_start_url = https://corp.awsapps.com/start
    sso_region = eu-west-1
    sso_account_id = 123456789012
    sso_role_name = Developer
    ```

    Good:
    ```ini
    [profile dev]
    sso_session = corp
    sso_account_id = 123456789012
    sso_role_name = Developer

    [sso-session corp]
    sso_start_url = https://corp.awsapps.com/start
    sso_region = eu-west-1
    ```
    """
    profile = target.profile
    if not target.view.complete or not _is_movable(profile):
        return
    yield Finding(
        target.place("sso_start_url"),
        "The older form of SSO, whose sign-in is not renewed as that of an SSO session is",
        fixes=(
            Fix("Move to an SSO session", lambda workspace: _move(workspace, [profile])),
            Fix(
                "Move to an SSO session, with all profiles that have this start URL",
                lambda workspace: _move(workspace, _alike(workspace, profile)),
            ),
        ),
        readers=(),
    )


def _is_movable(profile: Profile) -> bool:
    """Whether it signs in with SSO in the older form, and each of the settings to move stands in a line of its own."""
    if "sso_session" in profile.settings or any(not profile.get(key) for key in SSO_ALL):
        return False
    return all(
        stanza.type is SectionType.PROFILE and option.last == option.line and option.value_span is not None
        for key in _MOVED
        for stanza, option in _occurrences(profile, key)
    )


def _occurrences(profile: Profile, key: str) -> list[tuple[Stanza, Option]]:
    """Where the profile sets a key, the value that counts first."""
    found = profile.settings[key]
    return [(found.stanza, found.option), *found.shadowed]


def _alike(workspace: Workspace, profile: Profile) -> list[Profile]:
    address = [profile.get(key) for key in _MOVED]
    return [
        other for other in workspace.profiles() if [other.get(key) for key in _MOVED] == address and _is_movable(other)
    ]


def _move(workspace: Workspace, profiles: Sequence[Profile]) -> list[FileEdit]:
    """Name the session in place of its address; the session itself is written if there is none."""
    address = {key: profiles[0].get(key) or "" for key in _MOVED}
    name, exists = _session(workspace, address)
    edits: list[FileEdit] = []
    for profile in profiles:
        (stanza, option), *hidden = _occurrences(profile, "sso_start_url")
        edits.append(replace_span(stanza.place(option.key_span), "sso_session"))
        edits.append(replace_span(stanza.value_place(option), name))
        gone = [*hidden, *_occurrences(profile, "sso_region")]
        edits += [remove_option(other, hidden_option) for other, hidden_option in gone]
    if not exists:
        header = header_of("config", SectionType.SSO_SESSION, name)
        assert header is not None, "it is a plain word"
        edits.append(
            add_section("config", header, (*address.items(), ("sso_registration_scopes", "sso:account:access")))
        )
    return edits


def _session(workspace: Workspace, address: dict[str, str]) -> tuple[str, bool]:
    """The name of the session with this address, and whether it exists; else a free name for one."""
    taken = workspace.names(SectionType.SSO_SESSION)
    for name in sorted(taken):
        settings = workspace.settings(SectionType.SSO_SESSION, name) or {}
        if all(settings.get(key) == value for key, value in address.items()):
            return name, True
    alias = _ALIAS.match(address["sso_start_url"])
    wanted = alias["alias"] if alias is not None and _ASSIGNED.fullmatch(alias["alias"]) is None else "sso"
    number = 1
    name = wanted
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    return name, False
