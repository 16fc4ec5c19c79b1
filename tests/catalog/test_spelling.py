"""Did you mean: near names are found, far ones are not, and the answer does not depend on order."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall.catalog import settings, suggest
from rolecall.catalog._spelling import edit_distance

WORDS = st.text("abcA-_", max_size=8)


def plain_distance(left: str, right: str) -> int:
    """The textbook's optimal string alignment distance, without any shortcut."""
    cells = {(i, 0): i for i in range(len(left) + 1)} | {(0, j): j for j in range(len(right) + 1)}
    for i, a in enumerate(left, 1):
        for j, b in enumerate(right, 1):
            cells[i, j] = min(cells[i - 1, j] + 1, cells[i, j - 1] + 1, cells[i - 1, j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cells[i, j] = min(cells[i, j], cells[i - 2, j - 2] + 1)
    return cells[len(left), len(right)]


@pytest.mark.parametrize(
    ("word", "candidates", "expected"),
    [
        ("regoin", "region retry_mode", "region"),
        ("bsae", "base other", "base"),
        ("base", "base bases", "bases"),
        ("Base", "base", "base"),
        ("bas", "basics", None),
        ("dev", "ops", None),
        ("dev", "def dex", "def"),
        ("Dew", "dev Dev", "Dev"),
        ("a", "b", None),
        ("a", "A b", "A"),
        ("staging", "production", None),
        ("", "a", None),
        ("region", "", None),
    ],
)
def test_suggestions(word: str, candidates: str, expected: str | None) -> None:
    assert suggest(word, candidates.split()) == expected


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("aws_acess_key_id", "aws_access_key_id"),
        ("aws_access_key", None),
        ("aws_secret_acces_key", "aws_secret_access_key"),
        ("aws_sesion_token", "aws_session_token"),
        ("role-arn", "role_arn"),
        ("rolearn", "role_arn"),
        ("sourceprofile", "source_profile"),
        ("source_profil", "source_profile"),
        ("mfa_serail", "mfa_serial"),
        ("ouput", "output"),
        ("sso_sesion", "sso_session"),
    ],
)
def test_misspelled_settings(wrong: str, right: str | None) -> None:
    assert suggest(wrong, [setting.name for setting in settings("profile")]) == right


@given(WORDS, WORDS, st.integers(0, 4))
def test_the_distance_is_the_textbook_one_up_to_its_limit(left: str, right: str, limit: int) -> None:
    distance = plain_distance(left, right)
    assert edit_distance(left, right, limit) == (distance if distance <= limit else None)


@given(WORDS, st.lists(WORDS), st.randoms())
def test_the_order_of_candidates_does_not_matter(word: str, candidates: list[str], random: Random) -> None:
    shuffled = random.sample(candidates, len(candidates))
    assert suggest(word, shuffled) == suggest(word, candidates)


@given(WORDS, st.lists(WORDS))
def test_a_suggestion_is_another_candidate_that_is_near(word: str, candidates: list[str]) -> None:
    found = suggest(word, candidates)
    if found is not None:
        assert found in candidates
        assert found != word
        assert plain_distance(word.casefold(), found.casefold()) <= 2
