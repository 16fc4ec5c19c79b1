"""The card that comes when the keys of a profile change on disk, and what must not bring one."""

from __future__ import annotations

import asyncio

import pytest

from tests.lsp.conftest import Serve
from tests.lsp.editor import Editor, Home, uri_of
from tests.lsp.test_commands import check_nothing_secret
from tests.support.standin import StandIn, make_key

USER = "arn:aws:iam::111122223333:user/me"
SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"


def keys(profile: str, number: int, account: str = "111122223333") -> str:
    """A section with temporary keys that no AWS knows; the id tells the account."""
    key, secret = make_key(account, number, "ASIA")
    return (
        f"[{profile}]\naws_access_key_id = {key}\naws_secret_access_key = {secret}\naws_session_token = token{number}\n"
    )


def issued(aws: StandIn, profile: str) -> str:
    """A section with keys that the stand-in has just given out."""
    session = aws.sts.issue_session("111122223333", USER, "AIDAME", 3600)
    return (
        f"[{profile}]\naws_access_key_id = {session.access_key_id}\naws_secret_access_key = {session.secret}\n"
        f"aws_session_token = {session.token}\n"
    )


def looks(editor: Editor) -> None:
    """Let the server look at the disk now; it would soon by itself."""
    editor.tell("workspace/didChangeWatchedFiles", {"changes": []})


def cards(editor: Editor) -> list[str]:
    return [params["message"] for params in editor.calls("window/showMessageRequest")]


async def ready(serve: Serve, home: Home, credentials: str, config: str = "") -> Editor:
    """A server that has seen these files. It starts to watch for keys once it has dealt with the first document."""
    home.write(home.credentials, credentials)
    home.write(home.config, config)
    editor = await serve()
    editor.open(home.folder / "elsewhere" / "config", "")
    await editor.settled()
    return editor


async def test_a_change_that_nobody_tells_the_server_of(serve: Serve, home: Home):
    editor = await ready(serve, home, keys("acme", 1))
    home.write(home.credentials, keys("acme", 2))
    card = await editor.call("window/showMessageRequest")
    assert card["message"] == "acme has a new session token (same account 1111…3333)."
    assert [action["title"] for action in card["actions"]] == ["Use it", "Show change", "Not now"]
    assert editor.calls("rolecall/tokenChanged") == [{"profiles": ["acme"]}]
    looks(editor)
    await editor.settled()
    assert len(cards(editor)) == 1


async def test_the_name_of_a_registered_account_and_the_expiry(serve: Serve, home: Home):
    home.write(home.accounts, '{"accounts": [{"name": "Acme Dev", "accountId": "111122223333"}]}')
    editor = await ready(serve, home, keys("acme", 1))
    home.write(home.credentials, keys("acme", 2) + "x_security_token_expires = 2031-01-02T03:04:05Z\n")
    looks(editor)
    card = await editor.call("window/showMessageRequest")
    assert card["message"] == (
        "acme has a new session token (same account, Acme Dev 1111…3333, expires 2031-01-02 03:04 UTC)."
    )


async def test_another_account(serve: Serve, home: Home):
    editor = await ready(serve, home, keys("acme", 1))
    home.write(home.credentials, keys("acme", 1, "444455556666"))
    looks(editor)
    card = await editor.call("window/showMessageRequest")
    assert card["message"] == "acme now belongs to another account: 4444…6666 instead of 1111…3333."
    assert "Use it" not in [action["title"] for action in card["actions"]]


async def test_several_changes_make_one_card(serve: Serve, home: Home):
    editor = await ready(serve, home, keys("acme", 1) + keys("beta", 2) + keys("gamma", 3))
    home.write(home.credentials, keys("acme", 4) + keys("beta", 5) + keys("gamma", 3))
    looks(editor)
    await editor.call("window/showMessageRequest")
    looks(editor)
    await editor.settled()
    assert cards(editor) == ["2 profiles have new session tokens: acme, beta."]


async def test_typing_brings_none_and_a_save_does(serve: Serve, home: Home):
    editor = await ready(serve, home, keys("acme", 1))
    uri = editor.open(home.credentials, keys("acme", 1))
    editor.edit(uri, {"text": keys("acme", 2)})
    looks(editor)
    await editor.settled()
    assert cards(editor) == []
    editor.save(uri, home.credentials)
    await editor.call("window/showMessageRequest")


async def test_a_save_without_new_keys_brings_none(serve: Serve, home: Home):
    editor = await ready(serve, home, keys("acme", 1))
    uri = editor.open(home.credentials, keys("acme", 1))
    editor.edit(uri, {"text": "# note\n" + keys("acme", 1) + "region = eu-west-1\n" + keys("new", 2)})
    editor.save(uri, home.credentials)
    await editor.settled()
    assert cards(editor) == []


async def test_a_file_that_is_half_written_when_it_is_looked_at(serve: Serve, home: Home):
    editor = await ready(serve, home, keys("acme", 1))
    home.write(home.credentials, "")
    looks(editor)
    await editor.settled()
    home.write(home.credentials, keys("acme", 1))
    looks(editor)
    await editor.settled()
    assert cards(editor) == []
    home.credentials.unlink()
    looks(editor)
    await editor.settled()
    home.write(home.credentials, keys("acme", 2))
    looks(editor)
    assert (await editor.call("window/showMessageRequest"))["message"].startswith("acme has a new session token")


async def test_other_files_are_no_change(serve: Serve, home: Home):
    editor = await ready(serve, home, keys("acme", 1))
    home.write(home.folder / "keys", keys("acme", 2))
    settings = {"accountsFile": str(home.accounts), "credentialsFile": "~/keys"}
    editor.tell("workspace/didChangeConfiguration", {"settings": {"rolecall": settings}})
    looks(editor)
    await editor.settled()
    assert cards(editor) == []
    home.write(home.folder / "keys", keys("acme", 3))
    looks(editor)
    await editor.call("window/showMessageRequest")


async def test_a_change_is_seen_though_something_else_looked_first(serve: Serve, home: Home):
    editor = await ready(serve, home, keys("acme", 1))
    home.write(home.credentials, keys("acme", 2))
    # The command reads the disk anew, since it wrote to it.
    await editor.execute("createFiles")
    looks(editor)
    assert (await editor.call("window/showMessageRequest"))["message"].startswith("acme has a new session token")


async def test_keys_that_rolecall_wrote_bring_none(serve: Serve, home: Home, aws: StandIn):
    config = f"[profile ops]\nrole_arn = arn:aws:iam::444455556666:role/Ops\nsource_profile = base\nendpoint_url = {aws.url}\n"
    base = f"[base]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = {SECRET}\n"
    editor = await ready(serve, home, base + keys("acme", 1), config)
    await editor.execute("writeSession", profile="ops", target="acme")
    looks(editor)
    await editor.settled()
    assert cards(editor) == []
    assert aws.actions() == ["AssumeRole"]


@pytest.mark.parametrize("choice", ["Use it", "Not now", None])
async def test_use_it(serve: Serve, home: Home, aws: StandIn, choice: str | None):
    config = f"[profile acme]\nendpoint_url = {aws.url}\n"
    editor = await ready(serve, home, keys("acme", 1), config)
    editor.answers["window/showMessageRequest"] = lambda _: {"title": choice} if choice else None
    home.write(home.credentials, issued(aws, "acme"))
    looks(editor)
    await editor.call("window/showMessageRequest")
    if choice == "Use it":
        assert await editor.told() == "The new keys of acme work: account 1111…3333."
        assert aws.actions() == ["GetCallerIdentity"]
    else:
        await editor.settled()
        assert aws.log == []
    check_nothing_secret(editor, aws)


async def test_use_keys_that_do_not_work(serve: Serve, home: Home, aws: StandIn):
    editor = await ready(serve, home, keys("acme", 1), f"[profile acme]\nendpoint_url = {aws.url}\n")
    editor.answers["window/showMessageRequest"] = lambda _: {"title": "Use it"}
    home.write(home.credentials, keys("acme", 2))
    looks(editor)
    assert 'AWS does not know the access key of profile "acme"' in await editor.told()


async def test_show_the_change(serve: Serve, home: Home):
    editor = await ready(serve, home, "\n\n" + keys("acme", 1))
    editor.answers["window/showMessageRequest"] = lambda _: {"title": "Show change"}
    home.write(home.credentials, "\n\n" + keys("acme", 2))
    looks(editor)
    shown = await editor.call("window/showDocument")
    assert shown["uri"] == uri_of(home.credentials)
    assert shown["selection"]["start"]["line"] == 3


async def test_a_card_that_nobody_answers_holds_nothing_up(serve: Serve, home: Home):
    editor = await ready(serve, home, keys("acme", 1))
    editor.answers["window/showMessageRequest"] = lambda _: asyncio.Future()
    home.write(home.credentials, keys("acme", 2))
    looks(editor)
    await editor.call("window/showMessageRequest")
    home.write(home.credentials, keys("acme", 3))
    looks(editor)
    await editor.call("window/showMessageRequest", 2)
    await editor.execute("createFiles")


async def test_sessions_that_were_made_with_the_old_keys_are_made_anew(serve: Serve, home: Home, aws: StandIn):
    config = "".join(
        f"[profile {name}]\nrole_arn = arn:aws:iam::444455556666:role/{name}\nsource_profile = acme\nendpoint_url = {aws.url}\n"
        for name in ("Ops", "Audit")
    )
    editor = await ready(serve, home, issued(aws, "acme"), f"[profile acme]\nendpoint_url = {aws.url}\n{config}")
    editor.tell("rolecall/activeProfile", {"profile": "Ops"})
    await editor.execute("whoAmI", profile="Ops")
    await editor.execute("assumeRole", profile="Ops")
    await editor.execute("assumeRole", profile="Audit")
    before = aws.actions()
    editor.answers["window/showMessageRequest"] = lambda _: {"title": "Use it"}
    home.write(home.credentials, issued(aws, "acme"))
    looks(editor)
    await editor.until(lambda: any(text.startswith("The new keys of acme work") for text in told(editor)))
    await editor.until(lambda: aws.actions()[len(before) :] == ["GetCallerIdentity", "AssumeRole"])
    await editor.settled()
    rows = {row["name"]: row["expiresAt"] for row in (await editor.ask("rolecall/profiles"))["profiles"]}
    assert rows["Ops"]
    assert not rows["Audit"], "it is made when it is wanted"


def told(editor: Editor) -> list[str]:
    return [params["message"] for params in editor.calls("window/showMessage")]
