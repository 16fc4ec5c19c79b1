"""What an excerpt shows of a line, and where its carets stand."""

from __future__ import annotations

import pytest

from rolecall.cli.excerpt import Excerpt, excerpt
from rolecall.syntax import parse
from rolecall.text import Span


@pytest.mark.parametrize(
    ("line", "shown", "carets"),
    [
        # To botocore the name goes on to the last bracket; what stands behind the first one may be a secret.
        ("[profile a] # [b]", "[profile a] •••", "^^^^^^^^^^^^^^^"),
        ("[profile a]b]", "[profile a]•••", "^^^^^^^^^^^^^^"),
        ("\ufeff[profile a]", "<BOM>[profile a]", "^^^^^^^^^^^^^^^^"),
        ("=======", "=======", "^^^^^^^"),
        ("<<<<<<< HEAD", "<<<<<<< •••", "^^^^^^^^^^^"),
        (">>>>>>>", ">>>>>>>", "^^^^^^^"),
        ("wJalrXUtnFEMI", "•••", "^^^"),
        (">>>>>>>secret", "•••", "^^^"),
    ],
)
def test_line(line: str, shown: str, carets: str) -> None:
    assert excerpt(parse(f"{line}\n"), "config", Span(0, 0, len(line))) == Excerpt(shown, carets)


def test_a_line_that_is_swallowed_is_no_header_that_is_not_closed() -> None:
    tree = parse("[profile a]\nregion = x\n  [secret\n")
    assert excerpt(tree, "config", Span(2, 2, 9)) == Excerpt("  •••", "  ^^^")


def test_the_caret_of_a_byte_order_mark_is_under_it_alone() -> None:
    assert excerpt(parse("\ufeff[a]\n"), "config", Span(0, 0, 1)) == Excerpt("<BOM>[a]", "^^^^^")
