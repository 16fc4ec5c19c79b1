"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.lint import Finding, On, ProfileTarget, Severity, is_misspelled, quoted, rule


@rule(on=On.PROFILE, severity=Severity.OFF, when=lambda shape: not shape.has("region"))
def missing_region(target: ProfileTarget) -> Iterator[Finding]:
    """A profile that can sign in has no Region.

    With it the AWS CLI and the SDKs call no more than the few services that work without one, unless a Region is named
    on the command line, in the code or in the environment (`AWS_REGION`, for boto3 `AWS_DEFAULT_REGION`). Many set it
    there, so this is off unless you ask for it. The Region of a source profile does not count for the role.

    Bad:
    ```ini
    [profile ops]
    role_arn = arn:aws:iam::123456789012:role/ops
    source_profile = default
    ```

    Good:
    ```ini
    [profile ops]
    role_arn = arn:aws:iam::123456789012:role/ops
    source_profile = default
    region = eu-west-1
    ```
    """
    profile = target.profile
    if not target.view.complete or profile.kind == "none":
        return
    if "region" not in profile.settings and not is_misspelled(profile, ("region",), target.view):
        yield Finding(profile.main.place(), f"Profile {quoted(profile.name)} has no Region", readers=())
