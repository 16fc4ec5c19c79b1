"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.edits import merge_sections, remove_section
from rolecall.lint import Finding, Fix, HeaderTarget, On, Related, Severity, quoted, rule
from rolecall.model.stanza import Stanza
from rolecall.readers.botocore.merge import SectionType
from rolecall.syntax.regular import is_regular_header

_NAMED = frozenset({SectionType.PROFILE, SectionType.SSO_SESSION, SectionType.SERVICES})


@rule(on=On.HEADER, severity=Severity.WARNING, fixable=True, odd=True)
def shadowed_section(target: HeaderTarget) -> Iterator[Finding]:
    """Two headers of the config file say the same in different words.

    `[profile dev]`, `[profile  dev]` and `[profile "dev"]` are all the profile "dev" for the AWS CLI and boto3, which
    refuse a file for sections with the very same header only. Of these the last one silently takes the place of those
    above, none of whose settings is read. Other SDKs merge them, or do not know one of the spellings.

    Bad:
    ```ini
    [profile dev]
    region = eu-west-1

    [profile "dev"]
    output = json
    ```

    Good:
    ```ini
    [profile dev]
    region = eu-west-1
    output = json
    ```
    """
    meaning = target.stanzas[0].meaning
    if target.file != "config" or meaning.type not in _NAMED:
        return
    found = [stanza for stanza in target.view.stanzas(*meaning) if stanza.file == "config"]
    last = found[-1]
    spellings = [header for stanza in found if not _is_usual(header := stanza.header)]
    # Every spelling but the usual one comes here; the first one speaks for all.
    if not spellings or spellings[0] != target.header:
        return
    single = len(found) == len({stanza.header for stanza in found})
    for stanza in {stanza.header: stanza for stanza in found}.values():
        if stanza.header != last.header:
            yield Finding(
                stanza.place(),
                f"The AWS CLI and boto3 read nothing of this section: {quoted(f'[{last.header}]')} on line {{0}} takes "
                "its place",
                related=(Related(last.place(), "The one that counts"),),
                fixes=_fixes(stanza, last) if single else (),
            )


def _is_usual(header: str) -> bool:
    """Whether the header is in the form that people write. What is to be said of [profile default] is a rule apart."""
    return is_regular_header(header) or header == "profile default"


def _fixes(stanza: Stanza, last: Stanza) -> tuple[Fix, ...]:
    return (
        Fix("Merge with the section on line {0}", lambda _: merge_sections(stanza, last)),
        Fix("Delete this section", lambda _: [remove_section(stanza)]),
    )
