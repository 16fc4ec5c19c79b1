"""Where the cursor is, as botocore takes the lines, and that nothing breaks whatever it is on."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rolecall.features.completion import completion
from rolecall.features.cursor import Part, at
from rolecall.features.hover import hover
from rolecall.features.navigation import definition, document_highlight, references
from rolecall.text import Position
from tests.properties.test_syntax import TEXTS
from tests.support.check import service
from tests.support.check_cursor import opened

PLACES = {
    "[pro$0file a]": (Part.HEADER, "[pro", "profile"),
    "[profile a]\n[ser$0": (Part.HEADER, "[ser", "profile"),
    "[profile a]\nreg$0": (Part.KEY, "reg", "profile"),
    "[profile a]\n$0region = x": (Part.KEY, "", "profile"),
    "[profile a]\nregion$0 = x": (Part.KEY, "region", "profile"),
    "[profile a]\nregion $0= x": (Part.DELIMITER, "", "profile"),
    "[profile a]\nregion =$0": (Part.VALUE, "", "profile"),
    "[profile a]\nregion = eu$0-west-1 ": (Part.VALUE, "eu", "profile"),
    "[profile a]\nregion = eu $0": (Part.VALUE, "eu ", "profile"),
    "[profile a]\nregion = x\n\n  y$0": (Part.CONTINUED, "", "profile"),
    "[profile a]\nregion = x\nword\n  y$0": (Part.CONTINUED, "", "profile"),
    "[profile a]\ns3 =\n  addr$0": (Part.NESTED_KEY, "addr", "profile/s3"),
    "[profile a]\ns3 =\n  a$0 = b": (Part.NESTED_KEY, "a", "profile/s3"),
    "[profile a]\ns3 =\n  a = b$0": (Part.NESTED_VALUE, "b", "profile/s3"),
    "[profile a]\ns3 =\n  a = b\n  # c$0": (Part.COMMENT, "# c", "profile"),
    "[profile a]\ns3 =\n  $0": (Part.NESTED_KEY, "", "profile/s3"),
    "[profile a]\ns3 =\n$0": (Part.BLANK, "", "profile"),
    "[profile a]\nregion =\n  $0": (Part.CONTINUED, "", "profile"),
    "[profile a]\n  region = x\n  $0": (Part.BLANK, "", "profile"),
    "[services a]\ns3 =\n  end$0": (Part.NESTED_KEY, "end", "services/s3"),
    "[plugins]\nx$0": (Part.KEY, "x", "plugins"),
    "[DEFAULT]\nx$0": (Part.KEY, "x", "profile"),
    "# above$0\n[profile a]": (Part.COMMENT, "# above", ""),
    "region = x$0": (Part.VALUE, "x", ""),
    "\ufeff[def$0ault]": (Part.HEADER, "[def", "profile"),
    "$0": (Part.BLANK, "", ""),
}


@pytest.mark.parametrize("text", PLACES)
def test_where_the_cursor_is(text: str) -> None:
    workspace, file, position, _ = opened(text)
    cursor = at(workspace, file, position)
    assert (cursor.part, cursor.word, cursor.section_type) == PLACES[text]


@settings(max_examples=150)
@given(TEXTS, TEXTS, st.integers(0, 12), st.integers(0, 20))
@example("[profile a]\ns3 =\n  a = b\x0cc = d\n", "", 2, 9)
def test_nothing_breaks_anywhere(config: str, credentials: str, line: int, column: int) -> None:
    workspace = service({"config": config, "credentials": credentials}, rules=()).workspace
    for file in ("config", "credentials"):
        position = Position(line, column)
        cursor = at(workspace, file, position)
        assert cursor.start <= cursor.position.column <= max(cursor.end, cursor.position.column) <= len(cursor.text)
        for item in completion(workspace, file, position).items:
            assert item.replace.line == cursor.line
            assert item.replace.start <= cursor.position.column <= item.replace.end
        found = hover(workspace, file, position)
        assert found is None or found.span.start <= cursor.position.column <= found.span.end
        for location in (*definition(workspace, file, position), *references(workspace, file, position)):
            assert location.start <= (location.span.line, location.span.start) < location.end
        document_highlight(workspace, file, position)
