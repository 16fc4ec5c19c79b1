"""The machinery that compares in bulk: it finds what differs, makes it small, and goes on where it was stopped."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.conformance import agreement, run
from tests.conformance.run import SUITES, Block, Notes, Suite, blocks, digest_of
from tests.conformance.shrinking import shrunk
from tests.support.oracle import Oracle
from tests.support.pairs import Pair, damaged, resolvable, written

BROKEN = Suite(
    "A reader that knows no region",
    100,
    50,
    (resolvable,),
    lambda pairs: ("region" if b"region =" in pair.config else None for pair in pairs),
    ("tests/conformance",),
)


@pytest.mark.parametrize("maker", [written, resolvable, damaged])
def test_a_pair_is_known_by_its_maker_and_its_seed(maker) -> None:
    pairs = [maker(Random(f"seed:{index}")) for index in range(50)]
    assert pairs == [maker(Random(f"seed:{index}")) for index in range(50)]
    assert len(set(pairs)) > 40


def test_a_disagreement_is_made_small(monkeypatch) -> None:
    monkeypatch.setitem(SUITES, "broken", BROKEN)
    result = run.compare(Block("broken", "1", 0, 50))
    assert result.disagreement is not None
    number, pair, differs = result.disagreement
    assert (pair, differs) == (Pair(b"region =", b""), "region")
    assert BROKEN.check(BROKEN.pair("1", number)) == "region"


def test_what_holds_of_no_smaller_pair_stays_as_it_is() -> None:
    pair = Pair(b"[a]\nx = 1\n", b"[b]\n")
    assert shrunk(pair, lambda tried: tried == pair) == pair


def test_a_wrong_value_a_wrong_refusal_and_a_wrong_outcome_are_found(monkeypatch) -> None:
    right = Pair(b"[profile a]\nregion = us-east-1\n", b"")
    others = {
        "profiles": Pair(b"[profile a]\nregion = eu-west-1\n", b""),
        "refusals": Pair(b"[profile a]\nregion\n", b""),
        "ignored sections": Pair(b"[profile a]\nregion = us-east-1\n[b]\n", b""),
    }
    ours = agreement.reading_of
    with Oracle() as oracle:
        assert agreement.difference(oracle, right, outcomes=True) is None
        for about, other in others.items():
            monkeypatch.setattr(agreement, "reading_of", lambda _, other=other: ours(other))
            told = agreement.difference(oracle, right, outcomes=True)
            assert told is not None
            assert told.startswith(f"{about}\n")
        monkeypatch.setattr(agreement, "reading_of", ours)
        monkeypatch.setattr(agreement, "_ending", lambda _: (True, "login", ""))
        assert str(agreement.difference(oracle, right, outcomes=True)).startswith("outcome of 'a'\n")


def test_a_reader_that_raises_is_one_that_differs(monkeypatch) -> None:
    def raising(_: Pair) -> None:
        raise IndexError("list index out of range")

    monkeypatch.setattr(agreement, "reading_of", raising)
    with Oracle() as oracle:
        monkeypatch.setattr(run, "_oracle", oracle, raising=False)
        result = run.compare(Block("botocore", "1", 0, 2))
    assert result.disagreement == (0, Pair(b"", b""), "raises IndexError('list index out of range')")


def test_a_run_goes_on_where_it_was_stopped(tmp_path: Path) -> None:
    done, cut_off = blocks("botocore", "1", 4000)
    path = tmp_path / "notes/botocore.jsonl"
    notes = Notes(path)
    notes.note(done, 1.5)
    notes.note(cut_off, 1.5)
    path.write_text(path.read_text()[:-10])
    assert Notes(path).done == {done: 1.5}


def test_blocks_hold_each_pair_once() -> None:
    found = list(blocks("botocore-outcomes", "1", 450))
    assert [(block.start, block.stop) for block in found] == [(0, 200), (200, 400), (400, 450)]


def test_notes_are_of_one_state_of_the_code(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    file = tmp_path / "a/b.py"
    file.write_text("x = 1\n")
    before = digest_of(["a"], tmp_path)
    assert digest_of(["a/b.py"], tmp_path) == before
    file.write_text("x = 2\n")
    assert digest_of(["a"], tmp_path) != before


def test_every_suite_names_code_that_is_there() -> None:
    for suite in SUITES.values():
        assert digest_of(suite.code)
