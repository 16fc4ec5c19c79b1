"""See the rule's own documentation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rolecall import catalog
from rolecall.edits import replace_span
from rolecall.lint import CONFLICT, UNKNOWN, Finding, Fix, On, OptionTarget, Severity, quoted, quoted_key, rule
from rolecall.model.stanza import Place
from rolecall.settings import READERS
from rolecall.text import Span

_SHELL = re.compile(r"(export|set|setx)\s+", re.IGNORECASE)
_POWERSHELL = "$env"
"""What tools read as the setting in `$Env:NAME="value"`, with the rest as its value."""
_PARTS = re.compile(r"[-.\s]+")


@rule(on=On.OPTION, severity=Severity.INFORMATION, fixable=True, types=(UNKNOWN,))
def unknown_key(target: OptionTarget) -> Iterator[Finding]:
    """No tool is known to read a key.

    AWS tools ignore keys that they do not know, without a word, so a misspelled one has no effect. Where a known key is
    near this is a warning, with the known one as a fix; otherwise the key may be that of some other program. So it is
    in lines that were copied from a shell, as after `export`, `set` or PowerShell's `$Env:`.

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
    if written.startswith(CONFLICT) and target.is_reported("syntax-error"):
        return
    if written.startswith("//"):
        message = 'No comment, as that starts with "#" or ";": every tool takes this line for a setting'
        yield Finding(target.key_place, message, severity=Severity.WARNING, readers=READERS)
        return
    if catalog.places(written):
        # It is known, only not here, which is for misplaced-key to say.
        return
    if written.lower() == _POWERSHELL:
        yield _of_powershell(target, known)
        return
    shell = _SHELL.match(written)
    yield _finding(target, target.key_place, shell[0].strip() if shell else "", _meant(written, known))


def _of_powershell(target: OptionTarget, known: tuple[catalog.Setting, ...]) -> Finding:
    """Of a line such as `$Env:NAME="value"`, up to and with the name."""
    option = target.option
    name = option.value.partition("\n")[0].partition("=")[0].rstrip()
    start, value = option.key_span, option.value_span
    place = target.stanza.place(Span(start.line, start.start, value.start + len(name))) if value else target.key_place
    return _finding(target, place, f"{target.written}:", _meant(name, known) if value else None)


def _finding(target: OptionTarget, place: Place, prefix: str, meant: str | None) -> Finding:
    """
    place   the name of the setting, with what a shell wants in front of it
    prefix  the latter, "" where there is none
    """
    told = f", as it starts with {quoted(prefix)}" if prefix else f" {quoted_key(target.written)}"
    if meant is None:
        return Finding(place, f"Unknown setting{told}", readers=READERS)
    free = all(other.key != meant for other in (target.parent.nested if target.parent else target.stanza.options))
    return Finding(
        place,
        f"Unknown setting{told}; did you mean {quoted(meant)}?",
        fixes=(Fix(f"Change to {quoted(meant)}", lambda _: [replace_span(place, meant)]),) if free else (),
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
