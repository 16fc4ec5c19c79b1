"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall import catalog
from rolecall.edits import SectionEdit
from rolecall.lint import UNKNOWN, Finding, Fix, On, OptionTarget, Severity, indentation, quoted_key, rule, unindent
from rolecall.model.stanza import Stanza
from rolecall.readers.botocore.ini import Option, Sub
from rolecall.settings import READERS
from rolecall.text import Position, TextEdit

_TITLES = {
    "profile": "a profile",
    "sso-session": "an SSO session",
    "services": "a services section outside of a block",
    "services/*": "the block of a service in a services section",
    "plugins": 'the section "[plugins]"',
    "preview": 'the section "[preview]"',
}
_ALSO_IN_SESSIONS = frozenset({"sso_account_id", "sso_role_name"})
"""Settings of profiles that botocore takes from an SSO session as well."""


@rule(on=On.OPTION, severity=Severity.WARNING, fixable=True, types=(UNKNOWN, "nested"))
def misplaced_key(target: OptionTarget) -> Iterator[Finding]:
    """A known key stands where no tool looks for it.

    A setting of `s3` outside of its block, the scopes of an SSO session in a profile, or an address directly in a
    services section have no effect, and no tool says so.

    The fix is safe where lines directly below a block, or the last line of a block, have the wrong indentation.

    Bad:
    ```ini
    [profile dev]
    max_concurrent_requests = 20
    sso_registration_scopes = sso:account:access
    ```

    Good:
    ```ini
    [profile dev]
    sso_session = corp
    s3 =
      max_concurrent_requests = 20

    [sso-session corp]
    sso_registration_scopes = sso:account:access
    ```
    """
    places = _places(target)
    if places:
        yield Finding(
            target.key_place,
            f"{quoted_key(target.written)} has no effect in {_title(target.section_type)}: it belongs in "
            f"{' or '.join(_title(place) for place in places)}",
            fixes=tuple(_fixes(target, places)),
            readers=READERS,
        )


def _places(target: OptionTarget) -> tuple[str, ...]:
    """Where the key belongs; nowhere if it is right where it is, or nobody knows it."""
    option = target.option
    if target.section_type == "services":
        # Any key may open the block of a service, but a plain value is nobody's.
        is_block = isinstance(option, Option) and (option.is_nested or not option.value)
        places = () if is_block else catalog.places(option.key)
        return tuple(place for place in places if not _is_block(place, option.key))
    if target.setting is not None or not catalog.settings(target.section_type):
        return ()
    if target.section_type == "sso-session" and option.key in _ALSO_IN_SESSIONS:
        return ()
    places = catalog.places(option.key)
    return tuple(place for place in places if not _is_of_others(place, option.key))


def _is_of_others(place: str, key: str) -> bool:
    """Whether the key is that of a tool of which nobody knows where it looks."""
    setting = catalog.setting(place, key)
    return setting is not None and setting.third_party


def _is_block(place: str, key: str) -> bool:
    setting = catalog.setting(place, key)
    return setting is not None and setting.type == "nested"


def _title(section_type: str) -> str:
    type_, slash, block = section_type.partition("/")
    if type_ == "services" and slash:
        return _TITLES["services/*"]
    return f'the block "{block}"' if slash else _TITLES.get(type_, "such a section")


def _fixes(target: OptionTarget, places: tuple[str, ...]) -> Iterator[Fix]:
    if target.parent is not None and isinstance(target.option, Sub):
        if "profile" in places:
            yield from _out_of_block(target, target.parent, target.option)
    elif isinstance(target.option, Option) and len(places) == 1 and target.section_type == "profile":
        type_, slash, block = places[0].partition("/")
        if type_ == "profile" and slash:
            yield from _into_block(target, target.option, block)


def _out_of_block(target: OptionTarget, parent: Option, sub: Sub) -> Iterator[Fix]:
    """For the last line of a block, which alone can be made a line of the section."""
    stanza = target.stanza
    lines = stanza.section.lines
    width = lines[sub.line].indent - lines[parent.line].indent
    is_last = sub.line == parent.last and sum(other.line == sub.line for other in parent.nested) == 1
    if is_last and stanza.option(sub.key.lower()) is None and target.section_type.startswith("profile/"):
        yield Fix("Unindent the line", unindent(target.file, stanza.section, [(sub.line, width)]), safe=True)


def _into_block(target: OptionTarget, option: Option, block: str) -> Iterator[Fix]:
    stanza = target.stanza
    run = _run(stanza, option, block)
    if not all(_can_move(stanza, moved) for moved in run):
        return
    opener = stanza.option(block)
    if opener is None:
        line = stanza.section.lines[option.line]
        indent = line.text[: line.indent]
        texts = [(option.line, f"{indent}{block} ={line.end or chr(10)}  ")]
        yield Fix(f"Put it into a block {quoted_key(block)}", lambda _: _inserted(target, texts))
    elif run and _follows(stanza, opener, run[0]):
        inner = [sub.line for sub in opener.nested]
        depth = stanza.section.lines[inner[0]].indent - stanza.section.lines[opener.line].indent if inner else 2
        texts = [(moved.line, " " * depth) for moved in run]
        title = f"Indent the {'lines' if len(run) > 1 else 'line'} of the block {quoted_key(block)}"
        if not {moved.key for moved in run} & {sub.key for sub in opener.nested}:
            yield Fix(title, lambda _: _inserted(target, texts), safe=True)


def _run(stanza: Stanza, option: Option, block: str) -> list[Option]:
    """The options around this one that belong into the same block."""
    options = list(stanza.options)
    first = last = next(index for index, other in enumerate(options) if other is option)
    while first and catalog.places(options[first - 1].key) == (f"profile/{block}",):
        first -= 1
    while last + 1 < len(options) and catalog.places(options[last + 1].key) == (f"profile/{block}",):
        last += 1
    return options[first : last + 1]


def _can_move(stanza: Stanza, option: Option) -> bool:
    """Whether the option can be a line of a block, in which only a "=" will do."""
    line = stanza.section.lines[option.line]
    return option.last == option.line and line.text[line.delimiter] == "=" and option.written == option.key


def _follows(stanza: Stanza, opener: Option, option: Option) -> bool:
    """Whether nothing but the opener and its block stands above an option, level with it."""
    options = list(stanza.options)
    lines = stanza.section.lines
    index = next(index for index, other in enumerate(options) if other is option)
    is_open = opener.is_nested or not opener.value
    return (
        bool(index)
        and options[index - 1] is opener
        and is_open
        and (indentation(lines[opener.line]) == indentation(lines[option.line]))
    )


def _inserted(target: OptionTarget, texts: list[tuple[int, str]]) -> list[SectionEdit]:
    section = target.stanza.section
    return [
        SectionEdit(target.file, section, TextEdit(place, place, text))
        for number, text in texts
        for place in [Position(number, 0)]
    ]
