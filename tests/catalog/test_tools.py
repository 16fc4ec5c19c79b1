"""The catalogue says what the installed tools read, and what they do with a bad value.

Each failure names what is new and what to change in `schemas/settings.json`; `make generate` follows.
"""

from __future__ import annotations

import functools
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import botocore
import botocore.configprovider as cp
import botocore.loaders
import botocore.session
import pytest
from botocore.utils import is_valid_uri
from hypothesis import given
from hypothesis import strategies as st

from rolecall import catalog
from rolecall.catalog import Setting

HERE = Path(__file__).parent
TOOLS = HERE.parents[1] / ".tools"
AWSCLI = TOOLS / "awscli"
JAVASCRIPT = TOOLS / "javascript"

needs_awscli = pytest.mark.skipif(not AWSCLI.exists(), reason="The AWS CLI is not set up: run `make setup`")
needs_javascript = pytest.mark.skipif(
    not (JAVASCRIPT / ".ready").exists(), reason="The AWS SDK for JavaScript is not set up: run `make setup`"
)

# Version 1 of the AWS CLI looks at these only to say what will be different in version 2.
FOR_MIGRATION = {"cli_binary_format", "cli_pager"}

# Another spelling of sdk_ua_app_id, which no documentation has.
ALIASES = {"sdk-ua-app-id"}

# What JavaScript reads with packages of single services, which the tests do not install.
OF_SERVICES = {
    "request_checksum_calculation",
    "response_checksum_validation",
    "s3_disable_express_session_auth",
    "s3_disable_multiregion_access_points",
    "s3_use_arn_region",
}

# Variables of botocore whose default in its table is not the one that counts in the end.
LATE_DEFAULTS = {"api_versions", "csm_client_id", "csm_host", "data_path"}


def rows(*tools: str) -> Iterator[tuple[str, Setting]]:
    """The settings that one of these tools is said to read, by the kind of place they stand in."""
    for place in ("profile", "profile/s3", "sso-session"):
        for setting in catalog.settings(place):
            if not set(tools).isdisjoint(setting.tools) and not setting.wildcard:
                yield place, setting


def check_known(place: str, keys: set[str], tool: str, *ids: str) -> None:
    """Every key is a setting that the catalogue gives to the tool."""
    known = {setting.name for found, setting in rows(*ids) if found == place}
    new = sorted(keys - known)
    assert not new, (
        f"{tool} reads {', '.join(new)} in {place!r}: in schemas/settings.json add each as a setting, or "
        f'"{ids[0]}" to the tools of the one that is there'
    )


def check_read(source: str, tool: str, *ids: str) -> None:
    """The source of a tool names every setting that the catalogue gives to it."""
    words = set(re.findall(r"\w+", source))
    gone = sorted({setting.name for _, setting in rows(*ids)} - words)
    assert not gone, (
        f"{tool} does not read {', '.join(gone)} any more: take it from their tools in schemas/settings.json"
    )


def source(folder: Path, pattern: str) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob(pattern)))


# botocore


@functools.cache
def variables() -> dict[str, tuple[Any, Any, Any]]:
    """Key in the file to environment variable, default and converter."""
    table = {**cp.BOTOCORE_DEFAUT_SESSION_VARIABLES, **cp.DEFAULT_PROXIES_CONFIG_VARS}
    return {row[0]: row[1:] for row in table.values() if row[0]}


def test_the_catalogue_knows_what_botocore_reads() -> None:
    check_known("profile", set(variables()), "botocore", "botocore")
    check_known("profile/s3", set(cp.DEFAULT_S3_CONFIG_VARS), "botocore", "botocore")


def test_botocore_reads_what_the_catalogue_says() -> None:
    check_read(source(Path(botocore.__file__).parent, "*.py"), "botocore", "botocore")


@pytest.mark.parametrize("key", sorted(variables()))
def test_environment_variables_and_defaults_are_those_of_botocore(key: str) -> None:
    env, default, _ = variables()[key]
    setting = catalog.setting("profile", key)
    assert setting is not None
    assert set([env] if isinstance(env, str) else env or []) <= set(setting.env), "add it to env"
    if default is not None and key not in LATE_DEFAULTS:
        assert setting.default == (str(default).lower() if isinstance(default, bool) else str(default)), (
            "change default"
        )


# The AWS CLI


@functools.cache
def awscli(*transfers: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        subprocess.run(
            [sys.executable, HERE / "awscli_reads.py", AWSCLI, *transfers], check=True, capture_output=True
        ).stdout
    )
    return found


@needs_awscli
def test_the_catalogue_knows_what_the_aws_cli_reads() -> None:
    found = awscli()
    check_known("profile", set(found["profile"]) - FOR_MIGRATION, "Version 1 of the AWS CLI", "awscli", "awscli-v1")
    check_known("profile/s3", set(found["profile/s3"]), "Version 1 of the AWS CLI", "awscli", "awscli-v1")


@needs_awscli
def test_the_aws_cli_reads_what_the_catalogue_says() -> None:
    # What both versions read, and what only version 2 reads, cannot be told apart for the transfers of version 2.
    newer = {"io_chunksize", "target_bandwidth", "preferred_transfer_client"}
    text = source(AWSCLI / "awscli", "*.py") + " ".join(newer)
    check_read(text, "The AWS CLI", "awscli", "awscli-v1")


# JavaScript


@needs_javascript
def test_the_catalogue_knows_what_javascript_selects() -> None:
    output = subprocess.run(
        [TOOLS / "bin/node", HERE / "selectors.mjs", JAVASCRIPT], check=True, capture_output=True
    ).stdout
    found: dict[str, list[str]] = json.loads(output)
    assert {"region", "max_attempts", "use_fips_endpoint"} <= set(found)
    check_known("profile", set(found) - ALIASES, "The AWS SDK for JavaScript", "javascript")


@needs_javascript
def test_javascript_reads_what_the_catalogue_says() -> None:
    text = source(JAVASCRIPT / "node_modules", "dist-cjs/**/*.js") + " ".join(OF_SERVICES)
    check_read(text, "The AWS SDK for JavaScript", "javascript")


# Bad values


GOOD = {
    "boolean": ("true", "false", "TRUE"),
    "integer": ("1", "20"),
    "url": ("http://localhost:4566", "https://[::1]:4566/path"),
}
BAD = {
    "boolean": ("yes", "1"),
    "integer": ("many", "1.5"),
    "url": ("localhost:4566", "http://my_stack:4566", "http://"),
    "enum": ("nothing",),
    "nested": ("text",),
}


def tried(*effects: str) -> list[tuple[str, str, str, bool]]:
    """Place, key, value, and whether it is a bad one."""
    found = []
    for place, setting in rows("botocore", "awscli"):
        if setting.bad_value is None or setting.bad_value.effect not in effects:
            continue
        bad = list(BAD[setting.type])
        bad += [str(setting.minimum - 1)] if setting.minimum is not None else []
        bad += [str(setting.maximum + 1)] if setting.maximum is not None else []
        if setting.type == "enum":
            (bad if not setting.ignore_case else []).append(setting.enum[0].swapcase())
        good = setting.enum or GOOD.get(setting.type, ())
        found += [(place, setting.name, value, True) for value in bad]
        found += [(place, setting.name, value, False) for value in good]
    return found


@functools.cache
def loader() -> botocore.loaders.Loader:
    return botocore.loaders.create_loader()


class Files:
    """The user's two files, as botocore is pointed to them."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.config = folder / "config"
        credentials = folder / "credentials"
        credentials.write_text(
            "[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n"
            "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n"
        )
        patch.setenv("AWS_CONFIG_FILE", str(self.config))
        patch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(credentials))
        patch.delenv("AWS_PROFILE", raising=False)

    def session(self, place: str, key: str, value: str) -> botocore.session.Session:
        block = "s3 =\n  " if place == "profile/s3" else ""
        self.config.write_text(f"[default]\nregion = us-east-1\n{block}{key} = {value}\n")
        session = botocore.session.Session(profile="default")
        session.register_component("data_loader", loader())
        return session


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Files:
    return Files(tmp_path, monkeypatch)


@pytest.mark.parametrize(("place", "key", "value", "is_bad"), tried("refused"))
def test_botocore_refuses_bad_values_alone(files: Files, place: str, key: str, value: str, is_bad: bool) -> None:
    setting = catalog.setting(place, key)
    assert setting is not None
    assert setting.bad_value is not None
    service = {"S3": "s3", "DynamoDB": "dynamodb"}.get(setting.bad_value.services or "", "sts")
    session = files.session(place, key, value)
    if is_bad:
        with pytest.raises(Exception, match=r"(?i)invalid|must be|unsupported|has no attribute"):
            session.create_client(service)
    else:
        session.create_client(service)


@pytest.mark.parametrize(("place", "key", "value", "is_bad"), tried("false"))
def test_botocore_takes_what_is_not_true_for_false(
    files: Files, place: str, key: str, value: str, is_bad: bool
) -> None:
    session = files.session(place, key, value)
    if place == "profile/s3":
        found = session.get_config_variable("s3")[key]
    elif key == "s3_use_arn_region":
        found = session.get_config_variable("s3")["use_arn_region"]
    elif key == "parameter_validation":
        found = session.create_client("sts")._serializer.__class__.__name__ == "ParamValidationDecorator"
    else:
        found = session.get_config_variable(key)
    assert found is (value.lower() == "true")


TRANSFERS = {
    "max_concurrent_requests": (("10",), ("many", "0", "1.5")),
    "max_queue_size": (("1000",), ("many", "0", "1.5")),
    "multipart_threshold": (("64MB", "64 mib", "16777216"), ("8M", "8xb", "8.5MB")),
    "multipart_chunksize": (("64MB", "64 mib", "16777216"), ("8M", "8xb", "8.5MB")),
    "max_bandwidth": (("50MB/s", "800 KB/s"), ("10MB", "10mbps")),
}


@needs_awscli
def test_the_aws_cli_does_not_copy_with_bad_values() -> None:
    wanted = {
        f"{key}={value}": is_bad
        for key, (good, bad) in TRANSFERS.items()
        for is_bad, values in ((False, good), (True, bad))
        for value in values
    }
    assert awscli(*wanted)["transfers"] == wanted
    for key in TRANSFERS:
        setting = catalog.setting("profile/s3", key)
        assert setting is not None
        assert setting.bad_value == catalog.BadValue("transfer-fails")


HOSTS = st.one_of(
    st.sampled_from(
        ["localhost", "my_stack", "a.b.example.com.", "-a", "a-", "a..b", "", "[::1]", "127.0.0.1", "a" * 64]
    ),
    st.text("aZ9.-_", max_size=12),
)


@given(
    st.sampled_from(["http", "https"]), HOSTS, st.sampled_from(["", ":4566"]), st.sampled_from(["", "/", "/a?b=c#d"])
)
def test_a_url_is_valid_as_botocore_has_it(scheme: str, host: str, port: str, path: str) -> None:
    url = f"{scheme}://{host}{port}{path}"
    setting = catalog.setting("profile", "endpoint_url")
    assert setting is not None
    assert setting.pattern is not None
    assert (re.fullmatch(setting.pattern, url, re.ASCII) is not None) == bool(is_valid_uri(url))
