"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall import catalog
from rolecall.edits import replace_span
from rolecall.lint import (
    Finding,
    Fix,
    Misplaced,
    On,
    Severity,
    SuppressionTarget,
    did_you_mean,
    quoted,
    quoted_key,
    rule,
)
from rolecall.lint.suppression import OUT_OF_REACH, Named, moved, without


@rule(on=On.SUPPRESSION, severity=Severity.WARNING, fixable=True)
def unused_suppression(target: SuppressionTarget) -> Iterator[Finding]:
    """A comment says to ignore something that is not reported.

    `# rolecall: ignore[rule, other-rule]` stands in a line of its own, in the first column: directly above a key it
    covers the key with its whole value, directly above a header the section. Other comment lines may stand between, and
    what follows the bracket is free for a reason. It is never written behind a value, which would make it a part of the
    value for some tools, nor inside a nested block, where it goes above the key of the block.

    A name that ignores nothing hides the next fault in that place, so it is better taken out. It is not reported when
    others may see what it ignores: when the rule is off or is about tools that are not chosen, when the other file of
    the pair is not known, or when the rule is about accounts and none is registered. What concerns a file as a whole
    cannot be ignored by a comment; set the rule's severity instead.

    Bad:
    ```ini
    [profile dev]
    # rolecall: ignore[unknown-key]
    region = eu-west-1
    ```

    Good:
    ```ini
    [profile dev]
    # rolecall: ignore[unknown-key] Our deployment script reads it.
    team = platform
    ```
    """
    comment = target.suppression
    place = target.place(comment.span)
    delete = Fix("Delete the comment", lambda _: [without(target)])
    move = (Fix(_title(target), lambda _: moved(target)),)
    match comment.reach.misplaced:
        case Misplaced.INSIDE:
            message = f"Ignores nothing inside the value of {_key(target)}: it belongs above the key"
            yield Finding(place, message, fixes=move, readers=())
        case Misplaced.INDENTED:
            yield Finding(place, "Ignores nothing, as it does not start in the first column", fixes=move, readers=())
        case Misplaced.ALONE:
            yield Finding(place, "Ignores nothing, as nothing stands directly below", fixes=(delete,), readers=())
        case _ if not comment.names:
            message = 'Names nothing to ignore; write the rule in brackets, as in "ignore[unknown-key]"'
            yield Finding(place, message, fixes=(delete,), readers=())
        case _:
            for name in comment.names:
                yield from _of_name(target, name)


def _of_name(target: SuppressionTarget, name: Named) -> Iterator[Finding]:
    """What is wrong with one of the names."""
    place = target.place(name.span)
    is_last = len(target.suppression.names) < 2
    remove = Fix(
        "Delete the comment" if is_last else f"Take {quoted_key(name.rule)} out", lambda _: [without(target, name)]
    )
    on = target.known.get(name.rule)
    if on is None:
        near = catalog.suggest(name.rule, target.known)
        change = Fix(f"Change to {quoted(near)}", lambda _: [replace_span(place, near)]) if near is not None else None
        message = f"There is no rule {quoted_key(name.rule)}{did_you_mean(near)}"
        yield Finding(place, message, fixes=(change, remove) if change is not None else (remove,), readers=())
    elif on in OUT_OF_REACH:
        message = f"No comment ignores {quoted(name.rule)}, which is not about single lines; set its severity instead"
        yield Finding(place, message, fixes=(remove,), readers=())
    elif name in target.needless:
        yield Finding(place, f"There is no {quoted(name.rule)} here to ignore", fixes=(remove,), readers=())


def _key(target: SuppressionTarget) -> str:
    option = target.suppression.reach.inside
    return quoted_key(option.written) if option is not None else ""


def _title(target: SuppressionTarget) -> str:
    return f"Move above {_key(target)}" if target.suppression.reach.inside is not None else "Move to the first column"
