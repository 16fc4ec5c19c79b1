"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall import catalog
from rolecall.edits import remove_option
from rolecall.lint import Finding, Fix, On, ProfileTarget, Related, Severity, View, quoted, quoted_key, rule
from rolecall.model.form import Shape
from rolecall.model.profile import Effective
from rolecall.readers.botocore.merge import SectionType
from rolecall.readers.seen import Value

_OF_THE_SESSION = ("sso_start_url", "sso_region")
"""Settings that the Rust SDK wants in the session alone."""


def _may_conflict(shape: Shape) -> bool:
    return shape.session is not None and not shape.session.settings.keys().isdisjoint(shape.settings)


@rule(on=On.PROFILE, severity=Severity.ERROR, fixable=True, keys=("sso_session",), when=_may_conflict)
def sso_session_conflict(target: ProfileTarget) -> Iterator[Finding]:
    """A profile and its SSO session give one setting different values.

    The AWS CLI and boto3 raise InvalidConfigError ("The value for sso_region is inconsistent between profile … and
    sso-session …"), whatever setting it is; Go refuses a profile that differs in its start URL or Region. JavaScript
    takes the value of the session without a word. Rust wants both in the session alone and refuses a profile that
    repeats them, even with the same value.

    The fix deletes the value of the profile, or from the session what does not belong into one. It is not applied
    without asking, as it may be the other value that is right.

    Bad:
    ```ini
    [profile dev]
    sso_session = corp
    sso_region = eu-west-1
    sso_account_id = 123456789012
    sso_role_name = Developer

    [sso-session corp]
    sso_start_url = https://corp.awsapps.com/start
    sso_region = us-east-1
    ```

    Good:
    ```ini
    [profile dev]
    sso_session = corp
    sso_account_id = 123456789012
    sso_role_name = Developer

    [sso-session corp]
    sso_start_url = https://corp.awsapps.com/start
    sso_region = us-east-1
    ```
    """
    profile, view = target.profile, target.view
    name = profile.get("sso_session")
    if not view.complete or name is None or profile.provider != "sso":
        return
    if not profile.signs_in_itself and not view.is_referred(SectionType.PROFILE, profile.name):
        return
    session = view.settings(SectionType.SSO_SESSION, name) or {}
    for key, value in session.items():
        mine = profile.settings.get(key)
        if mine is not None and mine.value != value:
            yield _conflict(target, key, mine, value)
        elif mine is not None and key in _OF_THE_SESSION:
            yield Finding(
                mine.stanza.place(mine.option.key_span),
                f"Repeats {quoted(key)} of SSO session {quoted(name)}: the Rust SDK refuses the profile",
                fixes=tuple(_deletion(mine, "Delete this line", safe=not mine.shadowed)),
                readers=("rust",),
            )


def _conflict(target: ProfileTarget, key: str, mine: Effective, value: Value) -> Finding:
    name = target.profile.get("sso_session") or ""
    theirs = _in_session(target.view, name, key, value)
    where = f"SSO session {quoted(name)}" + (" (line {0})" if theirs is not None else "")
    known = catalog.displayable("profile", key) and catalog.displayable("sso-session", key)
    if known and isinstance(value, str) and not any(map(catalog.may_hold_password, (mine.text, value))):
        problem = f"{quoted(key)} is {quoted(mine.text)} here, but {quoted(value)} in {where}"
    else:
        problem = f"{quoted_key(key)} has another value here than in {where}"
    session_wins = ", JavaScript takes that of the session" if key in _OF_THE_SESSION else ""
    if catalog.setting("sso-session", key) is not None:
        fixes = _deletion(mine, "Delete this line")
    else:
        fixes = _deletion(theirs, "Delete line {0} from the SSO session")
    return Finding(
        mine.stanza.value_place(mine.option),
        f"{problem}: the AWS CLI and boto3 refuse the profile{session_wins}",
        related=(Related(theirs.stanza.place(theirs.option.key_span), "The SSO session's"),) if theirs else (),
        fixes=tuple(fixes),
        readers=("botocore", "go", "rust") if key in _OF_THE_SESSION else ("botocore",),
    )


def _in_session(view: View, name: str, key: str, value: Value) -> Effective | None:
    """Where the session says so; None where it has the value from [DEFAULT]."""
    for stanza in reversed(view.stanzas(SectionType.SSO_SESSION, name)):
        option = stanza.option(key)
        if option is not None and option.parsed == value:
            return Effective(value, stanza, option)
    return None


def _deletion(found: Effective | None, title: str, *, safe: bool = False) -> Iterator[Fix]:
    # What comes from [DEFAULT] is that of others too.
    if found is not None and found.stanza.type is not SectionType.DEFAULTS:
        yield Fix(title, lambda _: [remove_option(found.stanza, found.option)], safe=safe)
