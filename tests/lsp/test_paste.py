"""Keys from the clipboard or a file, into the right profile, and back out with one undo."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from tests.lsp.conftest import Serve
from tests.lsp.editor import ABILITIES, Editor, Home, uri_of

SAMPLES = Path(__file__).parents[1] / "fixtures" / "keys"
SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
TOKEN = "IQoJb3JpZ2luX2VjEXAMPLE//////////wEaCXVzLWVhc3QtMSJHEXAMPLETOKEN0123456789+/abcDEF=="
ACME = """\
# Every day.
[acme]
aws_access_key_id = ASIARTX3GSDSQ2222222
aws_secret_access_key = yesterday
aws_session_token = yesterday
aws_security_token = yesterday

"""
OTHER = "[other]\naws_access_key_id = ASIAWO645SY5AEXAMPLE\naws_secret_access_key = yesterday\naws_session_token = t\n"
BASE = "[base]\naws_access_key_id = AKIARTX3GSDSQ2222222\naws_secret_access_key = yesterday\n"
CONFIG = "[profile role]\nrole_arn = arn:aws:iam::444455556666:role/OpsRole\nsource_profile = base\n"
RESULT = f"""\
# Every day.
[acme]
aws_access_key_id = ASIARTX3GSDSQEXAMPLE
aws_secret_access_key = {SECRET}
aws_session_token = {TOKEN}

"""
ACCOUNTS = json.dumps({"accounts": [{"name": "Acme Dev", "accountId": "111122223333", "profile": "acme"}]})
ALL = (*ABILITIES, "readClipboard", "pickFile")


def sample(name: str) -> str:
    return (SAMPLES / name).read_bytes().decode()


@pytest.fixture
async def person(serve: Serve, home: Home) -> Editor:
    home.write(home.config, CONFIG)
    home.write(home.credentials, ACME + OTHER + BASE)
    home.write(home.accounts, ACCOUNTS)
    return await serve(can=ALL)


def copies(editor: Editor, text: str) -> None:
    editor.answers["rolecall/readClipboard"] = lambda _: {"text": text}


def picks(editor: Editor, name: str | None) -> None:
    editor.answers["rolecall/pickProfile"] = lambda _: name


def chooses(editor: Editor, *titles: str) -> None:
    """Answer each message with buttons by the one of these titles that it has."""

    def answer(params: Any) -> Any:
        return next((action for action in params["actions"] if action["title"] in titles), None)

    editor.answers["window/showMessageRequest"] = answer


def check_nothing_secret(editor: Editor, *allowed: str) -> None:
    """No message of the server holds a secret, but those of methods whose purpose it is."""
    for message in editor.received:
        if message.get("method") not in allowed:
            text = json.dumps(message)
            assert not [secret for secret in (SECRET, TOKEN, "yesterday") if secret in text], message.get("method")


async def told(editor: Editor, number: int = 1) -> str:
    """The text of the n-th message with buttons."""
    return (await editor.call("window/showMessageRequest", number))["message"]


async def test_what_is_copied_goes_to_the_profile_that_one_picks(person: Editor, home: Home):
    copies(person, sample("portal_opt1_bash.txt"))
    picks(person, "acme")
    assert await person.execute("paste") == {"profiles": ["acme"]}
    [question] = person.calls("rolecall/pickProfile")
    assert question["title"] == "Paste credentials"
    assert question["placeholder"] == "Profile for Acme Dev 1111…3333, or a new name"
    assert question["allowNew"] is True
    names = [(choice["name"], choice["description"]) for choice in question["profiles"]]
    assert names == [("acme", "same account"), ("base", "same account"), ("other", "session")]
    assert home.credentials.read_text() == RESULT + OTHER + BASE
    assert stat.S_IMODE(home.credentials.stat().st_mode) == 0o600
    assert await told(person) == "acme has the keys of Acme Dev 1111…3333."
    check_nothing_secret(person)


async def test_undo(person: Editor, home: Home):
    copies(person, sample("portal_opt1_bash.txt"))
    chooses(person, "Undo")
    await person.execute("paste", profile="acme")
    assert await person.told() == "Undone: acme."
    assert home.credentials.read_text() == ACME + OTHER + BASE


async def test_a_file_that_is_open_is_edited_there(person: Editor, home: Home):
    uri = person.open(home.credentials, ACME + OTHER + BASE)
    copies(person, sample("sts_get_session_token.json"))
    await person.execute("paste", profile="acme")
    [asked] = person.calls("workspace/applyEdit")
    assert asked["label"] == "Paste credentials: acme"
    expected = RESULT.replace(TOKEN, f"{TOKEN}\nx_security_token_expires = 2036-11-22T18:00:00+00:00")
    assert person.texts[uri] == expected + OTHER + BASE
    assert home.credentials.read_text() == ACME + OTHER + BASE, "it is the editor that saves"
    text = "acme has the keys of Acme Dev 1111…3333 until 2036-11-22 18:00 UTC. Save the credentials file to use them."
    assert await told(person) == text
    assert [action["title"] for action in person.calls("window/showMessageRequest")[0]["actions"]] == ["Show"]
    await person.shows(uri, "long-term-keys", "unmatched-profile")
    check_nothing_secret(person, "workspace/applyEdit")


async def test_where_there_is_no_file_there_is_one_then(editor: Editor, serve: Serve, home: Home):
    person = await serve(can=ALL)
    copies(person, sample("portal_opt2.txt"))
    chooses(person, "Show")
    await person.execute("paste")
    text = home.credentials.read_text()
    assert text.startswith("[111122223333_AdministratorAccess]\naws_access_key_id = ASIARTX3GSDSQEXAMPLE\n")
    assert stat.S_IMODE(home.credentials.stat().st_mode) == 0o600
    shown = await person.call("window/showDocument")
    assert shown["uri"] == uri_of(home.credentials)
    assert shown["selection"]["start"] == {"line": 1, "character": 0}


async def test_a_new_name_for_keys_of_a_known_account_is_asked_about(person: Editor, home: Home):
    copies(person, sample("portal_opt2.txt"))
    picks(person, None)
    assert await person.execute("paste") is None
    [question] = person.calls("rolecall/pickProfile")
    assert question["placeholder"] == "Profile for AdministratorAccess in Acme Dev 1111…3333, or a new name"
    names = [(choice["name"], choice["description"]) for choice in question["profiles"]]
    assert names[:3] == [
        ("acme", "same account"),
        ("base", "same account"),
        ("111122223333_AdministratorAccess", "new profile"),
    ]
    assert home.credentials.read_text() == ACME + OTHER + BASE
    home.write(home.credentials, ACME + OTHER + "[111122223333_AdministratorAccess]\n")
    await person.execute("paste")
    assert len(person.calls("rolecall/pickProfile")) == 1, "the profile is there"


@pytest.mark.parametrize(
    ("target", "text"),
    [
        ("other", "Profile other has keys of account 4444…6666, these are of Acme Dev 1111…3333."),
        ("base", "Profile base holds long-term keys, which these replace."),
    ],
)
async def test_doubts_are_asked_about(person: Editor, home: Home, target: str, text: str):
    copies(person, sample("portal_opt3.txt"))
    assert await person.execute("paste", profile=target) is None
    question = await person.call("window/showMessageRequest")
    assert (question["type"], question["message"]) == (2, text)
    assert home.credentials.read_text() == ACME + OTHER + BASE
    chooses(person, "Use anyway")
    assert await person.execute("paste", profile=target) == {"profiles": [target]}
    assert SECRET in home.credentials.read_text()


async def test_no_card_follows(person: Editor, home: Home):
    # The server starts to watch for keys once it has dealt with the first document.
    person.open(home.folder / "elsewhere" / "config", "")
    await person.settled()
    copies(person, sample("portal_opt1_bash.txt"))
    chooses(person, "Undo")
    await person.execute("paste", profile="acme")
    await person.told()
    person.tell("workspace/didChangeWatchedFiles", {"changes": []})
    await person.settled()
    # Somebody else's change is told all the same.
    home.write(home.credentials, (ACME + OTHER + BASE).replace("ASIAWO645SY5AEXAMPLE", "ASIAWO645SY5BEXAMPLE"))
    person.tell("workspace/didChangeWatchedFiles", {"changes": []})
    assert (await person.call("rolecall/tokenChanged")) == {"profiles": ["other"]}
    assert len(person.calls("rolecall/tokenChanged")) == 1


async def test_several_profiles_at_once(person: Editor, home: Home):
    first, second = sample("okta_aws_cli.ini"), sample("saml2aws.ini")
    home.write(home.credentials, "[dev]\n")
    copies(person, f"{first}\n{second}")
    chooses(person, "Undo")
    assert await person.execute("paste") == {"profiles": ["dev", "saml"]}
    assert await told(person) == "2 profiles have new keys: dev, saml."
    assert await person.told() == "Undone: dev, saml."
    assert home.credentials.read_text() == "[dev]\n"
    await person.execute("paste", profile="nobody")
    assert await person.told(2) == "Not pasted: there are 2 sets of keys, and none says that it is of nobody."
    await person.execute("paste", profile="saml")
    assert "[saml]\naws_access_key_id = ASIARTX3GSDSQEXAMPLE" in home.credentials.read_text()


async def test_a_profile_in_which_no_tool_would_look_at_keys(person: Editor, home: Home):
    copies(person, sample("portal_opt1_bash.txt"))
    await person.execute("paste", profile="role")
    assert await person.told() == "Not pasted: tools would not look at keys in role. Choose another profile."
    assert home.credentials.read_text() == ACME + OTHER + BASE


REFUSED = {
    f"nothing {SECRET}": "Not pasted: no keys found. Rolecall understands the access portal's options 1 to 3, export, ",
    f"AWS_SECRET_ACCESS_KEY={SECRET}": "Not pasted: the access key id is missing. Copy all of the keys.",
}


@pytest.mark.parametrize("text", REFUSED)
async def test_what_is_no_key(person: Editor, home: Home, text: str):
    copies(person, text)
    assert await person.execute("paste", profile="acme") is None
    assert (await person.told()).startswith(REFUSED[text])
    assert home.credentials.read_text() == ACME + OTHER + BASE
    check_nothing_secret(person)


async def test_import_a_file(person: Editor, home: Home):
    file = home.write(home.folder / "alice_accessKeys.csv", sample("csv_new_user_classic.csv"))
    person.answers["rolecall/pickFile"] = lambda params: {"path": str(file)}
    picks(person, "alice")
    assert await person.execute("importKeys") == {"profiles": ["alice"]}
    assert person.calls("rolecall/pickFile") == [{"title": "Import key file"}]
    [question] = person.calls("rolecall/pickProfile")
    assert [choice["name"] for choice in question["profiles"]] == ["base", "acme", "alice", "other"]
    after = home.credentials.read_text()
    assert after.startswith(ACME + OTHER + BASE)
    assert f"[alice]\naws_access_key_id = AKIARTX3GSDSQEXAMPLE\naws_secret_access_key = {SECRET}\n" in after
    check_nothing_secret(person)


async def test_import_nothing(person: Editor, home: Home):
    person.answers["rolecall/pickFile"] = lambda _: None
    assert await person.execute("importKeys") is None
    await person.execute("importKeys", path=str(home.folder / "none.csv"))
    assert (await person.told()).endswith('none.csv" cannot be read. Check that it is there, and who owns it.')
    file = home.write(home.folder / "x.csv", sample("csv_console_only_no_keys.csv"))
    await person.execute("importKeys", path=str(file))
    assert (await person.told(2)).startswith("Not imported: no keys found, only a console password.")


async def test_an_editor_that_can_do_little(serve: Serve, home: Home):
    home.write(home.credentials, ACME)
    editor = await serve(can=[], capabilities={})
    await editor.execute("paste")
    assert await editor.told() == "Not pasted: this editor has no clipboard for Rolecall."
    await editor.execute("importKeys")
    assert (await editor.told(2)).startswith("Not imported: this editor has no dialog for files.")
    await editor.execute("paste", text=sample("portal_opt1_bash.txt"))
    assert (await editor.told(3)).startswith("Not pasted: these keys name no profile. Put ")
    await editor.execute("paste", text=f"[acme]\n{sample('portal_opt2.txt').partition(chr(10))[2]}")
    assert home.credentials.read_text() == RESULT
    check_nothing_secret(editor)
