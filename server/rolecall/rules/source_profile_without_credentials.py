"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.lint import Finding, On, ReferenceTarget, Severity, quoted, rule
from rolecall.model.form import Shape, settings_of
from rolecall.readers.botocore.merge import SectionType
from rolecall.readers.botocore.resolve import has_static_key, is_role, provider_of

_ALL = ("botocore", "javascript", "rust", "go", "java")


def _may_lack_credentials(shape: Shape) -> bool:
    if shape.source is None:
        return False
    settings = settings_of(shape.source)
    if is_role(settings):
        return has_static_key(settings)
    in_config, in_credentials = (form.settings if form else {} for form in shape.source)
    return provider_of(settings, in_credentials, in_config) is None


@rule(on=On.REFERENCE, severity=Severity.ERROR, when=_may_lack_credentials)
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
    if target.key != "source_profile" or not profile.is_role or "credential_source" in profile.settings:
        return
    source = view.summary(target.name)
    if source is None or not view.complete:
        return
    if source.is_role and not source.static:
        # Its role is assumed first; what is wrong with that is reported there. So is a role that leads to itself.
        return
    if source.provider is not None and source.signs_in_itself:
        # It is asked for the same when it is chosen itself, and what is wrong with that is reported there.
        return
    problem = _shortcoming(target) if source.provider is not None else "has nothing to sign in with"
    if problem is None:
        return
    # The JavaScript SDK takes a credential_source even where there is no role to assume with it.
    is_named = source.credential_source is not None or source.provider is not None
    readers = ("botocore",) if is_named else _ALL
    yield Finding(target.place, f"Source profile {quoted(target.name)} {problem}", readers=readers)


def _shortcoming(target: ReferenceTarget) -> str | None:
    """What is wrong with the sign-in of a source profile that is never asked for it when it is chosen itself, as it is
    a role."""
    source = target.view.profile(target.name)
    assert source is not None, "it has a summary"
    if source.half_pair is not None:
        return "has an access key ID without its secret access key"
    if source.provider != "sso":
        return None
    name = source.get("sso_session")
    session = target.view.settings(SectionType.SSO_SESSION, name) if name is not None else None
    if name is not None and session is None:
        return f"signs in with the SSO session {quoted(name)}, which does not exist"
    missing = source.missing_sso(session)
    return f"signs in with SSO, but has no {quoted(missing[0])}" if missing else None
