"""What botocore refuses while it makes a client, one setting at a time: our reader says the same, in the same words.

Rows with a sentence for a name are what comparing generated pairs brought up.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rolecall.readers.botocore.resolve import resolve
from tests.conformance.agreement import difference, reading_of
from tests.support.oracle import Oracle
from tests.support.pairs import ROLE, Pair

ASSUMED = f"role_arn = {ROLE}\ncredential_source = EcsContainer\nregion = us-east-1\n"
ASSUMED_ANYWHERE = f"role_arn = {ROLE}\ncredential_source = EcsContainer\n"
FROM_BASE = f"role_arn = {ROLE}\nsource_profile = base\nregion = us-east-1\n"
WEB = f"role_arn = {ROLE}\nweb_identity_token_file = /token\nregion = us-east-1\n"
SSO = "sso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\nsso_account_id = 123456789012\nsso_role_name = Admin\n"
STATIC = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n"
BASE = f"[profile base]\n{STATIC}"


@pytest.fixture(scope="module")
def botocore() -> Iterator[Oracle]:
    with Oracle() as oracle:
        yield oracle


def ending(botocore: Oracle, settings: str, others: str = "", profile: str = "ops") -> str | None:
    """The error's class or None, once botocore says the same of every profile."""
    pair = Pair(f'[profile "{profile}"]\n{settings}{others}'.encode(), b"")
    assert difference(botocore, pair, outcomes=True) is None
    return resolve(reading_of(pair).view, profile).error


CLIENT = {
    "retry_mode = fast": "InvalidRetryModeError",
    "retry_mode = Standard": "InvalidRetryModeError",
    "retry_mode =\n  a = 1": "InvalidRetryModeError",
    "max_attempts = three": "ValueError",
    "max_attempts = 0": "InvalidMaxRetryAttemptsError",
    "max_attempts = 1_0": None,
    "max_attempts =\n  a = 1": "TypeError",
    "defaults_mode = fast": "InvalidDefaultsMode",
    "defaults_mode = LEGACY": None,
    "defaults_mode =\n  a = 1": "AttributeError",
    "sts_regional_endpoints = global": "InvalidSTSRegionalEndpointsConfigError",
    "sts_regional_endpoints =": None,
    "endpoint_url = localhost:4566": "ValueError",
    "endpoint_url = http://a_b": "ValueError",
    "endpoint_url = http://[x": "ValueError",
    "endpoint_url = http://[::1]:80": None,
    "endpoint_url = //host": None,
    "endpoint_url =": None,
    "endpoint_url = http://ho\n  st": "ValueError",
    "endpoint_url =\n  a = 1": "TypeError",
    "endpoint_url = x\nignore_configured_endpoint_urls = True": None,
    "services = nope": "InvalidConfigError",
    "services =\n  a = 1": "TypeError",
    "request_checksum_calculation = always": "InvalidChecksumConfigError",
    "request_checksum_calculation = When_Required": None,
    "response_checksum_validation =\n  a = 1": "InvalidChecksumConfigError",
    "request_min_compression_size_bytes = 1kb": "InvalidConfigError",
    "request_min_compression_size_bytes = 0": "InvalidConfigError",
    "request_min_compression_size_bytes = 1048576": None,
    "ca_bundle =": "InvalidConfigError",
    "ca_bundle = /nowhere.pem": None,
    "auth_scheme_preference =\n  a = 1": "InvalidConfigError",
    "s3 =": "AttributeError",
    "s3 = path": None,
    "s3 =\n  addressing_style = pathy": "InvalidS3AddressingStyleError",
    "s3 =\n  us_east_1_regional_endpoint = x": "InvalidS3UsEast1RegionalEndpointConfigError",
    "s3 =\ns3_use_arn_region = true": "TypeError",
    "s3 =\ndefaults_mode = standard": "TypeError",
    "s3_us_east_1_regional_endpoint = global": "InvalidS3UsEast1RegionalEndpointConfigError",
    "s3_disable_express_session_auth = 1": "InvalidConfigError",
    "api_versions = x": "AttributeError",
    "data_path =\n  a = 1": "AttributeError",
    "csm_enabled = true\ncsm_port = x": "ValueError",
    "csm_enabled = no\ncsm_port = x": None,
    "use_fips_endpoint = yes": None,
    "use_dualstack_endpoint = true": None,
}


@pytest.mark.parametrize("settings", CLIENT)
def test_settings_of_every_client(botocore: Oracle, settings: str) -> None:
    assert ending(botocore, f"{ASSUMED}{settings}\n") == CLIENT[settings]
    assert ending(botocore, f"{WEB}{settings}\n") == CLIENT[settings]
    assert ending(botocore, f"{SSO}{settings}\n") == CLIENT[settings]
    assert ending(botocore, f"{STATIC}{settings}\n") is None


METADATA = {
    "metadata_service_timeout = one": "ValueError",
    "metadata_service_timeout = 1.5": "ValueError",
    "metadata_service_num_attempts =\n  a = 1": "TypeError",
    "ec2_metadata_service_endpoint = localhost": "InvalidIMDSEndpointError",
    "ec2_metadata_service_endpoint =": None,
    "ec2_metadata_service_endpoint =\n  a = 1": "TypeError",
    "ec2_metadata_service_endpoint_mode = both": "InvalidIMDSEndpointModeError",
    "ec2_metadata_service_endpoint_mode = IPv6": None,
    "ec2_metadata_service_endpoint_mode =\n  a = 1": "AttributeError",
}


@pytest.mark.parametrize("settings", METADATA)
def test_settings_of_the_metadata_service_concern_every_profile(botocore: Oracle, settings: str) -> None:
    assert ending(botocore, f"{STATIC}{settings}\n") == METADATA[settings]


SINGLE = {
    "the account id mode counts where a call is signed": (
        f"{ASSUMED}account_id_endpoint_mode = on\n", "", "InvalidConfigError"),
    "the account id mode does not count where no call is signed": (f"{WEB}account_id_endpoint_mode = on\n", "", None),
    "an empty region": (f"{ASSUMED_ANYWHERE}region =\n", "", "ValueError"),
    "an empty region, with FIPS and dual stack": (
        f"{ASSUMED_ANYWHERE}region =\nuse_fips_endpoint = true\nuse_dualstack_endpoint = true\n", "", "ValueError"),
    "an empty region, with an endpoint": (f"{ASSUMED_ANYWHERE}region =\nendpoint_url = http://localhost\n", "", None),
    "no region, with an endpoint": (f"{ASSUMED_ANYWHERE}endpoint_url = http://localhost\n", "", "NoRegionError"),
    "a block for a region": (f"{ASSUMED_ANYWHERE}region =\n  a = 1\n", "", "TypeError"),
    "dual stack where there is none": (
        f"{ASSUMED_ANYWHERE}region = eu-isoe-west-1\nuse_dualstack_endpoint = true\n", "", "EndpointVariantError"),
    "dual stack where there is none, with a region of FIPS": (
        f"{ASSUMED_ANYWHERE}region = fips-us-isof-south-1\nuse_dualstack_endpoint = true\n", "", "EndpointVariantError"),
    "a port that is no number counts where a call is signed": (
        f"{ASSUMED}endpoint_url = http://host:port\n", "", "ValueError"),
    "a port that is no number does not count where no call is signed": (
        f"{WEB}endpoint_url = http://host:port\n", "", None),
    "the endpoint of the service": (
        f"{ASSUMED}services = local\n", "[services local]\nsts =\n  endpoint_url = x\n", "ValueError"),
    "the endpoint of another service": (
        f"{ASSUMED}services = local\n", "[services local]\nsso =\n  endpoint_url = x\n", None),
    "the profile's endpoint, where the service has an empty one": (
        f"{ASSUMED}services = local\nendpoint_url = x\n", "[services local]\nsts =\n  endpoint_url =\n", "ValueError"),
    "a text for a service": (f"{SSO}services = local\n", "[services local]\nsso = x\n", "AttributeError"),
    "a services section without settings": (f"{SSO}services = local\n", "[services local]\n", "InvalidConfigError"),
    "another version of the API": (
        f"{ASSUMED}api_versions =\n  sts = 2012-06-15\n", "", "DataNotFoundError"),
    "another version of another service's API": (f"{ASSUMED}api_versions =\n  sso = x\n", "", None),
    "a signature that botocore does not know": (
        f"{ASSUMED}sts =\n  signature_version = v9\n", "", "UnknownSignatureVersionError"),
    "the global endpoint says itself how it is signed": (f"{ASSUMED_ANYWHERE}sts =\n  signature_version = v9\n", "", None),
    "a preference goes before a signature that botocore does not know": (
        f"{ASSUMED}sts =\n  signature_version = v9\nauth_scheme_preference = sigv4a, sigv4\n", "", None),
    "no parameter is checked where that is off": (
        "role_arn = x\ncredential_source = EcsContainer\nregion = us-east-1\nparameter_validation = off\n", "", None),
    "an empty session name is made up": (f"{ASSUMED}role_session_name =\n", "", None),
    "a block for a parameter": (f"{ASSUMED}external_id =\n  a = 1\n", "", "ParamValidationError"),
    "a block for a duration": (f"{ASSUMED}duration_seconds =\n  a = 1\n", "", "TypeError"),
    "a block for a source": (f"role_arn = {ROLE}\nsource_profile =\n  a = 1\n", "", "TypeError"),
    "a block for a named source": (f"role_arn = {ROLE}\ncredential_source =\n  a = 1\n", "", "InvalidConfigError"),
    "a block for a token file": (f"role_arn = {ROLE}\nweb_identity_token_file =\n  a = 1\n", "", "TypeError"),
    "a block for a session": (f"{SSO}sso_session =\n  a = 1\n", "", "TypeError"),
    "a block for a start URL": (SSO.replace("https:", "\n  a = "), "", "AttributeError"),
    "a block for an account": (SSO.replace("123", "\n  a = 1"), "", "ParamValidationError"),
    "a block for a key's id": (
        FROM_BASE, "[profile base]\naws_access_key_id =\n  a = 1\naws_secret_access_key = x\n", "TypeError"),
    "a block for a session token": (FROM_BASE, f"{BASE}aws_session_token =\n  a = 1\n", "AttributeError"),
    "a role asks for the token of a session that it does not need": (
        f"{ASSUMED}sso_session = nope\n", "", "InvalidConfigError"),
    "what the profile says of a session is not enough for its token": (
        f"{SSO}sso_session = corp\n", "[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\n",
        "InvalidConfigError"),
    "a session without settings": (f"{SSO}sso_session = corp\n", "[sso-session corp]\n", "InvalidConfigError"),
    "the settings of the chosen profile count, not those of its source": (FROM_BASE, f"{BASE}retry_mode = fast\n", None),
    "of two wrong settings the first is told, in botocore's order": (
        f"{ASSUMED}retry_mode = fast\nrequest_checksum_calculation = always\n", "", "InvalidChecksumConfigError"),
    "an empty process": ("credential_process =\n", "", "IndexError"),
    "a process with an open quote": ("credential_process = a 'b\n", "", "ValueError"),
    "a process that is a block": ("credential_process =\n  a = 1\n", "", "AttributeError"),
    "no fallback to the first version of the metadata service": (
        "ec2_metadata_v1_disabled = True\n", "", "MetadataRetrievalError"),
}  # fmt: skip


@pytest.mark.parametrize("name", SINGLE)
def test_single_settings(botocore: Oracle, name: str) -> None:
    settings, others, error = SINGLE[name]
    assert ending(botocore, settings, others) == error


def test_a_profile_without_a_name_has_the_credentials_of_default(botocore: Oracle) -> None:
    assert ending(botocore, "region = us-east-1\n", f"[default]\n{STATIC}", profile="") is None
    assert ending(botocore, STATIC, profile="") == "NoCredentialsError"
