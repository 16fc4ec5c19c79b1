"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.lint import Finding, On, ProfileTarget, Related, Severity, quoted, rule
from rolecall.readers.botocore.merge import SectionType


@rule(on=On.PROFILE, severity=Severity.WARNING, keys=("aws_access_key_id",), when=lambda shape: shape.shares_key)
def duplicate_credentials(target: ProfileTarget) -> Iterator[Finding]:
    """Two profiles have the same access key.

    Every tool accepts that. But whoever rotates the key of one profile, or pastes a new session into it, leaves the
    other one with keys that no longer work. It is reported at the later profile; a profile that has its key in both
    files is no duplicate of itself.

    Bad:
    ```ini
    //- credentials
    [base]
    aws_access_key_id = AKIAIOSFODNN7EXAMPLE
    aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY

    [work]
    aws_access_key_id = AKIAIOSFODNN7EXAMPLE
    aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
    ```

    Good:
    ```ini
    //- config
    [profile work]
    role_arn = arn:aws:iam::123456789012:role/work
    source_profile = base

    //- credentials
    [base]
    aws_access_key_id = AKIAIOSFODNN7EXAMPLE
    aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
    ```
    """
    told = set()
    for file in target.profile.keys_in:
        mine = target.profile.by_file[file]["aws_access_key_id"]
        # A key that comes from [DEFAULT] is that of every profile, which is another matter.
        if not mine.text or mine.text in told or mine.stanza.type is not SectionType.PROFILE:
            continue
        told.add(mine.text)
        first, *_ = target.view.with_key_id(mine.text)
        if first.name == target.name:
            continue
        theirs = first.option("aws_access_key_id")
        assert theirs is not None, "the section is filed under its key"
        where = "line {0}" if first.file == file else f"line {{0}} of the {first.file} file"
        effect = (
            "renewing one leaves the other behind" if mine.text.startswith("ASIA") else "rotating one breaks the other"
        )
        yield Finding(
            mine.stanza.value_place(mine.option),
            f"Same access key as profile {quoted(first.name)} ({where}): {effect}",
            related=(Related(first.value_place(theirs), "The same access key"),),
            readers=(),
        )
