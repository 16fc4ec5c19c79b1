"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.edits import add_section
from rolecall.lint import Finding, Fix, On, ReferenceTarget, Severity, corrections, did_you_mean, meant, quoted, rule
from rolecall.model.headers import header_of
from rolecall.readers.botocore.merge import SectionType

_ALL = ("botocore", "javascript", "rust", "go")


@rule(
    on=On.REFERENCE,
    severity=Severity.ERROR,
    fixable=True,
    when=lambda shape: shape.has("sso_session") and shape.session is None,
)
def missing_sso_session(target: ReferenceTarget) -> Iterator[Finding]:
    """A profile names an SSO session that does not exist.

    The config file has no `[sso-session NAME]` of that name; sessions in the credentials file are not looked at. The
    AWS CLI and boto3 raise InvalidConfigError ("The specified sso-session does not exist") when they sign in with the
    profile; the JavaScript, Rust and Go SDKs fail too. Where botocore signs in another way, such as with keys, it looks
    for the session all the same as soon as it makes a client of any service, and fails then. A comment behind the name
    is a part of it for the AWS CLI and boto3, but not for the other SDKs.

    The name is corrected without asking where it differs only in case, quotes or the word `sso-session`.

    Bad:
    ```ini
    [profile dev]
    sso_session = crop
    sso_account_id = 123456789012
    sso_role_name = Developer

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
    if target.key != "sso_session" or not view.complete or view.exists(SectionType.SSO_SESSION, target.name):
        return
    if view.is_misread(target.type, target.name):
        # It is there, but is no session for the way it is written, which is reported there.
        return
    found = meant(target)
    is_used = profile.provider == "sso" and profile.signs_in_itself
    yield Finding(
        target.place,
        f"SSO session {quoted(target.name)} does not exist{did_you_mean(found.name)}",
        fixes=(*corrections(target, found), *_creation(target)),
        readers=_ALL if is_used and not view.exists(target.type, target.uncommented) else ("botocore",),
    )


def _creation(target: ReferenceTarget) -> Iterator[Fix]:
    header = header_of("config", SectionType.SSO_SESSION, target.name)
    if header is not None and target.uncommented == target.name:
        yield Fix(
            f"Create SSO session {quoted(target.name)}", lambda _: [add_section("config", header, _template(target))]
        )


def _template(target: ReferenceTarget) -> tuple[tuple[str, str], ...]:
    """What a session needs; the profile may already say it in the way of older tools."""
    known = {key: target.profile.get(key) or "" for key in ("sso_start_url", "sso_region")}
    safe = {key: "" if "\n" in value else value for key, value in known.items()}
    return (*safe.items(), ("sso_registration_scopes", "sso:account:access"))
