"""The scanner is `json` with positions: the same values where the text is JSON, and an answer where it is not."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rolecall.accounts.scanner import Node, scan
from rolecall.text import Span

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
WORDS = ['"a"', "true", "null", "//", "/*", "*/", "\\u00e9", "\ud83d", "\u2028"]
PIECES = st.sampled_from([*"{}[]:,\"\\/*'\n\r\t 01-.eE", *WORDS])
TEXT = st.lists(PIECES, max_size=25).map("".join)


def value(node: Node) -> Any:
    """What a node stands for, as `json` has it."""
    match node.kind:
        case "object":
            return {member.key.text: value(member.value) for member in node.members if member.value is not None}
        case "array":
            return [value(item) for item in node.items]
        case "string":
            return node.text
        case _:
            return json.loads(node.text)


def nodes(node: Node) -> list[Node]:
    children = [*node.items, *(child for member in node.members for child in member if child is not None)]
    return [node, *(below for child in children for below in nodes(child))]


def is_json(text: str) -> bool:
    def refuse(_: str) -> None:
        raise ValueError

    try:
        json.loads(text, parse_constant=refuse)
    except ValueError:
        return False
    return True


@given(JSON, st.sampled_from([None, 2, "\t"]), st.booleans())
def test_json_is_read_as_json_reads_it(document: Any, indent: int | str | None, ascii_only: bool) -> None:
    text = json.dumps(document, indent=indent, ensure_ascii=ascii_only)
    found = scan(text)
    assert found.faults == ()
    assert value(found.root) == document


@given(TEXT)
@example("[1")
@example('"\\ud83d"')
@example("{{{{")
@example('{"a" "b": 1}')
@example("[,]")
@example('{"a":1,}')
@example("01")
@example('"a\\')
def test_a_fault_is_found_exactly_where_json_refuses(text: str) -> None:
    found = scan(text)
    assert (found.faults == () and found.root is not None) == is_json(text)


@given(TEXT)
def test_everything_stands_in_the_text(text: str) -> None:
    found = scan(text)
    for node in nodes(found.root) if found.root else []:
        assert 0 <= node.start < node.end <= len(text)
        if node.kind in ("number", "literal"):
            assert text[node.start : node.end] == node.text
    lines = [found.position(fault.start).line for fault in found.faults]
    assert lines == sorted(set(lines))
    for fault in found.faults:
        span = found.span(fault.start, fault.end)
        assert span.start < span.end
        assert found.starts[span.line] + span.end <= max(found.ends[span.line], fault.start + 1)


@given(TEXT)
def test_what_is_read_can_be_written(text: str) -> None:
    found = scan(text)
    for node in nodes(found.root) if found.root else []:
        if node.kind == "string":
            node.text.encode()


@pytest.mark.parametrize("deep", ["[", "{", '{"a":', '[{"a":'])
def test_depth_has_a_limit_and_no_price(deep: str) -> None:
    found = scan(deep * 50_000)
    assert len(found.faults) == 1


def test_a_deep_value_is_passed_over() -> None:
    found = scan('{"deep": ' + "[" * 150 + "]" * 150 + ', "after": 1}')
    assert [fault.message for fault in found.faults] == ["Nested too deeply"]
    assert [member.key.text for member in found.root.members] == ["deep", "after"]


def test_spans_stay_on_their_line() -> None:
    found = scan('{\r\n "a": 1\r\n}')
    assert found.span(0, 13) == Span(0, 0, 1)
    assert found.span(4, 10) == Span(1, 1, 7)
    assert found.span(12, 13) == Span(2, 0, 1)
