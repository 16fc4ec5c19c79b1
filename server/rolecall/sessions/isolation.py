"""botocore, kept from everything but the two documents: no environment, no home, no metadata service, no process.

All private names of botocore that Rolecall uses are used here; ``tests/sessions/test_contract.py`` holds each of them.
Import this module inside functions only: botocore takes most of a second.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import botocore.credentials
import botocore.session
from botocore.config import Config
from botocore.configloader import build_profile_map
from botocore.configprovider import (
    BOTOCORE_DEFAUT_SESSION_VARIABLES,
    DEFAULT_PROXIES_CONFIG_VARS,
    DEFAULT_S3_CONFIG_VARS,
    BaseProvider,
    ConfigChainFactory,
    ConfiguredEndpointProvider,
    ConfigValueStore,
    ConstantProvider,
    SectionConfigProvider,
    _create_config_chain_mapping,
)
from botocore.credentials import CredentialProvider, Credentials
from botocore.loaders import Loader
from botocore.plugin import PluginContext, set_plugin_context
from botocore.tokens import TokenProviderChain

from rolecall.sessions.documents import Documents
from rolecall.sessions.errors import SessionError, shown
from rolecall.sessions.options import Options

PROMPT_PREFIX, PROMPT_SUFFIX = "Enter MFA code for ", ": "
"""What botocore puts around the serial number when it asks for a code."""

# The "auto" mode asks the metadata service for a Region, and client side monitoring sends every call to a port.
# The blocks are for other services, but botocore fails on any client when they are no blocks.
_NOT_FOR_US = ("defaults_mode", "csm_enabled", "csm_host", "csm_port", "csm_client_id", "s3", "api_versions")


class TokenFiles:
    """The AWS CLI's cached SSO tokens, for reading.

    Refresh tokens are left out: using one up without writing the new one back would sign the CLI out.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def __contains__(self, key: str) -> bool:
        return self._read(key) is not None

    def __getitem__(self, key: str) -> dict[str, Any]:
        token = self._read(key)
        if token is None:
            raise KeyError(key)
        return token

    def _read(self, key: str) -> dict[str, Any] | None:
        if self._folder is None:
            return None
        path = self._folder / f"{key}.json"
        for _ in range(2):  # the CLI truncates before it writes, so a reader may meet half a file
            try:
                token = json.loads(path.read_text("utf-8"))
            except (OSError, ValueError):
                continue
            if isinstance(token, dict):
                return {name: value for name, value in token.items() if name != "refreshToken"}
        return None


class _Refuse(CredentialProvider):  # type: ignore[misc]  # botocore has no types
    """Stands where a provider would start a process or use another program's sign-in."""

    def __init__(self, profile: str, settings: Mapping[str, object], key: str, error: SessionError) -> None:
        super().__init__()
        self._profile, self._settings, self._key, self._error = profile, settings, key, error

    def load(self) -> None:
        if self._key in self._settings:
            raise self._error


class _Builder(botocore.credentials.ProfileProviderBuilder):  # type: ignore[misc]  # botocore has no types
    """The providers of one profile, reading from the documents."""

    def __init__(
        self,
        session: IsolatedSession,
        documents: Documents,
        answers: dict[str, Any],
        tokens: TokenFiles,
        given: Given | None,
    ) -> None:
        super().__init__(session, cache=answers, sso_token_cache=tokens, login_token_cache=TokenFiles(None))
        self._documents = documents
        self._given = given

    def providers(self, profile_name: str, disable_env_vars: bool = False) -> list[CredentialProvider]:
        if self._given is not None and self._given.profile == profile_name:
            return [self._given]
        providers: list[CredentialProvider] = super().providers(profile_name, disable_env_vars)
        return providers

    def _create_shared_credential_provider(self, profile_name: str) -> CredentialProvider:
        return botocore.credentials.SharedCredentialProvider(
            creds_filename="", profile_name=profile_name, ini_parser=lambda _: self._documents.credentials
        )

    def _create_config_provider(self, profile_name: str) -> CredentialProvider:
        return botocore.credentials.ConfigProvider(
            config_filename="",
            profile_name=profile_name,
            config_parser=lambda _: build_profile_map(_plain(self._documents.config)),
        )

    def _create_process_provider(self, profile_name: str) -> CredentialProvider:
        error = SessionError(
            "process-not-allowed",
            f"Could not use profile {shown(profile_name)}",
            "it gets its keys from a program (credential_process), which Rolecall does not start",
            "Use the profile in a terminal, where AWS tools start the program themselves.",
        )
        return _Refuse(profile_name, self._settings(profile_name), "credential_process", error)

    def _create_login_provider(self, profile_name: str) -> CredentialProvider:
        error = SessionError(
            "login-session",
            f"Could not use profile {shown(profile_name)}",
            "it signs in with a console login (login_session), which Rolecall cannot use",
            "Use the profile in a terminal with the AWS CLI.",
        )
        return _Refuse(profile_name, self._settings(profile_name), "login_session", error)

    def _settings(self, profile_name: str) -> Mapping[str, object]:
        settings: Mapping[str, object] = self._session.full_config["profiles"].get(profile_name, {})
        return settings


class _NoSources:
    """Stands for the environment and the metadata services that ``credential_source`` names."""

    def is_supported(self, source_name: str) -> bool:
        return source_name in ("Environment", "Ec2InstanceMetadata", "EcsContainer")

    def source_credentials(self, _source_name: str) -> None:
        raise SessionError(
            "credential-source",
            "Could not get the keys that credential_source names",
            "Rolecall asks neither the environment nor a metadata service for keys",
            "Use the profile on the machine that it was written for, or give it a source_profile.",
        )


class IsolatedSession(botocore.session.Session):  # type: ignore[misc]  # botocore has no types
    """A botocore session that sees nothing but the documents."""

    def __init__(self, profile: str, documents: Documents, options: Options) -> None:
        self._options = options
        super().__init__(profile=profile)
        self.register_component("data_loader", _loader())
        self.register_component("token_provider", TokenProviderChain(providers=[]))
        self._config = _merged(documents)
        self.set_config_variable("region", self.region or options.region_default)
        self._ignores_endpoints = self.get_config_variable("ignore_configured_endpoint_urls")
        # botocore would pass over the endpoint of the options as well.
        self.set_config_variable("ignore_configured_endpoint_urls", False)
        limits = options.limits
        self.set_default_client_config(
            Config(
                connect_timeout=limits.connect,
                read_timeout=limits.read,
                retries={"mode": "standard", "total_max_attempts": limits.attempts},
            )
        )

    @property
    def region(self) -> str | None:
        """The Region that the profile names."""
        region = self.full_config["profiles"].get(self.profile, {}).get("region")
        return region if isinstance(region, str) and region else None

    def endpoint_of(self, client_name: str) -> str | None:
        """Return the address that the options or the profile give for a service."""
        provider = self._endpoint_provider(client_name)
        address: str | None = provider.provide()
        return address

    def _register_config_store(self) -> None:
        factory = ConfigChainFactory(session=self, environ={})
        mapping = _create_config_chain_mapping(factory, BOTOCORE_DEFAUT_SESSION_VARIABLES)
        for name, variables in (("s3", DEFAULT_S3_CONFIG_VARS), ("proxies_config", DEFAULT_PROXIES_CONFIG_VARS)):
            mapping[name] = SectionConfigProvider(name, self, _create_config_chain_mapping(factory, variables))
        self._components.register_component("config_store", ConfigValueStore(mapping=mapping))

    def _add_configured_endpoint_provider(self, client_name: str, config_store: ConfigValueStore) -> None:
        config_store.set_config_provider("endpoint_url", self._endpoint_provider(client_name))

    def _endpoint_provider(self, client_name: str) -> BaseProvider:
        if client_name == "sts" and self._options.sts_endpoint is not None:
            return ConstantProvider(self._options.sts_endpoint)
        if self._ignores_endpoints:
            return ConstantProvider(None)
        return ConfiguredEndpointProvider(
            full_config=self.full_config,
            scoped_config=self.get_scoped_config(),
            client_name=client_name,
            environ={},
        )


def open_session(profile: str, documents: Documents, options: Options) -> IsolatedSession:
    """Return a botocore session for a profile. It turns plugins off for the thread that it is called in."""
    _silence()
    set_plugin_context(PluginContext(plugins="DISABLED"))
    return IsolatedSession(profile, documents, options)


class Given(CredentialProvider):  # type: ignore[misc]  # botocore has no types
    """Stands for a source profile that was signed in to before."""

    METHOD = "given"

    def __init__(self, profile: str, credentials: Credentials) -> None:
        super().__init__()
        self.profile, self._credentials = profile, credentials

    def load(self) -> Credentials:
        return self._credentials


def load_credentials(
    session: IsolatedSession,
    documents: Documents,
    options: Options,
    profile: str,
    given: Given | None,
    answers: dict[str, Any],
    ask: Callable[[str], str],
) -> Credentials | None:
    """Return botocore's credentials of a profile, or None. Nothing is sent before they are frozen.

    With ``given`` as the credentials of the source profile only one role is assumed. botocore by itself would ask for
    the code of the last role of a chain first, which is stale once those before it have been typed in.
    ``answers`` gets what AWS answers. ``ask`` gets an MFA device's serial number.
    """
    builder = _Builder(session, documents, answers, TokenFiles(options.sso_cache), given)
    assume_role = botocore.credentials.AssumeRoleProvider(
        load_config=lambda: _without_role(session.full_config, given),
        client_creator=botocore.credentials._get_client_creator(session, None),
        cache=answers,
        profile_name=profile,
        prompter=lambda prompt: ask(prompt.removeprefix(PROMPT_PREFIX).removesuffix(PROMPT_SUFFIX)),
        credential_sourcer=_NoSources(),
        profile_provider_builder=builder,
    )
    providers = [assume_role, *builder.providers(profile, disable_env_vars=True)]
    return botocore.credentials.CredentialResolver(providers).load_credentials()


def _without_role(full_config: dict[str, Any], given: Given | None) -> dict[str, Any]:
    """Leave out that the given profile is a role itself, so that botocore takes its credentials as they are."""
    if given is None:
        return full_config
    profiles = full_config["profiles"]
    source = {key: value for key, value in profiles[given.profile].items() if key != "role_arn"}
    return {**full_config, "profiles": {**profiles, given.profile: source}}


def _plain(document: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    return {header: dict(settings) for header, settings in document.items()}


def _merged(documents: Documents) -> dict[str, Any]:
    """Return what ``Session.full_config`` holds for two files with this content."""
    merged: dict[str, Any] = build_profile_map(_plain(documents.config))
    for name, settings in documents.credentials.items():
        merged["profiles"].setdefault(name, {}).update(settings)
    for settings in merged["profiles"].values():
        for key in _NOT_FOR_US:
            settings.pop(key, None)
    return merged


@cache
def _loader() -> Loader:
    """Return the reader of botocore's own models, which parses each of them once; models in the home are not for us."""
    return Loader(extra_search_paths=[Loader.BUILTIN_DATA_PATH], include_default_search_paths=False)


@cache
def _silence() -> None:
    """Keep botocore from logging: at the debug level it writes secrets, tokens and MFA codes."""
    for name in ("botocore", "urllib3"):
        logger = logging.getLogger(name)
        logger.setLevel(logging.CRITICAL + 1)
        logger.addHandler(logging.NullHandler())
        logger.propagate = False
