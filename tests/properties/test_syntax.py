"""The tree is lossless and total, and an edit gives the tree that a parse from scratch gives."""

from hypothesis import given, settings
from hypothesis import strategies as st

from rolecall.syntax import Change, Tree, parse
from rolecall.syntax.parser import edit
from rolecall.text import Position, TextEdit, apply_edits, split_lines

PIECES = st.sampled_from(
    ["[profile a]", "[b]", "  [c]", "[", "]", "[]", "[open", "# note", "  # inner", "; old", "key = value", "a: b",
     "  sub = x", "s3 =", "word", "=", "\n", "\r\n", "\r", " ", "\t", "\ufeff", "😀", "é", "\u2028", "\x85", "\x0c", "\x00",
     "\n\n", "\n[z]\n", "\n# c\n"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=40).map("".join)


def shape(tree: Tree) -> list[tuple]:
    """Everything that a tree says, as plain data."""
    return [
        (section.header, [(line.text, line.end, line.kind, line.indent, line.delimiter) for line in section.lines])
        for section in tree.sections()
    ]


def check_edits(text: str, changes: list[tuple[float, float, str]]) -> None:
    tree = parse(text)
    for from_, to, new in changes:
        lines = split_lines(text)
        places = sorted(_place(lines, fraction) for fraction in (from_, to))
        text = apply_edits(text, [TextEdit(*places, new)])
        before = set(tree.sections())
        edited = edit(tree, Change(*places, new))
        assert edited.tree.text == text
        assert shape(edited.tree) == shape(parse(text))
        after = set(edited.tree.sections())
        assert before - after <= set(edited.removed), "a section that went is not said to be removed"
        assert after - before == set(edited.added)
        tree = edited.tree
    every_other = list(tree.located())[::2]
    assert list(tree.starts_of({section for section, _ in every_other}).items()) == every_other


def _place(lines: list[str], fraction: float) -> Position:
    number = int(fraction * (len(lines) + 1))
    width = len(lines[number]) if number < len(lines) else 3
    return Position(number, int((fraction * 7919) % (width + 1)))


@given(TEXTS)
def test_the_tree_holds_the_text(text: str) -> None:
    assert parse(text).text == text


@given(st.text())
def test_any_text_has_a_tree(text: str) -> None:
    assert parse(text).text == text


FRACTION = st.floats(0, 1, exclude_max=True)


@settings(max_examples=300)
@given(TEXTS, st.lists(st.tuples(FRACTION, FRACTION, TEXTS), max_size=12))
def test_an_edit_equals_a_parse_from_scratch(text: str, changes: list[tuple[float, float, str]]) -> None:
    check_edits(text, changes)


@settings(max_examples=30)
@given(st.integers(100, 400), st.lists(st.tuples(FRACTION, FRACTION, PIECES), max_size=30))
def test_an_edit_of_a_long_file_equals_a_parse_from_scratch(
    count: int, changes: list[tuple[float, float, str]]
) -> None:
    check_edits("".join(f"# {n}\n[profile p{n}]\nregion = r\n\n" for n in range(count)), changes)
