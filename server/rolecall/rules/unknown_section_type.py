"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.edits import rename_section
from rolecall.lint import Finding, Fix, HeaderTarget, On, Severity, quoted, rule
from rolecall.model.headers import Misread, Mistake, misread
from rolecall.model.stanza import Stanza
from rolecall.settings import READERS

_BUT_GO = tuple(reader for reader in READERS if reader != "go")
_READERS = {
    Mistake.NO_NAME: _BUT_GO,
    Mistake.UNKNOWN_TYPE: READERS,
    Mistake.LOOSE_TYPE: tuple(reader for reader in READERS if reader != "botocore"),
    Mistake.INNER_SPACE: ("botocore", "javascript"),
    Mistake.OPEN_QUOTE: _BUT_GO,
    Mistake.SEVERAL_WORDS: _BUT_GO,
}


@rule(on=On.HEADER, severity=Severity.WARNING, fixable=True, odd=True)
def unknown_section_type(target: HeaderTarget) -> Iterator[Finding]:
    """A header is of no form that tools know, so they ignore the section.

    The config file has `[default]`, `[profile NAME]`, `[sso-session NAME]`, `[services NAME]`, and for the AWS CLI
    alone `[plugins]` and `[preview]`. The words are lower case, a name of several words needs quotes, no space stands
    between the bracket and the word. Whatever else a header says, tools drop the section without a word; some are
    stricter than others, and the message names those that drop it. The credentials file knows only profiles: a
    `[sso-session corp]` in it is a profile of that name for the AWS CLI and boto3.

    The fix is safe where a word is only misspelled and the file has no such section yet.

    Bad:
    ```ini
    [Profile dev]
    region = eu-west-1

    [sso_session corp]
    sso_region = eu-west-1
    ```

    Good:
    ```ini
    [profile dev]
    region = eu-west-1

    [sso-session corp]
    sso_region = eu-west-1
    ```
    """
    if target.file == "credentials":
        type_, _, name = target.header.partition(" ")
        if type_ in ("sso-session", "services") and name.strip():
            for stanza in target.stanzas:
                message = f"The AWS CLI and boto3 take this for a profile: {quoted(type_)} belongs in the config file"
                yield Finding(stanza.place(), message)
        return
    found = misread(target.header)
    if found is None or found.mistake is Mistake.NO_PREFIX:
        return
    is_free = bool(found.better) and target.taken_by(found.better) is None
    safe = found.is_sure and len(target.stanzas) == 1
    for stanza in target.stanzas:
        yield Finding(
            stanza.place(),
            _message(found, target.header),
            fixes=(_change(stanza, found.better, safe=safe),) if is_free else (),
            readers=_READERS[found.mistake],
        )


def _message(found: Misread, header: str) -> str:
    better = quoted(f"[{found.better}]")
    match found.mistake:
        case Mistake.NO_NAME:
            return f"No tool uses a section {quoted(found.type)} without a name"
        case Mistake.LOOSE_TYPE:
            return f"Only the AWS CLI and boto3 take {quoted(found.type)} for a known type; did you mean {better}?"
        case Mistake.INNER_SPACE:
            return f"The AWS CLI, boto3 and JavaScript ignore a header with this space in front; did you mean {better}?"
        case Mistake.OPEN_QUOTE:
            return f"The AWS CLI and boto3 ignore a header with an open quote; did you mean {better}?"
        case Mistake.SEVERAL_WORDS:
            return f"The AWS CLI and boto3 ignore a name of several words without quotes; did you mean {better}?"
        case _:
            meant = f"; did you mean {better}?" if found.better else ""
            return f"No tool knows sections such as {quoted(f'[{header}]')}{meant}"


def _change(stanza: Stanza, header: str, *, safe: bool) -> Fix:
    return Fix(f"Change to {quoted(f'[{header}]')}", lambda _: [rename_section(stanza, header)], safe=safe)
