"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.lint import (
    Finding,
    On,
    ReferenceTarget,
    Related,
    Severity,
    corrections,
    did_you_mean,
    meant,
    quoted,
    rule,
)


@rule(
    on=On.REFERENCE,
    severity=Severity.ERROR,
    fixable=True,
    when=lambda shape: shape.has("services") and not shape.services,
)
def missing_services_section(target: ReferenceTarget) -> Iterator[Finding]:
    """A profile names a services section that does not exist, or is empty.

    Credentials are found, but no client of any service can be made with the profile: the AWS CLI and boto3 raise
    InvalidConfigError ('The profile is configured to use the services section but the "…" services configuration does
    not exist'). They say the same of a section without any setting. Where the section is there, but in the credentials
    file or under another word, that is reported instead. With `ignore_configured_endpoint_urls = true` nobody looks for
    the section.

    The name is corrected without asking where it differs only in case, quotes or the word `services`.

    Bad:
    ```ini
    [profile dev]
    services = locla

    [services local]
    s3 =
      endpoint_url = http://localhost:4566
    ```

    Good:
    ```ini
    [profile dev]
    services = local

    [services local]
    s3 =
      endpoint_url = http://localhost:4566
    ```
    """
    profile, view = target.profile, target.view
    if target.key != "services" or not view.complete or view.settings(target.type, target.name):
        return
    # boto3 takes any other text for false.
    if (profile.get("ignore_configured_endpoint_urls") or "").lower() == "true":
        return
    refused = "the AWS CLI and boto3 cannot reach any service with this profile"
    if view.exists(target.type, target.name):
        last = view.stanzas(target.type, target.name)[-1]
        yield Finding(
            target.place,
            f"Services section {quoted(target.name)} (line {{0}}) is empty: {refused}",
            related=(Related(last.place(), "The empty section"),),
        )
        return
    if view.is_misread(target.type, target.name):
        # It is there, but is no services section for the way or the place it is written, which is reported there.
        return
    found = meant(target)
    yield Finding(
        target.place,
        f"Services section {quoted(target.name)} does not exist: {refused}{did_you_mean(found.name)}",
        fixes=tuple(corrections(target, found)),
    )
