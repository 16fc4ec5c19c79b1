"""What an edit makes the rules look at again: the profiles that it changed, and those that depend on what is new."""

from __future__ import annotations

from collections.abc import Iterator, Set

import pytest

from rolecall.lint import Finding, On, ProfileTarget, Rule
from rolecall.rules import ALL
from rolecall.syntax import Change, Section, Tree
from rolecall.text import Position
from tests.support.check import service

ROLES = "".join(
    f"[profile {name}]\nrole_arn = arn:aws:iam::123456789012:role/{name}\nsource_profile = {source}\n"
    for name, source in (("one", "base"), ("two", "base"), ("other", "ops"))
)
KEYS = """\
[base]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
[ops]
aws_access_key_id = AKIAIOSFODNN7EXAMPLF
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
"""


def looked_at(texts: dict[str, str], file: str, line: int, new: str) -> set[str]:
    """The profiles that are looked at again when a text is typed at the end of a line, before its bracket if any."""
    seen: list[str] = []
    found = service(texts, rules=[_watched(rule, seen) for rule in ALL])
    seen.clear()
    text = texts[file].splitlines()[line]
    place = Position(line, len(text.removesuffix("]")))
    found.change(file, [Change(place, place, new)])  # type: ignore[arg-type]  # A file's name.
    return set(seen)


def _watched(rule: Rule, seen: list[str]) -> Rule:
    def check(target: ProfileTarget) -> Iterator[Finding]:
        seen.append(target.profile.name)
        return rule.check(target)

    return rule._replace(check=check) if rule.on is On.PROFILE else rule


def test_typing_in_a_profile_is_nothing_to_the_roles_that_it_is_the_source_of() -> None:
    assert looked_at({"config": ROLES, "credentials": KEYS}, "credentials", 2, "x") == {"base"}


def test_a_new_name_is_something_to_those_that_refer_to_it() -> None:
    assert looked_at({"config": ROLES, "credentials": KEYS}, "credentials", 0, "x") == {"basex", "one", "two"}


def test_places_are_counted_in_one_pass_over_each_file(monkeypatch: pytest.MonkeyPatch) -> None:
    found = service({"config": "[profile dev]\nregion = eu-west-1\n" * 50, "credentials": "[dev]\nregion = eu-west-1\n"})
    passes = []
    starts_of = Tree.starts_of

    def counted(tree: Tree, sections: Set[Section]) -> dict[Section, int]:
        passes.append(tree)
        return starts_of(tree, sections)

    monkeypatch.setattr(Tree, "starts_of", counted)
    assert [len(diagnostic.related) for diagnostic in found.diagnostics("config")] == [1] * 49
    assert len(passes) == 2


def test_a_name_is_something_to_a_misspelled_one_only_if_it_is_near() -> None:
    # The section above a header goes along, as it ends where the header is one.
    texts = {"config": ROLES, "credentials": KEYS.replace("[ops]", "[far]")}
    assert looked_at(texts, "credentials", 3, "x") == {"base", "farx"}
    texts = {"config": ROLES, "credentials": KEYS.replace("[ops]", "[op]")}
    assert looked_at(texts, "credentials", 3, "x") == {"base", "opx", "other"}


def test_a_further_profile_with_keys_is_nothing_to_a_role_that_has_many_to_choose_from() -> None:
    role = "[profile lone]\nrole_arn = arn:aws:iam::123456789012:role/lone\n"
    many = KEYS + "[dev]\naws_access_key_id = AKIAIOSFODNN7EXAMPLG\n"
    assert looked_at({"config": role, "credentials": many}, "credentials", 0, "x") == {"basex"}
    assert looked_at({"config": role, "credentials": KEYS}, "credentials", 0, "x") == {"basex", "lone"}
