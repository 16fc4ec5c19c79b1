"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.edits import remove_section
from rolecall.lint import Finding, Fix, On, ProfileTarget, Severity, quoted, rule
from rolecall.model.form import Shape
from rolecall.readers.botocore.merge import SectionType


def _has_nothing(shape: Shape) -> bool:
    return not shape.settings


@rule(on=On.PROFILE, severity=Severity.INFORMATION, fixable=True, when=_has_nothing)
def empty_profile(target: ProfileTarget) -> Iterator[Finding]:
    """A profile has no settings, in neither file.

    For the AWS CLI, boto3 and most SDKs it exists and has nothing to offer; for JavaScript it does not exist. Not
    reported is a profile that a role names as its source, where the role is reported.

    Bad:
    ```ini
    [profile dev]

    [profile ops]
    region = eu-west-1
    ```

    Good:
    ```ini
    [profile ops]
    region = eu-west-1
    ```
    """
    profile, view = target.profile, target.view
    if profile.settings or not view.complete:
        return
    is_source = view.is_referred(SectionType.PROFILE, profile.name)
    if is_source and view.is_reported("source-profile-without-credentials"):
        return
    if any(stanza.ini.refusals for stanza in profile.stanzas):
        return
    yield Finding(
        profile.main.place(),
        f"Profile {quoted(profile.name)} has no settings",
        fixes=(Fix("Delete this section", lambda _: [remove_section(profile.main)]),),
        readers=(),
    )
