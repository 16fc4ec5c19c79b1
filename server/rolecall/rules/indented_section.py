"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.lint import Finding, Fix, On, SectionTarget, Severity, indentation, rule, unindent
from rolecall.model.stanza import Stanza
from rolecall.syntax import LineKind

_REFUSING = ("rust", "c", "java")


@rule(on=On.SECTION, severity=Severity.INFORMATION, fixable=True, odd=True)
def indented_section(target: SectionTarget) -> Iterator[Finding]:
    """A header, or the first setting below one, is indented.

    The SDKs for Rust, C and Java take an indented line for the continuation of a setting; where there is none above it
    they refuse the whole file. The AWS CLI, boto3, JavaScript and Go read such a section like any other.

    The fix takes the indentation off the whole section, which changes nothing for the tools that read it.

    Bad:
    ```ini
    [profile dev]
      region = eu-west-1
      output = json
    ```

    Good:
    ```ini
    [profile dev]
    region = eu-west-1
    output = json
    ```
    """
    for number, stanza in enumerate(target.stanzas):
        rest = target.stanzas[number + 1 :]
        end = rest[0].ini.line if rest else len(target.section.lines)
        widths = _widths(stanza, end)
        if widths:
            what = "header" if widths[0][0] == stanza.ini.line else "setting"
            yield Finding(
                target.line_place(widths[0][0]),
                f"Indented {what}, with nothing above that it could belong to: Rust, C and Java refuse the whole file",
                fixes=(Fix("Unindent the section", unindent(target.file, target.section, widths), safe=True),),
                readers=_REFUSING,
            )


def _widths(stanza: Stanza, end: int) -> list[tuple[int, int]]:
    """How many characters to take off the start of each line; none where the section is not indented."""
    lines = stanza.section.lines
    options = {option.line: indentation(lines[option.line]) for option in stanza.options}
    header = indentation(lines[stanza.ini.line])
    if not header and not (options and options[min(options)]):
        return []
    widths = []
    level = 0
    for number in range(stanza.ini.line, end):
        line = lines[number]
        if line.kind is LineKind.BLANK:
            continue
        indent = indentation(line)
        # Lines below a setting keep what they are deeper than it is.
        if number in options or number < min(options, default=end):
            level = indent
        if min(level, indent):
            widths.append((number, min(level, indent)))
    return widths
