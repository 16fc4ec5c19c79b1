"""The outline of a file."""

from hypothesis import given

from rolecall.features.symbols import MAX_SECTIONS
from tests.properties.test_syntax import TEXTS
from tests.support.check_file import check_symbols


def test_sections_hold_their_keys_and_blocks_theirs() -> None:
    text = """\
# The team's own
[profile dev]
region = eu-west-1
s3 =
  max_concurrent_requests = 20
  addressing_style = path

[sso-session corp]
sso_region = eu-west-1

[services local]
dynamodb =
  endpoint_url = http://localhost:8000
"""
    assert (
        check_symbols(text)
        == """\
dev (no credentials) 0-5
  region 2
  s3 3-5
    max_concurrent_requests 4
    addressing_style 5
corp (sso-session) 7-8
  sso_region 8
local (services) 10-12
  dynamodb 11-12
    endpoint_url 12
"""
    )


def test_the_kind_of_a_profile_is_that_of_both_files() -> None:
    text = """\
//- config
[default]
[profile base]
region = eu-west-1
[profile ops]
role_arn = arn:aws:iam::444455556666:role/OpsRole
source_profile = base
//- credentials
[base]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
"""
    assert (
        check_symbols(text)
        == """\
default (no credentials) 0
base (access key) 1-2
  region 2
ops (assume role) 3-5
  role_arn 4
  source_profile 5
"""
    )
    assert (
        check_symbols(text, "credentials")
        == """\
base (access key) 0-2
  aws_access_key_id 1
  aws_secret_access_key 2
"""
    )


def test_what_no_tool_reads_is_there_too() -> None:
    text = "lost = 1\n[dev]\nregion = eu-west-1\n  [profile inner]\n  output = json\n[DEFAULT]\nregion = eu-west-1\n"
    assert (
        check_symbols(text)
        == """\
dev (read by no tool) 1-4
  region 2-4
DEFAULT (keys of every section) 5-6
  region 6
"""
    )


def test_an_indented_header_is_a_section_of_its_own() -> None:
    assert (
        check_symbols("[profile a]\n\n  [profile b]\n  region = x\n")
        == """\
a (no credentials) 0
b (no credentials) 2-3
  region 3
"""
    )


def test_a_swallowed_secret_is_no_name() -> None:
    text = "[profile a]\nwJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY= x\nmy_own_key = 1\n= nothing\n"
    assert check_symbols(text) == "a (no credentials) 0-3\n  ••• 1\n  my_own_key 2\n  ••• 3\n"


def test_no_file_has_no_symbols() -> None:
    assert check_symbols("", "credentials") == ""


@given(TEXTS)
def test_any_text_has_an_outline(text: str) -> None:
    check_symbols(f"//- config\n{text}")
    check_symbols(f"//- credentials\n{text}", "credentials")


def test_the_outline_of_a_very_long_file_has_sections_alone() -> None:
    text = "".join(f"[profile p{number}]\nregion = eu-west-1\n" for number in range(MAX_SECTIONS - 1))
    assert check_symbols(text).count("  region") == MAX_SECTIONS - 1
    odd = "[profile  odd]\nregion = eu-west-1\n[profile last]\nregion = eu-west-1\n"
    assert "  region" not in check_symbols(text + odd)
    assert "\nodd (no credentials)" in check_symbols(text + odd)
