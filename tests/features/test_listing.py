"""Which profiles there are, a part at a time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from rolecall.features.accounts_view import register_of
from rolecall.features.listing import Listing, listing, next_expiry, problem_count
from rolecall.lint import Severity
from rolecall.service import Verdict
from tests.support.check import NOW, service
from tests.support.markers import files

TEXT = """\
//- config
[profile base]
region = eu-west-1
[profile ops]
role_arn = arn:aws:iam::444455556666:role/OpsRole
source_profile = base
[profile  odd]
role_arn = arn:aws:iam::777788889999:role/Odd
source_profile = base
[profile web]
role_arn = arn:aws:iam::444455556666:role/Reader
web_identity_token_file = /token
[profile sandbox]
sso_session = corp
sso_account_id = 777788889999
sso_role_name = Developer
[profile old]
region = eu-west-1
[profile ops]
region = eu-west-1
//- credentials
[base]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
[scratch]
aws_access_key_id = AKIAI44QH8DHBEXAMPLE
  wJalrXUtnFEMI
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
//- accounts
{"accounts": [
  {"name": "Acme Production", "accountId": "444455556666"}, {"name": "Lab", "profile": "scratch"}
]}
"""


def listed(query: str = "", text: str = TEXT) -> Listing:
    found = service(files(text))
    return listing(found.workspace, found.all_verdicts(), register_of(found.workspace.accounts), query)


def test_profiles_stand_in_groups_in_the_order_of_the_files() -> None:
    found = listed()
    assert found.groups == {
        "profiles": ["base", "scratch"],
        "roles": ["ops", "odd", "web"],
        "sso": ["sandbox"],
        "dangling": ["old"],
    }
    assert found.total == 7
    assert found.place_of("web") == ("roles", 2)
    assert found.place_of("gone") is None
    assert [account.name for account in found.accounts] == ["Acme Production", "Lab"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["base", "scratch", "ops", "odd", "web", "sandbox", "old"]),
        ("OPS", ["ops"]),
        ("sand", ["sandbox"]),
        # What stands in all headers and roles tells nothing.
        ("profile", []),
        ("iam", []),
        ("444455556666", ["ops", "web"]),
        ("777788889999", ["odd", "sandbox"]),
        ("reader", ["web"]),
        ("developer", ["sandbox"]),
        ("acme", ["ops", "web"]),
        ("acme ops", ["ops"]),
        ("lab", ["scratch"]),
        ("base ops", []),
        # Regions and sources are too much alike, and nothing of a secret is compared.
        ("eu-west-1", []),
        ("AKIA", []),
        ("wJalrXUtnFEMI", []),
    ],
)
def test_a_query_fits_names_accounts_and_roles(query: str, names: list[str]) -> None:
    assert [name for group in listed(query).groups.values() for name in group] == names


@pytest.mark.parametrize(("query", "names"), [("prod", ["Acme Production"]), ("scratch", ["Lab"]), ("nothing", [])])
def test_accounts_fit_too(query: str, names: list[str]) -> None:
    assert [account.name for account in listed(query).accounts] == names


def test_the_listing_follows_edits() -> None:
    found = service(files(TEXT))
    workspace = found.workspace
    before = workspace.profile_sections("config")
    assert workspace.profile_sections("config") == before
    found.set_text("config", "[profile new]\n", workspace.document("config").facts)
    assert [name for name, _ in found.workspace.profile_sections("config")] == ["new"]


def test_verdicts_on_all_are_those_on_each() -> None:
    found = service(files(TEXT))
    everything = found.all_verdicts()
    for profile in found.workspace.profiles():
        assert sorted(everything.get(profile.name, [])) == sorted(set(found.verdicts(profile.name))), profile.name
    assert found.broken() == {one.name for one in found.workspace.profiles() if found.is_broken(one.name)}


def test_remarks_are_no_problems_and_a_rule_counts_once_for_a_profile() -> None:
    verdicts = [
        [Verdict("x", Severity.ERROR), Verdict("x", Severity.ERROR), Verdict("y", Severity.WARNING)],
        [Verdict("z", Severity.INFORMATION), Verdict("z", Severity.HINT)],
    ]
    assert problem_count(verdicts) == 2


def test_the_next_thing_to_expire() -> None:
    text = """\
//- credentials
[one]
aws_access_key_id = ASIAIOSFODNN7EXAMPLE
x_security_token_expires = 2031-01-02T00:00:00Z
[past]
aws_access_key_id = ASIAIOSFODNN7EXAMPLE
x_security_token_expires = 2001-01-02T00:00:00Z
[two]
aws_access_key_id = ASIAIOSFODNN7EXAMPLE
x_security_token_expires = "2030-01-02T00:00:00Z"
X_security_token_expires = 2029-01-02T00:00:00Z
"""
    workspace = service(files(text)).workspace
    first = datetime(2029, 1, 2, tzinfo=UTC)
    assert next_expiry(workspace, {}, NOW) == first
    assert next_expiry(workspace, {"x": NOW + timedelta(hours=1), "y": NOW}, NOW) == NOW + timedelta(hours=1)
    assert next_expiry(workspace, {}, datetime(2032, 1, 1, tzinfo=UTC)) is None
