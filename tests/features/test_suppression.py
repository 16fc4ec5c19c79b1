"""What the quick fix writes to have something no longer reported, and what is offered while people write it."""

from __future__ import annotations

import pytest

from rolecall.features.completion import completion
from rolecall.features.suppression import ignoring
from rolecall.text import Position, TextEdit, apply_edits
from tests.support.check import service
from tests.support.check_cursor import opened

WRITTEN = {
    "above a key": (
        "[profile a]\nregion = eu-west-1\nteam = x\n",
        "Ignore unknown-key here",
        "[profile a]\nregion = eu-west-1\n# rolecall: ignore[unknown-key]\nteam = x\n",
    ),
    "into the comment that is there": (
        "[profile a]\n; rolecall: ignore[empty-value]  old\n# note\nteam = x\n",
        "Ignore unknown-key here",
        "[profile a]\n; rolecall: ignore[empty-value, unknown-key]  old\n# note\nteam = x\n",
    ),
    "below other comments, and not into one that names nothing": (
        "[profile a]\n# note\n# rolecall: ignore[]\nteam = x\n",
        "Ignore unknown-key here",
        "[profile a]\n# note\n# rolecall: ignore[]\n# rolecall: ignore[unknown-key]\nteam = x\n",
    ),
    "above the key of a block": (
        "[profile a]\ns3 =\n  use_dualstack_endpoint = true\n  team = x\n",
        "Ignore unknown-key here",
        "[profile a]\n# rolecall: ignore[unknown-key]\ns3 =\n  use_dualstack_endpoint = true\n  team = x\n",
    ),
    "in the first column of an indented section": (
        "[profile a]\n  team = x\n",
        "Ignore unknown-key here",
        "[profile a]\n# rolecall: ignore[unknown-key]\n  team = x\n",
    ),
    "above a header, below the comments that belong to it": (
        "# note\n[profile a]\noutput = json\n\n# other\n[profile a]\n",
        "Ignore duplicate-section in this section",
        "# note\n[profile a]\noutput = json\n\n# other\n# rolecall: ignore[duplicate-section]\n[profile a]\n",
    ),
    "with the line ends of the file": (
        "[profile a]\r\nteam = x",
        "Ignore unknown-key here",
        "[profile a]\r\n# rolecall: ignore[unknown-key]\r\nteam = x",
    ),
    "before any header": (
        "team = x\n",
        "Ignore missing-section-header here",
        "# rolecall: ignore[missing-section-header]\nteam = x\n",
    ),
}


@pytest.mark.parametrize(("text", "title", "after"), WRITTEN.values(), ids=WRITTEN)
def test_quick_fix(text: str, title: str, after: str) -> None:
    found = service({"config": text})
    [ignore] = {
        (ignore.title, ignore)
        for one in found.diagnostics("config")
        if (ignore := ignoring(found.workspace, "config", one.span.line, one.rule)) and ignore.title == title
    }
    edits = found.text_edits([ignore[1].edit])["config"]
    assert apply_edits(text, edits) == after
    rule = title.split()[1]
    assert rule not in {one.rule for one in service({"config": after}).diagnostics("config")}
    assert rule in {one.rule for one in service({"config": after}).ignored("config")}


NOT_WRITTEN = {
    "what is about the whole file": ("[profile a]\n", "bom"),
    "a comment that is not needed": ("# rolecall: ignore[unknown-key]\n[profile a]\n", "unused-suppression"),
    "what no rule is called": ("[profile a]\n", "nothing"),
    "above a byte order mark": ("\ufeff[profile a]\n", "dangling-config"),
    "where lines end in a way that some tools do not know": ("[profile a]\r[profile a]\r", "duplicate-section"),
    "in an empty file": ("", "dangling-config"),
}


@pytest.mark.parametrize(("text", "rule"), NOT_WRITTEN.values(), ids=NOT_WRITTEN)
def test_no_quick_fix(text: str, rule: str) -> None:
    assert ignoring(service({"config": text}).workspace, "config", 0, rule) is None


OFFERED = {
    "a comment for what is reported below, and one for any rule": (
        "[profile a]\n#$0\nteam = x\n",
        ["rolecall: ignore[unknown-key]", "rolecall: ignore[…]"],
    ),
    "a comment that is begun": (
        "[profile a]\n; role$0\n# note\nteam = x\n",
        ["rolecall: ignore[unknown-key]", "rolecall: ignore[…]"],
    ),
    "a comment above a header is about the whole section": (
        "# $0\n[profile a]\nteam = x\n",
        ["rolecall: ignore[dangling-config]", "rolecall: ignore[unknown-key]", "rolecall: ignore[…]"],
    ),
    "a comment with nothing below": ("[profile a]\n# $0\n\nteam = x\n", ["rolecall: ignore[…]"]),
    "nothing in a comment that says something else": ("[profile a]\n# team$0\nteam = x\n", []),
    "nothing before what a comment says": ("[profile a]\n# $0 team\nteam = x\n", []),
    "nothing in a block": ("[profile a]\ns3 =\n# $0\n  team = x\n", []),
    "nothing in an indented comment": ("[profile a]\n  # $0\nteam = x\n", []),
    "nothing behind the rules": ("[profile a]\n# rolecall: ignore[a] $0\nteam = x\n", []),
}


def labels(text: str) -> list[str]:
    return [item.label for item in items(text)]


def items(text: str):
    _, file, position, texts = opened(text)
    found = service(texts)
    reported = [(one.span.line, one.rule) for one in found.diagnostics(file)]
    return completion(found.workspace, file, position, lambda: reported).items


@pytest.mark.parametrize(("text", "expected"), OFFERED.values(), ids=OFFERED)
def test_comments_are_offered(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


def test_rules_are_offered_those_that_report_something_first() -> None:
    found = labels("[profile a]\n# rolecall: ignore[$0]\nteam = x\n")
    assert found[0] == "unknown-key"
    assert found[1:] == sorted(found[1:])
    assert "duplicate-key" in found
    assert not {"bom", "unused-suppression", "unmatched-account"} & set(found)


ACCEPTED = {
    "a comment behind its sign": (
        "[profile a]\n#$0\nteam = x\n",
        "[profile a]\n# rolecall: ignore[unknown-key]\nteam = x\n",
    ),
    "a rule in empty brackets": (
        "[profile a]\n# rolecall: ignore[$0]\nteam = x\n",
        "[profile a]\n# rolecall: ignore[unknown-key]\nteam = x\n",
    ),
    "a rule in place of another word": (
        "[profile a]\n# rolecall: ignore[empty-value, un$0known-kei, bad] note\nteam = x\n",
        "[profile a]\n# rolecall: ignore[empty-value, unknown-key, bad] note\nteam = x\n",
    ),
    "a rule before the bracket is closed": (
        "[profile a]\n# rolecall: ignore[unk$0\nteam = x\n",
        "[profile a]\n# rolecall: ignore[unknown-key\nteam = x\n",
    ),
}


@pytest.mark.parametrize(("text", "after"), ACCEPTED.values(), ids=ACCEPTED)
def test_accepted(text: str, after: str) -> None:
    _, file, position, texts = opened(text)
    item = next(item for item in items(text) if "unknown-key" in item.label)
    assert item.description == "reported here"
    assert item.replace.start <= position.column <= item.replace.end
    edit = TextEdit(
        Position(item.replace.line, item.replace.start), Position(item.replace.line, item.replace.end), item.insert
    )
    assert apply_edits(texts[file], [edit]) == after


def test_a_rule_is_not_offered_twice() -> None:
    found = labels("[profile a]\n# rolecall: ignore[unknown-key, $0, empty-value]\nteam = x\n")
    assert not {"unknown-key", "empty-value"} & set(found)
