"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rolecall.lint import Finding, On, ProfileTarget, Severity, is_misspelled, is_misspelling, quoted, rule
from rolecall.model.form import Shape
from rolecall.readers.botocore.merge import SectionType
from rolecall.readers.botocore.resolve import SSO_ALL, SSO_OWN
from rolecall.readers.seen import Value

_OF_SESSION = ("sso_start_url", "sso_region")
_READERS = ("botocore", "javascript", "rust", "go", "java")


def _may_lack_something(shape: Shape) -> bool:
    own = shape.settings
    theirs = shape.session.settings if shape.session else own
    return any(key not in own for key in SSO_OWN) or any(key not in theirs for key in _OF_SESSION)


@rule(on=On.PROFILE, severity=Severity.ERROR, keys=("sso_session", *SSO_ALL), when=_may_lack_something)
def incomplete_sso(target: ProfileTarget) -> Iterator[Finding]:
    """A profile that signs in with SSO lacks a setting for it.

    Signing in needs `sso_account_id` and `sso_role_name` in the profile, and `sso_start_url` and `sso_region` in its
    SSO session, or, where it names none, in the profile itself. Where one is missing, the AWS CLI and boto3 raise
    InvalidConfigError ("configured to use SSO but is missing required configuration"). What a session lacks is
    reported at the session: boto3 makes no client with a profile that names it, not even where it signs in with keys
    or the profile has what the session lacks.

    With neither account nor role botocore does not consider SSO at all and finds no credentials, without a word. For
    a profile with an `sso_session` that is information only: services that take a token instead of keys work so.

    Bad:
    ```ini
    [profile dev]
    sso_session = corp
    sso_account_id = 123456789012

    [sso-session corp]
    sso_start_url = https://corp.awsapps.com/start
    sso_region = eu-west-1
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
    profile, view = target.profile, target.view
    if not view.complete:
        return
    name = profile.get("sso_session")
    session = view.settings(SectionType.SSO_SESSION, name) if name is not None else None
    if name is not None and session is None:
        # What is missing may stand in the session.
        if view.is_reported("missing-sso-session") or view.is_misread(SectionType.SSO_SESSION, name):
            return
    elif name is not None and session is not None:
        yield from _lacking(target, name, session)
    if not profile.signs_in_itself or is_misspelled(profile, SSO_ALL, view):
        return
    is_session = profile.name.startswith(f"{SectionType.SSO_SESSION.value} ")
    if is_session and view.is_reported("unknown-section-type"):
        # It stands in the credentials file.
        return
    missing = [key for key in profile.missing_sso(session) if key in SSO_OWN or session is None]
    if profile.provider == "sso":
        if missing:
            yield Finding(
                target.place(next(key for key in ("sso_session", *SSO_ALL) if key in profile.settings)),
                f"SSO needs {_listed(missing)} too: the AWS CLI and boto3 refuse the profile",
                readers=_READERS,
            )
    elif profile.provider is None and name is not None:
        yield Finding(
            target.place("sso_session"),
            'Signs in with SSO, but has no AWS credentials without "sso_account_id" and "sso_role_name"',
            severity=Severity.INFORMATION,
            readers=_READERS,
        )
    elif profile.provider is None and "sso_start_url" in profile.settings:
        yield Finding(
            target.place("sso_start_url"),
            f"SSO needs {_listed(missing)} too: without, the AWS CLI and boto3 find no credentials",
            severity=Severity.WARNING,
            readers=_READERS,
        )


def _lacking(target: ProfileTarget, name: str, session: Mapping[str, Value]) -> Iterator[Finding]:
    """What a session lacks that a profile names."""
    missing = [key for key in _OF_SESSION if key not in session]
    if missing and not any(is_misspelling("sso-session", key, missing, target.view) for key in session):
        stanza = target.view.stanzas(SectionType.SSO_SESSION, name)[-1]
        yield Finding(
            stanza.place(),
            f"SSO session {quoted(name)} has no {_listed(missing)}: the AWS CLI and boto3 refuse its profiles",
            readers=_READERS,
        )


def _listed(keys: Sequence[str]) -> str:
    *most, last = (f'"{key}"' for key in keys)
    return f"{', '.join(most)} and {last}" if most else last
