"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.lint import (
    Finding,
    On,
    ReferenceTarget,
    Severity,
    is_misspelled,
    is_misspelling,
    loop,
    quoted,
    rule,
)
from rolecall.model.form import Shape, settings_of
from rolecall.model.profile import Profile, Summary
from rolecall.readers.botocore.merge import SectionType
from rolecall.readers.botocore.resolve import has_static_key, is_role, provider_of

_ALL = ("botocore", "javascript", "rust", "go", "java")
_OF_ROLES = frozenset(
    ("conflicting-sources", "invalid-role-arn", "missing-source-profile", "role-without-source", "source-profile-loop")
)
"""Rules that report a source that is a role, where that is what does not work."""
_OF_PROFILES = frozenset(("incomplete-sso", "missing-sso-session", "partial-credentials", "split-credentials"))
"""Rules that report any other source, where that does not work when it is chosen itself."""
_KEYS = ("aws_access_key_id", "aws_secret_access_key")


def _may_lack_credentials(shape: Shape) -> bool:
    if shape.source is None:
        return False
    settings = settings_of(shape.source)
    if is_role(settings):
        return has_static_key(settings)
    in_config, in_credentials = (form.settings if form else {} for form in shape.source)
    return provider_of(settings, in_credentials, in_config) is None


@rule(
    on=On.REFERENCE,
    severity=Severity.ERROR,
    when=_may_lack_credentials,
    rests_on=tuple(sorted(_OF_ROLES | _OF_PROFILES)),
)
def source_profile_without_credentials(target: ReferenceTarget) -> Iterator[Finding]:
    """A role's source profile has nothing to sign in with.

    The AWS CLI and boto3 raise InvalidConfigError ("The source profile … must have credentials"), and the other SDKs
    fail too: unlike a profile that is chosen, a source profile is never completed from the environment or from the
    machine's own role. It needs keys, SSO, a process, a web identity, a login session or a role with a source of its
    own. A source profile with half of a key pair counts as one with keys, and its own role is not looked at.

    Bad:
    ```ini
    [profile base]
    region = eu-west-1

    [profile ops]
    role_arn = arn:aws:iam::123456789012:role/ops
    source_profile = base
    ```

    Good:
    ```ini
    [profile base]
    credential_process = /opt/bin/keys

    [profile ops]
    role_arn = arn:aws:iam::123456789012:role/ops
    source_profile = base
    ```
    """
    profile, view = target.profile, target.view
    if target.key != "source_profile" or not profile.is_role:
        return
    if "credential_source" in profile.settings and view.is_reported("conflicting-sources"):
        return
    source = view.summary(target.name)
    if source is None or not view.complete:
        return
    problem = _problem(target, source)
    if problem is None:
        return
    # The JavaScript SDK takes a credential_source even where there is no role to assume with it.
    is_named = source.is_role or source.credential_source is not None or source.provider is not None
    readers = ("botocore",) if is_named else _ALL
    yield Finding(target.place, f"Source profile {quoted(target.name)} {problem}", readers=readers)


def _problem(target: ReferenceTarget, source: Summary) -> str | None:
    """What is wrong with a source profile, and not reported there."""
    if source.is_role and not source.static:
        # Its role is assumed first.
        return None if _are_reported(target, _OF_ROLES) else _of_role(target, source)
    if source.provider is None:
        return "has nothing to sign in with"
    if source.signs_in_itself and _are_reported(target, _OF_PROFILES):
        # It is asked for the same when it is chosen itself.
        return None
    found = target.view.profile(target.name)
    assert found is not None, "it has a summary"
    return _of_keys(target, found) if found.half_pair is not None else _of_sso(target, found)


def _are_reported(target: ReferenceTarget, rules: frozenset[str]) -> bool:
    return all(map(target.view.is_reported, rules))


def _of_role(target: ReferenceTarget, source: Summary) -> str | None:
    """What is wrong with a source that is a role itself, or comes back to this one."""
    view = target.view
    own = source.source_profile
    if own is None and source.credential_source is None:
        found = view.profile(target.name)
        rules = ("role-without-source",) if source.role_arn else ("role-without-source", "invalid-role-arn")
        if any(map(view.is_reported, rules)) or (
            found and is_misspelled(found, ("source_profile", "credential_source"), view)
        ):
            return None
        return "is a role that nothing says who assumes"
    if own is None:
        return None
    if source.credential_source is not None:
        return None if view.is_reported("conflicting-sources") else "is a role with two sources"
    if view.summary(own) is None:
        is_explained = view.is_reported("missing-source-profile") or view.is_misread(SectionType.PROFILE, own)
        return None if is_explained else f"is a role whose source profile {quoted(own)} does not exist"
    is_explained = view.is_reported("source-profile-loop") or not loop(view, source.name)
    return None if is_explained else "is a role that leads to itself"


def _of_keys(target: ReferenceTarget, source: Profile) -> str | None:
    view = target.view
    rules = ("partial-credentials", "split-credentials") if source.split_pair else ("partial-credentials",)
    if source.signs_in_itself and (any(map(view.is_reported, rules)) or is_misspelled(source, _KEYS, view)):
        return None
    return "has an access key ID without its secret access key"


def _of_sso(target: ReferenceTarget, source: Profile) -> str | None:
    if source.provider != "sso":
        return None
    view, own = target.view, source.signs_in_itself
    name = source.get("sso_session")
    session = view.settings(SectionType.SSO_SESSION, name) if name is not None else None
    if name is not None and session is None:
        if own and (view.is_reported("missing-sso-session") or view.is_misread(SectionType.SSO_SESSION, name)):
            return None
        return f"signs in with the SSO session {quoted(name)}, which does not exist"
    missing = source.missing_sso(session)
    if not missing:
        return None
    if own and (view.is_reported("incomplete-sso") or is_misspelled(source, missing, view)):
        return None
    if own and any(is_misspelling("sso-session", key, missing, view) for key in session or ()):
        return None
    return f"signs in with SSO, but has no {quoted(missing[0])}"
