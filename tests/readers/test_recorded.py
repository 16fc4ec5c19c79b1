"""Our readers say what was recorded of the tools, and no text makes them fail.

`recorded.json` holds what each tool was seen to make of the snippets g… and m… of `cases.py`, by their ids and by the
names of the tools that agree. What was seen of botocore and of the SDK for JavaScript is told file by file, each read
without the other one; of the others, what both files give together.

    profiles, config, credentials   the settings by profile: of both files, or of one
    ssoSessions, services, ignored  as in `rolecall readers --format json`; none where they are not told
    refused                         by file the line and the tool's words, as far as they were recorded
    note                            why a part is null, and then not compared, or what else is to say

The 70,000 letters of a long value are written {70000 x}. How a profile's credentials were resolved is not recorded
here: botocore and the SDK for JavaScript are asked live, and of the other tools we do not follow it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rolecall.readers.seen import FileError, Seen, Source
from rolecall.readers.tools import TOOLS
from rolecall.settings import READERS
from rolecall.store.files import decode
from rolecall.syntax import parse
from tests.readers.cases import BY_ID
from tests.support.pairs import CONFIGS, CREDENTIALS

_TEXT = Path(__file__).with_name("recorded.json").read_text(encoding="utf-8").replace("{70000 x}", "x" * 70_000)
_ROWS = [
    pytest.param(case, tool, record, id=f"{case}-{tool}")
    for case, row in json.loads(_TEXT).items()
    for tools, record in row.items()
    for tool in tools.split()
]
_FILES = ("config", "credentials")
_ABSENT = Source(None)


def source_of(data: bytes) -> Source:
    decoded = decode(data)
    return Source(parse(decoded.text), decoded.undecodable_at is not None, decoded.utf16)


def seen_by(tool: str, config: Source, credentials: Source) -> Seen:
    return TOOLS[tool].read(config, credentials).seen


@pytest.mark.parametrize(("case", "tool", "record"), _ROWS)
def test_record(case: str, tool: str, record: Mapping[str, Any]) -> None:
    config, credentials = source_of(BY_ID[case].config), source_of(BY_ID[case].credentials)
    seen = seen_by(tool, config, credentials)
    told = {"ssoSessions": seen.sso_sessions, "services": seen.services}
    if tool in ("botocore", "javascript"):
        told["config"] = seen_by(tool, config, _ABSENT).profiles
        told["credentials"] = seen_by(tool, _ABSENT, credentials).profiles
    else:
        told["profiles"] = seen.profiles
    if "ignored" in record:
        assert seen.ignored == tuple(record["ignored"])
    expected = {part: record.get(part, {}) for part in told}
    assert {part: told[part] for part, value in expected.items() if value is not None} == {
        part: value for part, value in expected.items() if value is not None
    }
    refused = record.get("refused", {})
    for file, error in zip(_FILES, (seen.config_error, seen.credentials_error), strict=True):
        assert (error is not None) == (file in refused), (file, error)
        if error is not None:
            assert {part: value for part, value in error._asdict().items() if part in refused[file]} == refused[file]


def test_every_tool_has_records() -> None:
    ids = {case for case in BY_ID if case[0] in "gm"}
    assert tuple(TOOLS) == READERS
    for name in TOOLS:
        assert {case for case, tool, _ in (row.values for row in _ROWS) if tool == name} == ids


@pytest.mark.parametrize(
    ("tool", "error"),
    [
        ("rust", FileError(2, "EnvConfigParseError", "Expected an '=' sign defining a property")),
        ("java", FileError(2, "IllegalArgumentException", "Expected an '=' sign defining a property on line 2")),
        ("c", FileError(2, "AWS_ERROR_SDKUTILS_PARSE_FATAL", "Property definition does not contain the assignment operator")),
    ],
)  # fmt: skip
def test_a_refused_file(tool: str, error: FileError) -> None:
    """Rust and Java give up both files, the C runtime only the refused one; the SDK for Go refuses none."""
    config, credentials = source_of(b"[default]\nregion\n"), source_of(b"[dev]\nregion = eu-west-1\n")
    seen = seen_by(tool, config, credentials)
    assert seen.config_error == error
    assert seen.credentials_error is None
    assert seen.profiles == ({"dev": {"region": "eu-west-1"}} if tool == "c" else {})
    assert seen_by("go", config, credentials).profiles == {"default": {}, "dev": {"region": "eu-west-1"}}


def test_c_looks_for_names_among_the_profiles_only() -> None:
    """A session with the name of a profile becomes part of it, and a block in a section that it ignores is fatal."""
    config = source_of(b"[profile x]\nregion = eu-west-1\n[sso-session x]\nsso_region = us-east-1\n")
    assert seen_by("c", config, _ABSENT).profiles == {"x": {"region": "eu-west-1", "sso_region": "us-east-1"}}
    ignored = source_of(b"[x]\nregion = eu-west-1\ns3 =\n  addressing_style = path\n")
    assert seen_by("java", ignored, _ABSENT) == Seen.nothing()._replace(ignored=("x",))
    error = seen_by("c", ignored, _ABSENT).config_error
    assert error is not None
    assert (error.line, error.cause) == (4, "Property continuation seen outside of a current property")


def test_go_takes_few_settings_from_the_credentials_file() -> None:
    """Into a profile of both files it takes keys only as a pair, and of other settings those that it knows there."""
    config = source_of(b"[profile x]\naws_session_token = old\noutput = json\n")
    half = source_of(b"[x]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\noutput = text\nregion = eu-west-1\n")
    assert seen_by("go", config, half).profiles == {
        "x": {"aws_session_token": "old", "output": "json", "region": "eu-west-1"}
    }


@pytest.mark.parametrize("tool", TOOLS)
def test_region(tool: str) -> None:
    reading = TOOLS[tool].read(source_of(b"[profile x]\nregion = eu-west-1\n"), source_of(b"[x]\nregion = us-east-1\n"))
    assert reading.region("x") == "us-east-1"
    assert reading.resolution("x") is None or tool in ("botocore", "javascript")


_SIGNS = st.text("[]=:#; \t\r\n\"'\\\0\ufeff\xa0\x85\u2028aZ.profile services sso-session default", max_size=80)
_TEXTS = st.one_of(_SIGNS, st.text(max_size=40))


@pytest.mark.parametrize("tool", TOOLS)
@given(config=st.one_of(CONFIGS, _TEXTS), credentials=st.one_of(CREDENTIALS, _TEXTS))
@example(config="[", credentials="[]\n=")
@example(config="a\r", credentials="[a]\rb\r\n  c")
def test_total_and_pure(tool: str, config: str, credentials: str) -> None:
    """Any text is read, twice the same; and blank lines at the end change nothing."""
    files = [Source(parse(text)) for text in (config, credentials)]
    reading = TOOLS[tool].read(*files)
    assert reading.seen == seen_by(tool, *files)
    for profile in reading.seen.profiles:
        assert isinstance(reading.region(profile), str | None)
    ended = [Source(parse(text + "\n")) for text in (config, credentials)]
    followed = [Source(parse(text + "\n\n \t\n")) for text in (config, credentials)]
    assert seen_by(tool, *followed) == seen_by(tool, *ended)
