"""What botocore checks on its own side when a profile needs STS or SSO, in the order in which it does.

A profile that assumes a role, or signs in, has botocore make a client and call it before any other command runs, so
each setting here that a client refuses is one that such a profile fails with. All of them are those of the profile that
was chosen, also where one of its sources makes the call. Errors that are Python's own (`'str' object has no attribute
'get'`) are told as they are: that is what people see.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from rolecall.readers.botocore.merge import View
from rolecall.readers.seen import Outcome, Quoted, Settings, Value

if TYPE_CHECKING:
    from urllib.parse import SplitResult

Service = Literal["sts", "sso"]

NESTED_AS_NUMBER = "int() argument must be a string, a bytes-like object or a real number, not 'dict'"
NESTED_AS_NAME = "unhashable type: 'dict'"

_REGION = re.compile(r"^(?![0-9]+$)(?!-)[a-zA-Z0-9-]{,63}(?<!-)$")
_WITHOUT_DUALSTACK = re.compile(r"^(eu-isoe|us-isof)-\w+-\d+$")
"""Regions of the partitions aws-iso-e and aws-iso-f, for which botocore's endpoints.json knows no dual-stack hosts."""
_HOST = re.compile(r"^((?!-)[A-Z\d-]{1,63}(?<!-)\.)*((?!-)[A-Z\d-]{1,63}(?<!-))$", re.IGNORECASE)
_HOSTS = {"sts": "sts", "sso": "portal.sso"}
_API_VERSIONS = {"sts": "2011-06-15", "sso": "2019-06-10"}
_DEFAULTS_MODES = ("legacy", "auto", "standard", "in-region", "cross-region", "mobile")
_RETRY_MODES = ("legacy", "standard", "adaptive")
_ENDPOINT_STYLES = ("legacy", "regional")
_CHECKSUMS = ("when_supported", "when_required")
_ACCOUNT_ID_MODES = ("preferred", "disabled", "required")
_ADDRESSING_STYLES = ("virtual", "auto", "path")
_METADATA_MODES = ("ipv4", "ipv6")
_SIGNATURES = frozenset(
    {
        *("v2", "v3", "v3https", "v4", "v4-query", "v4-s3express", "v4-s3express-query", "v4-s3express-presign-post"),
        *("s3", "s3-query", "s3-presign-post", "s3v4", "s3v4-query", "s3v4-presign-post", "bearer"),
    }
)
_GLOBAL_STS_REGIONS = frozenset(
    {
        *("ap-northeast-1", "ap-south-1", "ap-southeast-1", "ap-southeast-2", "aws-global", "ca-central-1"),
        *("eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2", "eu-west-3", "sa-east-1"),
        *("us-east-1", "us-east-2", "us-west-1", "us-west-2"),
    }
)
_S3_SETTINGS = ("s3_use_arn_region", "s3_us_east_1_regional_endpoint")
"""Settings that botocore writes into the block "s3" where they are there."""
_COMPRESSION_SIZES = range(1, 1048576 + 1)


class Raised(Exception):
    """botocore raises an error of this class with this message."""

    def __init__(self, error: str, *pieces: str | Quoted) -> None:
        super().__init__(error)
        self.outcome = Outcome(None, error, pieces)


class Keys(NamedTuple):
    """What a request is signed with, as far as a file can have it wrong: a block where a text should be."""

    access_key: Value
    token: Value | None


class Client(NamedTuple):
    """A client that botocore makes.

    settings  those of the chosen profile
    profile   the one whose sso-session botocore asks for a token
    region    the Region it is made for, or None
    keys      what it signs its requests with, or None where it sends no signature
    """

    view: View
    settings: Settings
    profile: str
    service: Service
    region: Value | None
    keys: Keys | None


class Parameter(NamedTuple):
    """A parameter of a call, and the setting it is taken from."""

    name: str
    key: str
    value: Value | int
    minimum: int = 0


def make(client: Client) -> None:
    """Make a client. Raises what botocore raises."""
    for check in _CHECKS:
        check(client)


def check_call(client: Client, parameters: Sequence[Parameter]) -> None:
    """Call the service. Raises what botocore raises before anything is sent."""
    _check_parameters(client, parameters)
    if client.keys is not None:
        _check_signature(client, client.keys)


def is_region_format(region: str) -> bool:
    """Whether botocore accepts the text as a region, known or not."""
    return _REGION.match(region) is not None


def is_true(value: Value | None) -> bool:
    """Whether a setting that is on or off is on: it is for "true" in any case, and for nothing else."""
    return isinstance(value, str) and value.lower() == "true"


def whole_number(settings: Settings, key: str) -> int | None:
    """A setting as the number that botocore makes of it, or None where there is none."""
    value = settings.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise Raised("TypeError", NESTED_AS_NUMBER)
    try:
        return int(value)
    except ValueError:
        quoted = Quoted("profile", key, repr(value)[:200])
        raise Raised("ValueError", "invalid literal for int() with base 10: ", quoted) from None


def check_metadata_service(settings: Settings) -> None:
    """The settings of the metadata service, which botocore reads before it looks for any credentials."""
    whole_number(settings, "metadata_service_timeout")
    whole_number(settings, "metadata_service_num_attempts")
    mode = settings.get("ec2_metadata_service_endpoint_mode")
    if mode is not None and _lowered(mode) not in _METADATA_MODES:
        raise Raised(
            "InvalidIMDSEndpointModeError",
            "Invalid EC2 Instance Metadata endpoint mode: ",
            Quoted("profile", "ec2_metadata_service_endpoint_mode", mode),
            f" Valid endpoint modes (case-insensitive): {_METADATA_MODES}.",
        )
    key = "ec2_metadata_service_endpoint"
    endpoint = settings.get(key)
    if endpoint and not _is_endpoint(key, endpoint):
        raise Raised(
            "InvalidIMDSEndpointError",
            "Invalid endpoint EC2 Instance Metadata endpoint: ",
            Quoted("profile", key, endpoint),
        )


def check_sso_session(view: View, profile: str) -> None:
    """What botocore's token provider asks of the sso-session that a profile names, also where it needs no token."""
    name = view.profiles.get(profile, {}).get("sso_session")
    if name is None:
        return
    if not isinstance(name, str):
        raise Raised("TypeError", NESTED_AS_NAME)
    session = view.sso_sessions.get(name)
    if not session:
        raise Raised(
            "InvalidConfigError",
            f'The profile "{profile}" is configured to use the SSO token provider but the "',
            Quoted("profile", "sso_session", name),
            '" sso_session configuration does not exist.',
        )
    missing = [key for key in ("sso_start_url", "sso_region") if key not in session]
    if missing:
        raise Raised(
            "InvalidConfigError",
            f'The profile "{profile}" is configured to use the SSO token provider but is missing the following '
            f"configuration: {missing}.",
        )


def _check_region(client: Client) -> None:
    region = client.region
    if region is None:
        return
    if not isinstance(region, str):
        raise Raised("TypeError", "expected string or bytes-like object, got 'dict'")
    if not is_region_format(region):
        key = "region" if client.service == "sts" else "sso_region"
        raise Raised(
            "InvalidRegionError",
            "Provided region_name '",
            Quoted("profile", key, region),
            "' doesn't match a supported format.",
        )


def _check_data(client: Client) -> None:
    if isinstance(client.settings.get("api_versions"), str):
        raise _no_attribute("str", "get")
    if isinstance(client.settings.get("data_path"), Mapping):
        raise _no_attribute("dict", "split")


def _check_token(client: Client) -> None:
    check_sso_session(client.view, client.profile)


def _check_defaults_mode(client: Client) -> None:
    mode = client.settings.get("defaults_mode")
    if mode is None:
        return
    if not isinstance(mode, str):
        raise _no_attribute("dict", "lower")
    if mode.lower() not in _DEFAULTS_MODES:
        raise Raised(
            "InvalidDefaultsMode",
            "Client configured with invalid defaults mode: ",
            Quoted("profile", "defaults_mode", mode),
            f". Valid defaults modes include: {', '.join(_DEFAULTS_MODES)}.",
        )


def _check_api_version(client: Client) -> None:
    versions = client.settings.get("api_versions")
    version = versions.get(client.service) if isinstance(versions, Mapping) else None
    if version is not None and version != _API_VERSIONS[client.service]:
        path = posixpath.join(client.service, version, "service-2")
        raise Raised("DataNotFoundError", "Unable to load data for: ", Quoted("profile", "api_versions", path))


def _check_s3_is_a_block(client: Client) -> None:
    if client.settings.get("s3") == "" and _s3_defaults(client):
        raise Raised("TypeError", "'str' object does not support item assignment")


def _s3_defaults(client: Client) -> bool:
    """Whether botocore has something of its own to write into the block "s3"."""
    mode = client.settings.get("defaults_mode", "legacy")
    return _lowered(mode) != "legacy" or any(key in client.settings for key in _S3_SETTINGS)


def _check_services(client: Client) -> None:
    _configured_endpoint(client)


def _check_variants(client: Client) -> None:
    if not is_true(client.settings.get("use_dualstack_endpoint")) or not isinstance(client.region, str):
        return
    if _WITHOUT_DUALSTACK.match(_plain_region(client.region)):
        tags = ["dualstack", "fips"] if _uses_fips(client) else ["dualstack"]
        raise Raised(
            "EndpointVariantError", f"Unable to construct a modeled endpoint with the following variant(s) {tags}: "
        )


def _check_sts_endpoints_early(client: Client) -> None:
    if client.service == "sts" and _configured_endpoint(client) is None and not _uses_variant(client):
        _check_sts_endpoints(client)


def _check_sts_endpoints(client: Client) -> None:
    value = client.settings.get("sts_regional_endpoints")
    if value and value not in _ENDPOINT_STYLES:
        raise _not_an_endpoint_style("InvalidSTSRegionalEndpointsConfigError", "STS", "sts_regional_endpoints", value)


def _check_max_attempts(client: Client) -> None:
    whole_number(client.settings, "max_attempts")


def _check_compression_size(client: Client) -> None:
    key = "request_min_compression_size_bytes"
    value = client.settings.get(key)
    if value is None:
        return
    start = 'Invalid value "', Quoted("profile", key, value), f'" for {key}. '
    try:
        number = int(value) if isinstance(value, str) else None
    except ValueError:
        number = None
    if number is None:
        kind = "str" if isinstance(value, str) else "dict"
        raise Raised("InvalidConfigError", *start, f"Value must be an integer. Received <class '{kind}'> instead.")
    if number not in _COMPRESSION_SIZES:
        raise Raised("InvalidConfigError", *start, "Value must be between 1 and 1048576.")


def _check_checksums(client: Client) -> None:
    for key in ("request_checksum_calculation", "response_checksum_validation"):
        value = client.settings.get(key, "when_supported")
        shown = value.lower() if isinstance(value, str) else value
        if shown not in _CHECKSUMS:
            raise Raised(
                "InvalidChecksumConfigError",
                f"Unsupported configuration value for {key}. Expected one of {_CHECKSUMS} but got ",
                Quoted("profile", key, shown),
                ".",
            )


def _check_account_id_mode(client: Client) -> None:
    key = "account_id_endpoint_mode"
    value = client.settings.get(key, "preferred")
    shown = value.lower() if isinstance(value, str) else value
    if client.keys is not None and shown not in _ACCOUNT_ID_MODES:
        raise Raised(
            "InvalidConfigError",
            "The configured value '",
            Quoted("profile", key, shown),
            f"' for '{key}' is invalid. Valid values are: {_ACCOUNT_ID_MODES}.",
        )


def _check_auth_schemes(client: Client) -> None:
    key = "auth_scheme_preference"
    value = client.settings.get(key)
    if isinstance(value, Mapping):
        raise Raised(
            "InvalidConfigError",
            f"{key} must be a comma-delimited string. Received <class 'dict'> instead: ",
            Quoted("profile", key, value),
            ".",
        )


def _check_express_sessions(client: Client) -> None:
    key = "s3_disable_express_session_auth"
    value = client.settings.get(key)
    if value is not None and (not isinstance(value, str) or value.lower() not in ("true", "false")):
        raise Raised(
            "InvalidConfigError",
            'Invalid value "',
            Quoted("profile", key, value),
            f'" for {key}. Value must be a boolean',
        )


def _check_addressing_style(client: Client) -> None:
    s3 = client.settings.get("s3")
    if s3 == "":
        raise _no_attribute("str", "get")
    style = s3.get("addressing_style") if isinstance(s3, Mapping) else None
    if style is not None and style not in _ADDRESSING_STYLES:
        raise Raised(
            "InvalidS3AddressingStyleError",
            "S3 addressing style ",
            Quoted("profile/s3", "addressing_style", style),
            " is invalid. Valid options are: 'auto', 'virtual', and 'path'",
        )


def _check_retries(client: Client) -> None:
    attempts = whole_number(client.settings, "max_attempts")
    if attempts is not None and attempts < 1:
        raise Raised(
            "InvalidMaxRetryAttemptsError",
            f'Value provided to "max_attempts": {attempts} must be an integer greater than or equal to 1.',
        )
    mode = client.settings.get("retry_mode", "standard")
    if mode not in _RETRY_MODES:
        raise Raised(
            "InvalidRetryModeError",
            'Invalid value provided to "mode": "',
            Quoted("profile", "retry_mode", mode),
            f'" must be one of: {_RETRY_MODES}',
        )


def _check_endpoint(client: Client) -> None:
    key = "endpoint_url"
    endpoint = _configured_endpoint(client) or _standard_endpoint(client)
    if endpoint is not None and not _is_endpoint(key, endpoint):
        raise Raised("ValueError", "Invalid endpoint: ", Quoted("profile", key, endpoint))


def _check_ca_bundle(client: Client) -> None:
    bundle = client.settings.get("ca_bundle")
    if isinstance(bundle, str) and not bundle.strip():
        raise Raised(
            "InvalidConfigError",
            "Invalid CA bundle: the configured value (ca_bundle, AWS_CA_BUNDLE, REQUESTS_CA_BUNDLE, or verify) "
            "resolved to an empty or whitespace-only string. Provide a valid path to a CA bundle file.",
        )


def _check_s3_endpoints(client: Client) -> None:
    s3 = client.settings.get("s3")
    if isinstance(s3, str):
        return
    # The setting of its own wins over the one in the block.
    key = "us_east_1_regional_endpoint"
    value = client.settings.get(f"s3_{key}", s3.get(key) if s3 is not None else None)
    if value is not None and value not in _ENDPOINT_STYLES:
        raise _not_an_endpoint_style("InvalidS3UsEast1RegionalEndpointConfigError", "S3 us-east-1", f"s3_{key}", value)


def _check_monitoring(client: Client) -> None:
    if is_true(client.settings.get("csm_enabled")):
        whole_number(client.settings, "csm_port")


_CHECKS: tuple[Callable[[Client], None], ...] = (
    _check_region,
    _check_data,
    _check_token,
    _check_defaults_mode,
    _check_api_version,
    _check_s3_is_a_block,
    _check_services,
    _check_variants,
    _check_sts_endpoints_early,
    _check_max_attempts,
    _check_compression_size,
    _check_checksums,
    _check_account_id_mode,
    _check_auth_schemes,
    _check_express_sessions,
    _check_addressing_style,
    _check_retries,
    _check_endpoint,
    _check_ca_bundle,
    _check_sts_endpoints,
    _check_s3_endpoints,
    _check_monitoring,
)
"""In botocore's order: of several settings that are wrong, the first is the one that people are told of."""


def _check_parameters(client: Client, parameters: Sequence[Parameter]) -> None:
    validation = client.settings.get("parameter_validation")
    if validation is not None and not is_true(validation):
        return
    problems = [problem for parameter in parameters for problem in _problems(parameter)]
    if problems:
        pieces = [piece for problem in problems for piece in ("\n", *problem)]
        raise Raised("ParamValidationError", "Parameter validation failed:", *pieces)


def _problems(parameter: Parameter) -> list[tuple[str | Quoted, ...]]:
    name, key, value, minimum = parameter
    if isinstance(value, int):
        if value >= minimum:
            return []
        return [(f"Invalid value for parameter {name}, value: {value}, valid min value: {minimum}",)]
    if isinstance(value, str):
        if len(value) >= minimum:
            return []
        return [(f"Invalid length for parameter {name}, value: {len(value)}, valid min length: {minimum}",)]
    quoted = Quoted("profile", key, value)
    return [
        (f"Invalid type for parameter {name}, value: ", quoted, ", type: <class 'dict'>, valid types: <class 'str'>")
    ]


def _check_signature(client: Client, keys: Keys) -> None:
    block = client.settings.get("sts")
    version = block.get("signature_version") if isinstance(block, Mapping) else None
    if version and version not in _SIGNATURES and not _is_global(client) and not _prefers_a_scheme(client):
        quoted = Quoted("profile/sts", "signature_version", version)
        raise Raised("UnknownSignatureVersionError", "Unknown Signature Version: ", quoted, ".")
    endpoint = _configured_endpoint(client)
    if endpoint is not None:
        if client.region is None:
            raise Raised("NoRegionError", "You must specify a region.")
        _check_port(endpoint)
    if isinstance(keys.token, Mapping):
        raise _no_attribute("dict", "split")
    if isinstance(keys.access_key, Mapping):
        raise Raised("TypeError", "sequence item 0: expected str instance, dict found")


def _is_global(client: Client) -> bool:
    """Whether the one endpoint of STS for all Regions is called, which says itself how it wants to be signed."""
    if _configured_endpoint(client) is not None or _uses_variant(client):
        return False
    legacy = client.settings.get("sts_regional_endpoints") == "legacy"
    return client.region in (None, "aws-global") or (legacy and client.region in _GLOBAL_STS_REGIONS)


def _prefers_a_scheme(client: Client) -> bool:
    """Whether botocore chooses the signature by a preference, no matter what else is set."""
    preference = client.settings.get("auth_scheme_preference", "")
    return isinstance(preference, str) and any(scheme.strip() for scheme in preference.split(","))


def _check_port(endpoint: Value) -> None:
    try:
        _ = _split("endpoint_url", endpoint).port
    except ValueError as error:
        raise Raised("ValueError", Quoted("profile", "endpoint_url", str(error))) from None


def _configured_endpoint(client: Client) -> Value | None:
    """The endpoint that the files name for the client's service, if any. Raises where they name it badly."""
    settings = client.settings
    if is_true(settings.get("ignore_configured_endpoint_urls")):
        return None
    block = _services(client).get(client.service, {})
    if isinstance(block, str):
        raise _no_attribute("str", "get")
    return block.get("endpoint_url") or settings.get("endpoint_url") or None


def _services(client: Client) -> Settings:
    name = client.settings.get("services")
    if name is None:
        return {}
    if not isinstance(name, str):
        raise Raised("TypeError", NESTED_AS_NAME)
    found = client.view.services.get(name)
    if not found:
        raise Raised(
            "InvalidConfigError",
            'The profile is configured to use the services section but the "',
            Quoted("profile", "services", name),
            '" services configuration does not exist.',
        )
    return found


def _standard_endpoint(client: Client) -> str | None:
    """The endpoint that botocore builds itself, if it may turn out not to be one: where the Region is an empty text."""
    if client.region != "":
        return None
    host = _HOSTS[client.service] + ("-fips" if _uses_fips(client) else "")
    domain = "api.aws" if is_true(client.settings.get("use_dualstack_endpoint")) else "amazonaws.com"
    return f"https://{host}..{domain}"


def _plain_region(region: str) -> str:
    """The Region without the mark of FIPS that botocore takes off it."""
    return region.replace("fips-", "").replace("-fips", "")


def _uses_fips(client: Client) -> bool:
    marked = isinstance(client.region, str) and _plain_region(client.region) != client.region
    return marked or is_true(client.settings.get("use_fips_endpoint"))


def _uses_variant(client: Client) -> bool:
    return _uses_fips(client) or is_true(client.settings.get("use_dualstack_endpoint"))


def _is_endpoint(key: str, url: Value) -> bool:
    if isinstance(url, str) and not {"\t", "\r", "\n"}.isdisjoint(url):
        return False
    host = _split(key, url).hostname
    if host is None:
        return False
    if _is_ipv6(host):
        return True
    return len(host) <= 255 and _HOST.match(host.removesuffix(".")) is not None


def _is_ipv6(host: str) -> bool:
    # Imported here, as few files have an endpoint.
    import ipaddress

    try:
        ipaddress.IPv6Address(host)
    except ValueError:
        return False
    return True


def _split(key: str, url: Value) -> SplitResult:
    if not isinstance(url, str):
        raise Raised("TypeError", NESTED_AS_NAME)
    # As above.
    from urllib.parse import urlsplit

    try:
        return urlsplit(url)
    except ValueError as error:
        raise Raised("ValueError", Quoted("profile", key, str(error))) from None


def _lowered(value: Value) -> str:
    if not isinstance(value, str):
        raise _no_attribute("dict", "lower")
    return value.lower()


def _no_attribute(kind: str, name: str) -> Raised:
    return Raised("AttributeError", f"'{kind}' object has no attribute '{name}'")


def _not_an_endpoint_style(error: str, subject: str, key: str, value: Value) -> Raised:
    return Raised(
        error,
        f"{subject} regional endpoint{'s' if subject == 'STS' else ''} option ",
        Quoted("profile", key, value),
        ' is invalid. Valid options are: "legacy", "regional"',
    )
