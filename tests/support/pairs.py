"""Pairs of config and credentials texts as people write them: mostly right, with the mistakes that people make.

Each maker takes a `random.Random` and draws nothing from elsewhere, so a pair is known by its maker and its seed.
The strategies for hypothesis are the same makers, drawing from hypothesis.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import NamedTuple, TypeVar

from hypothesis import strategies as st

from dev.artefacts.causes import CAUSES

KEY_ID = "AKIAIOSFODNN7EXAMPLE"
TEMPORARY_ID = "ASIAIOSFODNN7EXAMPLE"
SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
ROLE = "arn:aws:iam::123456789012:role/demo"

T = TypeVar("T")


class Pair(NamedTuple):
    """The bytes of the two files."""

    config: bytes
    credentials: bytes


def _pick(random: Random, options: Sequence[T]) -> T:
    return options[int(random.random() * len(options))]


def _chance(random: Random, probability: float) -> bool:
    # Hypothesis tries smaller numbers: less of what is unlikely.
    return random.random() > 1 - probability


# What stands in the files ------------------------------------------------------------------------------------------

_START_URL = "https://corp.awsapps.com/start"
_BLOCK = "\n  endpoint_url = http://localhost:4566"
_MESSY = ("", "x", "x y", "0", "-1", "12", "true", "\n  a = 1", "é", "\n  a = 1\n  b =", "a\n  b")

_COMMON: dict[str, tuple[str, ...]] = {
    "region": ("us-east-1", "eu-west-1", "us-east-1 # note", "us-esat-1", "", "us_east", "eu-isoe-west-1", "fips-us-gov-west-1"),
    "output": ("json", "text", "xml"),
    "aws_access_key_id": (KEY_ID, TEMPORARY_ID, ""),
    "aws_secret_access_key": (SECRET, ""),
    "aws_session_token": ("token-one", "token-two"),
    "aws_security_token": ("token-one", "token-two"),
    "role_arn": (ROLE, ROLE, "admin", ""),
    "source_profile": ("default", "dev", "ops", "base", "profile base", "nope", ""),
    "credential_source": ("Environment", "Ec2InstanceMetadata", "EcsContainer", "environment"),
    "mfa_serial": ("arn:aws:iam::123456789012:mfa/me", "short"),
    "external_id": ("abc-123", "x"),
    "role_session_name": ("me", "m", ""),
    "duration_seconds": ("3600", "100", "1h", "99999"),
    "web_identity_token_file": ("/token", ""),
    "sso_session": ("corp", "nope"),
    "sso_account_id": ("123456789012",),
    "sso_role_name": ("Admin",),
    "sso_start_url": (_START_URL, "https://other.awsapps.com/start"),
    "sso_region": ("us-east-1", "eu-west-1"),
    "credential_process": ("/bin/tool --json", '"/bin/my tool" --json', "/bin/tool 'it", ""),
    "login_session": ("arn:aws:iam::123456789012:user/me",),
    "services": ("local",),
}  # fmt: skip

CLIENT: dict[str, tuple[str, ...]] = {
    "retry_mode": ("standard", "legacy", "adaptive", "fast", "Standard"),
    "max_attempts": ("3", "1", "0", "three", " 5 "),
    "defaults_mode": ("standard", "auto", "Legacy", "fast"),
    "sts_regional_endpoints": ("regional", "legacy", "", "global"),
    "endpoint_url": ("http://localhost:4566", "localhost:4566", "https://sts.example.com/", "http://a_b", "http://[::1]:80",
                     "http://[x", "http://host:port", "http://host:99999", "//host", ""),
    "services": ("local", "local", "nope"),
    "account_id_endpoint_mode": ("preferred", "Required", "on"),
    "request_checksum_calculation": ("when_supported", "WHEN_REQUIRED", "always"),
    "response_checksum_validation": ("when_required", "never"),
    "request_min_compression_size_bytes": ("10240", "0", "1048577", "1kb"),
    "use_fips_endpoint": ("true", "false", "yes"),
    "use_dualstack_endpoint": ("true", "True", "no"),
    "ca_bundle": ("/ca.pem", ""),
    "ignore_configured_endpoint_urls": ("true", "false"),
    "metadata_service_timeout": ("1", "one"),
    "metadata_service_num_attempts": ("2", "two"),
    "ec2_metadata_service_endpoint": ("http://localhost:1338", "localhost", "http://[fd00:ec2::254]"),
    "ec2_metadata_service_endpoint_mode": ("IPv4", "ipv6", "both"),
    "ec2_metadata_v1_disabled": ("true", "false"),
    "auth_scheme_preference": ("sigv4a, sigv4", ""),
    "parameter_validation": ("true", "false"),
    "s3": ("\n  addressing_style = path", "\n  addressing_style = pathy", "\n  us_east_1_regional_endpoint = legacy",
           "\n  us_east_1_regional_endpoint = x", "", "path"),
    "s3_disable_express_session_auth": ("true", "False", "1"),
    "s3_us_east_1_regional_endpoint": ("regional", "global"),
    "s3_use_arn_region": ("true", "x"),
    "sdk_ua_app_id": ("app", "an app with a name that is much longer than fifty characters"),
    "csm_enabled": ("true", "false"),
    "csm_port": ("31000", "port"),
    "api_versions": ("\n  sts = 2011-06-15", "\n  sts = 2012-06-15", "\n  sso = x", "x"),
    "data_path": ("/nowhere",),
    "sts": ("\n  signature_version = v4", "\n  signature_version = v9", "x"),
}  # fmt: skip
"""Settings that decide whether botocore can make a client and call it."""

_STYLES = (
    "{} = {}", "{} = {}", "{} = {}", "{} = {}", "{} = {}", "{} = {}", "{} = {}", "{} = {}", "{} = {}", "{} = {}", "{}={}", "{}={}",
    "{}: {}", "  {} = {}", "\t{}\t=\t{} ", "{} = {} # note", "{} = \"{}\"",
)  # fmt: skip
_ODD = (
    "", "# note", "  # inner", "; old", "word", "= value", "rem remark", "  continued", "s3 =\n  addressing_style = path",
    "s3 =\n  addressing_style", "s3 =\n  a = 1\n\n  # note\n  b = 2", "s3 =\n\ta: 1", "<<<<<<< HEAD", "=======", ">>>>>>> abc: x",
    "[open", "[team:dev", "[]", "  [profile inner]", "key with space = 1", "a = b = c", "\u2028", "x = a\x0bb", "\ufeff",
    "s3 =\n  a = 1\u2028b = 2", "s3 =\n  a\x85b = 1", "\u00a0", "x = \u00a0y\u00a0", "%(a)s = $HOME", "s3 =\n\n  a = 1", "s3 =\n    a = 1\n  b = 2",
    "é = ü", "K\u0130 = 1", "  ; [x]", "x = 1\n\n\n  2\n", "x =\n    \n  # c\n", "a = \\", "[[a]]", "  = 1", ":", "a:b=c", "x = \x1c1", "İ = 2",
    "s3 =\n  = 1", "s3 =\n  a =", "s3 =\n  a = 1\n  a = 2", "x = 1\r", "\x00", "{ \"Version\": 1 }", "export AWS_PROFILE=x",
)  # fmt: skip

NAMES = ("default", "dev", "ops", "base", "a b", "Dev", "DEFAULT", "café")
_ODD_CONFIG_HEADERS = (
    "[sso-session corp]", "[services local]", "[plugins]", "[dev]", "[profile  ops]", "[ profile dev ]", "[Profile dev]",
    "[profiles dev]", "[profile dev] # note", "[profile ]", "[profile]", '[profile "a]', "[profile dev]]", "[profile default]",
    "[sso-session]", "[profile\tdev]", "[profile 'a b']", "[profile de\\v]", "[profile a#b]", "[profile dev]x]", "[profile dev];",
    "[profile\u00a0dev]", "[services]", "[DEFAULT]", "[profile \"\"]", "[profiledev x]", "[sso-session corp] ; note", "[a=b]", "[x: y]",
)  # fmt: skip
_ODD_CREDENTIALS_HEADERS = (
    "[profile dev]",
    "[ base ]",
    "[sso-session corp]",
    "[dev] x",
    "[DEFAULT]",
    "[base]]",
    "[a=b]",
    "[ ]",
)
_LEADS = (
    "# top\n",
    "region = x\n",
    "\ufeff",
    "  [profile top]\nregion = x\n",
    "\n\n",
    "; a\n  # b\n",
    "  word\n",
    "\u2028\n",
)


# Files of sections ---------------------------------------------------------------------------------------------------

_ALL_SETTINGS = tuple((key, values) for known in (_COMMON, _COMMON, _COMMON, CLIENT) for key, values in known.items())


def _entry(random: Random) -> str:
    key, values = _pick(random, _ALL_SETTINGS)
    return _line(random, key, _pick(random, _MESSY if _chance(random, 0.06) else values))


def _line(random: Random, key: str, value: str) -> str:
    return _pick(random, _STYLES).format(key.upper() if _chance(random, 0.04) else key, value)


def _body(random: Random) -> list[str]:
    tidy = not _chance(random, 0.15)
    seen: set[str] = set()
    lines = []
    for _ in range(int(random.random() * 7)):
        line = _pick(random, _ODD) if _chance(random, 0.07) else _entry(random)
        # One line per key most of the time, as people do: a file with a duplicate key is refused and says little.
        key = line.partition("=")[0].strip()
        if not tidy or key not in seen:
            lines.append(line)
        seen.add(key)
    return lines


def config_header(random: Random) -> str:
    """A header of a config file."""
    if _chance(random, 0.2):
        return _pick(random, _ODD_CONFIG_HEADERS)
    name = _pick(random, NAMES)
    if name == "default":
        return "[default]"
    return f'[profile "{name}"]' if _chance(random, 0.2) else f"[profile {name}]"


def credentials_header(random: Random) -> str:
    """A header of a credentials file."""
    return _pick(random, _ODD_CREDENTIALS_HEADERS) if _chance(random, 0.15) else f"[{_pick(random, NAMES)}]"


def _file(random: Random, header: Callable[[Random], str]) -> str:
    unique = not _chance(random, 0.1)
    parts = [_pick(random, _LEADS)] if _chance(random, 0.1) else []
    seen = set()
    for _ in range(int(random.random() * 7)):
        line = header(random)
        if unique and line in seen:
            continue
        seen.add(line)
        parts += (line, "\n", "\n".join(_body(random)), "\n" * int(random.random() * 1.3 + 1))
    text = "".join(parts)
    if _chance(random, 0.15):
        text = text.rstrip("\n")
    return text.replace("\n", _pick(random, ("\r\n", "\r"))) if _chance(random, 0.1) else text


def config_text(random: Random) -> str:
    """A config file, right or wrong."""
    return _file(random, config_header)


def credentials_text(random: Random) -> str:
    """A credentials file, right or wrong."""
    return _file(random, credentials_header)


def written(random: Random) -> Pair:
    """Two files as they are written by hand."""
    return Pair(config_text(random).encode(), credentials_text(random).encode())


# Files that botocore reads, whose profiles are right and wrong in every way that decides how they resolve ------------

_SSO = {"sso_account_id": "123456789012", "sso_role_name": "Admin"}
_PARTS: dict[str, tuple[dict[str, str], ...]] = {
    "keys": ({"aws_access_key_id": KEY_ID, "aws_secret_access_key": SECRET},),
    "half": ({"aws_access_key_id": KEY_ID}, {"aws_secret_access_key": SECRET}, {"aws_access_key_id": ""}),
    "temporary": ({"aws_access_key_id": TEMPORARY_ID, "aws_secret_access_key": SECRET},
                  {"aws_access_key_id": TEMPORARY_ID, "aws_secret_access_key": SECRET, "aws_session_token": "t"}),
    "token": ({"aws_session_token": "t"}, {"aws_security_token": "t"}),
    "role": tuple(
        {"role_arn": role, "source_profile": source}
        for role in (ROLE, ROLE, ROLE, "admin")
        for source in ("default", "dev", "ops", "base", "dev", "ops", "base", "nope", "Base", "")
    ),
    "role alone": ({"role_arn": ROLE},),
    "named": tuple({"role_arn": ROLE, "credential_source": source} for source in _COMMON["credential_source"]),
    "both": ({"role_arn": ROLE, "source_profile": "base", "credential_source": "EcsContainer"},),
    "web": ({"role_arn": ROLE, "web_identity_token_file": "/token"},),
    "web alone": ({"web_identity_token_file": "/token"},),
    "sso": ({"sso_session": "corp"} | _SSO,),
    "sso missing": ({"sso_session": "nope"} | _SSO,),
    "sso half": ({"sso_session": "corp"}, {"sso_session": "corp", "sso_role_name": "Admin"}),
    "legacy": ({"sso_start_url": _START_URL, "sso_region": "us-east-1"} | _SSO,),
    "legacy half": ({"sso_start_url": _START_URL, "sso_account_id": "123456789012"},),
    "process": ({"credential_process": "/bin/tool --json"},),
    "login": ({"login_session": "arn:aws:iam::123456789012:user/me"},),
    "region": ({"region": "us-east-1"}, {"region": "eu-west-1"}, {"region": "us-esat-1"}, {"region": "us-east-1 # note"}),
    "calls": ({"mfa_serial": "arn:aws:iam::123456789012:mfa/me"}, {"mfa_serial": "short"}, {"external_id": "x"},
              {"role_session_name": "m"}, {"duration_seconds": "100"}, {"duration_seconds": "1h"}),
    "nothing": ({"output": "json"},),
}  # fmt: skip
_KINDS = (*("keys", "keys", "role", "role", "role", "region", "region", "sso", "process", "nothing"), *_PARTS)
_PROFILES = ("default", "dev", "ops", "base")
_SESSIONS = (
    {"sso_start_url": _START_URL, "sso_region": "us-east-1"},
    {"sso_start_url": _START_URL, "sso_region": "us-east-1"},
    {"sso_start_url": _START_URL, "sso_region": "us-east-1"},
    {"sso_start_url": _START_URL},
    {"sso_start_url": "https://x.awsapps.com/start", "sso_region": "eu-west-1"},
)
_HARD_SESSIONS = (
    *_SESSIONS,
    {},
    {"sso_start_url": "\n  a = 1", "sso_region": "us-east-1"},
    {"sso_start_url": _START_URL, "sso_region": ""},
    {"sso_start_url": _START_URL, "sso_region": "us east"},
    {"sso_start_url": _START_URL, "sso_region": "us-isof-south-1", "sso_role_name": "Other"},
)
_SERVICES = (
    {"sts": _BLOCK, "sso": _BLOCK},
    {"sts": "\n  endpoint_url = localhost", "s3": _BLOCK},
    {"sso": "\n  endpoint_url = localhost:4566"},
    {"sts": "http://localhost:4566"},
    {"endpoint_url": "http://localhost:4566"},
    {"sts": "\n  endpoint_url ="},
    {},
)
_ALL_CLIENT = tuple(CLIENT.items())
_ALL_COMMON = tuple(_COMMON)


def _settings(random: Random) -> dict[str, str]:
    found: dict[str, str] = {}
    for _ in range(int(random.random() * 4)):
        found.update(_pick(random, _PARTS[_pick(random, _KINDS)]))
    return found


def _hard_settings(random: Random) -> dict[str, str]:
    found = _settings(random)
    for _ in range(int(random.random() * 3)):
        key, values = _pick(random, _ALL_CLIENT)
        found[key] = _pick(random, _MESSY if _chance(random, 0.1) else values)
    if _chance(random, 0.15):
        found[_pick(random, _ALL_COMMON)] = _pick(random, _MESSY)
    return found


def _render(header: str, settings: dict[str, str]) -> str:
    return "".join((f"[{header}]\n", *(f"{key} = {value}\n" for key, value in settings.items())))


def _render_pair(
    random: Random, profile: Callable[[Random], dict[str, str]], sessions: Sequence[dict[str, str]], *others: str
) -> tuple[str, str]:
    config = [
        _render(name if name == "default" else f"profile {name}", profile(random))
        for name in _PROFILES
        if not _chance(random, 0.4)
    ]
    credentials = [_render(name, profile(random)) for name in _PROFILES if not _chance(random, 0.6)]
    return "\n".join((*config, _render("sso-session corp", _pick(random, sessions)), *others)), "".join(credentials)


def readable_texts(random: Random) -> tuple[str, str]:
    """Two files that botocore reads, whose settings decide by which credentials a profile gets."""
    return _render_pair(random, _settings, _SESSIONS)


def resolvable(random: Random) -> Pair:
    """Two files that botocore reads, with every setting that can make a profile fail."""
    services = _render("services local", _pick(random, _SERVICES))
    config, credentials = _render_pair(random, _hard_settings, _HARD_SESSIONS, services)
    return Pair(config.encode(), credentials.encode())


# Files as tools and teams write them, after an accident --------------------------------------------------------------

_CONFIGS = (
    # `aws configure`
    "[default]\nregion = us-east-1\noutput = json\n[profile dev]\nregion = eu-west-1\noutput = json\n",
    # `aws configure sso`
    (f"[default]\nregion = us-east-1\n\n[profile dev]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Admin\n"
    f"region = us-east-1\noutput = json\n[sso-session corp]\nsso_start_url = {_START_URL}\nsso_region = us-east-1\n"
    "sso_registration_scopes = sso:account:access\n"),
    # An organisation: a chain of roles, a nested block, comments
    (f"# Company accounts. Ask platform@example.com.\n[profile base]\nregion = eu-west-1\n\n[profile ops]\n; on call\nrole_arn = {ROLE}\n"
    "source_profile = base\nmfa_serial = arn:aws:iam::123456789012:mfa/me\nduration_seconds = 3600\n\n[profile audit]\n"
    f"role_arn = {ROLE}-audit\nsource_profile = ops\nexternal_id = abc-123\nrole_session_name = me\n"
    "s3 =\n    max_concurrent_requests = 20\n    # big files\n    addressing_style = path\n"),
    # LocalStack
    ("[profile local]\nregion = us-east-1\nservices = local\nendpoint_url = http://localhost:4566\n\n[services local]\n"
    "s3 =\n  endpoint_url = http://s3.localhost.localstack.cloud:4566\nsts =\n  endpoint_url = http://localhost:4566\n"),
    # Single sign-on as it was before sessions, with a tool's own keys
    (f"[profile corp.Admin]\nsso_start_url={_START_URL}\nsso_region=us-east-1\nsso_account_id=123456789012\nsso_role_name=Admin\n"
    "region=us-east-1\nsso_auto_populated=true\ncredential_process=aws-sso-util credential-process --profile corp.Admin\n"
    "[profile granted]\ngranted_sso_start_url      = https://corp.awsapps.com/start\ngranted_sso_account_id     = 123456789012\n"
    "credential_process         = granted credential-process --profile granted\n"),
    # Roles of machines, processes, tokens
    (f"[profile web]\nrole_arn={ROLE}\nweb_identity_token_file=/var/run/token\nrole_session_name=pod\n\n[profile ec2]\nrole_arn={ROLE}\n"
    "credential_source=Ec2InstanceMetadata\nregion=us-west-2\n\n[profile proc]\ncredential_process = \"/opt/my tool\" --json\n"
    "[profile login]\nlogin_session = arn:aws:iam::123456789012:user/me\nregion = us-east-1\n[plugins]\nendpoint = awscli_plugin_endpoint\n"),
    # Aliases and tools of CLI v1, tabs, spaces around
    ("[default]\n\tregion = us-east-1\n\tcli_pager =\n\n[profile dev]\n    output = table\n    region = eu-central-1\n    max_attempts = 5\n"
    "    retry_mode = adaptive\n[preview]\ncloudsearch = true\n"),
    "",
)  # fmt: skip
_CREDENTIALS = (
    f"[default]\naws_access_key_id = {KEY_ID}\naws_secret_access_key = {SECRET}\n[base]\naws_access_key_id={KEY_ID}\naws_secret_access_key={SECRET}\n",
    # saml2aws
    (f"[saml]\naws_access_key_id        = {TEMPORARY_ID}\naws_secret_access_key    = {SECRET}\naws_session_token        = IQoJb3JpZ2luX2VjEXAMPLE==\n"
    "aws_security_token       = IQoJb3JpZ2luX2VjEXAMPLE==\nx_principal_arn          = arn:aws:sts::123456789012:assumed-role/demo/me\n"
    "x_security_token_expires = 2026-11-22T11:04:00+01:00\n"),
    # aws-azure-login, awsume, aws-mfa
    (f"[default]\naws_access_key_id={TEMPORARY_ID}\naws_secret_access_key={SECRET}\naws_session_token=FwoGZXIvYXdzEXAMPLE\naws_expiration=2026-11-22T11:04:00.000Z\n\n"
    f"[dev-long-term]\naws_access_key_id = {KEY_ID}\naws_secret_access_key = {SECRET}\naws_mfa_device = arn:aws:iam::123456789012:mfa/me\n\n[dev]\n"
    f"assumed_role = False\naws_access_key_id = {TEMPORARY_ID}\naws_secret_access_key = {SECRET}\naws_session_token = t\nexpiration = 2026-11-22 11:04:00\n"),
    # Pasted from the access portal
    f"[123456789012_Admin]\naws_access_key_id={TEMPORARY_ID}\naws_secret_access_key={SECRET}\naws_session_token=IQoJb3JpZ2luX2VjEXAMPLE//////////wEaCXVzLWVhc3QtMSJ=\n",
    f"[ops]\nrole_arn = {ROLE}\nsource_profile = base\nregion = us-east-1\n\n[base]\naws_access_key_id = {KEY_ID}\naws_secret_access_key = {SECRET}\n",
    "",
)  # fmt: skip
_INSERTED = (
    *_ODD, "<<<<<<< HEAD", "=======", ">>>>>>> main", "[default]", "[profile dev]", "[dev]", "region = us-east-1", "Region = eu-west-1",
    "aws_secret_access_key = x", f"role_arn = {ROLE}", "source_profile = base", "sso_session = corp", "[sso-session corp]",
)  # fmt: skip
_CHARACTERS = tuple(" \t=:#;[]\"'\\%$/.,-_aZ09é\u00a0\u2028\x0b\x0c\x1c\x85\ufeff\x00\r")


def _change(random: Random, lines: list[str]) -> None:
    """One accident."""
    at = int(random.random() * len(lines))
    line = lines[at]
    match int(random.random() * 22):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, line)
        case 2:
            other = int(random.random() * len(lines))
            lines[at], lines[other] = lines[other], line
        case 3:
            lines[at] = _pick(random, ("  ", "\t", " ", "    ")) + line
        case 4:
            lines[at] = line.lstrip()
        case 5:
            key, equals, value = line.partition("=")
            lines[at] = f'{key}{equals} "{value.strip()}"' if equals else f'"{line}"'
        case 6:
            lines[at] = _pick(random, ("# ", ";", "  # ")) + line
        case 7:
            lines[at] = line + _pick(random, (" # note", " ; note", "#note", "\t# note", " // note"))
        case 8 | 9 | 10:
            column = int(random.random() * (len(line) + 1))
            lines[at] = line[:column] + _pick(random, _CHARACTERS) + line[column + int(random.random() * 2) :]
        case 11:
            lines[at : at + 2] = ["".join(lines[at : at + 2])]
        case 12:
            column = int(random.random() * (len(line) + 1))
            lines[at : at + 1] = [line[:column], line[column:]]
        case 13:
            lines[at] = line + "\r"
        case 14:
            lines[at:at] = ["<<<<<<< HEAD", line, "=======", line.upper(), ">>>>>>> branch"]
        case 15 | 16:
            lines.insert(at, _pick(random, _INSERTED))
        case 17:
            lines[at] = line.upper() if _chance(random, 0.5) else line.capitalize()
        case 18:
            lines[at] = line.replace("=", ":", 1) if _chance(random, 0.5) else line.replace("]", "", 1)
        case 19:
            lines[at] = line.replace(
                "profile ", _pick(random, ("", "Profile ", "profile  ", "profile\t", "profile")), 1
            )
        case 20:
            key, equals, _ = line.partition("=")
            lines[at] = key + equals
        case _:
            lines[at] = line.replace(
                _pick(random, ("base", "dev", "corp", "us-", "_")), _pick(random, ("Base", "", " ", "dev2")), 1
            )


def _damaged(random: Random, text: str) -> bytes:
    lines = text.split("\n")
    for _ in range(int(random.random() * 5)):
        _change(random, lines)
        lines = lines or [""]
    text = "\n".join(lines)
    if not _chance(random, 0.06):
        return text.encode()
    match int(random.random() * 6):
        case 0:
            return text.replace("\n", "\r\n").encode()
        case 1:
            return text.replace("\n", "\r").encode()
        case 2:
            return text.encode("utf-8-sig")
        case 3:
            return text.encode("utf-16")
        case _:
            data = text.encode()
            at = int(random.random() * (len(data) + 1))
            # Latin-1. What is cut off within a character at the very end is refused too, but later than we can tell.
            return data[:at] + b"\xe9 " + data[at:]


def damaged(random: Random) -> Pair:
    """Two files as tools and teams write them, after up to four accidents each."""
    return Pair(_damaged(random, _pick(random, _CONFIGS)), _damaged(random, _pick(random, _CREDENTIALS)))


# The same for hypothesis ---------------------------------------------------------------------------------------------

_RANDOMS = st.randoms(use_true_random=False)
CONFIGS = _RANDOMS.map(config_text)
CREDENTIALS = _RANDOMS.map(credentials_text)
READABLE = _RANDOMS.map(readable_texts)
"""Pairs that botocore reads, whose profiles are right and wrong in every way that decides how they resolve."""


OFF = st.one_of(st.just([]), st.lists(st.sampled_from(sorted({one.cause for one in CAUSES})), unique=True))
"""Rules that are off, of those that explain what others find."""
