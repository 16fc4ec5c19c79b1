"""See the rule's own documentation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rolecall import catalog
from rolecall.edits import replace_span
from rolecall.lint import UNKNOWN, Finding, Fix, On, OptionTarget, Severity, quoted, quoted_key, rule
from rolecall.settings import READERS

_SHELL = re.compile(r"(export|set|setx)\s+|\$env:", re.IGNORECASE)
_PARTS = re.compile(r"[-.\s]+")


@rule(on=On.OPTION, severity=Severity.INFORMATION, fixable=True, types=(UNKNOWN,))
def unknown_key(target: OptionTarget) -> Iterator[Finding]:
    """No tool is known to read a key.

    AWS tools ignore keys that they do not know, without a word, so a misspelled one has no effect. Where a known key is
    near this is a warning, with the known one as a fix; otherwise the key may be that of some other program.

    Bad:
    ```ini
    [profile dev]
    regoin = eu-west-1
    ```

    Good:
    ```ini
    [profile dev]
    region = eu-west-1
    ```
    """
    known = catalog.settings(target.section_type)
    written = target.written
    if target.setting is not None or not known or not written:
        return
    if written.startswith("[") and target.is_reported("header-read-as-key"):
        return
    if written.startswith("//"):
        message = 'No comment, as that starts with "#" or ";": every tool takes this line for a setting'
        yield Finding(target.key_place, message, severity=Severity.WARNING, readers=READERS)
        return
    if catalog.places(written):
        # It is known, only not here, which is for misplaced-key to say.
        return
    meant = _meant(written, known)
    shell = _SHELL.match(written)
    shown = f", as it starts with {quoted(shell[0].strip())}" if shell else f" {quoted_key(written)}"
    if meant is None:
        yield Finding(target.key_place, f"Unknown setting{shown}", readers=READERS)
        return
    free = all(other.key != meant for other in (target.parent.nested if target.parent else target.stanza.options))
    yield Finding(
        target.key_place,
        f"Unknown setting{shown}; did you mean {quoted(meant)}?",
        fixes=(Fix(f"Change to {quoted(meant)}", lambda _: [replace_span(target.key_place, meant)]),) if free else (),
        severity=Severity.WARNING,
        readers=READERS,
    )


def _meant(written: str, known: tuple[catalog.Setting, ...]) -> str | None:
    """The known key that this one is a spelling of: in words parted otherwise, as a shell has it, or misspelled."""
    names = {setting.name for setting in known if not setting.wildcard}
    plain = _PARTS.sub("_", _SHELL.sub("", written).strip()).lower()
    for name in (plain, f"aws_{plain}"):
        if name in names:
            return name
    for setting in known:
        if plain.upper() in setting.env:
            return setting.name
    return catalog.suggest(plain, names)
