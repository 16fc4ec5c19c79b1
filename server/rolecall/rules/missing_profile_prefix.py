"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.edits import rename_section
from rolecall.lint import Finding, Fix, HeaderTarget, On, Related, Severity, quoted, rule
from rolecall.model.headers import Mistake, misread
from rolecall.model.stanza import Stanza
from rolecall.settings import READERS


@rule(on=On.HEADER, severity=Severity.WARNING, fixable=True, odd=True)
def missing_profile_prefix(target: HeaderTarget) -> Iterator[Finding]:
    """A section of the config file bears the name of a profile without the word `profile`.

    The credentials file names profiles as `[dev]`, the config file as `[profile dev]`; only `[default]` is the same in
    both. Without the word no tool sees the section, and the AWS CLI says that the profile could not be found.

    The fix is safe where the file has no such profile yet: nobody reads the section as it is.

    Bad:
    ```ini
    [dev]
    region = eu-west-1
    ```

    Good:
    ```ini
    [profile dev]
    region = eu-west-1
    ```
    """
    found = misread(target.header) if target.file == "config" else None
    if found is None or found.mistake is not Mistake.NO_PREFIX:
        return
    taken = target.taken_by(found.better) if found.better else None
    for stanza in target.stanzas:
        message = f"No tool sees {quoted(f'[{target.header}]')} in this file: sections here are written "
        if taken is not None:
            yield Finding(
                stanza.place(),
                f"{message}{quoted(f'[{found.better}]')}, and there is one on line {{0}}",
                related=(Related(taken.place(), "The one that counts"),),
                readers=READERS,
            )
        else:
            better = found.better or "profile NAME"
            fixes = (_rename(stanza, found.better, safe=len(target.stanzas) == 1),) if found.better else ()
            yield Finding(stanza.place(), f"{message}{quoted(f'[{better}]')}", fixes=fixes, readers=READERS)


def _rename(stanza: Stanza, header: str, *, safe: bool) -> Fix:
    return Fix(f"Change to {quoted(f'[{header}]')}", lambda _: [rename_section(stanza, header)], safe=safe)
