"""Real botocore, in process, on a pair of files: what it refuses, what it merges, and how each profile ends.

Everything outside the two files answers with success (STS, SSO, tokens, processes), so that an outcome says what the
files decide. Nothing reaches a network: the HTTP layer is replaced.
"""

from __future__ import annotations

import configparser
import contextlib
import io
import json
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

import botocore.awsrequest
import botocore.configloader
import botocore.credentials as bc
import botocore.exceptions as be
import botocore.httpsession
import botocore.loaders
import botocore.session
import botocore.tokens

_LOADER = botocore.loaders.create_loader()
_EXPIRES = "2099-01-01T00:00:00Z"


class _Body(io.BytesIO):
    def stream(self, *_: Any, **__: Any) -> Iterator[bytes]:
        yield self.read()


def _answer(_: Any, request: Any) -> botocore.awsrequest.AWSResponse:
    url = request.url
    if re.search(r"169\.254\.|fd00", url):
        raise be.ConnectTimeoutError(endpoint_url=url)
    body = request.body
    text = body.decode() if isinstance(body, bytes) else str(body)
    found = re.search(r"\b(AssumeRole\w*)", text)
    if found:
        name = found[1]
        xml = (
            f'<{name}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{name}Result><AssumedRoleUser>'
            "<Arn>arn:aws:sts::123456789012:assumed-role/x/y</Arn><AssumedRoleId>AROA:y</AssumedRoleId></AssumedRoleUser>"
            "<Credentials><AccessKeyId>ASIASTUB</AccessKeyId><SecretAccessKey>stub</SecretAccessKey><SessionToken>t</SessionToken>"
            f"<Expiration>{_EXPIRES}</Expiration></Credentials></{name}Result></{name}Response>"
        )
        return botocore.awsrequest.AWSResponse(url, 200, {"content-type": "text/xml"}, _Body(xml.encode()))
    keys = {"accessKeyId": "ASIASSO", "secretAccessKey": "s", "sessionToken": "t", "expiration": 4070908800000}
    return botocore.awsrequest.AWSResponse(
        url, 200, {"content-type": "application/json"}, _Body(json.dumps({"roleCredentials": keys}).encode())
    )


def _source(self: bc.CanonicalNameCredentialSourcer, name: str) -> bc.Credentials | None:
    return None if name == "Environment" else bc.Credentials("AKIASOURCE", "s", method="source")


def _login(self: bc.LoginProvider) -> bc.Credentials | None:
    profile = self._load_config().get("profiles", {}).get(self._profile_name, {})
    return bc.Credentials("ASIALOGIN", "s", "t", method=self.METHOD) if "login_session" in profile else None


@contextlib.contextmanager
def botocore_sees(config: bytes, credentials: bytes) -> Iterator[Oracle]:
    """The oracle for two files with these bytes."""
    defaults = list(bc.AssumeRoleProvider.__init__.__defaults__)
    defaults[0] = lambda prompt: "123456"
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        paths = Path(folder, "config"), Path(folder, "credentials")
        for path, data in zip(paths, (config, credentials), strict=True):
            path.write_bytes(data)
        environment = {
            "PATH": os.environ["PATH"], "HOME": folder, "AWS_CONFIG_FILE": str(paths[0]), "AWS_SHARED_CREDENTIALS_FILE": str(paths[1]),
        }  # fmt: skip
        token = SimpleNamespace(get_frozen_token=lambda: SimpleNamespace(token="token"))
        for patch in (
            mock.patch.dict(os.environ, environment, clear=True),
            mock.patch.object(botocore.httpsession.URLLib3Session, "send", _answer),
            mock.patch.object(bc.CanonicalNameCredentialSourcer, "source_credentials", _source),
            mock.patch.object(bc.LoginProvider, "load", _login),
            mock.patch.object(bc.FileWebIdentityTokenLoader, "__call__", lambda self: "token"),
            mock.patch.object(
                bc.SSOTokenLoader, "__call__", lambda *a, **k: {"accessToken": "t", "expiresAt": _EXPIRES}
            )
            if hasattr(bc, "SSOTokenLoader")
            else contextlib.nullcontext(),
            mock.patch.object(botocore.tokens.SSOTokenProvider, "load_token", lambda self, **k: token),
            mock.patch.object(
                bc.ProcessProvider,
                "_retrieve_credentials_using",
                lambda self, command: {"access_key": "ASIAPROCESS", "secret_key": "s"},
            ),
            mock.patch.object(bc.AssumeRoleProvider.__init__, "__defaults__", tuple(defaults)),
        ):
            stack.enter_context(patch)
        yield Oracle(paths[0], paths[1])


class Oracle:
    """What botocore says of the files that are in place."""

    def __init__(self, config: Path, credentials: Path) -> None:
        self._paths = {"config": config, "credentials": credentials}

    def refusal(self, file: str) -> tuple[str, int | None] | None:
        """The cause's class and its line (None where it has none), or None for a file that is read."""
        path = self._paths[file]
        try:
            botocore.configloader.raw_config_parse(str(path))
        except be.ConfigParseError:
            pass
        else:
            return None
        try:
            configparser.RawConfigParser().read([path])
        except UnicodeDecodeError:
            return "UnicodeDecodeError", None
        except configparser.ParsingError as error:
            lines = getattr(error, "errors", None)
            return type(error).__name__, lines[0][0] if lines else error.lineno  # type: ignore[attr-defined]
        except configparser.Error as error:
            return type(error).__name__, error.lineno  # type: ignore[attr-defined]
        return "ValueError", None

    def full_config(self) -> dict[str, Any]:
        return self._session(None).full_config

    def ignored(self) -> list[str]:
        """The sections of the config file that are neither profile, session nor services."""
        loaded = botocore.configloader.load_config(str(self._paths["config"]))
        return [name for name in loaded if name not in ("profiles", "sso_sessions", "services")]

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

    @staticmethod
    def _session(profile: str | None) -> botocore.session.Session:
        session = botocore.session.Session(profile=profile)
        session.register_component("data_loader", _LOADER)
        session.set_config_variable("metadata_service_num_attempts", 1)
        return session
