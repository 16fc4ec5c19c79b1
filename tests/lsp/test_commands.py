"""The commands, against a strict AWS on a loopback port that the profiles' own endpoint_url leads to."""

from __future__ import annotations

import asyncio
import json
import stat
from collections.abc import Callable

import pytest

from tests.lsp.conftest import Serve
from tests.lsp.editor import Editor, Home, uri_of
from tests.support.standin import MFA_CODE, StandIn, closed_port_url

DEVICE = "arn:aws:iam::111122223333:mfa/me"
OPS_ROLE = "arn:aws:iam::444455556666:role/OpsRole"
CONFIG = f"""\
[profile base]
endpoint_url = {{url}}

[profile ops]
role_arn = {OPS_ROLE}
source_profile = base
endpoint_url = {{url}}

[profile careful]
role_arn = arn:aws:iam::444455556666:role/Careful
source_profile = base
mfa_serial = {DEVICE}
endpoint_url = {{url}}

[profile unreachable]
role_arn = {OPS_ROLE}
source_profile = base
endpoint_url = {{closed}}
"""
SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
CREDENTIALS = f"""\
[base]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = {SECRET}

# Yesterday's.
[work]
aws_access_key_id = ASIAIOSFODNN7EXAMPLE
aws_secret_access_key = {SECRET}
aws_session_token = old
aws_security_token = older
"""
USES = ["Open terminal", "Write to a profile", "Copy export lines"]


@pytest.fixture
async def person(serve: Serve, home: Home, aws: StandIn) -> Editor:
    """Someone with keys, roles and an editor in which the config file is open."""
    config = CONFIG.format(url=aws.url, closed=closed_port_url())
    home.write(home.config, config)
    home.write(home.credentials, CREDENTIALS)
    editor = await serve()
    editor.open(home.config, config)
    return editor


def chooses(editor: Editor, choice: str | None) -> None:
    """Answer every message with buttons by the one of that title."""
    editor.answers["window/showMessageRequest"] = lambda params: (
        next(action for action in params["actions"] if action["title"] == choice) if choice else None
    )


def progress(editor: Editor) -> list[tuple[str, str | None]]:
    values = [params["value"] for params in editor.calls("$/progress")]
    return [(value["kind"], value.get("title") or value.get("message")) for value in values]


def check_nothing_secret(editor: Editor, aws: StandIn, *allowed: str) -> None:
    """No message holds a secret, but those of methods whose purpose it is."""
    sessions = aws.sts.sessions.values()
    secrets = [SECRET, "yesterday", MFA_CODE, *(one.secret for one in sessions), *(one.token for one in sessions)]
    for message in editor.received:
        if message.get("method") not in allowed:
            text = json.dumps(message)
            assert not [secret for secret in secrets if secret in text], message.get("method")


# --- Assuming a role


async def test_assume_a_role(person: Editor, aws: StandIn):
    result = await person.execute("assumeRole", profile="ops")
    assert result["profile"] == "ops"
    assert result["expiresAt"]
    offer = await person.call("window/showMessageRequest")
    assert offer["type"] == 3
    assert offer["message"].startswith("ops is ready in account 4444…6666 until ")
    assert [action["title"] for action in offer["actions"]] == USES
    assert progress(person) == [
        ("begin", "Assuming the role of ops"),
        ("report", "Assuming OpsRole"),
        ("end", None),
    ]
    begin = person.calls("$/progress")[0]["value"]
    assert begin["cancellable"] is True
    await person.execute("assumeRole", profile="ops")
    assert aws.actions() == ["AssumeRole"], "a session that lives is used again"
    [ops] = [row for row in (await person.ask("rolecall/profiles"))["profiles"] if row["name"] == "ops"]
    assert ops["expiresAt"]
    check_nothing_secret(person, aws)


async def test_a_wrong_code_and_then_the_right_one(person: Editor, aws: StandIn):
    codes = ["000000", "12", MFA_CODE]
    person.answers["rolecall/askMfaCode"] = lambda params: codes[params["attempt"] - 1]
    await person.execute("assumeRole", profile="careful")
    first, second, third = person.calls("rolecall/askMfaCode")
    assert first == {"profile": "careful", "serial": DEVICE, "attempt": 1, "message": None}
    assert (second["attempt"], second["message"]) == (2, "The code was not accepted. Wait for the next one.")
    assert (third["attempt"], third["message"]) == (3, "An MFA code has six digits.")
    assert ("report", "Waiting for the MFA code") in progress(person)
    await person.call("window/showMessageRequest")
    check_nothing_secret(person, aws)


async def test_three_wrong_codes(person: Editor, aws: StandIn):
    person.answers["rolecall/askMfaCode"] = lambda _: "000000"
    assert await person.execute("assumeRole", profile="careful") is None
    assert await person.told() == (
        "Could not assume Careful: the MFA code was not accepted. Wait for the next code and try again."
    )
    assert len(person.calls("rolecall/askMfaCode")) == 3


@pytest.mark.parametrize("answer", [None, 123456, {"code": "123456"}])
async def test_no_code_is_no_error(person: Editor, aws: StandIn, answer: object):
    person.answers["rolecall/askMfaCode"] = lambda _: answer
    assert await person.execute("assumeRole", profile="careful") is None
    await person.settled()
    assert person.calls("window/showMessage") == []
    assert progress(person)[-1] == ("end", None)
    assert aws.log == []


async def test_a_client_that_cannot_ask_for_codes(serve: Serve, home: Home, aws: StandIn):
    home.write(home.config, CONFIG.format(url=aws.url, closed=aws.url))
    home.write(home.credentials, CREDENTIALS)
    editor = await serve(can=[], capabilities={})
    assert await editor.execute("assumeRole", profile="careful") is None
    await editor.execute("assumeRole", profile="ops")
    assert (await editor.told()).startswith("ops is ready")
    for command, text in (
        ("openTerminal", "Not opened: this editor has no terminal for Rolecall."),
        ("copyExports", "Not copied: this editor has no clipboard for Rolecall."),
    ):
        await editor.execute(command, profile="ops")
        assert (await editor.until(lambda: editor.calls("window/showMessage")))[-1]["message"] == text
    await editor.execute("writeSession", profile="ops")
    assert not [message for message in editor.received if "method" in message and "id" in message], "it asked something"
    assert home.credentials.read_text() == CREDENTIALS


async def test_cancelling_while_aws_does_not_answer(person: Editor, aws: StandIn):
    aws.fail_next("hang")
    assuming = asyncio.ensure_future(person.execute("assumeRole", profile="ops"))
    await person.until(lambda: ("report", "Assuming OpsRole") in progress(person))
    person.tell("window/workDoneProgress/cancel", {"token": person.calls("$/progress")[0]["token"]})
    assert await assuming is None
    await person.settled()
    assert person.calls("window/showMessage") == []
    assert progress(person)[-1] == ("end", None)


async def test_cancelling_takes_the_question_for_the_code_back(person: Editor, aws: StandIn):
    asked = asyncio.Event()
    taken_back: list[bool] = []

    async def think(_: object) -> str:
        asked.set()
        try:
            return await asyncio.Future()
        except asyncio.CancelledError:
            taken_back.append(True)
            raise

    person.answers["rolecall/askMfaCode"] = think
    assuming = asyncio.ensure_future(person.execute("assumeRole", profile="careful"))
    await asked.wait()
    person.tell("window/workDoneProgress/cancel", {"token": person.calls("$/progress")[0]["token"]})
    assert await assuming is None
    await person.until(lambda: taken_back)

    # Nothing is left behind that would keep the device busy.
    person.answers["rolecall/askMfaCode"] = lambda _: MFA_CODE
    assert await person.execute("assumeRole", profile="careful")


async def test_a_command_that_the_client_cancels(person: Editor, aws: StandIn):
    aws.fail_next("hang")
    params = {"command": "rolecall.assumeRole", "arguments": [{"profile": "ops"}]}
    failing = asyncio.ensure_future(person.error_of("workspace/executeCommand", params, "to-be-cancelled"))
    await person.until(lambda: ("report", "Assuming OpsRole") in progress(person))
    person.tell("$/cancelRequest", {"id": "to-be-cancelled"})
    assert (await failing)["code"] == -32800
    await person.until(lambda: progress(person)[-1] == ("end", None))


async def test_the_server_ends_while_aws_does_not_answer(person: Editor, aws: StandIn):
    aws.fail_next("hang")
    assuming = asyncio.ensure_future(person.execute("assumeRole", profile="ops"))
    await person.until(lambda: ("report", "Assuming OpsRole") in progress(person))
    async with asyncio.timeout(5):
        assert await person.quit() == 0
    assuming.cancel()


FAULTS: dict[str, tuple[Callable[[StandIn], object], str]] = {
    "denied": (
        lambda aws: aws.sts.denied_roles.add(OPS_ROLE),
        'Could not assume OpsRole: AWS denied it to profile "base". ',
    ),
    "unknown key": (
        lambda aws: aws.sts.keys.clear(),
        'Could not assume OpsRole: AWS does not know the access key of profile "base". ',
    ),
    "dropped": (lambda aws: aws.fail_next("drop", 5), "Could not reach STS at 127.0.0.1:"),
    "AWS fails": (lambda aws: aws.fail_next("500", 5), "Could not assume OpsRole: "),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_what_goes_wrong_is_one_message(person: Editor, aws: StandIn, fault: str):
    break_it, beginning = FAULTS[fault]
    break_it(aws)
    assert await person.execute("assumeRole", profile="ops") is None
    told = await person.told()
    assert told.startswith(beginning)
    assert "\n" not in told
    assert [params["type"] for params in person.calls("window/showMessage")] == [1]
    assert progress(person)[-1] == ("end", None)
    check_nothing_secret(person, aws)


async def test_a_profile_that_is_not_there(person: Editor):
    assert await person.execute("assumeRole", profile="nobody") is None
    assert await person.told() == 'Could not use profile "nobody": there is no such profile.'


async def test_a_closed_port(person: Editor, aws: StandIn):
    assert await person.execute("assumeRole", profile="unreachable") is None
    assert (await person.told()).startswith("Could not reach STS at 127.0.0.1:")
    check_nothing_secret(person, aws)


async def test_an_expired_source(person: Editor, home: Home, aws: StandIn):
    keys = aws.sts.issue_session("111122223333", "arn:aws:iam::111122223333:user/me", "AIDAME", 900)
    person.open(
        home.credentials,
        f"[base]\naws_access_key_id = {keys.access_key_id}\naws_secret_access_key = {keys.secret}\n"
        f"aws_session_token = {keys.token}\n",
    )
    aws.advance(1000)
    assert await person.execute("assumeRole", profile="ops") is None
    assert "expired" in await person.told()
    check_nothing_secret(person, aws)


# --- What can be done with the session


async def test_open_a_terminal(person: Editor, aws: StandIn):
    person.answers["rolecall/openTerminal"] = lambda _: None
    chooses(person, "Open terminal")
    await person.execute("assumeRole", profile="ops")
    terminal = await person.call("rolecall/openTerminal")
    [session] = aws.sts.sessions.values()
    assert terminal["name"] == "ops"
    assert terminal["env"] == {
        "AWS_PROFILE": None,
        "AWS_SECURITY_TOKEN": None,
        "AWS_ACCESS_KEY_ID": session.access_key_id,
        "AWS_SECRET_ACCESS_KEY": session.secret,
        "AWS_SESSION_TOKEN": session.token,
        "AWS_CREDENTIAL_EXPIRATION": terminal["env"]["AWS_CREDENTIAL_EXPIRATION"],
        "AWS_ENDPOINT_URL": aws.url,
    }
    check_nothing_secret(person, aws, "rolecall/openTerminal")


async def test_a_terminal_without_a_session_has_the_name_alone(person: Editor, aws: StandIn):
    person.answers["rolecall/openTerminal"] = lambda _: None
    await person.execute("openTerminal", profile="ops")
    assert person.calls("rolecall/openTerminal") == [{"name": "ops", "env": {"AWS_PROFILE": "ops"}}]
    assert aws.log == []


async def test_copy_export_lines(person: Editor, aws: StandIn):
    person.answers["rolecall/copyText"] = lambda _: None
    chooses(person, "Copy export lines")
    await person.execute("assumeRole", profile="ops")
    text = (await person.call("rolecall/copyText"))["text"]
    [session] = aws.sts.sessions.values()
    assert f"export AWS_SESSION_TOKEN='{session.token}'" in text or f"export AWS_SESSION_TOKEN={session.token}" in text
    assert (await person.told()).startswith("The session of ops is on the clipboard until ")
    check_nothing_secret(person, aws, "rolecall/copyText")


async def test_write_to_a_new_profile_of_a_file_that_is_closed(person: Editor, home: Home, aws: StandIn):
    person.answers["rolecall/pickProfile"] = lambda _: "ops-now"
    chooses(person, "Write to a profile")
    await person.execute("assumeRole", profile="ops")
    assert (await person.told()).startswith("The session of ops is in profile ops-now until ")
    [pick] = person.calls("rolecall/pickProfile")
    assert pick["allowNew"] is True
    assert {"base", "work"} <= {choice["name"] for choice in pick["profiles"]}
    [session] = aws.sts.sessions.values()
    after = home.credentials.read_text()
    assert after.startswith(CREDENTIALS)
    assert f"[ops-now]\naws_access_key_id = {session.access_key_id}\n" in after
    assert f"aws_session_token = {session.token}\nx_security_token_expires = 20" in after
    assert stat.S_IMODE(home.credentials.stat().st_mode) == 0o600
    rows = {row["name"]: row for row in (await person.ask("rolecall/profiles"))["profiles"]}
    assert rows["ops-now"]["kind"] == "session"
    check_nothing_secret(person, aws)


async def test_write_to_a_profile_of_a_file_that_is_open(person: Editor, home: Home, aws: StandIn):
    uri = person.open(home.credentials, CREDENTIALS)
    await person.execute("writeSession", profile="ops", target="work")
    [asked] = person.calls("workspace/applyEdit")
    assert asked["label"] == "Write the session to work"
    [session] = aws.sts.sessions.values()
    before, after = CREDENTIALS.split("# Yesterday's."), person.texts[uri].split("# Yesterday's.")
    assert after[0] == before[0]
    assert session.token in after[1]
    assert "old" not in after[1]
    assert "aws_security_token" not in after[1], "the older token would be preferred"
    assert "x_security_token_expires = 20" in after[1]
    assert home.credentials.read_text() == CREDENTIALS, "it is the editor that saves"
    assert (await person.told()).endswith("Save the credentials file to use it.")
    await person.shows(uri)
    check_nothing_secret(person, aws, "workspace/applyEdit")


async def test_an_edit_that_the_editor_refuses(person: Editor, home: Home, aws: StandIn):
    person.open(home.credentials, CREDENTIALS)
    person.answers["workspace/applyEdit"] = lambda _: {"applied": False}
    await person.execute("writeSession", profile="ops", target="work")
    assert (await person.told()).startswith("Not saved:")


@pytest.mark.parametrize("answer", [None, "Replace them"])
async def test_long_term_keys_are_replaced_only_when_the_user_says_so(
    person: Editor, home: Home, aws: StandIn, answer: str | None
):
    chooses(person, answer)
    await person.execute("writeSession", profile="ops", target="base")
    [question] = person.calls("window/showMessageRequest")
    assert question["message"] == "Profile base holds long-term keys, which would be replaced."
    assert ("AKIAIOSFODNN7EXAMPLE" in home.credentials.read_text()) is (answer is None)


async def test_who_am_i(person: Editor, home: Home, aws: StandIn):
    home.write(home.accounts, '{"accounts": [{"name": "Acme Dev", "accountId": "111122223333"}]}')
    person.tell("workspace/didChangeWatchedFiles", {"changes": []})
    person.answers["rolecall/copyText"] = lambda _: None
    chooses(person, "Copy ARN")
    found = await person.execute("whoAmI", profile="base")
    assert found == {"account": "111122223333", "arn": "arn:aws:iam::111122223333:user/me"}
    told = await person.call("window/showMessageRequest")
    assert told["message"] == "base is arn:aws:iam::111122223333:user/me in Acme Dev 1111…3333."
    assert await person.call("rolecall/copyText") == {"text": "arn:aws:iam::111122223333:user/me"}
    assert aws.actions() == ["GetCallerIdentity"]
    await person.execute("whoAmI", profile="unreachable")
    assert (await person.told()).startswith("Could not reach STS")
    check_nothing_secret(person, aws)


# --- Files and accounts


async def test_create_both_files(editor: Editor, home: Home):
    await editor.execute("createFiles")
    assert stat.S_IMODE(home.credentials.parent.stat().st_mode) == 0o700
    for path in (home.config, home.credentials):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert "[default]" in path.read_text()
    assert [call["uri"] for call in editor.calls("window/showDocument")] == [uri_of(home.credentials)]
    files = (await editor.ask("rolecall/profiles"))["files"]
    assert all(file["exists"] for file in files.values())
    config = editor.open(home.config, home.config.read_text())
    credentials = editor.open(home.credentials, home.credentials.read_text())
    assert not [one for uri in (config, credentials) for one in editor.diagnostics_of(uri) if one["severity"] == 1]


async def test_what_is_there_is_not_overwritten(editor: Editor, home: Home):
    home.write(home.credentials, CREDENTIALS)
    await editor.execute("createFiles")
    assert home.credentials.read_text() == CREDENTIALS
    assert home.config.exists()


@pytest.mark.parametrize(("command", "name"), [("openConfig", "config"), ("openCredentials", "credentials")])
async def test_open_a_file_or_offer_to_create_it(editor: Editor, home: Home, command: str, name: str):
    path = home.folder / ".aws" / name
    await editor.execute(command)
    assert (await editor.call("window/showMessageRequest"))["message"] == f"There is no {path} yet."
    assert not path.exists()
    chooses(editor, "Set up access keys")
    await editor.execute(command)
    assert path.exists()
    await editor.execute(command)
    assert editor.calls("window/showDocument")[-1]["uri"] == uri_of(path)


async def test_create_and_edit_an_account(person: Editor, home: Home):
    await person.execute("createAccount", profile="base")
    [entry] = json.loads(home.accounts.read_text())["accounts"]
    assert entry["profile"] == "base"
    shown = person.calls("window/showDocument")[-1]
    assert shown["uri"] == uri_of(home.accounts)
    await person.execute("editAccount", name=entry["name"])
    assert person.calls("window/showDocument")[-1] == shown
    await person.execute("editAccount", name="nobody")
    assert await person.told() == "There is no such account any more."
    await person.execute("createAccount", profile="nobody")
    assert await person.told(2) == "There is no profile nobody any more."
    [row] = (await person.ask("rolecall/profiles"))["accounts"]
    assert row["profile"] == "base"


async def test_create_an_account_in_a_file_that_is_open(person: Editor, home: Home):
    uri = person.open(home.accounts, '{"accounts": [\n  {"name": "Ünï 🎭", "profile": "ops"}\n]}\n')
    await person.execute("createAccount", profile="base")
    names = [entry["profile"] for entry in json.loads(person.texts[uri])["accounts"]]
    assert names == ["ops", "base"]
    assert not home.accounts.exists()


async def test_remove_a_byte_order_mark(serve: Serve, home: Home):
    home.write(home.config, "\ufeff[default]\nregion = eu-west-1\n")
    editor = await serve()
    # An editor does not show the mark.
    uri = editor.open(home.config, "[default]\nregion = eu-west-1\n")
    [found] = await editor.shows(uri, "bom")
    [fix] = await editor.ask_of(
        "codeAction", uri, range=found["range"], context={"diagnostics": [found], "only": ["quickfix"]}
    )
    assert "edit" not in fix
    await editor.ask("workspace/executeCommand", **{k: fix["command"][k] for k in ("command", "arguments")})
    assert home.config.read_bytes() == b"[default]\nregion = eu-west-1\n"
    await editor.shows(uri)


async def test_remove_bom_touches_no_other_file(editor: Editor, home: Home):
    other = home.write(home.folder / "other", "\ufeffx")
    await editor.ask("workspace/executeCommand", command="rolecall.removeBom", arguments=[{"path": str(other)}])
    assert other.read_text() == "\ufeffx"
