"""Real botocore, in process, on pairs of files: what it refuses, what it merges, and how each profile ends.

Everything outside the two files answers with success (STS, SSO, token caches, token files, processes), so that an
outcome says what the files decide. Nothing reaches a network: the HTTP layer is replaced. All other code is botocore's
own, down to the parameters that it checks and the endpoint that it finds.
"""

from __future__ import annotations

import configparser
import contextlib
import io
import json
import logging
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal, NamedTuple
from unittest import mock

import botocore.awsrequest
import botocore.configloader
import botocore.credentials as bc
import botocore.exceptions as be
import botocore.httpsession
import botocore.loaders
import botocore.monitoring
import botocore.session
import botocore.tokens
import botocore.utils

File = Literal["config", "credentials"]

_LOADER = botocore.loaders.create_loader()
_HANDLERS = botocore.session.Session()._original_handler
"""botocore's own handlers of events. Every client copies them, so that one set does for all sessions."""

_EXPIRES = "2099-01-01T00:00:00Z"
_STS_ANSWER = (
    '<{0}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{0}Result><AssumedRoleUser>'
    "<Arn>arn:aws:sts::123456789012:assumed-role/x/y</Arn><AssumedRoleId>AROA:y</AssumedRoleId></AssumedRoleUser>"
    "<Credentials><AccessKeyId>ASIASTUB</AccessKeyId><SecretAccessKey>stub</SecretAccessKey>"
    f"<SessionToken>t</SessionToken><Expiration>{_EXPIRES}</Expiration></Credentials></{{0}}Result></{{0}}Response>"
)
_SSO_ANSWER = json.dumps(
    {
        "roleCredentials": {
            "accessKeyId": "ASIASSO",
            "secretAccessKey": "s",
            "sessionToken": "t",
            "expiration": 4070908800000,
        }
    }
)
_TOKEN = {"accessToken": "t", "expiresAt": _EXPIRES}
_PROCESS_ANSWER = json.dumps({"Version": 1, "AccessKeyId": "ASIAPROCESS", "SecretAccessKey": "s"}).encode()


class _Body(io.BytesIO):
    def stream(self, *_: Any, **__: Any) -> Iterator[bytes]:
        yield self.read()


def _answer(_: Any, request: Any) -> botocore.awsrequest.AWSResponse:
    """STS and SSO answer; nobody else does, so that there is no instance metadata."""
    body = request.body
    text = body.decode() if isinstance(body, bytes) else str(body)
    called = re.search(r"\bAction=(AssumeRole\w*)", f"{text} {request.url}")
    if called:
        return _response(request.url, "text/xml", _STS_ANSWER.format(called[1]))
    if "/federation/credentials" in request.url:
        return _response(request.url, "application/json", _SSO_ANSWER)
    raise be.ConnectTimeoutError(endpoint_url=request.url)


def _response(url: str, content_type: str, text: str) -> botocore.awsrequest.AWSResponse:
    return botocore.awsrequest.AWSResponse(url, 200, {"content-type": content_type}, _Body(text.encode()))


def _source(self: bc.CanonicalNameCredentialSourcer, name: str) -> bc.Credentials | None:
    return None if name == "Environment" else bc.Credentials("AKIASOURCE", "s", method="source")


def _login(self: bc.LoginProvider) -> bc.Credentials | None:
    profile = self._load_config().get("profiles", {}).get(self._profile_name, {})
    return bc.Credentials("ASIALOGIN", "s", "t", method=self.METHOD) if "login_session" in profile else None


def _open_token(path: str) -> io.StringIO:
    os.fspath(path)
    return io.StringIO("token")


def _start_process(command: list[str], **_: Any) -> SimpleNamespace:
    assert command[0] is not None
    return SimpleNamespace(communicate=lambda: (_PROCESS_ANSWER, b""), returncode=0)


class _Publisher:
    """Sends nothing of what botocore tells a monitor."""

    def __init__(self, socket: Any, **_: Any) -> None:
        socket.close()

    def publish(self, event: object) -> None:
        pass


def _default(function: Any, value: object, stand_in: object) -> Any:
    """A patch that puts a stand-in where a function has a value as a default."""
    return mock.patch.object(
        function, "__defaults__", tuple(stand_in if found is value else found for found in function.__defaults__)
    )


def _stand_ins() -> Iterator[Any]:
    yield mock.patch.object(botocore.httpsession.URLLib3Session, "send", _answer)
    yield mock.patch.object(bc.CanonicalNameCredentialSourcer, "source_credentials", _source)
    yield mock.patch.object(bc.LoginProvider, "load", _login)
    yield mock.patch.object(botocore.monitoring, "SocketPublisher", _Publisher)
    # It logs every error that we ask for, with its traceback.
    yield mock.patch.object(logging.getLogger("botocore"), "disabled", True)
    yield mock.patch.object(logging.getLogger("botocore.credentials"), "disabled", True)
    yield mock.patch.object(botocore.utils.JSONFileCache, "__contains__", lambda *_: True)
    yield mock.patch.object(botocore.utils.JSONFileCache, "__getitem__", lambda *_: dict(_TOKEN))
    yield _default(bc.FileWebIdentityTokenLoader.__init__, open, _open_token)
    yield _default(bc.ProcessProvider.__init__, bc.subprocess.Popen, _start_process)
    yield _default(bc.AssumeRoleProvider.__init__, bc.getpass.getpass, lambda prompt: "123456")


def memory() -> str | None:
    """A folder in memory, for files that are written and read a million times; None where the system has none."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


class Refused(NamedTuple):
    """Why a file is refused: the class of the cause, and its line from 1 (None where the error has none)."""

    cause: str
    line: int | None


class Oracle:
    """What botocore says of the two files that were put in place last. Stand-ins are in force while it is entered.

    folder  where the two files are to be
    """

    def __init__(self, folder: str | None = None) -> None:
        self._parent = folder or memory()
        self._stack = contextlib.ExitStack()
        self._paths: dict[File, str] = {}

    def __enter__(self) -> Oracle:
        folder = tempfile.mkdtemp(dir=self._parent)
        self._stack.callback(shutil.rmtree, folder)
        self._paths = {"config": f"{folder}/config", "credentials": f"{folder}/credentials"}
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": folder,
            "AWS_CONFIG_FILE": self._paths["config"],
            "AWS_SHARED_CREDENTIALS_FILE": self._paths["credentials"],
        }
        self._stack.enter_context(mock.patch.dict(os.environ, environment, clear=True))
        for stand_in in _stand_ins():
            self._stack.enter_context(stand_in)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def place(self, config: bytes, credentials: bytes) -> None:
        """Make these the two files."""
        for path, data in zip(self._paths.values(), (config, credentials), strict=True):
            with open(path, "wb", buffering=0) as file:
                file.write(data)

    def refusal(self, file: File) -> Refused | None:
        """Why a file is refused, or None where it is read."""
        try:
            botocore.configloader.raw_config_parse(self._paths[file])
        except be.ConfigParseError as refused:
            error = refused.kwargs["error"]
        else:
            return None
        if isinstance(error, configparser.ParsingError) and not isinstance(
            error, configparser.MissingSectionHeaderError
        ):
            return Refused(type(error).__name__, error.errors[0][0])
        return Refused(type(error).__name__, getattr(error, "lineno", None))

    def full_config(self) -> dict[str, Any]:
        """`Session.full_config`. Raises ConfigParseError where a file is refused."""
        # The property asks its session for nothing but the two paths; making a whole session takes ten times as long.
        session = SimpleNamespace(
            _config=None,
            get_config_variable=lambda name: self._paths["config" if name == "config_file" else "credentials"],
        )
        return botocore.session.Session.full_config.fget(session)

    def outcome(self, profile: str) -> tuple[bool, str, str]:
        """(True, method, "") or (False, error class, message)."""
        try:
            credentials = self._session(profile).get_credentials()
            if credentials is None:
                return False, "NoCredentialsError", "Unable to locate credentials"
            credentials.get_frozen_credentials()
        except Exception as error:  # noqa: BLE001  Whatever botocore raises is the outcome.
            return False, type(error).__name__, str(error)
        return True, credentials.method, ""

    def client(self, profile: str) -> tuple[bool, str, str]:
        """As `outcome`, of making a client of a service, which reads settings that credentials do not need."""
        try:
            self._session(profile).create_client("s3", region_name="us-east-1")
        except Exception as error:  # noqa: BLE001  As above.
            return False, type(error).__name__, str(error)
        return True, "", ""

    @staticmethod
    def _session(profile: str) -> botocore.session.Session:
        session = botocore.session.Session(event_hooks=_HANDLERS, include_builtin_handlers=False, profile=profile)
        # Data files read once serve all sessions, except where the profile names other ones.
        session.lazy_register_component(
            "data_loader",
            lambda: (
                botocore.loaders.create_loader(path) if (path := session.get_config_variable("data_path")) else _LOADER
            ),
        )
        return session


@contextlib.contextmanager
def botocore_sees(config: bytes, credentials: bytes) -> Iterator[Oracle]:
    """The oracle for two files with these bytes."""
    with Oracle() as oracle:
        oracle.place(config, credentials)
        yield oracle
