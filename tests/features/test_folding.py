"""What can be folded away."""

from hypothesis import given

from tests.properties.test_syntax import TEXTS
from tests.support.check_file import check_folds


def test_sections_blocks_and_comments_fold() -> None:
    text = """\
# Two lines
# of comment
[profile dev]
region = eu-west-1
s3 =
  addressing_style = path

[profile empty]

# One line

[profile next]
output = json
"""
    assert check_folds(text) == ["0-1 comment", "2-5 section", "4-5 block", "7-9 section", "11-12 section"]


def test_a_value_over_several_lines_folds_as_the_tools_delimit_it() -> None:
    assert check_folds("[a]\nca_bundle = one\n  two\n  # aside\n\n  three\nregion = x\n", "config") == [
        "0-6 section",
        "1-5 block",
    ]


def test_comments_at_the_end_of_the_file_fold() -> None:
    assert check_folds("[a]\n\n; one\n; two") == ["0-3 section", "2-3 comment"]


def test_no_file_has_no_folds() -> None:
    assert check_folds("", "credentials") == []


@given(TEXTS)
def test_folds_lie_within_each_other_or_apart(text: str) -> None:
    ranges = [tuple(map(int, fold.split()[0].split("-"))) for fold in check_folds(f"//- config\n{text}")]
    for first, last in ranges:
        assert first < last
        assert not any(first < other < last < end for other, end in ranges)
