"""Pairs of config and credentials texts as people write them: mostly right, with the mistakes that people make."""

from __future__ import annotations

from hypothesis import strategies as st

KEY_ID = "AKIAIOSFODNN7EXAMPLE"
TEMPORARY_ID = "ASIAIOSFODNN7EXAMPLE"
SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
ROLE = "arn:aws:iam::123456789012:role/demo"

NAMES = st.sampled_from(["default", "dev", "ops", "base", "a b", "Dev", "DEFAULT", "café"])
_REFERENCES = st.sampled_from(["default", "dev", "ops", "base", "profile base", "nope", ""])

_OPTIONS = st.one_of(
    st.tuples(
        st.just("region"), st.sampled_from(["us-east-1", "eu-west-1", "us-east-1 # note", "us-esat-1", "", "us_east"])
    ),
    st.tuples(st.just("output"), st.sampled_from(["json", "text", "xml"])),
    st.tuples(st.just("aws_access_key_id"), st.sampled_from([KEY_ID, TEMPORARY_ID, ""])),
    st.tuples(st.just("aws_secret_access_key"), st.sampled_from([SECRET, ""])),
    st.tuples(
        st.sampled_from(["aws_session_token", "aws_security_token"]), st.sampled_from(["token-one", "token-two"])
    ),
    st.tuples(st.just("role_arn"), st.sampled_from([ROLE, ROLE, "admin", ""])),
    st.tuples(st.just("source_profile"), _REFERENCES),
    st.tuples(st.just("source_profile"), _REFERENCES),
    st.tuples(
        st.just("credential_source"),
        st.sampled_from(["Environment", "Ec2InstanceMetadata", "EcsContainer", "environment"]),
    ),
    st.tuples(st.just("mfa_serial"), st.sampled_from(["arn:aws:iam::123456789012:mfa/me", "short"])),
    st.tuples(st.just("external_id"), st.sampled_from(["abc-123", "x"])),
    st.tuples(st.just("role_session_name"), st.sampled_from(["me", "m"])),
    st.tuples(st.just("duration_seconds"), st.sampled_from(["3600", "100", "1h"])),
    st.tuples(st.just("web_identity_token_file"), st.sampled_from(["/token", ""])),
    st.tuples(st.just("sso_session"), st.sampled_from(["corp", "nope"])),
    st.tuples(st.just("sso_account_id"), st.just("123456789012")),
    st.tuples(st.just("sso_role_name"), st.just("Admin")),
    st.tuples(
        st.just("sso_start_url"), st.sampled_from(["https://corp.awsapps.com/start", "https://other.awsapps.com/start"])
    ),
    st.tuples(st.just("sso_region"), st.sampled_from(["us-east-1", "eu-west-1"])),
    st.tuples(st.just("credential_process"), st.just("/bin/tool --json")),
    st.tuples(st.just("login_session"), st.just("arn:aws:iam::123456789012:user/me")),
    st.tuples(st.just("services"), st.just("local")),
)


def _line(option: tuple[str, str], style: str) -> str:
    key, value = option
    return {
        "plain": f"{key} = {value}",
        "tight": f"{key}={value}",
        "colon": f"{key}: {value}",
        "upper": f"{key.upper()} = {value}",
        "indent": f"  {key} = {value}",
        "tab": f"\t{key}\t=\t{value} ",
        "bare": key,
    }[style]


_STYLES = st.sampled_from(["plain"] * 12 + ["tight"] * 3 + ["colon", "upper", "indent", "tab"])
_ENTRIES = st.builds(_line, _OPTIONS, _STYLES)
_ODD = st.sampled_from(
    ["", "# note", "  # inner", "; old", "word", "= value", "rem remark", "  continued", "s3 =\n  addressing_style = path",
     "s3 =\n  addressing_style", "s3 =\n  a = 1\n\n  # note\n  b = 2", "s3 =\n\ta: 1", "<<<<<<< HEAD", ">>>>>>> abc: x", "[open", "[team:dev", "[]",
     "  [profile inner]", "key with space = 1", "a = b = c", "\u2028", "x = a\x0bb", "\ufeff", "s3 =\n  a = 1\u2028b = 2", "s3 =\n  a\x85b = 1"]
)  # fmt: skip
_BODY = st.lists(
    st.one_of(_ENTRIES, _ENTRIES, _ENTRIES, _ENTRIES, _ENTRIES, _ENTRIES, _ENTRIES, _ENTRIES, _ENTRIES, _ODD),
    max_size=6,
)


def _tidy_body(lines: list[str]) -> list[str]:
    """Keep one line per key most of the time, as people do: a file with a duplicate key is refused and says little."""
    seen: set[str] = set()
    kept = []
    for line in lines:
        key = line.partition("=")[0].strip()
        if key not in seen or not line.partition("=")[1]:
            kept.append(line)
        seen.add(key)
    return kept


_GOOD_BODY = _BODY.map(_tidy_body)
_CONFIG_HEADERS = st.one_of(
    NAMES.map(lambda n: "[default]" if n == "default" else f"[profile {n}]"),
    NAMES.map(lambda n: "[default]" if n == "default" else f'[profile "{n}"]'),
    NAMES.map(lambda n: "[default]" if n == "default" else f"[profile {n}]"),
    st.sampled_from(["[sso-session corp]", "[services local]", "[plugins]", "[dev]", "[profile  ops]", "[ profile dev ]", "[Profile dev]",
                     "[profiles dev]", "[profile dev] # note", "[profile ]", "[profile]", '[profile "a]', "[profile dev]]", "[profile default]",
                     "[sso-session]"]),
)  # fmt: skip
_CREDENTIALS_HEADERS = st.one_of(
    NAMES.map(lambda n: f"[{n}]"), NAMES.map(lambda n: f"[{n}]"), st.sampled_from(["[profile dev]", "[ base ]", "[sso-session corp]", "[dev] x"])
)  # fmt: skip
_ENDS = st.sampled_from(["\n", "\n", "\n", "\r\n", "\r"])


def _file(headers: st.SearchStrategy[str], unique: bool) -> st.SearchStrategy[str]:
    sections = st.lists(
        st.tuples(headers, st.one_of(_GOOD_BODY, _GOOD_BODY, _GOOD_BODY, _BODY)),
        max_size=6,
        unique_by=(lambda section: section[0]) if unique else None,
    )
    lead = st.sampled_from([""] * 12 + ["# top\n", "region = x\n", "\ufeff", "  [profile top]\nregion = x\n"])
    return st.builds(
        lambda lead, parts, end: (lead + "\n".join("\n".join((header, *body)) for header, body in parts)).replace(
            "\n", end
        ),
        lead,
        sections,
        _ENDS,
    )


CONFIGS = st.one_of(_file(_CONFIG_HEADERS, True), _file(_CONFIG_HEADERS, True), _file(_CONFIG_HEADERS, False))
CREDENTIALS = st.one_of(
    _file(_CREDENTIALS_HEADERS, True), _file(_CREDENTIALS_HEADERS, True), _file(_CREDENTIALS_HEADERS, False)
)

_PARTS: dict[str, st.SearchStrategy[dict[str, str]]] = {
    "keys": st.just({"aws_access_key_id": KEY_ID, "aws_secret_access_key": SECRET}),
    "half": st.sampled_from([{"aws_access_key_id": KEY_ID}, {"aws_secret_access_key": SECRET}, {"aws_access_key_id": ""}]),
    "temporary": st.sampled_from([
        {"aws_access_key_id": TEMPORARY_ID, "aws_secret_access_key": SECRET},
        {"aws_access_key_id": TEMPORARY_ID, "aws_secret_access_key": SECRET, "aws_session_token": "t"}]),
    "token": st.sampled_from([{"aws_session_token": "t"}, {"aws_security_token": "t"}]),
    "role": st.fixed_dictionaries({"role_arn": st.sampled_from([ROLE, ROLE, ROLE, "admin"]), "source_profile": st.sampled_from(
        ["default", "dev", "ops", "base", "dev", "ops", "base", "nope", "Base", ""])}),
    "role alone": st.just({"role_arn": ROLE}),
    "named": st.fixed_dictionaries({"role_arn": st.just(ROLE), "credential_source": st.sampled_from(
        ["Environment", "Ec2InstanceMetadata", "EcsContainer", "environment"])}),
    "both": st.just({"role_arn": ROLE, "source_profile": "base", "credential_source": "EcsContainer"}),
    "web": st.just({"role_arn": ROLE, "web_identity_token_file": "/token"}),
    "web alone": st.just({"web_identity_token_file": "/token"}),
    "sso": st.just({"sso_session": "corp", "sso_account_id": "123456789012", "sso_role_name": "Admin"}),
    "sso missing": st.just({"sso_session": "nope", "sso_account_id": "123456789012", "sso_role_name": "Admin"}),
    "sso half": st.sampled_from([{"sso_session": "corp"}, {"sso_session": "corp", "sso_role_name": "Admin"}]),
    "legacy": st.just({"sso_start_url": "https://corp.awsapps.com/start", "sso_region": "us-east-1",
                       "sso_account_id": "123456789012", "sso_role_name": "Admin"}),
    "legacy half": st.just({"sso_start_url": "https://corp.awsapps.com/start", "sso_account_id": "123456789012"}),
    "process": st.just({"credential_process": "/bin/tool --json"}),
    "login": st.just({"login_session": "arn:aws:iam::123456789012:user/me"}),
    "region": st.sampled_from([{"region": "us-east-1"}, {"region": "eu-west-1"}, {"region": "us-esat-1"}, {"region": "us-east-1 # note"}]),
    "calls": st.sampled_from([{"mfa_serial": "arn:aws:iam::123456789012:mfa/me"}, {"mfa_serial": "short"}, {"external_id": "x"},
                              {"role_session_name": "m"}, {"duration_seconds": "100"}, {"duration_seconds": "1h"}]),
    "nothing": st.just({"output": "json"}),
}  # fmt: skip
_USUAL = ["keys", "keys", "role", "role", "role", "region", "region", "sso", "process", "nothing"]
_SETTINGS = st.lists(st.sampled_from([*_USUAL, *_PARTS]), max_size=3).flatmap(
    lambda parts: st.tuples(*(_PARTS[part] for part in parts)).map(
        lambda found: {k: v for part in found for k, v in part.items()}
    )
)
_PROFILES = st.dictionaries(st.sampled_from(["default", "dev", "ops", "base"]), _SETTINGS, max_size=4)
_SESSIONS = st.sampled_from(
    [{"sso_start_url": "https://corp.awsapps.com/start", "sso_region": "us-east-1"}] * 3
    + [
        {"sso_start_url": "https://corp.awsapps.com/start"},
        {"sso_start_url": "https://x.awsapps.com/start", "sso_region": "eu-west-1"},
    ]
)


def _render(header: str, settings: dict[str, str]) -> str:
    return "".join((f"[{header}]\n", *(f"{key} = {value}\n" for key, value in settings.items())))


def _readable(
    config: dict[str, dict[str, str]], credentials: dict[str, dict[str, str]], session: dict[str, str]
) -> tuple[str, str]:
    sections = [_render(name if name == "default" else f"profile {name}", found) for name, found in config.items()]
    return "\n".join((*sections, _render("sso-session corp", session))), "".join(
        _render(name, found) for name, found in credentials.items()
    )


READABLE = st.builds(_readable, _PROFILES, _PROFILES, _SESSIONS)
"""Pairs that botocore reads, whose profiles are right and wrong in every way that decides how they resolve."""
