"""What each piece of a file is."""

from hypothesis import given

from tests.properties.test_syntax import TEXTS
from tests.support.check_file import check_tokens


def test_headers() -> None:
    text = """\
[default]
[profile dev] # main
[profile "my dev"]
[sso-session corp]
[services local]
[plugins]
[forgotten one]
[DEFAULT]
"""
    assert (
        check_tokens(text)
        == """\
namespace+declaration "default"
keyword "profile", namespace+declaration "dev", comment "# main"
keyword "profile", namespace+declaration ""my dev""
keyword "sso-session", namespace+declaration "corp"
keyword "services", namespace+declaration "local"
keyword "plugins"
variable "forgotten", variable "one"
keyword "DEFAULT"
"""
    )


def test_a_header_of_the_credentials_file_is_a_name() -> None:
    text = "//- credentials\n[base]\n[profile dev]\n[ my own ]\n"
    assert (
        check_tokens(text, "credentials")
        == """\
namespace+declaration "base"
namespace+declaration "profile dev"
namespace+declaration "my own"
"""
    )


def test_values_by_their_type() -> None:
    text = """\
# A profile
[profile dev]
region = eu-west-1
sso_region = eu-wset-1
source_profile = base
output = json
output = nonsense
use_fips_endpoint = TRUE
duration_seconds = 3600
duration_seconds = long
role_arn = arn:aws:iam::444455556666:role/OpsRole
sso_account_id = 444455556666
regoin = 12
csm_enabled = true
"""
    assert (
        check_tokens(text)
        == """\
comment "# A profile"
keyword "profile", namespace+declaration "dev"
property "region", enumMember "eu-west-1"
property "sso_region", string "eu-wset-1"
property "source_profile", namespace "base"
property "output", enumMember "json"
property "output", string "nonsense"
property "use_fips_endpoint", enumMember "TRUE"
property "duration_seconds", number "3600"
property "duration_seconds", string "long"
property "role_arn", string "arn:aws:iam::444455556666:role/OpsRole"
property "sso_account_id", number "444455556666"
variable "regoin", string "12"
property+deprecated "csm_enabled", enumMember "true"
"""
    )


def test_blocks_and_values_that_go_on() -> None:
    text = """\
[profile dev]
s3 =
  max_concurrent_requests = 20
  # aside
  nonsense = 20
  not a setting
ca_bundle = one
  two # not a comment
region = eu-west-1 # not a comment either
"""
    assert (
        check_tokens(text)
        == """\
keyword "profile", namespace+declaration "dev"
property "s3"
property "max_concurrent_requests", number "20"
comment "# aside"
variable "nonsense", string "20"
property "ca_bundle", string "one"
string "two # not a comment"
property "region", string "eu-west-1 # not a comment either"
"""
    )


def test_a_part_of_a_file_gives_the_sections_that_it_touches() -> None:
    text = "".join(f"[profile p{n}]\nregion = eu-west-1\n" for n in range(200))
    assert check_tokens(text, "config", 101, 102) == check_tokens("[profile p50]\nregion = eu-west-1\n") + check_tokens(
        "[profile p51]\nregion = eu-west-1\n"
    )


@given(TEXTS)
def test_tokens_of_any_text_are_in_order_and_apart(text: str) -> None:
    check_tokens(f"//- config\n{text}")
    check_tokens(f"//- credentials\n{text}", "credentials")
