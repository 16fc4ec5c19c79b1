"""Who can read what. Below each line stands what is said of it, above a header what its lens says to the team."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall.features.hover import MAX_LINES, hover
from rolecall.features.readability import QUESTION, of_section, reader_lenses
from rolecall.model.workspace import FILES
from rolecall.readers.botocore.merge import File
from rolecall.readers.seen import Seen, Source
from rolecall.readers.tools import TOOLS
from rolecall.settings import READERS
from rolecall.syntax import parse
from rolecall.text import Position
from tests.support.check import service
from tests.support.check_file import check_readers
from tests.support.pairs import CONFIGS, CREDENTIALS

BOTH = ("botocore", "javascript")

ALIKE = """\
//- config
# Files as AWS writes them.
[default]
region = eu-west-1

[profile dev]
# A comment.
role_arn = arn:aws:iam::444455556666:role/OpsRole
source_profile = default
s3 =
  addressing_style = path
  max_queue_size = 5
; Another one.
output = json

[dev]
region = nobody reads this

[sso-session corp]
sso_region = eu-west-1

[services local]
dynamodb =
  endpoint_url = http://localhost:8000
//- credentials
[default]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
"""


def test_nothing_is_said_of_what_all_tools_read_alike() -> None:
    assert check_readers(ALIKE, READERS) == ALIKE.removeprefix("//- config\n")


SAID = {
    "two blanks": (
        BOTH,
        """\
    ^ Not read by JavaScript
[profile  ops]
    | AWS CLI, boto3, Rust, Go, C, Java: profile `ops`
    | JavaScript: ignored
region = eu-west-1
    | AWS CLI, boto3, Rust, Go, C, Java: `region` = `eu-west-1`
    | JavaScript: ignored
""",
    ),
    "the tools of the team come first": (
        ("javascript", "go"),
        """\
    ^ Not read by JavaScript
[profile  ops]
    | JavaScript: ignored
    | Go, AWS CLI, boto3, Rust, C, Java: profile `ops`
region = x
    | JavaScript: ignored
    | Go, AWS CLI, boto3, Rust, C, Java: `region` = `x`
""",
    ),
    "a team that reads it alike has no lens": (
        ("botocore", "rust"),
        """\
[profile  ops]
    | AWS CLI, boto3, Rust, Go, C, Java: profile `ops`
    | JavaScript: ignored
region = x
    | AWS CLI, boto3, Rust, Go, C, Java: `region` = `x`
    | JavaScript: ignored
""",
    ),
    "a team of one tool has no lens": (
        ("javascript",),
        """\
[profile  ops]
    | JavaScript: ignored
    | AWS CLI, boto3, Rust, Go, C, Java: profile `ops`
region = x
    | JavaScript: ignored
    | AWS CLI, boto3, Rust, Go, C, Java: `region` = `x`
""",
    ),
    "a comment behind a value": (
        BOTH,
        """\
    ^ Tools read this differently
[profile ops]
    | AWS CLI, boto3: `region` = `us-east-1 # note`
    | JavaScript, Rust, Go, C, Java: `region` = `us-east-1`
region = us-east-1 # note
    | AWS CLI, boto3: `region` = `us-east-1 # note`
    | JavaScript, Rust, Go, C, Java: `region` = `us-east-1`
output = json
""",
    ),
    "a swallowed line": (
        BOTH,
        """\
    ^ Tools read this differently
[profile ops]
    | AWS CLI, boto3, Rust, C, Java: `region` = `us-east-1 …`
    | JavaScript, Go: `region` = `us-east-1`
region = us-east-1
    | AWS CLI, boto3, Rust, C, Java: `region` = `us-east-1 …`
    | JavaScript, Go: `region` = `us-east-1`
  output = json
    | AWS CLI, boto3, Rust, C, Java: part of `region`
    | JavaScript, Go: `output` = `json`
""",
    ),
    "a line whose absence would change another one": (
        BOTH,
        """\
    ^ Tools read this differently
[profile ops]
    | AWS CLI, boto3, Rust, C, Java: `region` = `us-east-1 …`
    | JavaScript, Go: `region` = `us-east-1`
source_profile = base
region = us-east-1
    | AWS CLI, boto3, Rust, C, Java: `region` = `us-east-1 …`
    | JavaScript, Go: `region` = `us-east-1`
  output = json
    | AWS CLI, boto3, Rust, C, Java: part of `region`
    | JavaScript, Go: `output` = `json`
""",
    ),
    "a swallowed header": (
        BOTH,
        """\
    ^ Tools read this differently
[profile ops]
    | AWS CLI, boto3, Rust, C, Java: profile `ops`, `region` = `x …`
    | JavaScript, Go: profile `inner`, profile `ops`, `region` = `x`
region = x
    | AWS CLI, boto3, Rust, C, Java: `region` = `x …`
    | JavaScript, Go: `region` = `x`
  [profile inner]
    | AWS CLI, boto3, Rust, C, Java: part of `region`
    | JavaScript, Go: start of profile `inner`
output = json
""",
    ),
    "a header that is none falls to the section above": (
        READERS,
        """\
[default]
region = eu-west-1
    ^ Refused by Rust and Java
[profile ops] junk
    | AWS CLI, boto3, C: profile `ops`, `region` = `x`
    | JavaScript, Go: part of the section above
    | Rust, Java: whole file refused because of line 3
region = x
    | AWS CLI, boto3, C: `region` = `x`
    | JavaScript, Go: `region` = `x` in the section above
    | Rust, Java: whole file refused because of line 3
""",
    ),
    "without a section above it is ignored": (
        BOTH,
        """\
    ^ Not read by JavaScript
[profile ops] junk
    | AWS CLI, boto3, C: profile `ops`
    | JavaScript, Go: ignored
    | Rust, Java: whole file refused because of line 1
region = x
    | AWS CLI, boto3, C: `region` = `x`
    | JavaScript, Go: ignored
    | Rust, Java: whole file refused because of line 1
""",
    ),
    "a section with nothing in it may still be one too many": (
        ("botocore", "java"),
        """\
    ^ Refused by Java
[profile ops] junk
    | AWS CLI, boto3, JavaScript, Go, C: nothing in it
    | Java, Rust: whole file refused because of line 1
""",
    ),
    "a section that is there twice": (
        BOTH,
        """\
    ^ Refused by AWS CLI, boto3
[profile ops]
    | AWS CLI, boto3: whole file refused because of line 4
    | JavaScript, Rust, Go, C, Java: profile `ops`, all its sections merged
region = x

    ^ Refused by AWS CLI, boto3
[profile ops]
    | AWS CLI, boto3: whole file refused because of line 4
    | JavaScript, Rust, Go, C, Java: profile `ops`, all its sections merged
output = json
""",
    ),
    "in other words": (
        BOTH,
        """\
    ^ Tools read this differently
[profile ops]
    | AWS CLI, boto3: profile `ops`, no `region`
    | JavaScript, Rust, C, Java: profile `ops`, `region` = `x`
    | Go: profile `"ops"`, profile `ops`, `region` = `x`
region = x
    | AWS CLI, boto3: ignored
    | JavaScript, Rust, Go, C, Java: `region` = `x`
    ^ Tools read this differently
[profile "ops"]
    | AWS CLI, boto3: profile `ops`, no `region`
    | JavaScript, Rust, C, Java: profile `ops`, `region` = `x`
    | Go: profile `"ops"`, profile `ops`, `region` = `x`
output = json
""",
    ),
    "a key that is there twice": (
        BOTH,
        """\
    ^ Refused by AWS CLI, boto3
[profile ops]
    | AWS CLI, boto3: whole file refused because of line 3
    | JavaScript, Rust, Go, C, Java: profile `ops`
region = x
    | AWS CLI, boto3: whole file refused because of line 3
    | JavaScript, Rust, Go, C, Java: ignored
region = y
    | AWS CLI, boto3: whole file refused
    | JavaScript, Rust, Go, C, Java: `region` = `y`
""",
    ),
    "[DEFAULT]": (
        BOTH,
        """\
    ^ Not read by JavaScript
[DEFAULT]
    | AWS CLI, boto3: copied into every other section
    | JavaScript, Rust, C, Java: ignored
    | Go: profile `DEFAULT`
region = eu-west-1
    | AWS CLI, boto3, Go: `region` = `eu-west-1`
    | JavaScript, Rust, C, Java: ignored
[profile a]
    | AWS CLI, boto3: `region` = `eu-west-1`
    | JavaScript, Rust, Go, C, Java: no `region`
output = json
[profile b]
region = us-east-1
""",
    ),
    "a comment in a block": (
        ("botocore", "rust"),
        """\
    ^ Refused by Rust
[profile a]
    | AWS CLI, boto3, JavaScript, Go: profile `a`
    | Rust, C, Java: whole file refused because of line 3
s3 =
  # note
    | AWS CLI, boto3, JavaScript, Go: ignored
    | Rust, C, Java: whole file refused
  addressing_style = path
""",
    ),
    "a key in capital letters": (
        BOTH,
        """\
    ^ Tools read this differently
[profile a]
    | AWS CLI, boto3, Rust, Go: `region` = `x`
    | JavaScript, C, Java: no `region`
Region = x
    | AWS CLI, boto3, Rust, Go: `region` = `x`
    | JavaScript, C, Java: unknown `Region`
""",
    ),
    "what no tool makes use of does not count": (
        READERS,
        """\
[profile a]
Whatever = x # y
cli_pager =
region = x
""",
    ),
    "a section with nothing in it does not count": (
        READERS,
        """\
[profile  a]
[profile "b c"]
# A comment.
""",
    ),
    "secrets": (
        BOTH,
        """\
//- credentials
[base]
    | AWS CLI, boto3, JavaScript, Rust, C, Java: `aws_secret_access_key` set, 42 characters
    | Go: `aws_secret_access_key` set, 40 characters
aws_secret_access_key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
    | AWS CLI, boto3, JavaScript, Rust, C, Java: `aws_secret_access_key` set, 42 characters
    | Go: `aws_secret_access_key` set, 40 characters
""",
    ),
}


@pytest.mark.parametrize(("team", "text"), SAID.values(), ids=SAID)
def test_what_is_said(team: tuple[str, ...], text: str) -> None:
    plain = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("    "))
    assert check_readers(plain, team) == text


def test_values_that_look_the_same_and_are_not() -> None:
    told = check_readers("[profile a]\nmy_key = 1\ncredential_process = a b\n  c\n")
    assert "    | JavaScript: `credential_process` set, 3 characters\n" in told
    text = "//- credentials\n[a]\nendpoint_url = http://a/?x # y\n"
    assert "another `endpoint_url`" in check_readers(text)


def test_of_many_sections_with_one_name_not_all_are_read() -> None:
    found = service({"config": "[profile a]\nregion = x\n" * 3000}, rules=()).workspace
    assert len(reader_lenses(found, "config", READERS)) == 3000


@given(st.tuples(CONFIGS, CREDENTIALS), st.sets(st.sampled_from(READERS)))
def test_any_files(pair: tuple[str, str], team: set[str]) -> None:
    texts = dict(zip(FILES, pair, strict=True))
    found = service(texts, rules=()).workspace
    for file in FILES:
        tree = parse(texts[file])
        lines = [len(line.text) for section in tree.sections() for line in section.lines]
        for lens in reader_lenses(found, file, team):
            assert 0 <= lens.span.start < lens.span.end <= lines[lens.span.line]
            said = hover(found, file, Position(lens.span.line, lens.span.start), team)
            assert said is not None
            assert QUESTION in said.markdown
        for number, length in enumerate(lines):
            for column in {0, length // 2, length}:
                said = hover(found, file, Position(number, column), team)
                assert said is None or said.markdown.count("\n") < MAX_LINES


@given(st.sampled_from(FILES), st.one_of(CONFIGS, CREDENTIALS))
def test_who_is_said_to_refuse_a_section_refuses_a_file_of_it(file: File, text: str) -> None:
    for piece in parse(text).sections():
        found = service({file: piece.text}, rules=()).workspace
        tree = found.document(file).tree
        assert tree is not None
        section = list(tree.sections())[-1]
        source, nothing = Source(tree), Source(None)
        readings = {
            name: tool.read(*((source, nothing) if file == "config" else (nothing, source)))
            for name, tool in TOOLS.items()
        }
        refusing = {name for name, reading in readings.items() if _is_refused(reading.seen)}
        rows = of_section(found, file, section, ())
        if rows:
            assert {tool for row in rows for tool in row.tools if row.kind == "refused"} == refusing
        else:
            assert len(refusing) in (0, len(TOOLS))


def _is_refused(seen: Seen) -> bool:
    return seen.config_error is not None or seen.credentials_error is not None
