"""What is said of the thing under the cursor, and that a secret is never said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rolecall.features.completion import completion
from rolecall.features.hover import MAX_LINES, hover
from rolecall.features.navigation import definition, document_highlight, references
from rolecall.model.workspace import FILES, Workspace
from rolecall.text import Position
from tests.support.check import service
from tests.support.check_cursor import check_hover, hovered
from tests.support.markers import files

KEYS = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n"
STATIC_DOCS = "[Documentation](https://docs.aws.amazon.com/sdkref/latest/guide/feature-static-credentials.html)"
ALL_TOOLS = "AWS CLI, boto3, JavaScript SDK, Rust SDK, Go SDK, .NET SDK, Java SDK, C++ SDK"

PAIR = """\
//- accounts
{"accounts": [{"name": "Acme Production", "accountId": "444455556666"}, {"name": "Lab", "profile": "lab"}]}
//- config
[profile base]
region = us-east-1
[profile ops]
role_arn = arn:aws:iam::444455556666:role/team/OpsRole
source_profile = base
region = eu-west-1
s3 =
  addressing_style = path
[profile deploy]
role_arn = arn:aws-us-gov:iam::777788889999:role/Deploy
source_profile = ops
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = us-east-1
[profile lab]
sso_session = corp
sso_account_id = 444455556666
//- credentials
[base]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
x_security_token_expires = 2026-11-22T11:04:00Z
[ops]
region = eu-central-1
s3 =
  payload_signing_enabled = true
"""


def put(at: str) -> str:
    """The pair with the cursor where `$0` stands in a piece of it."""
    plain = at.replace("$0", "")
    assert PAIR.count(plain) == 1, "the piece stands there more or less than once"
    return PAIR.replace(plain, at)


OPS = """\
**ops** · assume role

`base → ops`⏎
Account: Acme Production (444455556666)⏎
Region: `eu-central-1`⏎
Defined in: config:3, credentials:5"""

CORP = """\
**corp** · IAM Identity Center (SSO) sign-in

Start page: `https://corp.awsapps.com/start`⏎
Region: `us-east-1`⏎
Used by: lab⏎
Defined in: config:12"""

HOVERS = {
    "a setting with another value in the other file": (
        put("reg$0ion = eu-west-1"),
        "region",
        f"""
**region** · Region

Default Region of requests. boto3 reads only AWS_DEFAULT_REGION; the other tools read AWS_REGION first.

| Effective value | From | Shadowed by |
|---|---|---|
| `eu-central-1` | credentials:6 | |
| `eu-west-1` | config:6 | credentials:6 |

Read by: {ALL_TOOLS} · overridden by `AWS_REGION`, `AWS_DEFAULT_REGION`⏎
[Documentation](https://docs.aws.amazon.com/sdkref/latest/guide/feature-region.html)""",
    ),
    "a secret": (
        put("aws_secret_access_key = wJ$0alr"),
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        f"""
**aws_secret_access_key** · secret

Secret half of the key pair; 40 characters for IAM keys.

Effective value: set, 40 characters · from credentials:3

Read by: {ALL_TOOLS} · overridden by `AWS_SECRET_ACCESS_KEY`⏎
{STATIC_DOCS}""",
    ),
    "a deprecated setting": (
        "//- credentials\n[a]\naws_security$0_token = x\n",
        "aws_security_token",
        f"""
**aws_security_token** · secret

Old spelling of aws_session_token. boto3 and the AWS CLI prefer it to aws_session_token; the JavaScript, Rust, Go and \
Java SDKs ignore it. Deprecated: use `aws_session_token` (AWS renamed this token).

Effective value: set, 1 character · from credentials:2

Read by: AWS CLI, boto3 · overridden by `AWS_SECURITY_TOKEN`⏎
{STATIC_DOCS}""",
    ),
    "a block counts as a whole": (
        put("addr$0essing"),
        "addressing_style",
        """
**addressing_style** · choice

Whether the bucket name goes in the host name (virtual) or the path.

| Effective value | From | Shadowed by |
|---|---|---|
| not set | credentials:7 | |
| `path` | config:8 | credentials:7 |

Read by: AWS CLI, boto3⏎
[Documentation](https://docs.aws.amazon.com/cli/latest/topic/s3-config.html)""",
    ),
    "a Region": (put("region = eu-$0west-1"), "eu-west-1", "**eu-west-1** · Europe (Ireland)"),
    "a Region of another partition": (
        "[profile a]\nregion = us-gov$0-west-1\n",
        "us-gov-west-1",
        "**us-gov-west-1** · AWS GovCloud (US-West) · AWS GovCloud (US)",
    ),
    "no Region": ("[profile a]\nregion = us-$0esat-1\n", "us-esat-1", "`us-esat-1` · no Region that boto3 knows"),
    "a role": (
        put("role/te$0am"),
        "arn:aws:iam::444455556666:role/team/OpsRole",
        "**OpsRole** · IAM role⏎\nAccount: Acme Production (444455556666)⏎\nPath: `/team/`",
    ),
    "a role of another partition": (
        put("aws-us$0-gov"),
        "arn:aws-us-gov:iam::777788889999:role/Deploy",
        "**Deploy** · IAM role⏎\nAccount: 777788889999⏎\nPartition: AWS GovCloud (US)",
    ),
    "an account": (
        put("sso_account_id = 4$0"),
        "444455556666",
        "**Acme Production** · account `444455556666`",
    ),
    "an access key": (put("= AKI$0A"), "AKIAIOSFODNN7EXAMPLE", "`AKIA…MPLE` · long-term access key"),
    "a time": (put("= 2026$0"), "2026-11-22T11:04:00Z", "Expired on 2026-11-22 at 11:04 UTC"),
    "a source profile": (put("source_profile = op$0s"), "ops", OPS),
    "a header": (put("[profile op$0s]"), "[profile ops]", OPS),
    "its counterpart": (put("[op$0s]"), "[ops]", OPS),
    "a chain of several roles": (
        put("[pro$0file deploy]"),
        "[profile deploy]",
        """
**deploy** · assume role

`base → ops → deploy`⏎
Account: 777788889999⏎
Defined in: config:9""",
    ),
    "keys that have expired": (
        put("[bas$0e]"),
        "[base]",
        """
**base** · access key

Region: `us-east-1`⏎
Expired on 2026-11-22 at 11:04 UTC⏎
Defined in: config:1, credentials:1""",
    ),
    "an sso-session": (put("[sso$0-session"), "[sso-session corp]", CORP),
    "a reference to an sso-session": (put("sso_session = c$0orp"), "corp", CORP),
    "a profile of a registered account": (
        put("[profile l$0ab]"),
        "[profile lab]",
        """
**lab** · SSO

Account: Acme Production (444455556666)⏎
Defined in: config:15""",
    ),
    "a loop": (
        "[profile a]\nrole_arn = x\nsource_profile = b\n[profile $0b]\nrole_arn = x\nsource_profile = a\n",
        "[profile b]",
        "**b** · assume role\n\n`b → a → b`⏎\nDefined in: config:4",
    ),
    "a source that does not exist": (
        "[profile a]\nrole_arn = x\nsource_profile = b$0sae\n",
        "bsae",
        "No profile `bsae` in either file",
    ),
    "services": (
        "[services l$0ocal]\n[profile a]\nservices = local\n",
        "[services local]",
        "**local** · endpoints of services\n\nUsed by: a⏎\nDefined in: config:1",
    ),
    "plug-ins": (
        "[plu$0gins]\n",
        "[plugins]",
        """
**plugins**

Plug-ins of the AWS CLI.

[Documentation](https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html)""",
    ),
    "a name that looks like markup": (
        '[profile "$0_a_ <b>|*c*"]\n',
        '[profile "_a_ <b>|*c*"]',
        r"**\_a\_ \<b\>\|\*c\*** · no credentials" + "\n\nDefined in: config:1",
    ),
    "a line that tools read differently": (
        "[profile a]\nregion = us-east-1 # no$0te\n",
        "us-east-1 # note",
        """
`us-east-1 # note` · no Region that boto3 knows

**Who can read this?**⏎
AWS CLI, boto3: `region` = `us-east-1 # note`⏎
JavaScript, Rust, Go, C, Java: `region` = `us-east-1`""",
    ),
    "its key, without what there is no room for": (
        "//- config\n[profile a]\nreg$0ion : us-east-1\n//- credentials\n[a]\nregion = x\n",
        "region",
        """
**region** · Region

Default Region of requests. boto3 reads only AWS_DEFAULT_REGION; the other tools read AWS_REGION first.

Effective value: `x` · from credentials:2

**Who can read this?**⏎
AWS CLI, boto3, Go: `region` = `us-east-1`⏎
JavaScript, C: ignored⏎
Rust, Java: whole file refused""",
    ),
    "a line that is no setting to anybody who is asked first": (
        "[profile a]\nregion = x\n  yy$0y\n",
        "yyy",
        """
**Who can read this?**⏎
AWS CLI, boto3, Rust, Go, C, Java: part of `region`⏎
JavaScript: ignored""",
    ),
    "a line above the first header": (
        "reg$0ion = x\n",
        "region = x",
        """
**Who can read this?**⏎
AWS CLI, boto3, Rust, C, Java: whole file refused⏎
JavaScript, Go: ignored""",
    ),
    "a header that tools read differently": (
        "[profile $0 ops]\nregion = eu-west-1\n",
        "[profile  ops]",
        """
**ops** · no credentials

Region: `eu-west-1`⏎
Defined in: config:1

**Who can read this?**⏎
AWS CLI, boto3, Rust, Go, C, Java: profile `ops`⏎
JavaScript: ignored""",
    ),
    "an unknown setting": (
        "[profile a]\nwha$0tever = x\n",
        "whatever",
        "Unknown setting: no tool that Rolecall knows reads it.",
    ),
}


@pytest.mark.parametrize(("text", "on", "says"), HOVERS.values(), ids=HOVERS)
def test_hover(text: str, on: str, says: str) -> None:
    check_hover(text, on, says)


NOTHING = {
    "in a comment": "[profile a]\n# reg$0ion\n",
    "on an empty line": "[profile a]\n$0\n",
    "at the delimiter": "[profile a]\nregion  $0 = eu-west-1\n",
    "in an indent": "[profile a]\n $0 region = eu-west-1\n",
    "at the value of an unknown setting": "[profile a]\nwhatever = x$0\n",
    "in a further line of a value that is a block to all": "[profile a]\ns3 =\n$0\n  addressing_style = path\n",
    "on a header that no tool reads": "[de$0v]\n",
    "on a setting that no tool reads": "[dev]\nreg$0ion = x\n",
    "in a comment above the first header": "# reg$0ion = x\n",
    "in an empty file": "$0",
}


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING)
def test_nothing_is_said(text: str) -> None:
    assert hovered(text) is None


# Secrets

CANARY = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"

PLANTED = [
    f"aws_secret_access_key = {CANARY}",
    f"aws_session_token={CANARY}",
    f"aws_security_token : {CANARY}",
    f"aws_access_key_id = {CANARY}",
    f"credential_process = /bin/tool --secret {CANARY}",
    f"mfa_process = echo {CANARY}",
    f"aws_secret_access_key =\n  {CANARY}",
    f"aws_secret_acess_key = {CANARY}",
    f"{CANARY} = x",
    f"{CANARY}",
    f"  {CANARY}",
    f"  {CANARY} = x",
    f"  aws_secret_access_key = {CANARY}",
    f"region = eu-west-1\n  {CANARY}",
    f"role_arn = arn:aws:iam::123456789012:role/x\n  {CANARY}",
    f"source_profile = dev\n  {CANARY}",
    f"sso_session = corp\n  {CANARY}",
    f"sso_account_id = 123456789012\n  {CANARY}",
    f"services = local\n  {CANARY}",
    f"sso_start_url = https://corp.awsapps.com/start\n  {CANARY}",
    f"endpoint_url = https://me:{CANARY}@localhost/?token={CANARY}",
    f"x_security_token_expires = 2026-11-22T11:04:00Z\n  {CANARY}",
    f"s3 =\n  addressing_style = path\n  secret = {CANARY}\n  {CANARY}",
    f"s3 =\n  {CANARY} = {CANARY}",
    f"region =\n  {CANARY} = x\n  y = {CANARY}",
    f"api_versions =\n  ec2 = {CANARY}",
    f"dynamodb =\n  secret = {CANARY}\n  endpoint_url = https://me:{CANARY}@localhost",
    f"# {CANARY}",
    f"; aws_secret_access_key = {CANARY}",
    f"= {CANARY}",
    f"[{CANARY}",
]
HEADERS = [
    "[default]",
    "[profile dev]",
    "[dev]",
    "[sso-session corp]",
    "[services local]",
    "[plugins]",
    "[DEFAULT]",
    "",
]


def said(workspace: Workspace, file: str, position: Position) -> str:
    """All that any feature at the cursor says there."""
    where = (workspace, "config" if file == "config" else "credentials", position)
    found = hover(*where)
    assert found is None or found.markdown.count("\n") < MAX_LINES
    return "".join(
        map(repr, (found, completion(*where), definition(*where), references(*where), document_highlight(*where)))
    )


def check_secrets(config: str, credentials: str) -> None:
    """At no position of either file is any of the secret said."""
    workspace = service({"config": config, "credentials": credentials}, rules=()).workspace
    for file, text in (("config", config), ("credentials", credentials)):
        for number, line in enumerate(text.split("\n")):
            for column in {0, 2, len(line) // 2, len(line)}:
                assert CANARY[4:16] not in said(workspace, file, Position(number, column)), (number, column)


@pytest.mark.parametrize("line", PLANTED)
@pytest.mark.parametrize("header", ["[profile dev]", "[dev]", "[services local]", ""])
def test_no_secret_is_said_wherever_it_stands(header: str, line: str) -> None:
    text = f"{header}\n{line}\n"
    check_secrets(
        f"{text}[profile user]\nrole_arn = x\nsource_profile = dev\nsso_session = corp\nservices = local\n", text
    )


SECTION = st.tuples(st.sampled_from(HEADERS), st.lists(st.sampled_from(PLANTED), max_size=5)).map(
    lambda parts: "\n".join((parts[0], *parts[1]))
)
TEXT = st.lists(SECTION, max_size=3).map("\n".join)


@settings(max_examples=40)
@given(TEXT, TEXT)
def test_no_secret_is_said_of_any_two_files(config: str, credentials: str) -> None:
    check_secrets(config, credentials)


@pytest.mark.parametrize("position", [(0, 0), (1, 99), (99, 0), (99, 99)])
def test_a_place_outside_of_the_text(position: tuple[int, int]) -> None:
    for texts in ({}, {"config": ""}, {"config": PAIR}, files(PAIR)):
        workspace = service(texts, rules=()).workspace
        for file in FILES:
            assert said(workspace, file, Position(*position))
