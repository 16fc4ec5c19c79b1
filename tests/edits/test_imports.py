"""Keys in all the forms in which people have them, and the profile that they end up in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import botocore.session
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall.edits import absolute
from rolecall.edits.imports import (
    Doubt,
    DoubtKind,
    Imported,
    NoKeys,
    doubts,
    key_edits,
    read_keys,
    same_account,
    settled_target,
)
from rolecall.model.accounts import Account, Accounts
from rolecall.model.workspace import Document, Workspace
from rolecall.syntax import parse
from rolecall.text import Position, apply_edits

SAMPLES = Path(__file__).parents[1] / "fixtures" / "keys"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = datetime(2036, 11, 22, 18, tzinfo=UTC)
SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
OLD_TOKEN = "aws_session_token = t\n"
TOKEN = "IQoJb3JpZ2luX2VjEXAMPLE//////////wEaCXVzLWVhc3QtMSJHEXAMPLETOKEN0123456789+/abcDEF=="
ACCOUNT = "111122223333"
OTHER_ACCOUNT = "444455556666"
SESSION_ID = "ASIARTX3GSDSQEXAMPLE"
USER_ID = "AKIARTX3GSDSQEXAMPLE"
FOREIGN_ID = "ASIAWO645SY5AEXAMPLE"
SESSION = Imported(SESSION_ID, SECRET, TOKEN, LATER, account_id=ACCOUNT)
USER = Imported(USER_ID, SECRET, account_id=ACCOUNT)


def temporary(**rest: Any) -> Imported:
    return Imported(SESSION_ID, SECRET, TOKEN, account_id=ACCOUNT, **rest)


def lasting(**rest: Any) -> Imported:
    return Imported(USER_ID, SECRET, account_id=ACCOUNT, **rest)


READABLE = {
    "awsume.ini": temporary(profile="autoawsume-dev", region="us-east-1"),
    "credential_process.json": temporary(expires_at=LATER),
    "csv_2013_form.csv": lasting(profile="alice"),
    "csv_access_key_current.csv": lasting(),
    "csv_cli_import_form.csv": lasting(profile="alice"),
    "csv_new_user_classic.csv": lasting(profile="alice"),
    "env_no_export.txt": temporary(expires_at=LATER),
    "eval_one_line.txt": temporary(),
    "fish.txt": temporary(expires_at=LATER),
    "gimme_aws_creds.ini": temporary(profile="okta-dev", expires_at=LATER),
    "iam_create_access_key.json": lasting(profile="alice"),
    "imds.json": temporary(expires_at=LATER),
    "okta_aws_cli.ini": temporary(profile="dev", expires_at=LATER),
    "portal_opt1_bash.txt": temporary(),
    "portal_opt1_cmd.txt": temporary(),
    "portal_opt1_powershell.txt": temporary(),
    "portal_opt2.txt": temporary(profile="111122223333_AdministratorAccess", role="AdministratorAccess"),
    "portal_opt3.txt": temporary(),
    "rootkey_old.csv": lasting(is_root=True),
    "saml2aws.ini": temporary(profile="saml", role="Dev", expires_at=LATER),
    "sso_get_role_credentials.json": temporary(expires_at=LATER),
    "sts_assume_role.json": temporary(role="Dev", expires_at=LATER),
    "sts_get_session_token.json": temporary(expires_at=LATER),
}
WITHOUT_KEYS = {
    "csv_console_only_no_keys.csv": "no keys found, only a console password.",
    "portal_recommended.txt": "no keys found, only where to sign in (SSO start URL).",
}


def sample(name: str) -> str:
    return (SAMPLES / name).read_bytes().decode()


def test_every_sample_is_tested() -> None:
    assert {path.name for path in SAMPLES.iterdir()} == READABLE.keys() | WITHOUT_KEYS.keys()


@pytest.mark.parametrize("name", READABLE)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_sample(name: str, end: str) -> None:
    text = sample(name).replace("\r\n", "\n").replace("\n", end)
    assert read_keys(text) == [READABLE[name]]
    assert read_keys(f"\ufeff{end}{text.removeprefix(chr(0xFEFF))}{end}{end}") == [READABLE[name]]


@pytest.mark.parametrize("name", WITHOUT_KEYS)
def test_sample_without_keys(name: str) -> None:
    with pytest.raises(NoKeys) as refused:
        read_keys(sample(name))
    assert str(refused.value).startswith(WITHOUT_KEYS[name])


OTHER_FORMS = {
    "prompts in front": f"$ export AWS_ACCESS_KEY_ID={USER_ID}\n$ export AWS_SECRET_ACCESS_KEY='{SECRET}'",
    "one after the other": f"export AWS_ACCESS_KEY_ID={USER_ID}; export AWS_SECRET_ACCESS_KEY={SECRET};",
    "variables taken away first": (
        f"unset AWS_SESSION_TOKEN\nexport AWS_ACCESS_KEY_ID={USER_ID}\nexport AWS_SECRET_ACCESS_KEY={SECRET}"
    ),
    "a comment": f"# AWS_SESSION_TOKEN=old\nAWS_ACCESS_KEY_ID={USER_ID}\nAWS_SECRET_ACCESS_KEY={SECRET}",
    "quoted for cmd": f'set "AWS_ACCESS_KEY_ID={USER_ID}"\nset "AWS_SECRET_ACCESS_KEY={SECRET}"',
    "PowerShell with blanks": f"$Env:AWS_ACCESS_KEY_ID = '{USER_ID}'\n$Env:AWS_SECRET_ACCESS_KEY = '{SECRET}'",
    "setx": f"setx AWS_ACCESS_KEY_ID {USER_ID}\nsetx AWS_SECRET_ACCESS_KEY {SECRET}",
    "aws configure": (
        f"aws configure set aws_access_key_id {USER_ID}\naws configure set aws_secret_access_key {SECRET}"
    ),
    "what aws configure asks": f"AWS Access Key ID [None]: {USER_ID}\nAWS Secret Access Key [****]: {SECRET}",
    "settings without a header": f"  aws_access_key_id = {USER_ID}\n  aws_secret_access_key = {SECRET}\n",
    "YAML": f"  AWS_ACCESS_KEY_ID: {USER_ID}\n  AWS_SECRET_ACCESS_KEY: {SECRET}\n",
    "secret first": f"AWS_SECRET_ACCESS_KEY={SECRET}\nAWS_ACCESS_KEY_ID={USER_ID}",
    "JSON of an environment": f'{{"env": {{"AWS_ACCESS_KEY_ID": "{USER_ID}", "AWS_SECRET_ACCESS_KEY": "{SECRET}"}}}}',
    "JSON between prompts": f'$ aws x\n{{"AccessKeyId": "{USER_ID}", "SecretAccessKey": "{SECRET}"}}\n$ ',
    "JSON that is cut off": f'"AccessKeyId": "{USER_ID}",\n"SecretAccessKey": "{SECRET}",\n',
    "CSV of a German Excel": f"Access key ID;Secret access key\n{USER_ID};{SECRET}\n",
    "CSV with blanks": f"\n Access key ID , Secret access key \n {USER_ID} , {SECRET} \n",
}


@pytest.mark.parametrize("form", OTHER_FORMS)
def test_other_forms(form: str) -> None:
    found = read_keys(OTHER_FORMS[form])
    assert [(one.access_key_id, one.secret_access_key, one.session_token) for one in found] == [(USER_ID, SECRET, None)]


def test_several_sets_of_keys() -> None:
    text = (
        f"[default]\nregion = eu-west-1\n\n[profile a]\naws_access_key_id = {USER_ID}\naws_secret_access_key = {SECRET}\n"
        f'  [b]\n  aws_access_key_id="{SESSION_ID}"\n  aws_secret_access_key="{SECRET}"\n  aws_security_token="{TOKEN}"\n'
    )
    assert read_keys(text) == [lasting(profile="a"), temporary(profile="b")]
    pairs = "".join(
        f"AWS_ACCESS_KEY_ID={key}\nAWS_SECRET_ACCESS_KEY={SECRET}\n" for key in (USER_ID, "AKIAIOSFODNN7EXAMPLE")
    )
    assert [one.access_key_id for one in read_keys(pairs)] == [USER_ID, "AKIAIOSFODNN7EXAMPLE"]


def test_a_name_that_no_header_can_have() -> None:
    [keys] = read_keys(f"User name,Access key ID,Secret access key\na]b,{USER_ID},{SECRET}\n")
    assert keys.profile is None


REFUSED = {
    "": "no keys found. Rolecall understands the access portal's options 1 to 3, export, set and $Env: lines",
    "Lorem ipsum": "no keys found.",
    '{"Credentials": ': "no keys found.",
    '{"a":' * 100_000: "no keys found.",
    f"AWS_ACCESS_KEY_ID={USER_ID}": "the secret access key is missing.",
    f"AWS_SECRET_ACCESS_KEY={SECRET}": "the access key id is missing.",
    f"AWS_ACCESS_KEY_ID={SESSION_ID} AWS_SECRET_ACCESS_KEY={SECRET}": "a temporary key (ASIA…) does not work without",
    f"AWS_ACCESS_KEY_ID={USER_ID} AWS_SECRET_ACCESS_KEY={SECRET} AWS_SESSION_TOKEN={TOKEN}": "a long-term key (AKIA…)",
    f"AWS_ACCESS_KEY_ID={USER_ID} AWS_SECRET_ACCESS_KEY=$(pass {SECRET})": "what stands in the place of the secret",
    f"AWS_ACCESS_KEY_ID=<{SECRET}> AWS_SECRET_ACCESS_KEY={SECRET}": "what stands in the place of the access key id",
    f"AWS access key ID\n{USER_ID}\nAWS secret access key\n••••••••": "what stands in the place of the secret",
}


@pytest.mark.parametrize("text", REFUSED, ids=range(len(REFUSED)))
def test_what_is_missing_is_told_and_nothing_else(text: str) -> None:
    with pytest.raises(NoKeys) as refused:
        read_keys(text)
    told = str(refused.value)
    assert told.startswith(REFUSED[text])
    assert SECRET not in told
    assert TOKEN not in told
    # Neither does an error that was handled on the way carry the text along.
    assert refused.value.__context__ is None


def test_a_repr_shows_no_key() -> None:
    assert SECRET not in repr(SESSION)
    assert TOKEN not in repr(SESSION)
    assert SESSION_ID not in repr(SESSION)


_PIECES = st.sampled_from(
    [
        *(sample(name) for name in READABLE),
        "[",
        "]",
        "{",
        '"',
        "'",
        "=",
        ",",
        "\n",
        "\r",
        "\0",
        "\u2028",
        "[x]\n",
        SECRET,
    ]
)


@given(st.lists(_PIECES, max_size=6).map("".join))
def test_any_text_has_keys_or_is_refused(text: str) -> None:
    told = ""
    try:
        assert read_keys(text)
    except NoKeys as refused:
        told = str(refused)
    assert SECRET not in told


# --- The profile


def workspace(credentials: str | None, config: str = "", *accounts: Account) -> Workspace:
    tree = None if credentials is None else parse(credentials)
    return Workspace(Document("c", parse(config)), Document("s", tree), Accounts(accounts), NOW)


def account(name: str, account_id: str, profile: str, role: str | None = None) -> Account:
    start = Position(0, 0)
    return Account(name, "a", start, start, (), account_id=account_id, profile=profile, role=role)


def keys_of(key_id: str, rest: str = "") -> str:
    return f"aws_access_key_id = {key_id}\naws_secret_access_key = old\n{rest}"


def after(space: Workspace, target: str, keys: Imported) -> str:
    """The credentials file after the edits."""
    tree = space.document("credentials").tree
    edits = absolute(key_edits(space, target, keys, keys.region), {"config": None, "credentials": tree})
    assert edits.keys() == {"credentials"}
    return apply_edits(tree.text if tree else "", edits["credentials"])


FRESH = f"aws_access_key_id = {SESSION_ID}\naws_secret_access_key = {SECRET}\naws_session_token = {TOKEN}\n"
EXPIRY = "x_security_token_expires = 2036-11-22T18:00:00+00:00\n"
COLON_TOKEN = "aws_session_token : t\n"
LEFT = "aws_expiration = x\nexpiration = x\naws_session_expiration = x\naws_security_token = t\n"
CHANGES: dict[str, tuple[str | None, Imported, str]] = {
    "no file": (None, SESSION, f"[dev]\n{FRESH}{EXPIRY}"),
    "a new profile": ("[a]\nregion = x\n", SESSION, f"[a]\nregion = x\n\n[dev]\n{FRESH}{EXPIRY}"),
    "a session for a session": (
        f"# Mine.\n[dev] \n{keys_of('ASIAOLD', COLON_TOKEN)}region = x\n# End.\n[b]\n",
        SESSION,
        f"# Mine.\n[dev] \n{FRESH.replace('token =', 'token :')}{EXPIRY.replace(' =', ' :')}region = x\n# End.\n[b]\n",
    ),
    "all that other tools left": (
        f"[dev]\naws_security_token = t\n{keys_of('ASIAOLD', LEFT)}",
        SESSION,
        f"[dev]\n{FRESH}{EXPIRY}",
    ),
    "an expiry that is not known any more": (f"[dev]\n{keys_of('ASIAOLD', EXPIRY)}", temporary(), f"[dev]\n{FRESH}"),
    "long-term keys for a session": (
        f"[dev]\n{keys_of('ASIAOLD', OLD_TOKEN + EXPIRY)}output = json",
        USER,
        f"[dev]\naws_access_key_id = {USER_ID}\naws_secret_access_key = {SECRET}\noutput = json",
    ),
    "nothing but a stale token": (
        "[dev]\r\naws_security_token = t\r\n",
        USER,
        f"[dev]\r\naws_access_key_id = {USER_ID}\r\naws_secret_access_key = {SECRET}\r\n",
    ),
    "the account's id": (
        f"[dev]\n{keys_of(USER_ID)}aws_account_id = 0\n",
        USER,
        f"[dev]\naws_access_key_id = {USER_ID}\naws_secret_access_key = {SECRET}\naws_account_id = {ACCOUNT}\n",
    ),
    "a region where there is none": ("[dev]\n", temporary(region="eu-west-1"), f"[dev]\n{FRESH}region = eu-west-1\n"),
    "a region of its own": (
        "[dev]\nregion = x\n",
        temporary(region="eu-west-1"),
        f"[dev]\nregion = x\n{FRESH}",
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_the_edit(name: str) -> None:
    before, keys, expected = CHANGES[name]
    assert after(workspace(before), "dev", keys) == expected


@pytest.mark.parametrize("name", CHANGES)
def test_botocore_uses_the_new_keys(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, keys, _ = CHANGES[name]
    file = tmp_path / "credentials"
    file.write_bytes(after(workspace(before), "dev", keys).encode())
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(file))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    found = botocore.session.Session(profile="dev").get_credentials()
    assert found is not None
    assert (found.access_key, found.secret_key) == (keys.access_key_id, SECRET)
    assert found.token == keys.session_token


def test_the_same_keys_again_change_nothing() -> None:
    once = after(workspace("[dev]\n"), "dev", SESSION)
    assert after(workspace(once), "dev", SESSION) == once


ACME = f"[acme]\n{keys_of('ASIARTX3GSDSQ2222222', OLD_TOKEN)}"
NAMED = temporary(profile="111122223333_AdministratorAccess")


def test_the_profile_that_the_text_names() -> None:
    assert settled_target(workspace(None), SESSION) is None
    assert settled_target(workspace(None), NAMED) == NAMED.profile
    assert settled_target(workspace(f"{ACME}[{NAMED.profile}]\n"), NAMED) == NAMED.profile


def test_a_new_name_for_keys_of_a_known_account_is_no_new_profile_without_a_question() -> None:
    space = workspace(ACME)
    assert settled_target(space, NAMED) is None
    assert [one.name for one in same_account(space, NAMED)] == ["acme"]


def test_profiles_of_the_same_account() -> None:
    linked = account("Acme", ACCOUNT, "linked"), account("Ops", ACCOUNT, "base", "arn:aws:iam::111122223333:role/Ops")
    config = "[profile linked]\nregion = x\n[profile role]\nrole_arn = arn:aws:iam::111122223333:role/R\nsource_profile = base\n"
    base = f"[base]\n{keys_of('AKIAWO645SY5AEXAMPLE')}"
    space = workspace(f"[user]\n{keys_of(USER_ID)}{ACME}{base}", config, *linked)
    assert [one.name for one in same_account(space, SESSION)] == ["acme", "linked", "user"]
    assert [one.name for one in same_account(space, USER)] == ["user", "linked", "acme"]
    assert same_account(space, Imported("test", "test")) == []


def test_a_profile_in_which_no_tool_would_look_at_keys() -> None:
    config = "[profile role]\nrole_arn = arn:aws:iam::111122223333:role/R\nsource_profile = role\n"
    named = temporary(profile="role")
    assert settled_target(workspace("", config), named) is None
    assert settled_target(workspace(f"[role]\n{keys_of(USER_ID)}", config), named) == "role", "its own source"


def test_doubts() -> None:
    def found(credentials: str, keys: Imported, *accounts: Account) -> list[Doubt]:
        return doubts(workspace(credentials, "", *accounts), "dev", keys)

    user, session = f"[dev]\n{keys_of(USER_ID)}", f"[dev]\n{keys_of(SESSION_ID, OLD_TOKEN)}"
    other = f"[dev]\n{keys_of(FOREIGN_ID, OLD_TOKEN)}"
    here, there = account("Here", ACCOUNT, "dev"), account("There", OTHER_ACCOUNT, "dev")
    assert found("", SESSION) == found(session, SESSION) == found(user, USER) == found(session, SESSION, here) == []
    assert found(user, SESSION) == [Doubt(DoubtKind.LONG_TERM)]
    assert found(other, SESSION) == [Doubt(DoubtKind.OTHER_ACCOUNT, OTHER_ACCOUNT)]
    assert found(other, SESSION, there) == [Doubt(DoubtKind.OTHER_ACCOUNT, OTHER_ACCOUNT)], "one reason is enough"
    assert found("", SESSION, there) == found(session, SESSION, there) == [Doubt(DoubtKind.OTHER_LINK, OTHER_ACCOUNT)]
    assert found("", SESSION, there, here) == []
    assert found("", temporary(expires_at=NOW)) == [Doubt(DoubtKind.EXPIRED)]
    assert found("", lasting(is_root=True)) == [Doubt(DoubtKind.ROOT)]
