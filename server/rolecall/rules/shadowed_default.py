"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.edits import merge_sections, remove_section
from rolecall.lint import Finding, Fix, HeaderTarget, On, Related, Severity, rule
from rolecall.readers.botocore.merge import Meaning, SectionType
from rolecall.settings import READERS

_DEFAULT = Meaning(SectionType.PROFILE, "default")


@rule(on=On.HEADER, severity=Severity.WARNING, fixable=True, odd=True)
def shadowed_default(target: HeaderTarget) -> Iterator[Finding]:
    """The config file has both `[default]` and `[profile default]`.

    Both are the default profile, but they are never put together. The AWS CLI and boto3 take the one that comes later,
    with all its settings and none of the other one's. The other SDKs take `[profile default]`, wherever it stands.

    Bad:
    ```ini
    [default]
    region = eu-west-1

    [profile default]
    output = json
    ```

    Good:
    ```ini
    [default]
    region = eu-west-1
    output = json
    ```
    """
    if target.file != "config" or target.header != "profile default":
        return
    found = [stanza for stanza in target.view.stanzas(*_DEFAULT) if stanza.file == "config"]
    bare = [stanza for stanza in found if stanza.header == "default"]
    if not bare:
        return
    plain, other = bare[-1], target.stanzas[-1]
    if found.index(plain) < found.index(other):
        message = 'No tool reads this section, as there is "[profile default]" on line {0} too'
    else:
        message = 'The AWS CLI and boto3 read this section, other SDKs "[profile default]" on line {0} in its place'
    fixes = (
        Fix("Merge with the section on line {0}", lambda _: merge_sections(plain, other)),
        Fix("Delete this section", lambda _: [remove_section(plain)]),
    )
    yield Finding(
        plain.place(),
        message,
        related=(Related(other.place(), "The other section"),),
        fixes=fixes if len(found) == len({stanza.header for stanza in found}) else (),
        readers=READERS,
    )
