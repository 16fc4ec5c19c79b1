"""botocore's private names that sessions lean on, each with what is expected of it."""

from __future__ import annotations

import inspect
import json
from pathlib import Path

import botocore.credentials as credentials
import botocore.session
import pytest
from botocore import configprovider, loaders, plugin, tokens
from botocore.configloader import load_config
from hypothesis import given
from hypothesis import strategies as st

from rolecall.sessions import Documents, Options, isolation
from rolecall.sessions.documents import sections

KEYS = {"aws_access_key_id": "AKIAIOSFODNN7EXAMPLE", "aws_secret_access_key": "EXAMPLEKEY"}
OPS = {"role_arn": "arn:aws:iam::444455556666:role/OpsRole", "source_profile": "base"}


def parameters(function: object) -> set[str]:
    return set(inspect.signature(function).parameters)


@pytest.mark.parametrize(
    ("function", "wanted"),
    [
        (credentials.ProfileProviderBuilder, {"session", "cache", "sso_token_cache", "login_token_cache"}),
        (credentials.ProfileProviderBuilder.providers, {"profile_name", "disable_env_vars"}),
        (credentials.ProfileProviderBuilder._create_process_provider, {"profile_name"}),
        (credentials.ProfileProviderBuilder._create_login_provider, {"profile_name"}),
        (credentials.ProfileProviderBuilder._create_shared_credential_provider, {"profile_name"}),
        (credentials.ProfileProviderBuilder._create_config_provider, {"profile_name"}),
        (credentials.SharedCredentialProvider, {"creds_filename", "profile_name", "ini_parser"}),
        (credentials.ConfigProvider, {"config_filename", "profile_name", "config_parser"}),
        (
            credentials.AssumeRoleProvider,
            {
                "load_config",
                "client_creator",
                "cache",
                "profile_name",
                "prompter",
                "credential_sourcer",
                "profile_provider_builder",
            },
        ),
        (credentials._get_client_creator, {"session", "region_name"}),
        (configprovider._create_config_chain_mapping, {"chain_builder", "config_variables"}),
        (configprovider.ConfigChainFactory, {"session", "environ"}),
        (configprovider.ConfiguredEndpointProvider, {"full_config", "scoped_config", "client_name", "environ"}),
        (botocore.session.Session._register_config_store, {"self"}),
        (botocore.session.Session._add_configured_endpoint_provider, {"client_name", "config_store"}),
        (loaders.Loader, {"extra_search_paths", "include_default_search_paths"}),
        (plugin.PluginContext, {"plugins"}),
        (tokens.TokenProviderChain, {"providers"}),
    ],
    ids=lambda value: getattr(value, "__qualname__", ""),
)
def test_what_is_called_takes_what_it_is_given(function: object, wanted: set[str]):
    assert wanted <= parameters(function)


def test_every_provider_of_a_profile_is_made_by_a_method_of_the_builder():
    source = inspect.getsource(credentials.ProfileProviderBuilder.providers)
    assert source.count("self._create_") == 6, "a new provider must be looked at: does it stay in the documents?"


def test_the_session_hook_is_what_the_session_uses():
    source = inspect.getsource(botocore.session.Session.create_client)
    assert "self._add_configured_endpoint_provider(" in source
    assert "self._register_config_store()" in inspect.getsource(botocore.session.Session._register_components)


def test_the_question_for_a_code_holds_the_serial_number():
    fetcher = credentials.AssumeRoleCredentialFetcher(
        None,
        None,
        "arn",
        extra_args={"SerialNumber": "GAHT12345678"},
        mfa_prompter=lambda prompt: prompt,
    )
    asked = fetcher._assume_role_kwargs()["TokenCode"]
    assert asked == f"{isolation.PROMPT_PREFIX}GAHT12345678{isolation.PROMPT_SUFFIX}"


def test_settings_for_the_parameters_that_botocore_complains_about():
    from botocore.exceptions import ParamValidationError

    client = isolation.open_session("base", Documents({}, {"base": KEYS}), Options()).create_client(
        "sts", aws_access_key_id="x", aws_secret_access_key="y"
    )
    with pytest.raises(ParamValidationError, match="parameter RoleArn"):
        client.assume_role(RoleArn="x", RoleSessionName="me")


def test_silenced_for_good():
    import logging

    isolation.open_session("base", Documents({}, {"base": KEYS}), Options())
    for name in ("botocore", "botocore.credentials", "urllib3.connectionpool"):
        assert not logging.getLogger(name).isEnabledFor(logging.CRITICAL)


def test_regions_and_endpoints_come_from_the_documents():
    documents = Documents({"profile base": {"region": "eu-west-1"}}, {"base": KEYS})
    assert isolation.open_session("base", documents, Options()).region == "eu-west-1"
    session = isolation.open_session("base", Documents({}, {"base": KEYS}), Options())
    assert session.region is None
    assert session.get_config_variable("region") == "us-east-1"
    client = session.create_client("sts", aws_access_key_id="x", aws_secret_access_key="y")
    assert client.meta.endpoint_url == "https://sts.us-east-1.amazonaws.com"


def test_endpoint_of_the_options_wins_even_where_the_profile_ignores_endpoints():
    documents = Documents({"profile base": {"ignore_configured_endpoint_urls": "true"}}, {"base": KEYS})
    session = isolation.open_session("base", documents, Options(sts_endpoint="http://127.0.0.1:1"))
    client = session.create_client("sts", aws_access_key_id="x", aws_secret_access_key="y")
    assert client.meta.endpoint_url == "http://127.0.0.1:1"


def test_refresh_tokens_are_not_used_up(tmp_path: Path):
    (tmp_path / "k.json").write_text(json.dumps({"accessToken": "a", "expiresAt": "b", "refreshToken": "c"}), "utf-8")
    files = isolation.TokenFiles(tmp_path)
    assert "k" in files
    assert files["k"] == {"accessToken": "a", "expiresAt": "b"}
    assert "missing" not in files


headers = st.sampled_from(
    [
        *("default", "profile a", 'profile "a b"', "profile a b", "profile", "profilea", "profile 'x", "profile\ta"),
        *("sso-session s", "sso-session", "services v", "preview", "a", "profile default"),
    ]
)
blocks = st.dictionaries(
    st.sampled_from(["region", "role_arn", "source_profile", "output"]), st.sampled_from(["x", "y"]), max_size=3
)
files = st.dictionaries(headers, blocks, max_size=5)


@given(config=files, shared=files)
def test_sections_are_those_of_botocore(tmp_path_factory: pytest.TempPathFactory, config: dict, shared: dict):
    def write(name: str, content: dict[str, dict[str, str]]) -> str:
        path = folder / name
        path.write_text(
            "".join(
                f"[{header}]\n" + "".join(f"{k} = {v}\n" for k, v in rows.items()) for header, rows in content.items()
            ),
            "utf-8",
        )
        return str(path)

    folder = tmp_path_factory.mktemp("files")
    session = botocore.session.Session(profile="a")
    session.set_config_variable("config_file", write("config", config))
    session.set_config_variable("credentials_file", write("credentials", shared))
    full = session.full_config
    ours = sections(Documents(config, shared))
    assert ours.profiles == full["profiles"]
    assert ours.sso_sessions == load_config(str(folder / "config"))["sso_sessions"]
    assert ours.services == load_config(str(folder / "config"))["services"]
    assert isolation._merged(Documents(config, shared)) == full


def test_settings_that_would_reach_out_or_are_for_other_services_are_left_out():
    merged = isolation._merged(Documents({"default": {"region": "x", "defaults_mode": "auto", "csm_host": "x"}}, {}))
    assert merged["profiles"] == {"default": {"region": "x"}}
