"""What rules say of a profile is what botocore does with it: an Error where it fails, and none where it works."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from hypothesis import HealthCheck, example, given, settings

from rolecall.lint import Severity
from rolecall.readers.botocore.client import Raised, check_sso_session
from rolecall.readers.botocore.merge import File, View, read, read_file
from rolecall.readers.botocore.resolve import NO_CREDENTIALS, SSO_OWN, has_static_key, is_role, resolve
from rolecall.readers.seen import Outcome
from rolecall.rules import ALL
from rolecall.service import Diagnostic, LanguageService
from rolecall.settings import Settings
from rolecall.syntax import parse
from tests.support.check import PATHS, service, turned_off
from tests.support.pairs import READABLE

OF_OTHER_RULES = (
    ("ParamValidationError", ""),
    ("InvalidRegionError", ""),
    ("CredentialRetrievalError", ""),
    ("InvalidConfigError", "The credential source"),
)
"""Errors, and a part of their message, that the rules on trial leave to others, as a value is wrong in itself."""

ON_TRIAL = frozenset(
    ("partial-credentials", "missing-source-profile", "source-profile-without-credentials", "source-profile-loop",
     "role-without-source", "missing-sso-session", "incomplete-sso", "split-credentials", "conflicting-sources",
     "sso-session-conflict", "source-without-role")
)  # fmt: skip
"""The rules that follow botocore. That a temporary key wants a token (missing-session-token) is known to AWS only."""


KEYED_LOOP = (
    """\
[profile a]
role_arn = arn:aws:iam::123456789012:role/a
source_profile = b
[profile b]
role_arn = arn:aws:iam::123456789012:role/b
source_profile = a
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
""",
    "[b]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n",
)
"""A loop that ends at half of a key pair for one profile, and at itself for the other one."""


def chain(view: View, profile: str) -> Iterator[str]:
    """A profile and those that botocore goes on to for its credentials, as far as they exist."""
    seen: list[str] = []
    while profile in view.profiles and profile not in seen:
        yield profile
        found = view.profiles[profile]
        if not is_role(found) or (seen and has_static_key(found)):
            return
        seen.append(profile)
        profile = str(found.get("source_profile"))


def errors(linted: LanguageService, profile: str) -> list[str]:
    """The rules on trial that report an Error of a profile."""
    found = linted.problems(profile)
    return [d.rule for d in found if d.severity is Severity.ERROR and d.rule in ON_TRIAL]


def is_left_to_others(outcome: Outcome) -> bool:
    return any(outcome.error == error and part in outcome.message for error, part in OF_OTHER_RULES)


def has_empty_role(view: View, profile: str) -> bool:
    """Whether a role without an ARN, which is wrong in itself, is somewhere in the chain."""
    return any(view.profiles[name].get("role_arn") == "" for name in chain(view, profile))


def is_of_use(view: View, profile: str) -> bool:
    """Whether botocore makes clients with a profile that has credentials."""
    try:
        check_sso_session(view, profile)
    except Raised:
        return False
    return True


def check_truth(config: str, credentials: str, off: Collection[str] = ()) -> None:
    view = read(read_file(parse(config)), read_file(parse(credentials)))
    chosen = turned_off(Settings(), *off)
    linted = service({"config": config, "credentials": credentials}, settings=chosen)
    for profile in view.profiles:
        outcome = resolve(view, profile)
        concerned = {name: errors(linted, name) for name in chain(view, profile)}
        if outcome.ok and is_of_use(view, profile):
            assert not concerned[profile], (profile, outcome, concerned)
        elif outcome.error != NO_CREDENTIALS and not is_left_to_others(outcome) and not has_empty_role(view, profile):
            assert any(concerned.values()), (profile, outcome)


@settings(max_examples=1000, suppress_health_check=[HealthCheck.too_slow])
@given(READABLE)
@example(KEYED_LOOP)
def test_errors_are_those_of_botocore(pair: tuple[str, str]) -> None:
    check_truth(*pair)


@settings(max_examples=500, suppress_health_check=[HealthCheck.too_slow])
@given(READABLE)
def test_errors_are_reported_where_all_else_is_off(pair: tuple[str, str]) -> None:
    check_truth(*pair, off=[rule.name for rule in ALL if rule.name not in ON_TRIAL])


def method_of(linted: LanguageService, never: Diagnostic) -> str:
    """botocore's name of the way to sign in that is said never to count."""
    file: File = "config" if never.path == PATHS["config"] else "credentials"
    tree = linted.workspace.document(file).tree
    line = tree.line(never.span.line) if tree else None
    assert line is not None, "something stands there"
    key = line.text[never.span.start : never.span.end].lower()
    if key == "aws_access_key_id":
        return {"config": "config-file", "credentials": "shared-credentials-file"}[file]
    return {"login_session": "login", "credential_process": "custom-process"}.get(
        key, "sso" if key in SSO_OWN else "assume-role"
    )


def check_never(config: str, credentials: str) -> None:
    view = read(read_file(parse(config)), read_file(parse(credentials)))
    linted = service({"config": config, "credentials": credentials})
    for profile in view.profiles:
        for diagnostic in linted.problems(profile):
            if diagnostic.rule == "shadowed-credentials":
                assert resolve(view, profile).method != method_of(linted, diagnostic)


@settings(max_examples=500, suppress_health_check=[HealthCheck.too_slow])
@given(READABLE)
def test_what_never_counts_is_not_what_botocore_signs_in_with(pair: tuple[str, str]) -> None:
    check_never(*pair)
