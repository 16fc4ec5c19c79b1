"""The snippets on which all tools were compared: what people write, and what goes wrong when they do.

Every difference between the tools that is known has its snippet here, so that each reader, and each rule about what a
tool makes of a file, can be held to it. The ids are stable: recorded results refer to them.
"""

from __future__ import annotations

from typing import NamedTuple

KEYS = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n"
ROLE = "role_arn = arn:aws:iam::123456789012:role/demo\n"
PROCESS = (
    """credential_process = /bin/echo '{"Version":1,"AccessKeyId":"ASIAPROCESSEXAMPLE00","""
    """"SecretAccessKey":"s","SessionToken":"t"}'\n"""
)


class Case(NamedTuple):
    """A pair of files. The id says what it is about: g for reading one file, m for merging both, r for resolving."""

    id: str
    title: str
    config: bytes
    credentials: bytes


def _case(id_: str, title: str, config: str | bytes = "", credentials: str | bytes = "") -> Case:
    return Case(id_, title, _bytes(config), _bytes(credentials))


def _bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text


CASES = (
    # How a file is read
    _case(
        "g01",
        "duplicate [profile foo] section in config",
        "[profile foo]\nregion = us-east-1\n[profile foo]\noutput = json\n",
    ),
    _case("g02", "duplicate [foo] section in credentials", credentials=f"[foo]\n{KEYS}[foo]\naws_session_token = T\n"),
    _case("g03", "duplicate key in one section", "[profile foo]\nregion = us-east-1\nregion = eu-west-1\n"),
    _case("g04", "duplicate key differing only in case", "[profile foo]\nregion = us-east-1\nRegion = eu-west-1\n"),
    _case(
        "g05",
        "upper-case key",
        "[profile foo]\nREGION = us-east-1\n",
        credentials="[foo]\nAWS_ACCESS_KEY_ID = AKIAIOSFODNN7EXAMPLE\nAWS_SECRET_ACCESS_KEY = abc\n",
    ),
    _case(
        "g06",
        "[profile default] first, [default] second",
        "[profile default]\nregion = us-east-1\noutput = json\n[default]\nregion = eu-west-1\n",
    ),
    _case(
        "g07",
        "[default] first, [profile default] second",
        "[default]\nregion = eu-west-1\noutput = json\n[profile default]\nregion = us-east-1\n",
    ),
    _case("g08", "[foo] without prefix in config", f"[foo]\nregion = us-east-1\n{KEYS}"),
    _case("g09", "[profile foo] in credentials", credentials=f"[profile foo]\n{KEYS}"),
    _case("g10", "[ profile foo ] whitespace inside brackets", "[ profile foo ]\nregion = us-east-1\n"),
    _case("g11", "[profile   foo] several spaces", "[profile   foo]\nregion = us-east-1\n"),
    _case("g12", "[profile<TAB>foo]", "[profile\tfoo]\nregion = us-east-1\n"),
    _case("g13", "[ foo ] in credentials", credentials=f"[ foo ]\n{KEYS}"),
    _case("g14", '[profile "foo"] quoted', '[profile "foo"]\nregion = us-east-1\n'),
    _case("g15", '[profile "a b"] quoted with space', '[profile "a b"]\nregion = us-east-1\n'),
    _case("g16", "[profile 'a b'] single quoted with space", "[profile 'a b']\nregion = us-east-1\n"),
    _case("g17", "[profile a b] unquoted two words", "[profile a b]\nregion = us-east-1\n"),
    _case("g18", "[my profile] with space in credentials", credentials=f"[my profile]\n{KEYS}"),
    _case("g19", 'unbalanced quote [profile "a]', '[profile "a]\nregion = us-east-1\n'),
    _case(
        "g20",
        "leading whitespace before section header",
        "[profile foo]\nregion = us-east-1\n  [profile bar]\nregion = eu-west-1\n",
    ),
    _case("g21", "leading whitespace before header at top of file", "  [profile bar]\nregion = eu-west-1\n"),
    _case("g22", "leading whitespace before first key", "[profile foo]\n  region = us-east-1\n  output = json\n"),
    _case(
        "g23",
        "indented key after unindented key (continuation)",
        "[profile foo]\nregion = us-east-1\n  output = json\n",
    ),
    _case(
        "g24",
        "nested s3 block",
        "[profile foo]\ns3 =\n  max_concurrent_requests = 20\n  addressing_style = path\nregion = us-east-1\n",
    ),
    _case("g25", "nested block, sub-line without =", "[profile foo]\ns3 =\n  addressing_style\nregion = us-east-1\n"),
    _case(
        "g26",
        "nested block with full-line comment inside",
        "[profile foo]\ns3 =\n  # note\n  addressing_style = path\n",
    ),
    _case(
        "g27",
        "nested block, inline comment in sub-value",
        "[profile foo]\ns3 =\n  addressing_style = path # note\n",
    ),
    _case(
        "g28",
        "nested block then blank line then more",
        "[profile foo]\ns3 =\n  a = 1\n\n  b = 2\nregion = us-east-1\n",
    ),
    _case(
        "g29",
        "nested block, unindented (user forgot indentation)",
        "[profile foo]\ns3 =\nmax_concurrent_requests = 20\n",
    ),
    _case("g30", "two nested blocks", "[profile foo]\ns3 =\n  a = 1\ndynamodb =\n  b = 2\n"),
    _case("g31", "nested key with colon a: 1", "[profile foo]\ns3 =\n  a: 1\n"),
    _case("g32", "continuation of a non-empty value", "[profile foo]\nrole_session_name = a\n  b\n"),
    _case("g33", "inline comment ' #'", "[profile foo]\nregion = us-east-1 # note\n"),
    _case("g34", "inline comment ' ;'", "[profile foo]\nregion = us-east-1 ; note\n"),
    _case("g35", "'#' without space", "[profile foo]\nrole_session_name = a#b\n"),
    _case("g36", "';' without space", "[profile foo]\nrole_session_name = a;b\n"),
    _case("g37", "<TAB># comment", "[profile foo]\nregion = us-east-1\t# note\n"),
    _case("g38", "value that starts with #", "[profile foo]\nrole_session_name = #abc\nregion = us-east-1\n"),
    _case(
        "g39",
        "secret containing ' #' is cut",
        credentials=(
            "[foo]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = abc/def #copied from console\n"
        ),
    ),
    _case(
        "g40",
        "indented full-line comment after a key",
        "[profile foo]\nregion = us-east-1\n  # note\noutput = json\n",
    ),
    _case("g41", "comment after header, space", "[profile foo] # note\nregion = us-east-1\n"),
    _case("g42", "comment after header, no space", "[profile foo]# note\nregion = us-east-1\n"),
    _case("g43", "trailing text after ]", "[profile foo] junk\nregion = us-east-1\n"),
    _case("g44", "missing closing bracket", "[profile foo\nregion = us-east-1\n"),
    _case(
        "g45",
        "missing closing bracket on the 2nd header",
        "[profile a]\nregion = us-east-1\n[profile b\nregion = eu-west-1\n",
    ),
    _case("g46", "[profile foo]] double bracket", "[profile foo]]\nregion = us-east-1\n"),
    _case("g47", "empty header []", "[]\nregion = us-east-1\n[profile foo]\nregion = eu-west-1\n"),
    _case("g48", "[profile ] without a name", "[profile ]\nregion = us-east-1\n[profile foo]\nregion = eu-west-1\n"),
    _case("g49", "[profile] bare", "[profile]\nregion = us-east-1\n[profile foo]\nregion = eu-west-1\n"),
    _case("g50", "key: value colon", "[profile foo]\nregion: us-east-1\n"),
    _case("g51", "colon in key position before = (role_arn: x=y)", "[profile foo]\nrole_session_name: a=b\n"),
    _case("g52", "line without =", "[profile foo]\nregion = us-east-1\nfoobar\noutput = json\n"),
    _case("g53", "empty key '= value'", "[profile foo]\n= value\nregion = us-east-1\n"),
    _case("g54", "empty value 'region ='", "[profile foo]\nregion =\noutput = json\n"),
    _case("g55", "key before any section", "region = us-east-1\n[profile foo]\noutput = json\n"),
    _case("g56", "UTF-8 BOM", b"\xef\xbb\xbf[default]\nregion = us-east-1\n[profile foo]\nregion = us-east-1\n"),
    _case("g57", "CRLF", b"[profile foo]\r\nregion = us-east-1\r\ns3 =\r\n  a = 1\r\n"),
    _case("g58", "bare CR line ends", b"[profile foo]\rregion = us-east-1\r"),
    _case("g59", "latin-1 byte in a comment", b"# caf\xe9\n[profile foo]\nregion = us-east-1\n"),
    _case("g60", "NUL byte in a value", b"[profile foo]\nrole_session_name = a\x00b\n"),
    _case("g61", "UTF-16LE file (PowerShell > redirection)", "[profile foo]\nregion = us-east-1\n".encode("utf-16")),
    _case(
        "g62",
        "very long value (70 000 chars)",
        f"[profile foo]\nrole_session_name = {'x' * 70_000}\nregion = us-east-1\n",
    ),
    _case(
        "g63",
        "[DEFAULT] upper case (configparser special)",
        "[DEFAULT]\nregion = us-east-1\n[profile foo]\noutput = json\n",
        credentials=f"[DEFAULT]\n{KEYS}",
    ),
    _case("g64", "[Default] capitalised", "[Default]\nregion = us-east-1\n", credentials=f"[Default]\n{KEYS}"),
    _case("g65", "[profile DEFAULT]", "[profile DEFAULT]\nregion = us-east-1\n"),
    _case("g66", "[Profile foo] capitalised prefix", "[Profile foo]\nregion = us-east-1\n"),
    _case(
        "g67",
        "[profiles foo] plural / unknown type starting with 'profile'",
        "[profiles foo]\nregion = us-east-1\n[profilefoo]\nregion = eu-west-1\n",
    ),
    _case(
        "g68",
        "% in a value (interpolation?)",
        "[profile foo]\nrole_session_name = 100%(x)s\nsso_start_url = https://x/%20y\n",
    ),
    _case(
        "g69",
        "[sso-session x]",
        (
            "[sso-session my-sso]\nsso_region = us-east-1\n"
            "sso_start_url = https://my-sso.awsapps.com/start\n"
            "[profile foo]\nregion = us-east-1\n"
        ),
    ),
    _case(
        "g70",
        "[services x] with nested endpoint_url",
        (
            "[services dev]\ns3 =\n  endpoint_url = http://localhost:4566\ndynamodb =\n"
            "  endpoint_url = http://localhost:8000\n"
            "[profile foo]\nservices = dev\n"
        ),
    ),
    _case("g71", "unknown section type [foo bar]", "[foo bar]\nregion = us-east-1\n[profile ok]\nregion = eu-west-1\n"),
    _case(
        "g72",
        "[plugins] and [preview]",
        (
            "[plugins]\ncli_legacy_plugin_path = /x\nendpoint = awscli_plugin_endpoint\n"
            "[preview]\ncloudsearch = true\n"
            "[profile ok]\nregion = eu-west-1\n"
        ),
    ),
    _case(
        "g73",
        "[sso-session x] in credentials file",
        credentials=f"[sso-session my-sso]\nsso_region = us-east-1\n[foo]\n{KEYS}",
    ),
    _case("g74", "unicode profile name", "[profile café]\nregion = us-east-1\n", credentials=f"[naïve]\n{KEYS}"),
    _case(
        "g75",
        "two profiles differing in case",
        "[profile Foo]\nregion = us-east-1\n[profile foo]\nregion = eu-west-1\n",
    ),
    _case("g76", "name with dots, slash, @, +, :, %", "[profile a.b/c@d+e:f%g]\nregion = us-east-1\n"),
    _case(
        "g77",
        "name with other punctuation (! , & =)",
        ("[profile a!b]\nregion = us-east-1\n[profile c=d]\nregion = eu-west-1\n[profile e,f]\nregion = us-west-2\n"),
    ),
    _case(
        "g78",
        "env var and ~ in a value",
        "[profile foo]\nca_bundle = $HOME/ca.pem\nweb_identity_token_file = ~/token\n",
    ),
    _case("g79", "'=' in a value", "[profile foo]\nrole_session_name = a=b=c\n"),
    _case("g80", "quoted value", "[profile foo]\nregion = \"us-east-1\"\noutput = 'json'\n"),
    _case("g81", "key containing a space", "[profile foo]\nmy key = 1\nregion = us-east-1\n"),
    _case("g82", "key containing a dot", "[profile foo]\ns3.addressing_style = path\n"),
    _case("g83", "empty profile section", "[profile foo]\n[profile bar]\nregion = us-east-1\n"),
    _case("g84", "[__proto__]", "[profile __proto__]\nregion = us-east-1\n[profile foo]\nregion = eu-west-1\n"),
    _case("g85", "key named __proto__ / constructor", "[profile foo]\n__proto__ = x\nregion = us-east-1\n"),
    _case("g86", "empty files", ""),
    _case("g87", "rem comment line", "[profile foo]\nrem this is a remark\nregion = us-east-1\n"),
    _case("g88", "// comment line", "[profile foo]\n// region = us-west-2\nregion = us-east-1\n"),
    _case("g89", "trailing whitespace in value and key", "[profile foo]  \nregion \t=  us-east-1 \t\n"),
    _case("g90", "no-break space U+00A0 around value", "[profile foo]\nregion =\xa0us-east-1\xa0\n"),
    _case("g91", "U+2028 / U+0085 in a value", "[profile foo]\nrole_session_name = a\u2028b\nexternal_id = a\x85b\n"),
    _case(
        "g92",
        "merge conflict markers",
        "[profile foo]\n<<<<<<< HEAD\nregion = us-east-1\n=======\nregion = eu-west-1\n>>>>>>> other\n",
    ),
    _case(
        "g93",
        "export KEY=VALUE pasted from console",
        credentials='[foo]\nexport AWS_ACCESS_KEY_ID="AKIAIOSFODNN7EXAMPLE"\nexport AWS_SECRET_ACCESS_KEY="abc"\n',
    ),
    _case(
        "g94",
        "vertical tab / form feed in a line",
        "[profile foo]\nrole_session_name = a\x0bb\nexternal_id = a\x0cb\n",
    ),
    _case("g95", "unindented comment between nested sub-lines", "[profile foo]\ns3 =\n  a = 1\n# note\n  b = 2\n"),
    _case("g96", "a header inside a nested block (indented [x])", "[profile foo]\ns3 =\n  [x]\n  b = 2\n"),
    _case(
        "g97",
        "sso-session duplicated",
        "[sso-session s]\nsso_region = us-east-1\n[sso-session s]\nsso_start_url = https://x\n",
    ),
    _case(
        "g98",
        'same profile by two spellings [profile foo] + [profile "foo"]',
        '[profile foo]\nregion = us-east-1\noutput = json\n[profile "foo"]\nregion = eu-west-1\n',
    ),
    _case(
        "g99",
        "indented [header], different keys (swallowed as continuation)",
        ("[profile foo]\nregion = us-east-1\n  [profile bar]\n  output = json\n[profile baz]\nregion = eu-west-1\n"),
    ),
    _case(
        "gA0",
        "[default] + [profile default] with disjoint keys",
        "[default]\nregion = us-east-1\n[profile default]\noutput = json\n",
    ),
    _case("gA1", "indented comment then indented key", "[profile foo]\ns3 =\n  a = 1\n  ; old\n  b = 2\n"),
    _case(
        "gA2",
        "empty-valued key followed by indented top-level keys",
        "[profile foo]\nregion =\n  output = json\n  role_session_name = x\n",
    ),
    _case(
        "gA3",
        "[profile foo] then [foo] in config: both",
        "[profile foo]\nregion = us-east-1\n[foo]\nregion = eu-west-1\noutput = json\n",
    ),
    _case(
        "gA4",
        "same name as profile and sso-session and services",
        (
            "[profile x]\nregion = us-east-1\n"
            "[sso-session x]\nsso_region = us-east-1\n"
            "[services x]\ns3 =\n  endpoint_url = http://l\n"
        ),
    ),
    _case(
        "gA5",
        "'[sso-session]' / '[services]' bare",
        "[sso-session]\nsso_region = us-east-1\n[services]\ns3 =\n  a = 1\n[profile ok]\nregion = us-east-1\n",
    ),
    _case(
        "gA6",
        '[sso-session "a b"]',
        ('[sso-session "a b"]\nsso_region = us-east-1\nsso_start_url = https://x\n[profile ok]\nsso_session = a b\n'),
    ),
    _case("gA7", "comment char directly after key", "[profile foo]\nregion# = x\noutput = json\n"),
    _case("gA8", "deeper nesting (3 levels)", "[profile foo]\ns3 =\n  retry =\n    mode = x\n"),
    _case(
        "gA9",
        "missing ] but a colon in the name ([profile team:dev)",
        "[profile a]\nregion = us-east-1\n[profile team:dev\noutput = json\n[profile z]\nregion = eu-west-1\n",
    ),
    _case(
        "gB0",
        "leftover conflict marker that contains a colon",
        "[profile a]\nregion = us-east-1\n>>>>>>> abc123: new region\n",
    ),
    _case(
        "gB1",
        "[profile foo] and [profile  foo] (two spaces)",
        "[profile foo]\nregion = us-east-1\noutput = json\n[profile  foo]\nregion = eu-west-1\n",
    ),
    _case(
        "gB2",
        "[profile foo] and [profile foo] # note (same after cut)",
        "[profile foo]\nregion = us-east-1\n[profile foo] # note\noutput = json\n",
    ),
    _case("gB3", "[default] twice in config", "[default]\nregion = us-east-1\n[default]\noutput = json\n"),
    _case(
        "gB4",
        "[DEFAULT] twice",
        "[DEFAULT]\nregion = us-east-1\n[DEFAULT]\noutput = json\n[profile a]\ncli_pager =\n",
    ),
    _case("gB5", "key without '=' directly under a header", "[profile a]\nregion us-east-1\n"),
    _case("gB6", "tab-indented nested block", "[profile a]\ns3 =\n\taddressing_style = path\nregion = us-east-1\n"),
    _case(
        "gB7",
        "nested block, sub-keys at different depths",
        "[profile a]\ns3 =\n    a = 1\n  b = 2\nregion = us-east-1\n",
    ),
    # How the two files are merged
    _case(
        "m01",
        "key in both files: keys differ",
        (
            "[profile foo]\naws_access_key_id = AKIAI44QH8DHBEXAMPLE\naws_secret_access_key = config\n"
            "region = us-east-1\n"
        ),
        credentials=(
            "[foo]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = creds\nregion = eu-west-1\n"
        ),
    ),
    _case(
        "m02",
        "access key in config, secret in credentials",
        "[profile foo]\naws_access_key_id = AKIAI44QH8DHBEXAMPLE\n",
        credentials="[foo]\naws_secret_access_key = creds\n",
    ),
    _case(
        "m03",
        "role in config, static keys in credentials, same profile, no source_profile",
        f"[profile foo]\n{ROLE}",
        credentials=f"[foo]\n{KEYS}",
    ),
    _case(
        "m04",
        "role_arn in credentials file",
        credentials=f"[base]\n{KEYS}[foo]\n{ROLE}source_profile = base\nregion = us-east-1\n",
    ),
    _case("m05", "region only in credentials file", credentials=f"[foo]\n{KEYS}region = eu-west-1\n"),
    _case("m06", "config file unparsable, credentials fine", "[profile foo\n", credentials=f"[default]\n{KEYS}"),
    _case(
        "m07",
        "credentials unparsable, config fine",
        f"[default]\nregion = us-east-1\n{KEYS}",
        credentials="[default\n",
    ),
    _case(
        "m08",
        "config has keys only, creds has only access key",
        f"[profile foo]\n{KEYS}",
        credentials="[foo]\naws_access_key_id = AKIAI44QH8DHBEXAMPLE\n",
    ),
    _case(
        "m09",
        "nested s3 block in both",
        "[profile foo]\ns3 =\n  a = 1\n  b = 1\n",
        credentials=f"[foo]\n{KEYS}s3 =\n  a = 2\n",
    ),
    _case(
        "m10",
        "empty aws_session_token in credentials",
        "[profile foo]\nregion = us-east-1\n",
        credentials=f"[foo]\n{KEYS}aws_session_token =\n",
    ),
    _case(
        "m11",
        "[default] in credentials + [profile default] in config",
        "[profile default]\nregion = us-east-1\n",
        credentials=f"[default]\n{KEYS}",
    ),
    # How credentials are resolved
    _case(
        "r01",
        "source_profile -> static",
        f"[profile foo]\n{ROLE}source_profile = base\nregion = us-east-1\n",
        credentials=f"[base]\n{KEYS}",
    ),
    _case(
        "r02",
        "source_profile = itself, with keys",
        f"[profile foo]\n{ROLE}source_profile = foo\nregion = us-east-1\n{KEYS}",
    ),
    _case(
        "r03",
        "source_profile = itself, keys only in credentials file",
        f"[profile foo]\n{ROLE}source_profile = foo\nregion = us-east-1\n",
        credentials=f"[foo]\n{KEYS}",
    ),
    _case(
        "r04",
        "source_profile = itself, without keys",
        f"[profile foo]\n{ROLE}source_profile = foo\nregion = us-east-1\n",
    ),
    _case(
        "r05",
        "two-profile loop",
        (
            f"[profile a]\n{ROLE}source_profile = b\nregion = us-east-1\n"
            f"[profile b]\n{ROLE}source_profile = a\nregion = us-east-1\n"
        ),
    ),
    _case(
        "r06",
        "three-profile loop entered from outside",
        (
            f"[profile x]\n{ROLE}source_profile = a\nregion = us-east-1\n"
            f"[profile a]\n{ROLE}source_profile = b\n"
            f"[profile b]\n{ROLE}source_profile = c\n"
            f"[profile c]\n{ROLE}source_profile = a\n"
        ),
    ),
    _case(
        "r07",
        "loop broken by static keys in one member",
        (
            f"[profile a]\n{ROLE}source_profile = b\nregion = us-east-1\n"
            f"[profile b]\n{ROLE}source_profile = a\nregion = us-east-1\n{KEYS}"
        ),
    ),
    _case("r08", "missing source_profile target", f"[profile foo]\n{ROLE}source_profile = nope\nregion = us-east-1\n"),
    _case(
        "r09",
        "source_profile exists but has no credentials",
        f"[profile foo]\n{ROLE}source_profile = base\nregion = us-east-1\n[profile base]\nregion = us-east-1\n",
    ),
    _case(
        "r10",
        "role -> role -> static chain",
        (
            "[profile foo]\nrole_arn = arn:aws:iam::123456789012:role/two\nsource_profile = mid\n"
            "region = us-east-1\n"
            "[profile mid]\nrole_arn = arn:aws:iam::123456789012:role/one\nsource_profile = base\n"
            "region = us-west-2\nduration_seconds = 7200\n"
        ),
        credentials=f"[base]\n{KEYS}",
    ),
    _case(
        "r11",
        "source profile has BOTH role_arn and static keys",
        (
            "[profile foo]\nrole_arn = arn:aws:iam::123456789012:role/two\nsource_profile = mid\n"
            "region = us-east-1\n"
            f"[profile mid]\nrole_arn = arn:aws:iam::123456789012:role/one\nsource_profile = base\n{KEYS}"
        ),
        credentials="[base]\naws_access_key_id = AKIAI44QH8DHBEXAMPLE\naws_secret_access_key = b\n",
    ),
    _case(
        "r12",
        "role_arn + source_profile + credential_source",
        f"[profile foo]\n{ROLE}source_profile = base\ncredential_source = Environment\nregion = us-east-1\n",
        credentials=f"[base]\n{KEYS}",
    ),
    _case("r13", "role_arn only", f"[profile foo]\n{ROLE}region = us-east-1\n"),
    _case(
        "r14",
        "role_arn + own static keys in config, no source_profile",
        f"[profile foo]\n{ROLE}{KEYS}region = us-east-1\n",
    ),
    _case(
        "r15",
        "source_profile without role_arn",
        "[profile foo]\nsource_profile = base\nregion = us-east-1\n",
        credentials=f"[base]\n{KEYS}",
    ),
    _case(
        "r16",
        "credential_source = Environment (env empty)",
        f"[profile foo]\n{ROLE}credential_source = Environment\nregion = us-east-1\n",
    ),
    _case(
        "r17",
        "credential_source = Ec2InstanceMetadata",
        f"[profile foo]\n{ROLE}credential_source = Ec2InstanceMetadata\nregion = us-east-1\n",
    ),
    _case(
        "r18",
        "credential_source = EcsContainer",
        f"[profile foo]\n{ROLE}credential_source = EcsContainer\nregion = us-east-1\n",
    ),
    _case(
        "r19",
        "credential_source wrong case",
        f"[profile foo]\n{ROLE}credential_source = environment\nregion = us-east-1\n",
    ),
    _case(
        "r20",
        "web_identity_token_file + role_arn, file exists",
        f"[profile foo]\n{ROLE}web_identity_token_file = /home/me/token\nregion = us-east-1\n",
    ),
    _case(
        "r21",
        "web_identity_token_file, file missing",
        f"[profile foo]\n{ROLE}web_identity_token_file = /nope\nregion = us-east-1\n",
    ),
    _case(
        "r22",
        "web_identity_token_file without role_arn",
        "[profile foo]\nweb_identity_token_file = /home/me/token\nregion = us-east-1\n",
    ),
    _case(
        "r23",
        "web_identity_token_file with ~",
        f"[profile foo]\n{ROLE}web_identity_token_file = ~/token\nregion = us-east-1\n",
    ),
    _case(
        "r24",
        "web identity AND source_profile",
        (f"[profile foo]\n{ROLE}web_identity_token_file = /home/me/token\nsource_profile = base\nregion = us-east-1\n"),
        credentials=f"[base]\n{KEYS}",
    ),
    _case(
        "r25",
        "sso_session ok",
        (
            "[sso-session my-sso]\nsso_region = us-east-1\n"
            "sso_start_url = https://my-sso.awsapps.com/start\n"
            "[profile foo]\nsso_session = my-sso\nsso_account_id = 123456789012\nsso_role_name = Admin\n"
        ),
    ),
    _case(
        "r26",
        "sso_session names a missing section",
        "[profile foo]\nsso_session = nope\nsso_account_id = 123456789012\nsso_role_name = Admin\n",
    ),
    _case(
        "r27",
        "sso_session without sso_account_id/sso_role_name",
        (
            "[sso-session my-sso]\nsso_region = us-east-1\n"
            "sso_start_url = https://my-sso.awsapps.com/start\n"
            "[profile foo]\nsso_session = my-sso\n"
        ),
    ),
    _case(
        "r28",
        "sso_session and profile disagree on sso_region",
        (
            "[sso-session my-sso]\nsso_region = us-east-1\n"
            "sso_start_url = https://my-sso.awsapps.com/start\n"
            "[profile foo]\nsso_session = my-sso\nsso_region = eu-west-1\nsso_account_id = 123456789012\n"
            "sso_role_name = Admin\n"
        ),
    ),
    _case(
        "r29",
        "legacy sso complete",
        (
            "[profile foo]\nsso_start_url = https://my-sso.awsapps.com/start\nsso_region = us-east-1\n"
            "sso_account_id = 123456789012\nsso_role_name = Admin\n"
        ),
    ),
    _case(
        "r30",
        "legacy sso missing sso_region",
        (
            "[profile foo]\nsso_start_url = https://my-sso.awsapps.com/start\n"
            "sso_account_id = 123456789012\nsso_role_name = Admin\n"
        ),
    ),
    _case(
        "r31",
        "legacy sso: only sso_start_url + sso_region",
        "[profile foo]\nsso_start_url = https://my-sso.awsapps.com/start\nsso_region = us-east-1\n",
    ),
    _case(
        "r32",
        "legacy sso start url with trailing slash (no token)",
        (
            "[profile foo]\nsso_start_url = https://my-sso.awsapps.com/start/\nsso_region = us-east-1\n"
            "sso_account_id = 123456789012\nsso_role_name = Admin\n"
        ),
    ),
    _case(
        "r33",
        "sso-session without sso_start_url",
        (
            "[sso-session my-sso]\nsso_region = us-east-1\n"
            "[profile foo]\nsso_session = my-sso\nsso_account_id = 123456789012\nsso_role_name = Admin\n"
        ),
    ),
    _case(
        "r34",
        "sso keys in the credentials file",
        "[sso-session my-sso]\nsso_region = us-east-1\nsso_start_url = https://my-sso.awsapps.com/start\n",
        credentials="[foo]\nsso_session = my-sso\nsso_account_id = 123456789012\nsso_role_name = Admin\n",
    ),
    _case(
        "r35",
        "static keys + sso in one profile",
        (
            "[sso-session my-sso]\nsso_region = us-east-1\n"
            "sso_start_url = https://my-sso.awsapps.com/start\n"
            "[profile foo]\nsso_session = my-sso\nsso_account_id = 123456789012\nsso_role_name = Admin\n"
        ),
        credentials=f"[foo]\n{KEYS}",
    ),
    _case("r36", "credential_process alone", f"[profile foo]\n{PROCESS}"),
    _case(
        "r37",
        "credential_process + static keys in credentials",
        f"[profile foo]\n{PROCESS}",
        credentials=f"[foo]\n{KEYS}",
    ),
    _case("r38", "credential_process + static keys in config", f"[profile foo]\n{PROCESS}{KEYS}"),
    _case("r39", "credential_process in the credentials file", credentials=f"[foo]\n{PROCESS}"),
    _case(
        "r40",
        "credential_process with ~ and shell syntax",
        "[profile foo]\ncredential_process = ~/credproc.sh | cat\n",
    ),
    _case("r41", "credential_process, command not found", "[profile foo]\ncredential_process = /nope/tool --x\n"),
    _case(
        "r42",
        "credential_process + sso",
        (
            f"[profile foo]\n{PROCESS}sso_start_url = https://my-sso.awsapps.com/start\n"
            "sso_region = us-east-1\nsso_account_id = 123456789012\nsso_role_name = Admin\n"
        ),
    ),
    _case(
        "r43",
        "role whose source_profile uses credential_process",
        f"[profile foo]\n{ROLE}source_profile = p\nregion = us-east-1\n[profile p]\n{PROCESS}",
    ),
    _case(
        "r44",
        "role whose source_profile uses sso",
        (
            "[sso-session my-sso]\nsso_region = us-east-1\n"
            "sso_start_url = https://my-sso.awsapps.com/start\n"
            f"[profile foo]\n{ROLE}source_profile = s\nregion = us-east-1\n"
            "[profile s]\nsso_session = my-sso\nsso_account_id = 123456789012\nsso_role_name = Admin\n"
        ),
    ),
    _case(
        "r45",
        "role whose source_profile uses web identity",
        (
            "[profile foo]\nrole_arn = arn:aws:iam::123456789012:role/two\nsource_profile = w\n"
            "region = us-east-1\n"
            f"[profile w]\n{ROLE}web_identity_token_file = /home/me/token\nregion = us-east-1\n"
        ),
    ),
    _case(
        "r46",
        "mfa_serial",
        (
            f"[profile foo]\n{ROLE}source_profile = base\nregion = us-east-1\n"
            "mfa_serial = arn:aws:iam::123456789012:mfa/me\n"
        ),
        credentials=f"[base]\n{KEYS}",
    ),
    _case(
        "r47",
        "mfa_serial without role_arn",
        f"[profile foo]\nregion = us-east-1\nmfa_serial = arn:aws:iam::123456789012:mfa/me\n{KEYS}",
    ),
    _case(
        "r48",
        "duration_seconds = 100 (below 900)",
        f"[profile foo]\n{ROLE}source_profile = base\nregion = us-east-1\nduration_seconds = 100\n",
        credentials=f"[base]\n{KEYS}",
    ),
    _case(
        "r49",
        "duration_seconds = 1h (not a number)",
        f"[profile foo]\n{ROLE}source_profile = base\nregion = us-east-1\nduration_seconds = 1h\n",
        credentials=f"[base]\n{KEYS}",
    ),
    _case(
        "r50",
        "duration_seconds = 99999",
        f"[profile foo]\n{ROLE}source_profile = base\nregion = us-east-1\nduration_seconds = 99999\n",
        credentials=f"[base]\n{KEYS}",
    ),
    _case(
        "r51",
        "role_session_name with a space",
        f"[profile foo]\n{ROLE}source_profile = base\nregion = us-east-1\nrole_session_name = my name\n",
        credentials=f"[base]\n{KEYS}",
    ),
    _case(
        "r52",
        "external_id",
        f"[profile foo]\n{ROLE}source_profile = base\nregion = us-east-1\nexternal_id = abc-123\n",
        credentials=f"[base]\n{KEYS}",
    ),
    _case(
        "r53",
        "region missing, assume role",
        f"[profile foo]\n{ROLE}source_profile = base\n",
        credentials=f"[base]\n{KEYS}",
    ),
    _case(
        "r54",
        "region missing on role, region on source profile",
        f"[profile foo]\n{ROLE}source_profile = base\n[profile base]\nregion = eu-west-1\n",
        credentials=f"[base]\n{KEYS}",
    ),
    _case(
        "r55",
        "region nonsense",
        f"[profile foo]\n{ROLE}source_profile = base\nregion = us-esat-1\n",
        credentials=f"[base]\n{KEYS}",
    ),
    _case(
        "r56",
        "region with a trailing comment without space",
        f"[profile foo]\n{ROLE}source_profile = base\nregion = us-east-1#x\n",
        credentials=f"[base]\n{KEYS}",
    ),
    _case("r57", "access key without secret", credentials="[foo]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n"),
    _case("r58", "secret without access key", credentials="[foo]\naws_secret_access_key = abc\n"),
    _case("r59", "empty access key", credentials="[foo]\naws_access_key_id =\naws_secret_access_key = abc\n"),
    _case("r60", "empty both", credentials="[foo]\naws_access_key_id =\naws_secret_access_key =\n"),
    _case(
        "r61",
        "aws_security_token (legacy) vs aws_session_token",
        credentials=f"[foo]\n{KEYS}aws_security_token = OLD\naws_session_token = NEW\n",
    ),
    _case("r62", "only aws_security_token", credentials=f"[foo]\n{KEYS}aws_security_token = OLD\n"),
    _case(
        "r63",
        "login_session without cache",
        "[profile foo]\nlogin_session = arn:aws:iam::123456789012:user/me\nregion = us-east-1\n",
    ),
    _case(
        "r64",
        "login_session + static keys",
        "[profile foo]\nlogin_session = arn:aws:iam::123456789012:user/me\nregion = us-east-1\n",
        credentials=f"[foo]\n{KEYS}",
    ),
    _case(
        "r65",
        "role_arn malformed (short)",
        "[profile foo]\nrole_arn = admin\nsource_profile = base\nregion = us-east-1\n",
        credentials=f"[base]\n{KEYS}",
    ),
    _case(
        "r66",
        "role_arn empty",
        "[profile foo]\nrole_arn =\nsource_profile = base\nregion = us-east-1\n",
        credentials=f"[base]\n{KEYS}",
    ),
    _case("r67", "source_profile empty", f"[profile foo]\n{ROLE}source_profile =\nregion = us-east-1\n"),
    _case(
        "r68",
        "source_profile with different case",
        f"[profile foo]\n{ROLE}source_profile = Base\nregion = us-east-1\n",
        credentials=f"[base]\n{KEYS}",
    ),
    _case(
        "r69",
        "source_profile written 'profile base'",
        f"[profile foo]\n{ROLE}source_profile = profile base\nregion = us-east-1\n",
        credentials=f"[base]\n{KEYS}",
    ),
    _case(
        "r70",
        "source_profile = default",
        f"[default]\nregion = us-east-1\n[profile foo]\n{ROLE}source_profile = default\n",
        credentials=f"[default]\n{KEYS}",
    ),
    _case("r71", "max_attempts = three", f"[profile foo]\nmax_attempts = three\nregion = us-east-1\n{KEYS}"),
    _case("r72", "retry_mode = fast", f"[profile foo]\nretry_mode = fast\nregion = us-east-1\n{KEYS}"),
    _case("r73", "use_fips_endpoint = yes", f"[profile foo]\nuse_fips_endpoint = yes\nregion = us-east-1\n{KEYS}"),
    _case(
        "r74",
        "aws_account_id",
        "[profile foo]\nregion = us-east-1\n",
        credentials=f"[foo]\n{KEYS}aws_account_id = 123456789012\n",
    ),
    _case(
        "r75",
        "role with services/endpoint_url for sts",
        (
            "[services dev]\nsts =\n  endpoint_url = http://localhost:4566\n"
            f"[profile foo]\n{ROLE}source_profile = base\nregion = us-east-1\nservices = dev\n"
        ),
        credentials=f"[base]\n{KEYS}",
    ),
    _case("r76", "services names a missing section", f"[profile foo]\nservices = nope\nregion = us-east-1\n{KEYS}"),
    _case(
        "r77",
        "source profile in config under unprefixed [base]",
        f"[base]\n{KEYS}[profile foo]\n{ROLE}source_profile = base\nregion = us-east-1\n",
    ),
    _case(
        "r78",
        "credential_source without role_arn",
        "[profile foo]\ncredential_source = Environment\nregion = us-east-1\n",
    ),
    _case(
        "r79",
        "source_profile to a profile with credential_source only",
        (
            f"[profile foo]\n{ROLE}source_profile = base\nregion = us-east-1\n"
            "[profile base]\ncredential_source = Ec2InstanceMetadata\n"
        ),
    ),
)

BY_ID = {case.id: case for case in CASES}
