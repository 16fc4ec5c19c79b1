"""An edit changes what was asked for, for botocore too, and leaves every other line as it is, byte for byte."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given, reject, settings
from hypothesis import strategies as st

from rolecall.edits import (
    EditError,
    FileEdit,
    absolute,
    add_section,
    insert_option,
    merge_sections,
    remove_option,
    remove_section,
    rename_section,
    set_option,
)
from rolecall.model.stanza import stanzas
from rolecall.readers.botocore.ini import DEFAULT_SECTION
from rolecall.readers.botocore.merge import FileView, ini_sections, read_file
from rolecall.syntax import parse
from rolecall.text import apply_edits, split_lines
from tests.support.pairs import CONFIGS, READABLE

VALUES = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x00"), max_size=12).map(str.strip)
KEYS = st.sampled_from(["region", "output", "role_arn", "new_key", "s3"])
PICK = st.floats(0, 1, exclude_max=True)


def read(text: str) -> FileView:
    return read_file(parse(text))


class Edited:
    """A text, one of its stanzas, and the text after an edit of it."""

    def __init__(self, text: str, fraction: float) -> None:
        self.text = text
        self.tree = parse(text)
        found = [stanza for section in self.tree.sections() for stanza in stanzas("config", section)]
        # What [DEFAULT] says stands in every other section too, which the sums below leave aside.
        if not found or any(stanza.header == DEFAULT_SECTION for stanza in found):
            reject()
        self.stanza = found[int(fraction * len(found))]
        self.found = found

    def after(self, *edits: FileEdit) -> str:
        return apply_edits(self.text, absolute(edits, {"config": self.tree})["config"])


def check_other_lines(before: str, after: str, *, gone: int = 0, new: int = 0) -> None:
    """All but `gone` lines of the text before are in the text after, in order, among at most `new` others."""
    old, fresh = split_lines(before), split_lines(after)
    start = 0
    while start < min(len(old), len(fresh)) and old[start] == fresh[start]:
        start += 1
    end = 0
    while end < min(len(old), len(fresh)) - start and old[-1 - end] == fresh[-1 - end]:
        end += 1
    assert len(old) - start - end <= gone
    assert len(fresh) - start - end <= new


@given(CONFIGS, PICK, KEYS, VALUES)
@example("[default]\n[profile a]\n  [profile inner]\nregion = x\n", 0.5, "region", "0")
def test_a_value_is_set(text: str, fraction: float, key: str, value: str) -> None:
    edited = Edited(text, fraction)
    option = edited.stanza.option(key)
    after = edited.after(set_option(edited.stanza, key, value))
    lines = option.last - option.line + 1 if option else 0
    # A line that was the last without a line end gets one when another follows it.
    check_other_lines(text, after, gone=max(lines, 1), new=2)
    before, now = read(text), read(after)
    if before.error is None:
        assert now.error is None
        sections = {name: dict(values) for name, values in before.sections.items()}
        sections[edited.stanza.header][key] = value
        assert now.sections == sections


@given(CONFIGS, PICK, PICK)
def test_an_option_is_removed(text: str, fraction: float, which: float) -> None:
    edited = Edited(text, fraction)
    assume(edited.stanza.options)
    option = edited.stanza.options[int(which * len(edited.stanza.options))]
    after = edited.after(remove_option(edited.stanza, option))
    assert len(split_lines(after)) == len(split_lines(text)) - (option.last - option.line + 1)
    before, now = read(text), read(after)
    if before.error is None:
        sections = {name: dict(values) for name, values in before.sections.items()}
        del sections[edited.stanza.header][option.key]
        assert now.error is None
        assert now.sections == sections


@given(CONFIGS, PICK)
def test_a_section_is_removed(text: str, fraction: float) -> None:
    edited = Edited(text, fraction)
    assume(
        edited.stanza.section.header == edited.stanza.ini.line and len(stanzas("config", edited.stanza.section)) == 1
    )
    now = read(edited.after(remove_section(edited.stanza)))
    before = read(text)
    if before.error is None:
        assert now.error is None
        assert now.sections == {name: found for name, found in before.sections.items() if name != edited.stanza.header}


@given(CONFIGS, PICK)
def test_a_section_is_renamed(text: str, fraction: float) -> None:
    edited = Edited(text, fraction)
    after = edited.after(rename_section(edited.stanza, "profile fresh name"))
    check_other_lines(text, after, gone=1, new=1)
    before, now = read(text), read(after)
    if before.error is None and edited.stanza.header in before.sections:
        assert list(now.sections.values()) == list(before.sections.values())
        assert "profile fresh name" in now.sections


@given(CONFIGS)
def test_a_section_is_added_at_the_end(text: str) -> None:
    tree = parse(text)
    edit = add_section("config", "profile fresh", [("region", "eu-west-1"), ("role_arn", "")])
    after = apply_edits(text, absolute([edit], {"config": tree})["config"])
    assert after.startswith(text)
    before, now = read(text), read(after)
    if before.error is None:
        assert list(now.sections)[-1] == "profile fresh"
        assert {name: found for name, found in now.sections.items() if name != "profile fresh"} == before.sections


@settings(max_examples=200)
@given(READABLE, PICK, PICK)
def test_merging_two_sections_is_what_tools_that_accept_both_read(
    pair: tuple[str, str], one: float, two: float
) -> None:
    edited = Edited(pair[0] + "# above\n[profile base]\nregion = late\n# within\ns3 =\n  a = 1\n", one)
    other = edited.found[int(two * len(edited.found))]
    assume(other is not edited.stanza and other.ini.line + edited.tree.starts_of({other.section})[other.section] > 0)
    expected = edited.stanza.ini.values() | other.ini.values()
    after = edited.after(*merge_sections(edited.stanza, other))
    merged = [ini for _, ini in ini_sections(parse(after)) if ini.name == edited.stanza.header]
    assert any(ini.values() == expected for ini in merged)
    assert after.count("# within") == 1


@pytest.mark.parametrize("value", ["a\nb", "a\rb", "a\x00b"])
def test_a_value_that_would_break_the_file_is_refused_without_being_told(value: str) -> None:
    stanza = Edited("[default]\n", 0).stanza
    for edit in (
        lambda: set_option(stanza, "key", value),
        lambda: insert_option(stanza, value, "x"),
        lambda: rename_section(stanza, value),
        lambda: add_section("config", "a", [("key", value)]),
    ):
        with pytest.raises(EditError) as raised:
            edit()
        assert value not in str(raised.value)
