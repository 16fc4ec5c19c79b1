"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.lint import (
    Finding,
    HeaderTarget,
    On,
    Related,
    Severity,
    close_header,
    line_place,
    quoted,
    quoted_key,
    rule,
    torn_by,
)
from rolecall.model.headers import header_text, is_ordinary
from rolecall.model.stanza import Stanza
from rolecall.readers.botocore.ini import Option
from rolecall.readers.botocore.merge import SectionType, meaning
from rolecall.settings import READERS


@rule(on=On.HEADER, severity=Severity.WARNING, fixable=True, odd=True)
def header_read_as_key(target: HeaderTarget) -> Iterator[Finding]:
    """A header without its closing bracket has a `:` or `=` in it, which makes it a setting.

    The AWS CLI, boto3 and Go take `[profile team:dev` for a setting of the section above, and what follows for more of
    its settings; JavaScript does the same with what follows. The SDKs for Rust, C and Java refuse the whole file. Where
    a setting below is also in the section above, the AWS CLI and boto3 refuse the file too, for a setting that is there
    twice. An open header without such a sign is refused at once, see `unclosed-section-header`.

    The fix is safe where what follows the bracket surely is a name, and the file has no such section yet.

    Bad:
    ```ini
    [profile dev]
    region = eu-west-1

    [profile team:ops
    output = json
    ```

    Good:
    ```ini
    [profile dev]
    region = eu-west-1

    [profile team:ops]
    output = json
    ```
    """
    for stanza in target.stanzas:
        for option in stanza.options:
            if option.written.startswith("["):
                yield _finding(target, stanza, option)


def _finding(target: HeaderTarget, stanza: Stanza, option: Option) -> Finding:
    above = quoted(f"[{target.header}]")
    place = line_place(stanza, option.line)
    fixes = (close_header(target.file, stanza.section, option.line),) if _is_free(target, stanza, option) else ()
    torn = torn_by(stanza, option.line)
    if torn is None:
        message = f'Header without "]", read as a setting: what follows is taken for settings of {above}'
        return Finding(place, message, fixes=fixes, readers=READERS)
    before, after = torn
    return Finding(
        place,
        f'Header without "]", read as a setting of {above}, which makes {quoted_key(after.written)} on line {{0}} a '
        "second one: the AWS CLI and boto3 refuse the whole file",
        related=(
            Related(stanza.place(after.key_span), "The second one"),
            Related(stanza.place(before.key_span), "The first one"),
        ),
        fixes=fixes,
        severity=Severity.ERROR,
        readers=("botocore", "rust", "c", "java"),
    )


def _is_free(target: HeaderTarget, stanza: Stanza, option: Option) -> bool:
    """Whether nothing speaks against closing the header. One that cannot be a header is for people to decide on."""
    line = stanza.section.lines[option.line]
    header = header_text(line)
    found = meaning(target.file, header)
    others = [other for other in stanza.options if other.written.startswith("[") and other is not option]
    return (
        option.last == option.line
        and is_ordinary(header)
        and found != stanza.meaning
        and found.type is not SectionType.DEFAULTS
        and target.taken_by(header) is None
        and all(header_text(stanza.section.lines[other.line]) != header for other in others)
    )
