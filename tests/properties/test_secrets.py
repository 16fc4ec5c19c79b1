"""No secret value is in anything that Rolecall shows, sends, prints or logs, wherever in the files it stands.

Secrets are planted in every place that people (or a broken paste) put them, and what comes out is searched for pieces
of them. Only edits may hold them: there they are the text that the user asked for.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rolecall.accounts import AccountsEditError, add_account
from rolecall.catalog._data import SETTINGS
from rolecall.host import FileFacts, FileStamp, FileText
from rolecall.lsp import language
from rolecall.lsp.client import Client
from rolecall.lsp.session import Session
from rolecall.readers.botocore.merge import File
from rolecall.store.writer import Store
from tests.lsp.conftest import Serve, home, serve  # noqa: F401  Fixtures.
from tests.lsp.editor import Home
from tests.support.pairs import CONFIGS, CREDENTIALS, READABLE
from tests.support.standin import make_key

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SECRETS = [make_key("111122223333", number)[1].removesuffix("EXAMPLEKEY") for number in range(4)]
PIECE = 8
"""How many characters of a secret in a row are too many."""
ENDING = "EXAMPLEKEY"

SECRET_KEYS = sorted({one.name for one in SETTINGS if one.secret and "*" not in one.name})
S, T = f"{SECRETS[0]}{ENDING}", f"{SECRETS[1]}{ENDING}"

PLANTS = [
    # As they should stand, and as people write them.
    *(f"{key} = {S}" for key in SECRET_KEYS),
    f"AWS_SECRET_ACCESS_KEY={S}",
    f"aws_secret_access_key:{S}",
    f'aws_secret_access_key = "{S}"',
    f"\taws_secret_access_key\t=\t{S} # note",
    f"aws_secret_access_key = {S} {T}",
    # Twice, in two letter cases, and with a duplicate that is empty.
    f"aws_secret_access_key = {S}\naws_secret_access_key = {T}",
    f"aws_secret_access_key = {S}\nAws_Secret_Access_Key = {T}\naws_secret_access_key =",
    # In the wrong setting, or in one that nobody knows.
    f"aws_access_key_id = {S}",
    f"aws_secret_acces_key = {S}",
    f"aws_secret_key = {S}",
    f"my_password = {S}",
    f"secretkey={S}",
    f"[plugins]\n{S} = {T}",
    # Broken: no delimiter, no name, no header, a name in its place.
    f"aws_secret_access_key {S}",
    f"= {S}",
    f"{S}",
    f"{S} = {T}",
    f"{S}: x",
    f"{S} =",
    f"{S[:20]}={S[20:]}",
    f"{S}={T}=",
    # Over several lines, swallowed by the setting above, or a block where none belongs.
    f"aws_secret_access_key =\n  {S}",
    f"aws_session_token = {S}\n  {T}\n\t{SECRETS[2]}{ENDING}",
    f"region = eu-west-1\n  {S}",
    f"region = eu-west-1\n  aws_secret_access_key = {S}",
    f"region = eu-west-1\n\n  # note\n  {S} = {T}",
    f"  aws_secret_access_key = {S}",
    f"source_profile = base\n  {S}",
    f"role_arn = arn:aws:iam::123456789012:role/x\n  {S}",
    f"s3 =\n  {S}",
    f"s3 =\n  aws_secret_access_key = {S}\n  {S} = {T}\n  addressing_style = path\n  = {T}",
    f"s3 =\n  addressing_style = path\n    {S}",
    f"region =\n  a = {S}",
    f"unknown =\n  nested = {S}\n  {T} = x",
    # In other sections, known and unknown.
    f"[sso-session corp]\naws_secret_access_key = {S}\nsso_region = eu-west-1\n  {T}",
    f"[services local]\ndynamodb =\n  endpoint_url = http://user:{S}@localhost\n  password = {S}",
    f"[foo bar]\naws_secret_access_key = {S}\n{S}\n  {T}",
    f"[DEFAULT]\naws_secret_access_key = {S}\naws_session_token = {T}",
    # Pasted from elsewhere.
    f"export AWS_SECRET_ACCESS_KEY={S}",
    f'export AWS_SESSION_TOKEN="{S}"',
    f"$Env:AWS_SECRET_ACCESS_KEY = '{S}'",
    f"set AWS_SECRET_ACCESS_KEY={S}",
    f'{{"SecretAccessKey": "{S}", "SessionToken": "{T}"}}',
    f"User name,Access key ID,Secret access key\nme,AKIAIOSFODNN7EXAMPLE,{S}",
    f"-----BEGIN PRIVATE KEY-----\n{S}\n-----END PRIVATE KEY-----",
    # In addresses and command lines.
    f"endpoint_url = https://me:{S}@example.com/path",
    f"endpoint_url = https://{S}@example.com",
    f"sso_start_url = https://corp.awsapps.com/start?token={S}",
    f"sso_start_url = https://corp.awsapps.com/start#{S}",
    f"credential_process = /bin/tool --password {S}",
    # In comments.
    f"# aws_secret_access_key = {S}",
    f"; {S}",
    f"  # {S}",
    f"aws_access_key_id = AKIAIOSFODNN7EXAMPLE # {S}",
]


def pieces_in(text: str) -> list[str]:
    """The pieces of secrets in a text, however it is escaped."""
    plain = text.replace("\\", "")
    return [
        secret[start : start + PIECE]
        for secret in SECRETS
        for start in range(len(secret) - PIECE + 1)
        if secret[start : start + PIECE] in plain
    ]


def test_pieces_are_found():
    assert pieces_in(f"x {S[:PIECE]} y") == [S[:PIECE]]
    assert pieces_in(json.dumps({"x": ["a\n" + S[5:20]]}))
    assert pieces_in(ENDING) == []


class Machine:
    """Two files and nothing else."""

    def __init__(self, texts: Mapping[File, str]) -> None:
        self._texts = {f"/home/me/.aws/{file}": text for file, text in texts.items()}

    def read(self, path: str) -> FileText:
        text = self._texts.get(path)
        facts = FileFacts() if text is None else FileFacts(exists=True, readable=True, mode=0o600)
        return FileText(text or "", facts)

    def stamp(self, path: str) -> FileStamp | None:
        return None

    def env(self, name: str) -> str | None:
        return None

    def home(self) -> str:
        return "/home/me"

    def now(self) -> datetime:
        return NOW


class Recorder:
    """In the place of the wire."""

    def __init__(self) -> None:
        self.sent: list[Any] = []

    def notify(self, method: str, params: Any) -> None:
        self.sent.append([method, params])


def everything(texts: Mapping[File, str], own: bool = True) -> Iterator[str]:
    """All that the server would send of two files: notifications and the answers to every request, at every place
    that is near to a secret."""
    recorder = Recorder()
    folder = "/home/me/.aws" if own else "/home/me/repository"
    session = Session(Machine(texts), Store("/nowhere"), Client(recorder))  # type: ignore[arg-type]  # Enough of both.
    handlers = language.handlers(session)
    session.start({"initializationOptions": {"can": ["askMfaCode", "openTerminal", "copyText", "pickProfile"]}})
    for file, text in texts.items():
        session.open(f"file://{folder}/{file}", 1, text)
    session.publish()
    yield json.dumps(recorder.sent)
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": 999, "character": 0}}
    rows = handlers["rolecall/profiles"]({})
    yield json.dumps(rows)
    for row in rows["profiles"]:
        yield json.dumps(handlers["rolecall/profileDetail"]({"name": row["name"]}))
    for file, text in texts.items():
        document: dict[str, Any] = {"textDocument": {"uri": f"file://{folder}/{file}"}}
        for method, handle in handlers.items():
            name = method.removeprefix("textDocument/")
            if name in ("completion", "hover", "definition", "references", "documentHighlight"):
                for place in _places(text):
                    yield json.dumps(handle({**document, "position": place}))
            elif name == "codeAction":
                for action in handle({**document, "range": whole, "context": {}}):
                    action.pop("edit", None)
                    yield json.dumps(action)
            elif method != name:
                yield json.dumps(handle({**document, "range": whole}))


def _places(text: str) -> Iterator[dict[str, int]]:
    lines = text.splitlines()
    for number, line in enumerate(lines):
        near = lines[max(number - 1, 0) : number + 2]
        if any(secret in one for one in near for secret in SECRETS):
            for column in {0, 1, len(line) // 4, len(line) // 2, max(len(line) - 3, 0), len(line)}:
                yield {"line": number, "character": column}


def check(texts: Mapping[File, str], own: bool = True) -> None:
    for said in everything(texts, own):
        found = pieces_in(said)
        assert not found, (found[:1], said[:2000])


@pytest.mark.parametrize("plant", PLANTS)
def test_each_place(plant: str):
    profile = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\nregion = eu-west-1\n"
    for config, credentials in (
        (f"[profile dev]\n{profile}{plant}\noutput = json\n", "[dev]\n"),
        ("[profile dev]\n", f"[dev]\n{profile}{plant}\noutput = json\n"),
        (f"{plant}\n[profile dev]\n{profile}", f"{plant}\n"),
        (f"[dev]\n{plant}\n[profile dev]\n{plant}", f"[profile dev]\n{plant}\n[dev]\n{plant}\n"),
    ):
        check({"config": config, "credentials": credentials})


@settings(max_examples=40)
@given(
    st.one_of(st.tuples(CONFIGS, CREDENTIALS), READABLE),
    st.lists(
        st.tuples(st.sampled_from(["config", "credentials"]), st.floats(0, 1), st.sampled_from(PLANTS)),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from(["\n", "\n", "\r\n", "\r"]),
    st.booleans(),
)
def test_any_files(pair: tuple[str, str], planted: list[tuple[File, float, str]], end: str, own: bool):
    texts: dict[File, str] = {"config": pair[0], "credentials": pair[1]}
    for file, fraction, plant in planted:
        lines = texts[file].splitlines()
        lines.insert(int(fraction * (len(lines) + 1)), plant.replace("\n", end))
        texts[file] = end.join(lines) + end
    check(texts, own)


def test_reprs_of_values():
    """What a traceback or a debugger's log would print of the values that go through the layers."""
    text = (
        f"[dev]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = {S}\naws_session_token = {T}\n{S}\n"
    )
    session = Session(Machine({"credentials": text}), Store("/nowhere"), Client(Recorder()))  # type: ignore[arg-type]
    session.start({})
    service = session.own.service
    for value in (*service.diagnostics("credentials"), *service.problems("dev"), *service.verdicts("dev")):
        assert not pieces_in(repr(value))
    assert not pieces_in(repr(session))


@pytest.mark.parametrize(
    "text", [f'{{"accounts": [{{"name": "{S}"', f'{{"accounts": {{"{S}": "{T}"}}}}', S, f'["{S}"]']
)
def test_errors_about_accounts(text: str):
    with pytest.raises(AccountsEditError) as caught:
        add_account(text, {"name": "Dev"})
    assert not pieces_in(f"{caught.value} {caught.value!r} {caught.value.args} {caught.value.__cause__}")


# --- Over the wire, and on the command line


EVERY = "".join(f"[profile p{number}]\n{plant}\n" for number, plant in enumerate(PLANTS))


async def test_every_byte_that_the_server_writes(serve: Serve, home: Home):  # noqa: F811
    """Also with bad requests and failing commands; but for the edits that were asked for."""
    home.write(home.credentials, EVERY.replace("[profile ", "["))
    home.write(home.accounts, f'{{"accounts": [{{"name": "Dev", "secret": "{S}", "{T}": 1}}]}}')
    editor = await serve()
    editor.may_log = True
    uri = editor.open(home.config, EVERY)
    editor.open(home.accounts, home.accounts.read_text())
    await editor.settled()
    for request in language.REQUESTS:
        if request.startswith("textDocument/"):
            await editor.error_of(request, {"textDocument": S})
    for number in range(0, EVERY.count("\n"), 3):
        await editor.ask_at("hover", uri, number, 4)
    editor.tell("no/such/notification", {"secret": S})
    editor.tell("textDocument/didChange", {"textDocument": {"uri": uri, "version": 2}, "contentChanges": [{"x": S}]})
    editor.tell("workspace/didChangeConfiguration", {"settings": {"rolecall": {"readers": [S], "severities": {S: T}}}})
    await editor.error_of("workspace/executeCommand", {"command": S, "arguments": [{"profile": T}]})
    await editor.error_of("no/such/request", {"secret": S})
    await editor.error_of("rolecall/profileDetail", [S])
    editor.send_bytes(b"Content-Length: %d\r\n\r\n%s" % (len(S), S.encode()))
    for number in range(0, len(PLANTS), 4):
        await editor.execute("whoAmI", profile=f"p{number}")
        await editor.execute("createAccount", profile=f"p{number}")
    editor.close(uri)
    await editor.settled()
    assert await editor.quit() == 0
    for message in editor.received:
        if message.get("method") != "workspace/applyEdit":
            assert not pieces_in(json.dumps(message)), message.get("method") or message
    assert editor.log, "something was logged"
    assert not pieces_in(editor.log.decode())


@pytest.mark.parametrize(
    "command",
    ["check", "check --format json", "readers", "readers --format json", "profiles", "profiles --format json"],
)
def test_the_command_line(tmp_path: Path, command: str):
    (tmp_path / "config").write_text(EVERY)
    (tmp_path / "credentials").write_text(EVERY.replace("[profile ", "["))
    good = "\n".join(plant for plant in PLANTS[: len(SECRET_KEYS)])
    (tmp_path / "good").write_text(f"[dev]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n{good}\n")
    for credentials in ("credentials", "good"):
        done = subprocess.run(
            [sys.executable, "-m", "rolecall", *command.split(), "--config", "config", "--credentials", credentials],
            capture_output=True, text=True, cwd=tmp_path, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode in (0, 1), done.stderr
        assert done.stdout
        assert not pieces_in(done.stdout + done.stderr)
