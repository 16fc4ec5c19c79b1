"""See the rule's own documentation."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

from rolecall.edits import rename_section
from rolecall.lint import Finding, Fix, HeaderTarget, On, Related, Severity, quoted, rule
from rolecall.model.headers import is_writable
from rolecall.model.stanza import Stanza
from rolecall.readers.botocore.merge import SectionType
from rolecall.settings import READERS

_PREFIX = re.compile(r"\s*profile\s+(?P<name>.*\S)\s*", re.DOTALL)


@rule(on=On.HEADER, severity=Severity.WARNING, fixable=True, odd=True)
def profile_prefix_in_credentials(target: HeaderTarget) -> Iterator[Finding]:
    """A header of the credentials file has the word `profile` in it.

    Headers of the credentials file are bare names. For the AWS CLI and boto3 `[profile dev]` is a profile of the name
    "profile dev" there, not the profile "dev"; the SDKs for Rust, Go, C and Java ignore the section.

    The fix is safe where the file has no section of the name yet, and no profile refers to the long one.

    Bad:
    ```ini
    //- credentials
    [profile dev]
    aws_access_key_id = AKIAIOSFODNN7EXAMPLE
    aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
    ```

    Good:
    ```ini
    //- credentials
    [dev]
    aws_access_key_id = AKIAIOSFODNN7EXAMPLE
    aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
    ```
    """
    found = _PREFIX.fullmatch(target.header) if target.file == "credentials" else None
    if found is None:
        return
    name = _unquoted(found["name"])
    taken = target.taken_by(name)
    safe = len(target.stanzas) == 1 and not target.view.is_referred(SectionType.PROFILE, target.header)
    message = (
        f"The AWS CLI and boto3 take this for a profile of the name {quoted(target.header)}: "
        f"sections here are written {quoted(f'[{name}]')}"
    )
    for stanza in target.stanzas:
        if taken is not None:
            yield Finding(
                stanza.place(),
                f"{message}, and there is one on line {{0}}",
                related=(Related(taken.place(), f"The profile {quoted(name)}"),),
                readers=READERS,
            )
        else:
            yield Finding(stanza.place(), message, fixes=tuple(_fixes(stanza, name, safe=safe)), readers=READERS)


def _fixes(stanza: Stanza, name: str, *, safe: bool) -> Iterator[Fix]:
    if is_writable(name):
        yield Fix(f"Change to {quoted(f'[{name}]')}", lambda _: [rename_section(stanza, name)], safe=safe)


def _unquoted(name: str) -> str:
    """The name as the config file has it, where quotes are no part of it."""
    try:
        words = shlex.split(name)
    except ValueError:
        return name
    return words[0] if len(words) == 1 and words[0].strip() else name
