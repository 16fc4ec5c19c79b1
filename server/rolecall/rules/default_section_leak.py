"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.edits import rename_section
from rolecall.lint import Finding, Fix, HeaderTarget, On, Severity, rule
from rolecall.model.stanza import Stanza
from rolecall.readers.botocore.ini import DEFAULT_SECTION


@rule(on=On.HEADER, severity=Severity.WARNING, fixable=True, odd=True)
def default_section_leak(target: HeaderTarget) -> Iterator[Finding]:
    """A section `[DEFAULT]` is read as if its settings stood in every section.

    In upper case the word is not the default profile. The AWS CLI and boto3 copy the settings of `[DEFAULT]` into every
    other section of the file; in the credentials file every profile then has its access key. The other SDKs ignore it
    in the config file, and take it for a profile of the name "DEFAULT" in the credentials file.

    Bad:
    ```ini
    [DEFAULT]
    region = eu-west-1

    [profile dev]
    output = json
    ```

    Good:
    ```ini
    [default]
    region = eu-west-1

    [profile dev]
    output = json
    ```
    """
    if target.header != DEFAULT_SECTION:
        return
    is_free = len(target.stanzas) == 1 and target.taken_by("default") is None
    for stanza in target.stanzas:
        if stanza.options:
            yield Finding(
                stanza.place(),
                "The AWS CLI and boto3 copy these settings into every other section of the file; "
                'the default profile is "[default]", in lower case',
                fixes=(_change(stanza),) if is_free else (),
            )


def _change(stanza: Stanza) -> Fix:
    return Fix('Change to "[default]"', lambda _: [rename_section(stanza, "default")])
