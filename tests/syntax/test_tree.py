"""Parts of a tree by line."""

import pytest

from rolecall.syntax import parse

TREE = parse("# top\n[a]\nx = 1\n[b]\n# of c\n[c]\ny = 2\n")


@pytest.mark.parametrize(
    ("first", "last", "starts"),
    [(0, 0, [0]), (0, 3, [0, 3]), (2, 4, [0, 3, 4]), (4, 4, [4]), (6, 99, [4]), (99, 99, [4]), (0, 99, [0, 3, 4])],
)
def test_the_sections_within_some_lines(first: int, last: int, starts: list[int]) -> None:
    assert [start for section, start in TREE.within(first, last) if section.lines] == starts


def test_an_empty_file_has_its_one_empty_section_everywhere() -> None:
    assert [start for _, start in parse("").within(3, 5)] == [0]
