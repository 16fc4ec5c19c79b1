"""A header that is written for a name is read as that name, and nothing but hopeless names cannot be written."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from rolecall.model.headers import header_of
from rolecall.model.stanza import stanzas
from rolecall.readers.botocore.merge import File, SectionType
from rolecall.syntax import parse

TYPES = st.sampled_from(
    [("config", SectionType.PROFILE), ("config", SectionType.SSO_SESSION), ("credentials", SectionType.PROFILE)]
)
HOPELESS = re.compile(r"[\]\r\n\x00]|^\s*$|^DEFAULT$")


@given(TYPES, st.text())
@example(("config", SectionType.PROFILE), "default")
@example(("config", SectionType.PROFILE), 'a "b" \\ c')
@example(("config", SectionType.PROFILE), "it's # one")
@example(("credentials", SectionType.PROFILE), "a b")
def test_a_header_means_its_name(kind: tuple[File, SectionType], name: str) -> None:
    file, type_ = kind
    header = header_of(file, type_, name)
    if header is None:
        assert HOPELESS.search(name)
        return
    found = [stanza for section in parse(f"[{header}]\n").sections() for stanza in stanzas(file, section)]
    assert [(stanza.header, stanza.type, stanza.name) for stanza in found] == [(header, type_, name)]
