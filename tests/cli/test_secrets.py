"""A secret shows in nothing that is printed, wherever it stands: in values, keys, comments, broken lines."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from rolecall.cli.excerpt import excerpt
from rolecall.syntax import parse
from rolecall.text import Span
from tests.cli.support import every_command, put

CANARY = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
_PLACES = [
    CANARY,
    f"{CANARY} = {CANARY}",
    f"  {CANARY}",
    f"\t{CANARY} : {CANARY}",
    f"= {CANARY}",
    f"# {CANARY}",
    f"aws_secret_access_key = {CANARY}",
    f"aws_secret_access_key:{CANARY}",
    f"AWS_SESSION_TOKEN={CANARY}",
    f"aws_access_key_id = {CANARY}",
    f"made_up = {CANARY}",
    f"credential_process = /bin/tool --secret {CANARY}",
    f"endpoint_url = https://me:{CANARY}@example.com/?token={CANARY}",
    f"sso_start_url = https://example.com/start#{CANARY}",
    f"region = eu-west-1\n  {CANARY}",
    f"source_profile = dev\n  {CANARY}",
    f"role_arn = arn\n\t{CANARY} = {CANARY}",
    f"sso_session = corp\n {CANARY}",
    f"sso_region = eu-west-1\n {CANARY}",
    f"s3 =\n  {CANARY} = {CANARY}\n  made_up = {CANARY}\n  {CANARY}",
    f"[dev] {CANARY}",
    f'{{"SecretAccessKey": "{CANARY}"}}',
    f"export AWS_SECRET_ACCESS_KEY={CANARY}",
    "[dev]",
    "[profile dev]",
    "[profile ops]",
    "[sso-session corp]",
    "[services local]",
    "[plugins]",
    "[DEFAULT]",
    "role_arn = arn:aws:iam::444455556666:role/OpsRole",
    "source_profile = dev",
    "sso_session = corp",
    f"[ aws_secret_access_key = {CANARY}",
]
# What stands between the brackets is the name of a section, and names are no secrets. An excerpt is more
# careful than that.
_NAMES = [f"[dev] aws_secret_access_key = [{CANARY}]"]
_TEXTS = st.lists(st.sampled_from(_PLACES), max_size=12).map("\n".join)
_TEXTS_AND_NAMES = st.lists(st.sampled_from(_PLACES + _NAMES), max_size=12).map("\n".join)
_CHARACTERS = st.text(st.sampled_from("[]=: \t\r\n#ab\0\ufeff開\u2028\x1b"), max_size=40)


def check_hidden(printed: str) -> None:
    # Pieces of it count too, and botocore has keys in lower case.
    for piece in ("wjalrxutnfemi", "k7mdeng", "bpxrficyexamplekey"):
        assert piece not in printed.lower()


@settings(max_examples=60)
@given(_TEXTS, _TEXTS)
def test_no_command_shows_a_secret(config: str, credentials: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = put(Path(folder, "config"), config), put(Path(folder, "credentials"), credentials)
        for ran in every_command(*files):
            assert ran.code in (0, 1)
            check_hidden(ran.out + ran.err)


@settings(max_examples=200)
@given(_TEXTS_AND_NAMES)
def test_no_excerpt_shows_a_secret(text: str) -> None:
    tree = parse(text)
    for file in ("config", "credentials"):
        for number in range(tree.line_count):
            line = tree.line(number)
            assert line is not None
            shown = excerpt(tree, file, Span(number, 0, max(len(line.text), 1)))
            check_hidden(shown.line)
            assert shown.carets.strip(" ^") == ""


@settings(max_examples=200)
@given(_CHARACTERS, st.integers(0, 9), st.integers(0, 9))
def test_any_text_has_excerpts(text: str, start: int, length: int) -> None:
    tree = parse(text)
    for number in range(tree.line_count + 1):
        shown = excerpt(tree, "config", Span(number, start, start + length + 1))
        assert shown.line.isprintable()
        assert shown.carets.lstrip(" ").strip("^") == ""
        assert "^" in shown.carets
