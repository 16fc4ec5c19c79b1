"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rolecall.lint import Finding, On, ProfileTarget, Severity, is_misspelled, quoted, rule
from rolecall.model.form import Shape
from rolecall.readers.botocore.merge import SectionType
from rolecall.readers.botocore.resolve import SSO_ALL, SSO_OWN
from rolecall.readers.seen import Value

_READERS = ("botocore", "javascript", "rust", "go", "java")


def _may_lack_something(shape: Shape) -> bool:
    session = shape.session.settings if shape.session else {}
    return any(key not in shape.settings and key not in session for key in SSO_ALL)


@rule(on=On.PROFILE, severity=Severity.ERROR, keys=("sso_session", *SSO_ALL), when=_may_lack_something)
def incomplete_sso(target: ProfileTarget) -> Iterator[Finding]:
    """A profile that signs in with SSO lacks a setting for it.

    Signing in needs `sso_account_id` and `sso_role_name` in the profile, and `sso_start_url` and `sso_region` in its
    SSO session (or, as older tools have it, in the profile). Where one is missing, the AWS CLI and boto3 raise
    InvalidConfigError ("configured to use SSO but is missing required configuration"). What a session lacks is
    reported at the session.

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
    if not view.complete or not profile.signs_in_itself or is_misspelled(profile, SSO_ALL):
        return
    name = profile.get("sso_session")
    session = view.settings(SectionType.SSO_SESSION, name) if name is not None else None
    if name is not None and session is None:
        return
    missing = profile.missing_sso(session)
    if profile.provider == "sso":
        yield from _refused(target, missing, session)
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


def _refused(target: ProfileTarget, missing: Sequence[str], session: Mapping[str, Value] | None) -> Iterator[Finding]:
    profile = target.profile
    name = profile.get("sso_session")
    mine = [key for key in missing if key in SSO_OWN or session is None]
    if mine:
        first = next(key for key in ("sso_session", *SSO_ALL) if key in profile.settings)
        yield Finding(
            target.place(first),
            f"SSO needs {_listed(mine)} too: the AWS CLI and boto3 refuse the profile",
            readers=_READERS,
        )
    theirs = [key for key in missing if key not in mine]
    if theirs and name is not None:
        stanza = target.view.stanzas(SectionType.SSO_SESSION, name)[-1]
        yield Finding(
            stanza.place(),
            f"SSO session {quoted(name)} has no {_listed(theirs)}: the AWS CLI and boto3 refuse its profiles",
            readers=_READERS,
        )


def _listed(keys: Sequence[str]) -> str:
    *most, last = (f'"{key}"' for key in keys)
    return f"{', '.join(most)} and {last}" if most else last
