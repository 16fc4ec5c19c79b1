"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.edits import merge_sections, remove_section, rename_section, supersedes_shared
from rolecall.lint import Finding, Fix, HeaderTarget, On, Related, Severity, View, conflicts, quoted, quoted_key, rule
from rolecall.model.headers import is_writable
from rolecall.model.stanza import Stanza
from rolecall.readers.botocore.ini import DEFAULT_SECTION


@rule(on=On.HEADER, severity=Severity.ERROR, fixable=True, odd=True)
def duplicate_section(target: HeaderTarget) -> Iterator[Finding]:
    """The same section stands twice in one file.

    The AWS CLI and boto3 refuse the whole file then, every profile in it, and name neither the section nor the line;
    not even `aws configure` works any more. The other SDKs merge both sections, the later value of a key winning.
    Only `[DEFAULT]` may be there more than once, if no key of it is.

    The fix merges the sections as these SDKs do. It is not applied without asking where that would put an empty value
    or another block in the place of an earlier one, which JavaScript keeps.

    Bad:
    ```ini
    [profile dev]
    region = eu-west-1

    [profile dev]
    output = json
    ```

    Good:
    ```ini
    [profile dev]
    region = eu-west-1
    output = json
    ```
    """
    first, *others = target.stanzas
    if target.header == DEFAULT_SECTION:
        yield from _shared_defaults(first, others)
        return
    is_conflict = bool(conflicts(first.section))
    if is_conflict and target.view.is_reported("syntax-error"):
        # They are the two sides of a merge conflict, which is reported, and of which one goes.
        return
    for other in others:
        yield Finding(
            other.place(),
            f"Section {quoted(f'[{target.header}]')} is already defined on line {{0}}: the AWS CLI and boto3 refuse "
            "the whole file, other SDKs merge both",
            related=(Related(first.place(), "The first one"),),
            fixes=(_merge(first, other, safe=not is_conflict), *_renames(target, other), _delete(other)),
        )


def _shared_defaults(first: Stanza, others: list[Stanza]) -> Iterator[Finding]:
    """The keys that several sections [DEFAULT] have in common: they are one section to botocore."""
    seen = {option.key: (first, option) for option in reversed(first.options)}
    for other in others:
        for option in other.options:
            stanza, before = seen.setdefault(option.key, (other, option))
            if stanza is not other and option.key:
                yield Finding(
                    other.place(option.key_span),
                    f"{quoted_key(option.written)} is already set on line {{0}}, in another section "
                    '"[DEFAULT]": the AWS CLI and boto3 refuse the whole file',
                    related=(Related(stanza.place(before.key_span), "The first one"),),
                    fixes=(_merge(stanza, other, "Merge into that section", safe=False),),
                )


def _merge(
    first: Stanza, other: Stanza, title: str = "Merge into the section on line {0}", *, safe: bool = True
) -> Fix:
    return Fix(title, lambda _: merge_sections(first, other), safe=safe and supersedes_shared(other, first))


def _renames(target: HeaderTarget, other: Stanza) -> Iterator[Fix]:
    header = free_header(target.view, other)
    # The bracket too many of [profile dev]] is a part of the name, which nobody would write so.
    if is_writable(header):
        name = header.split(maxsplit=1)[-1]
        yield Fix(f"Rename this section to {quoted(name)}", lambda _: [rename_section(other, header)])


def _delete(other: Stanza) -> Fix:
    return Fix("Delete this section", lambda _: [remove_section(other)])


def free_header(view: View, stanza: Stanza) -> str:
    """A text for the header that no section of the file has: the same with a number behind it."""
    quote = stanza.header[-1:] if stanza.header[-1:] in "\"'" else ""
    stem = stanza.header.removesuffix(quote)
    number = 2
    while view.header(stanza.file, f"{stem}-{number}{quote}"):
        number += 1
    return f"{stem}-{number}{quote}"
