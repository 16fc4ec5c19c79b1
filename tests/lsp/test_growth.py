"""Nothing grows with the number of edits: what is kept is about the files as they are, not as they were."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Iterator
from random import Random
from typing import Any

from rolecall.lsp.session import Session
from rolecall.model.form import Shape
from rolecall.syntax import Section
from rolecall.syntax.tree import Chunk
from tests.lsp.test_fragments import DOCUMENT, URI, Asking

PAIR = "".join(
    f"[profile p{number}]\nrole_arn = arn:aws:iam::444455556666:role/Ops\nsource_profile = p{number + 1}\n\n"
    for number in range(30)
)
TYPED = ["x", "p", "7", "\n", "[", "]", "=", " ", "# note\n", "[profile p3]\n", "[DEFAULT]\n", "region = eu-west-1\n"]
WHOLE = {"start": {"line": 0, "character": 0}, "end": {"line": 1 << 20, "character": 0}}
EDITS = 5000


def ask_everything(asking: Asking) -> None:
    """What an editor asks after each edit."""
    for method in ("documentSymbol", "foldingRange", "documentLink", "codeLens", "semanticTokens/full"):
        asking.ask(method)
    asking.ask("inlayHint", range=WHOLE)
    for line in range(0, 120, 7):
        place = {"line": line, "character": 20}
        asking.ask("hover", position=place)
        asking.ask("completion", position=place)
    asking.ask_own("profiles")
    asking.ask_own("profiles", limit=10, query="p1")


def reachable(root: object) -> Iterator[object]:
    """Everything that an object keeps alive, without what belongs to all, as modules, classes and functions do, and
    without the rules by shape, of which so many are kept and no more."""
    seen = {id(root)}
    due = deque([root])
    while due:
        found = due.popleft()
        yield found
        for other in gc.get_referents(found):
            if id(other) not in seen and not isinstance(other, type) and type(other).__name__ not in _SHARED:
                seen.add(id(other))
                if not (isinstance(other, dict) and isinstance(next(iter(other), None), Shape)):
                    due.append(other)


_SHARED = {"module", "function", "builtin_function_or_method", "method", "ABCMeta"}


def sizes(session: Session) -> dict[str, int]:
    """How many things of each kind a session keeps alive, and how long its longest collection is."""
    found: dict[str, int] = {"longest": 0, "everything": 0}
    for one in reachable(session):
        found["everything"] += 1
        if isinstance(one, (dict, list, set, frozenset)):
            found["longest"] = max(found["longest"], len(one))
        if isinstance(one, (Section, Chunk)):
            kind = type(one).__name__
            found[kind] = found.get(kind, 0) + 1
    return found


def typing(random: Random, lines: int) -> tuple[tuple[int, int], tuple[int, int], str]:
    line, column = random.randrange(lines), random.choice((0, 3, 9))
    return (line, column), (line, column), random.choice(TYPED)


def test_nothing_grows_with_the_number_of_edits() -> None:
    asking = Asking(PAIR)
    random = Random(4)
    ask_everything(asking)
    before = sizes(asking.session)
    for number in range(EDITS):
        start, end, text = typing(random, 120)
        asking.edit(start, end, text)
        if number % 100 == 0:
            ask_everything(asking)
        if number % 10 == 9:
            # Back to the text of the beginning, as an undo is: what has been typed is there no more.
            asking.edit((0, 0), (1 << 20, 0), PAIR)
    assert asking.text == PAIR
    ask_everything(asking)
    assert_same(sizes(asking.session), before)


def assert_same(after: dict[str, int], before: dict[str, int]) -> None:
    """That no more is kept than before, but for small things of which so many are kept and no more, such as forms."""
    everything = after.pop("everything"), before.pop("everything")
    assert after == before
    assert everything[0] < everything[1] + EDITS // 10


def test_what_is_closed_is_let_go() -> None:
    asking = Asking(PAIR)
    elsewhere: dict[str, Any] = {"textDocument": {"uri": "file:///somewhere/.aws/config"}}
    before = sizes(asking.session)
    asking.session.open(elsewhere["textDocument"]["uri"], 1, PAIR)
    asking.session.publish()
    for method in ("documentSymbol", "semanticTokens/full"):
        asking.ask(method, **elsewhere)
    assert sizes(asking.session)["Section"] > before["Section"]
    asking.session.close(elsewhere["textDocument"]["uri"])
    asking.session.publish()
    assert_same(sizes(asking.session), before)

    asking.ask("semanticTokens/full", **DOCUMENT)
    asking.session.close(URI)
    asking.session.publish()
    assert sizes(asking.session).get("Section", 0) == 0
