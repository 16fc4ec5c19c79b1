"""Which faults are causes of which, and the page about it. Each example is run by `tests/rules/test_causes.py`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from dev.artefacts.base import Artefact, table

PAGE = "server/docs/causes.md"

HEAD = """<!-- Generated from server/dev/artefacts/causes.py by `make generate`; do not edit. -->

# Causes and consequences

One fault often breaks something else as well: a header without the word `profile` makes no profile, so whatever names
that profile is broken too. Only the cause is reported then. Mend it, and the consequence is gone with it.

What nobody is told explains nothing. Where the rule of the cause is off, by a severity or by `--select` and `--ignore`,
the consequence is reported instead, save where the table says why not. A cause that a comment says to ignore still
explains: whoever wrote the comment has looked at that place.

"""

KEYS = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n"
ROLE = "role_arn = arn:aws:iam::123456789012:role/ops\n"
SESSION = "sso_start_url = https://corp.awsapps.com/start\nsso_region = eu-west-1\n"
OWN = "sso_account_id = 123456789012\nsso_role_name = Developer\n"
BASE = f"[base]\n{KEYS}"


class Cause(NamedTuple):
    """A rule that explains what another one would report.

    cause        the rule that reports
    consequence  the rule that reports nothing for that reason
    why          how the one comes of the other: the end of a sentence "because …"
    example      files, parted as in `tests/support/markers.py`
    never        where the consequence is not reported even if the cause is off, why: the end of "because …"
    """

    cause: str
    consequence: str
    why: str
    example: str
    never: str = ""


CAUSES: tuple[Cause, ...] = (
    Cause(
        "bom",
        "missing-section-header",
        "the mark makes of the first header something else",
        "//- config bom\n[default]\nregion = eu-west-1\n",
        "nothing stands before the first header but the mark",
    ),
    Cause(
        "conflicting-sources",
        "missing-source-profile",
        "with two sources tools look at neither",
        f"[profile ops]\n{ROLE}source_profile = bsae\ncredential_source = EcsContainer\n",
    ),
    Cause(
        "conflicting-sources",
        "source-profile-loop",
        "with two sources tools look at neither",
        f"[profile ops]\n{ROLE}source_profile = ops\ncredential_source = EcsContainer\n",
    ),
    Cause(
        "conflicting-sources",
        "source-profile-without-credentials",
        "with two sources tools look at neither",
        f"[profile base]\nregion = eu-west-1\n\n[profile ops]\n{ROLE}source_profile = base\n"
        "credential_source = EcsContainer\n",
    ),
    Cause(
        "header-read-as-key",
        "duplicate-key",
        "the keys below it were meant for another section",
        "[profile dev]\nregion = eu-west-1\n[profile team:ops\nregion = eu-west-1\n",
    ),
    Cause(
        "header-read-as-key",
        "missing-source-profile",
        "the source is there, below a header that is none",
        f"[profile dev]\nregion = eu-west-1\n[profile team:base\noutput = json\n\n"
        f"[profile ops]\n{ROLE}source_profile = team:base\n",
    ),
    Cause(
        "header-read-as-key",
        "unknown-key",
        "the line is no setting",
        "[profile dev]\nregion = eu-west-1\n[profile team:ops\noutput = json\n",
    ),
    Cause(
        "incomplete-sso",
        "source-profile-without-credentials",
        "the source lacks the same when it is chosen itself",
        "[profile base]\nsso_session = corp\nsso_account_id = 123456789012\n\n"
        f"[sso-session corp]\n{SESSION}\n[profile ops]\n{ROLE}source_profile = base\n",
    ),
    Cause(
        "indented-section",
        "invalid-nested-block",
        "tools that mind a comment in a block refuse the file before",
        "[profile dev]\n  s3 =\n    # a comment\n    addressing_style = path\n",
    ),
    Cause(
        "indented-section",
        "swallowed-line",
        "tools that glue a comment to a setting refuse the file before",
        "[profile dev]\n  region = eu-west-1\n    # a comment\n",
        "these tools see no value that would be wrong",
    ),
    Cause(
        "inline-comment",
        "invalid-account-id",
        "the account id is right without the comment",
        "[profile dev]\nsso_session = corp\nsso_account_id = 123456789012 # main\nsso_role_name = Developer\n",
    ),
    Cause(
        "inline-comment",
        "invalid-duration",
        "the duration is right without the comment",
        f"[profile ops]\n{ROLE}source_profile = base\nduration_seconds = 3600 # an hour\n",
    ),
    Cause(
        "inline-comment",
        "invalid-role-arn",
        "the ARN is right without the comment",
        f"[profile ops]\n{ROLE.strip()} # ops\nsource_profile = base\n",
    ),
    Cause(
        "inline-comment",
        "invalid-value",
        "the value is right without the comment",
        "[profile dev]\nretry_mode = standard # main\n",
    ),
    Cause(
        "inline-comment",
        "swallowed-line",
        "the lines below are a block if there is no comment",
        "[profile dev]\ns3 = # a comment\n  addressing_style = path\n",
    ),
    Cause(
        "inline-comment",
        "unknown-region",
        "the Region is right without the comment",
        "[profile dev]\nregion = eu-west-1 # main\n",
    ),
    Cause(
        "invalid-duration",
        "duration-over-chain-limit",
        "it is too long for any role",
        f"[profile base]\n{ROLE}credential_source = EcsContainer\n\n"
        f"[profile ops]\n{ROLE}source_profile = base\nduration_seconds = 50000\n",
    ),
    Cause(
        "invalid-nested-block",
        "empty-value",
        "the key is there to open a block",
        "[profile dev]\ns3 =\nregion = eu-west-1\n",
    ),
    Cause(
        "invalid-nested-block",
        "swallowed-line",
        "the lines are refused as those of a block",
        "[profile dev]\nregion =\n  word\n",
    ),
    Cause(
        "invalid-role-arn",
        "empty-value",
        "a role without an ARN says more than that a value is empty",
        f"//- config\n[profile ops]\nrole_arn =\nsource_profile = base\n\n//- credentials\n{BASE}",
    ),
    Cause(
        "invalid-role-arn",
        "role-without-source",
        "there is no role to have a source",
        "[profile ops]\nrole_arn =\n",
    ),
    Cause(
        "misplaced-key",
        "invalid-nested-block",
        "the block is empty because its lines are not indented",
        "[profile dev]\ns3 =\nmax_queue_size = 10\n",
    ),
    Cause(
        "misplaced-key",
        "unknown-key",
        "the key is known, only not here",
        "[profile dev]\nmax_queue_size = 10\n",
        "the key is known",
    ),
    Cause(
        "missing-profile-prefix",
        "missing-services-section",
        "the section is there, but has a header of no known form",
        "[profile dev]\nservices = local\n\n[local]\ns3 =\n  endpoint_url = http://localhost:4566\n",
    ),
    Cause(
        "missing-profile-prefix",
        "missing-source-profile",
        "the source is there, but is no profile",
        f"[base]\ncredential_process = /opt/bin/keys\n\n[profile ops]\n{ROLE}source_profile = base\n",
    ),
    Cause(
        "missing-profile-prefix",
        "missing-sso-session",
        "the session is there, but has a header of no known form",
        f"[corp]\n{SESSION}\n[profile dev]\nsso_session = corp\n{OWN}",
    ),
    Cause(
        "missing-services-section",
        "empty-value",
        "no section has an empty name",
        "[profile dev]\nservices =\n",
    ),
    Cause(
        "missing-source-profile",
        "empty-value",
        "no profile has an empty name",
        f"[profile ops]\n{ROLE}source_profile =\n",
    ),
    Cause(
        "missing-source-profile",
        "inline-comment",
        "the comment is a part of the name that does not exist",
        f"//- config\n[profile ops]\n{ROLE}source_profile = base # the base\n//- credentials\n{BASE}",
    ),
    Cause(
        "missing-source-profile",
        "quoted-value",
        "the quotes are a part of the name that does not exist",
        f'//- config\n[profile ops]\n{ROLE}source_profile = "base"\n//- credentials\n{BASE}',
    ),
    Cause(
        "missing-source-profile",
        "source-profile-without-credentials",
        "the role of the source is the one that lacks something",
        f"[profile base]\n{ROLE}source_profile = nothing\n\n[profile ops]\n{ROLE}source_profile = base\n",
    ),
    Cause(
        "missing-sso-session",
        "empty-value",
        "no session has an empty name",
        f"[profile dev]\nsso_session =\n{OWN}",
    ),
    Cause(
        "missing-sso-session",
        "incomplete-sso",
        "what is missing may stand in the session",
        "[profile dev]\nsso_session = nothing\nsso_account_id = 123456789012\n",
    ),
    Cause(
        "missing-sso-session",
        "source-profile-without-credentials",
        "the source lacks the same when it is chosen itself",
        f"[profile base]\nsso_session = nothing\n{OWN}\n[profile ops]\n{ROLE}source_profile = base\n",
    ),
    Cause(
        "missing-sso-session",
        "unused-sso-session",
        "its name is misspelled where it is used",
        f"[profile dev]\nsso_session = crop\n{OWN}\n[sso-session corp]\n{SESSION}",
    ),
    Cause(
        "partial-credentials",
        "shadowed-credentials",
        "half a key is the reason to refuse the profile",
        "//- config\n[profile dev]\ncredential_process = /opt/bin/keys\n\n"
        "//- credentials\n[dev]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n",
        "the profile is refused, so that nothing is used in place of another",
    ),
    Cause(
        "partial-credentials",
        "source-profile-without-credentials",
        "the source is refused when it is chosen itself, too",
        f"//- config\n[profile ops]\n{ROLE}source_profile = base\n\n"
        "//- credentials\n[base]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n",
    ),
    Cause(
        "profile-prefix-in-credentials",
        "missing-source-profile",
        "the source is there, but under a longer name",
        f"//- config\n[profile ops]\n{ROLE}source_profile = base\n\n//- credentials\n[profile base]\n{KEYS}",
    ),
    Cause(
        "profile-prefix-in-credentials",
        "unreadable-profile-name",
        "the space is there for the word in front",
        f"//- credentials\n[profile base]\n{KEYS}",
    ),
    Cause(
        "quoted-value",
        "inline-comment",
        "the sign stands in quotes",
        '[profile dev]\nexternal_id = "a # b"\n',
    ),
    Cause(
        "quoted-value",
        "invalid-account-id",
        "the account id is right without the quotes",
        '[profile dev]\nsso_session = corp\nsso_account_id = "123456789012"\nsso_role_name = Developer\n',
    ),
    Cause(
        "quoted-value",
        "invalid-duration",
        "the duration is right without the quotes",
        f'[profile ops]\n{ROLE}source_profile = base\nduration_seconds = "3600"\n',
    ),
    Cause(
        "quoted-value",
        "invalid-role-arn",
        "the ARN is right without the quotes",
        '[profile ops]\nrole_arn = "arn:aws:iam::123456789012:role/ops"\n',
    ),
    Cause(
        "quoted-value",
        "invalid-value",
        "the value is right without the quotes",
        '[profile dev]\nretry_mode = "standard"\n',
    ),
    Cause(
        "quoted-value",
        "unknown-region",
        "the Region is right without the quotes",
        '[profile dev]\nregion = "eu-west-1"\n',
    ),
    Cause(
        "role-without-source",
        "source-profile-without-credentials",
        "the role of the source is the one that lacks something",
        f"[profile base]\n{ROLE}\n[profile ops]\n{ROLE}source_profile = base\n",
    ),
    Cause(
        "source-profile-loop",
        "self-referencing-source",
        "without keys no tool can resolve it",
        f"[profile ops]\n{ROLE}source_profile = ops\n",
        "it is about profiles that have keys of their own",
    ),
    Cause(
        "source-profile-loop",
        "source-profile-without-credentials",
        "nobody in a loop has credentials",
        f"[profile dev]\n{ROLE}source_profile = ops\n\n[profile ops]\n{ROLE}source_profile = dev\n",
    ),
    Cause(
        "source-profile-without-credentials",
        "dangling-config",
        "the role that names the profile is what does not work",
        f"[profile base]\nregion = eu-west-1\n\n[profile ops]\n{ROLE}source_profile = base\n",
    ),
    Cause(
        "source-profile-without-credentials",
        "empty-profile",
        "the role that names the profile is what does not work",
        f"[profile base]\n\n[profile ops]\n{ROLE}source_profile = base\n",
    ),
    Cause(
        "source-profile-without-credentials",
        "source-without-role",
        "the role that names the profile is what does not work",
        f"[profile base]\ncredential_source = EcsContainer\n\n[profile ops]\n{ROLE}source_profile = base\n",
    ),
    Cause(
        "split-credentials",
        "partial-credentials",
        "both halves are there, in different files",
        "//- config\n[profile dev]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n\n"
        "//- credentials\n[dev]\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n",
    ),
    Cause(
        "swallowed-line",
        "duplicate-key",
        "the keys below a swallowed header were meant for its section",
        "[profile dev]\nregion = eu-west-1\n  [profile ops]\nregion = eu-west-1\n",
    ),
    Cause(
        "swallowed-line",
        "invalid-value",
        "the value is over several lines only because of it",
        "[profile dev]\nretry_mode = standard\n  output = json\n",
    ),
    Cause(
        "swallowed-line",
        "missing-source-profile",
        "the header of the source is indented, and so part of a value",
        f"[profile dev]\nregion = eu-west-1\n  [profile base]\n  output = json\n\n"
        f"[profile ops]\n{ROLE}source_profile = base\n",
    ),
    Cause(
        "swallowed-line",
        "partial-credentials",
        "the missing half is there, swallowed",
        f"//- credentials\n[base]\n{KEYS.replace(chr(10), chr(10) + '  ', 1)}",
    ),
    Cause(
        "swallowed-line",
        "role-without-source",
        "the missing setting is there, swallowed",
        f"//- config\n[profile ops]\n{ROLE}  source_profile = base\n//- credentials\n{BASE}",
    ),
    Cause(
        "swallowed-line",
        "unknown-region",
        "the value is over several lines only because of it",
        "[profile dev]\nregion = eu-west-1\n  output = json\n",
    ),
    Cause(
        "syntax-error",
        "duplicate-key",
        "of the two sides of a merge conflict one goes",
        "[profile dev]\n<<<<<<< HEAD\nregion = eu-west-1\n=======\nregion = us-east-1\n>>>>>>> main\n",
    ),
    Cause(
        "syntax-error",
        "duplicate-section",
        "of the two sides of a merge conflict one goes",
        "<<<<<<< HEAD\n[profile dev]\nregion = eu-west-1\n=======\n[profile dev]\nregion = us-east-1\n>>>>>>> main\n",
    ),
    Cause(
        "syntax-error",
        "missing-section-header",
        "what git leaves of a merge conflict needs no header",
        "<<<<<<< HEAD\n[profile dev]\nregion = eu-west-1\n=======\n[profile dev]\nregion = us-east-1\n>>>>>>> main\n",
    ),
    Cause(
        "syntax-error",
        "unknown-key",
        "what git leaves of a merge conflict is no setting",
        "[profile dev]\n>>>>>>> 1234567 (fix: names)\n",
    ),
    Cause(
        "unclosed-section-header",
        "duplicate-key",
        "the keys below it were meant for another section",
        "[profile dev]\nregion = eu-west-1\n[profile ops\nregion = us-east-1\n",
    ),
    Cause(
        "unclosed-section-header",
        "missing-section-header",
        "it is the header that the lines below it lack",
        "[profile dev\nregion = eu-west-1\n",
    ),
    Cause(
        "unclosed-section-header",
        "missing-source-profile",
        "the source is there, below a header that is none",
        f"[profile dev]\nregion = eu-west-1\n[profile base\noutput = json\n\n"
        f"[profile ops]\n{ROLE}source_profile = base\n",
    ),
    Cause(
        "unclosed-section-header",
        "syntax-error",
        "a header without its bracket is no setting either",
        "[profile dev]\nregion = eu-west-1\n[profile ops\noutput = json\n",
    ),
    Cause(
        "unexpected-session-token",
        "stale-security-token",
        "the key wants neither of the two tokens",
        f"//- credentials\n[dev]\n{KEYS}aws_session_token = EXAMPLETOKEN2\naws_security_token = EXAMPLETOKEN1\n",
    ),
    Cause(
        "unknown-key",
        "incomplete-sso",
        "the missing setting is there, misspelled",
        "[profile dev]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_nam = Developer\n\n"
        f"[sso-session corp]\n{SESSION}",
    ),
    Cause(
        "unknown-key",
        "missing-region",
        "the missing setting is there, misspelled",
        "[profile dev]\ncredential_process = /opt/bin/keys\nregoin = eu-west-1\n",
    ),
    Cause(
        "unknown-key",
        "missing-session-token",
        "the missing setting is there, misspelled",
        "//- credentials\n[dev]\naws_access_key_id = ASIAIOSFODNN7EXAMPLE\n"
        "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\naws_sesion_token = EXAMPLETOKEN\n",
    ),
    Cause(
        "unknown-key",
        "partial-credentials",
        "the missing half is there, misspelled",
        "//- credentials\n[dev]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n"
        "aws_secret_acces_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n",
    ),
    Cause(
        "unknown-key",
        "role-without-source",
        "the missing setting is there, misspelled",
        f"//- config\n[profile ops]\n{ROLE}source_profle = base\n\n//- credentials\n{BASE}",
    ),
    Cause(
        "unknown-key",
        "source-without-role",
        "the missing setting is there, misspelled",
        "//- config\n[profile ops]\nrole_anr = arn:aws:iam::123456789012:role/ops\nsource_profile = base\n\n"
        f"//- credentials\n{BASE}",
    ),
    Cause(
        "unknown-section-type",
        "incomplete-sso",
        "what lacks a setting is no profile, but a session in the wrong file",
        f"//- credentials\n[sso-session corp]\n{SESSION}",
    ),
    Cause(
        "unknown-section-type",
        "missing-services-section",
        "the section is there, but has a header of no known form",
        "[profile dev]\nservices = local\n\n[service local]\ns3 =\n  endpoint_url = http://localhost:4566\n",
    ),
    Cause(
        "unknown-section-type",
        "missing-sso-session",
        "the session is there, but has a header of no known form",
        f"[profile dev]\nsso_session = corp\n{OWN}\n[sso_session corp]\n{SESSION}",
    ),
    Cause(
        "unknown-section-type",
        "unreadable-profile-name",
        "other tools ignore the section for the word in front",
        "[profiles dev]\nregion = eu-west-1\n",
    ),
    Cause(
        "unreadable-profile-name",
        "missing-source-profile",
        "the source is there, with white space or quotes around its name",
        f"//- config\n[profile ops]\n{ROLE}source_profile = base\n\n//- credentials\n[ base ]\n{KEYS}",
    ),
    Cause(
        "whitespace-in-key-value",
        "invalid-role-arn",
        "the ARN is right without the white space",
        "[profile ops]\nrole_arn = arn:aws:iam::123456789012: role/ops\n",
    ),
    Cause(
        "whitespace-in-key-value",
        "unknown-region",
        "the Region is right without the white space",
        "[profile dev]\nregion = eu west 1\n",
    ),
)


def artefacts() -> Iterator[Artefact]:
    yield Artefact(PAGE, page)


def page() -> str:
    """The table of all, and the examples."""
    rows = [[link(one.cause), link(one.consequence), f"because {one.why}", otherwise(one)] for one in CAUSES]
    examples = [
        f"## {cause}\n\n" + "\n".join(example(one) for one in found)
        for cause, found in groupby(CAUSES, lambda one: one.cause)
    ]
    return (
        HEAD
        + table(["Reported", "Not reported as well", "Why", "Where the cause is off"], rows)
        + "\n\n"
        + "\n".join(examples)
    )


def otherwise(one: Cause) -> str:
    """What becomes of the consequence where nobody is told of the cause."""
    return f"not reported either, because {one.never}" if one.never else "reported"


def example(one: Cause) -> str:
    return f"No `{one.consequence}`, because {one.why}:\n\n```ini\n{one.example}```\n"


def link(rule: str) -> str:
    return f"[`{rule}`](rules/{rule}.md)"
