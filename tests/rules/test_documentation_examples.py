"""Files of the shapes that the documentation of AWS shows, and that well-known tools write, are right.

The shapes are those of the AWS CLI's "Configuration and credential file settings" and of the pages on roles, SSO, web
identity, external processes, services and the metadata service, of the AWS SDKs and Tools Reference Guide, and of the
tools' own manuals. The texts are our own.
"""

from __future__ import annotations

import pytest

from rolecall.lint import Severity
from rolecall.settings import READERS, Settings
from tests.support.check import service
from tests.support.markers import files

KEYS = """\
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
"""
TEMPORARY = """\
aws_access_key_id = ASIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
aws_session_token = IQoJb3JpZ2luX2IQoJb3JpZ2luX2IQoJb3JpZ2luX2EXAMPLE==
"""

AWS = {
    "aws configure": f"""\
//- config
[default]
region = us-west-2
output = json
//- credentials
[default]
{KEYS}""",
    "aws configure, a second profile": f"""\
//- config
[default]
region = us-west-2
output = json

[profile user1]
region = us-east-1
output = text
//- credentials
[default]
{KEYS}
[user1]
aws_access_key_id = AKIAI44QH8DHBEXAMPLE
aws_secret_access_key = je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY
""",
    "temporary credentials": f"""\
//- credentials
[default]
{TEMPORARY}""",
    "keys in the config file": f"""\
//- config
[profile dev]
{KEYS}region = eu-west-1
""",
    "aws configure sso": """\
//- config
[profile my-dev-profile]
sso_session = my-sso
sso_account_id = 123456789011
sso_role_name = readOnly
region = us-west-2
output = json

[sso-session my-sso]
sso_region = us-east-1
sso_start_url = https://my-sso-portal.awsapps.com/start
sso_registration_scopes = sso:account:access
""",
    "aws configure sso, several profiles of one session": """\
//- config
[profile dev]
sso_session = my-sso
sso_account_id = 111122223333
sso_role_name = SampleRole

[profile prod]
sso_session = my-sso
sso_account_id = 111122223333
sso_role_name = SampleRole2

[sso-session my-sso]
sso_region = us-east-1
sso_start_url = https://my-sso-portal.awsapps.com/start
sso_registration_scopes = sso:account:access
""",
    "aws configure sso, an issuer in place of a start page": """\
//- config
[sso-session my-sso]
sso_region = us-east-1
sso_start_url = https://identitycenter.amazonaws.com/ssoins-1234567890abcdef
sso_registration_scopes = sso:account:access

[profile dev]
sso_session = my-sso
sso_account_id = 111122223333
sso_role_name = SampleRole
""",
    "aws configure sso, the older form": """\
//- config
[profile my-dev-profile]
sso_start_url = https://my-sso-portal.awsapps.com/start
sso_region = us-east-1
sso_account_id = 123456789011
sso_role_name = readOnly
region = us-west-2
output = json
""",
    "a role, with keys as the source": f"""\
//- config
[profile prodaccess]
role_arn = arn:aws:iam::123456789012:role/ProductionAccessRole
source_profile = development
//- credentials
[development]
{KEYS}""",
    "a role, with MFA": f"""\
//- config
[profile role-with-mfa]
region = us-west-2
role_arn = arn:aws:iam::128716708097:role/cli-role
source_profile = cli-user
mfa_serial = arn:aws:iam::128716708097:mfa/cli-user

[profile cli-user]
region = us-west-2
output = json
//- credentials
[cli-user]
{KEYS}""",
    "a role, with everything": f"""\
//- config
[profile marketingadmin]
role_arn = arn:aws:iam::123456789012:role/marketingadminrole
source_profile = default
role_session_name = session-maria-garcia
external_id = 123456
mfa_serial = GAHT12345678
duration_seconds = 43200
region = us-west-2
//- credentials
[default]
{KEYS}""",
    "a role of another role": f"""\
//- config
[profile A]
source_profile = B
role_arn = arn:aws:iam::123456789012:role/RoleA

[profile B]
source_profile = C
role_arn = arn:aws:iam::123456789012:role/RoleB
//- credentials
[C]
{KEYS}""",
    "a role on a machine of EC2": """\
//- config
[profile marketingadmin]
role_arn = arn:aws:iam::123456789012:role/marketingadminrole
credential_source = Ec2InstanceMetadata
""",
    "a role in a container": """\
//- config
[profile task]
role_arn = arn:aws:iam::123456789012:role/my-role-name
credential_source = EcsContainer
""",
    "a role, with keys of the environment": """\
//- config
[profile cross-account]
role_arn = arn:aws:iam::123456789012:role/my-role-name
credential_source = Environment
""",
    "a role, with SSO as the source": """\
//- config
[profile OrganizationAccount]
sso_session = my-sso
sso_account_id = 111122223333
sso_role_name = SampleRole

[profile RoleInAnotherAccount]
role_arn = arn:aws:iam::444455556666:role/other
source_profile = OrganizationAccount
duration_seconds = 3600

[sso-session my-sso]
sso_region = us-east-1
sso_start_url = https://d-92671207e4.awsapps.com/start
""",
    "web identity": """\
//- config
[profile web-identity]
role_arn = arn:aws:iam::123456789012:role/my-role-name
web_identity_token_file = /path/to/a/token
role_session_name = my-session
""",
    "an external process": """\
//- config
[profile developer]
credential_process = /opt/bin/awscreds-custom --username helen
region = us-east-1
""",
    "aws login": """\
//- config
[profile signin]
login_session = arn:aws:iam::123456789012:user/ExampleUser
region = us-east-1
""",
    "endpoints of services": """\
//- config
[profile dev]
services = s3-and-eb
region = us-west-2

[services s3-and-eb]
s3 =
  endpoint_url = https://localhost:4567
elastic_beanstalk =
  endpoint_url = https://localhost:8000
""",
    "an endpoint for all but one service": """\
//- config
[profile dev-global]
services = s3-specific
endpoint_url = http://localhost:1234
region = us-west-2

[services s3-specific]
s3 =
  endpoint_url = https://play.min.io:9000
""",
    "endpoints that are not used": """\
//- config
[profile dev]
endpoint_url = http://localhost:1234
ignore_configured_endpoint_urls = true
""",
    "the settings of aws s3": """\
//- config
[profile development]
s3 =
  max_concurrent_requests = 20
  max_queue_size = 10000
  multipart_threshold = 64MB
  multipart_chunksize = 16MB
  max_bandwidth = 50MB/s
  use_accelerate_endpoint = true
  addressing_style = path
  payload_signing_enabled = false
  use_dualstack_endpoint = false
""",
    "the faster client of aws s3": """\
//- config
[default]
s3 =
  preferred_transfer_client = crt
  target_bandwidth = 50Gb/s
""",
    "versions of services": """\
//- config
[default]
api_versions =
  ec2 = 2015-03-01
  cloudfront = 2015-09-17
""",
    "the AWS CLI's own settings": """\
//- config
[default]
region = us-east-1
output = yaml-stream
cli_pager =
cli_auto_prompt = on-partial
cli_binary_format = raw-in-base64-out
cli_history = enabled
cli_timestamp_format = iso8601
cli_follow_urlparam = false
""",
    "settings of every SDK": """\
//- config
[default]
region = eu-west-1
ca_bundle = dev/apps/ca-certs/cabundle-2019mar05.pem
retry_mode = adaptive
max_attempts = 3
defaults_mode = in-region
use_fips_endpoint = true
use_dualstack_endpoint = true
sts_regional_endpoints = regional
endpoint_discovery_enabled = auto
account_id_endpoint_mode = required
request_checksum_calculation = when_required
response_checksum_validation = WHEN_SUPPORTED
sigv4a_signing_region_set = us-east-1,us-west-2
auth_scheme_preference = sigv4a, sigv4
disable_request_compression = true
request_min_compression_size_bytes = 10240
sdk_ua_app_id = ABCDEF
s3_use_arn_region = true
s3_disable_multiregion_access_points = true
s3_disable_express_session_auth = true
s3_us_east_1_regional_endpoint = regional
tcp_keepalive = true
parameter_validation = false
""",
    "the metadata service": """\
//- config
[default]
ec2_metadata_service_endpoint_mode = IPv6
ec2_metadata_service_endpoint = http://[fd00:ec2::254]
ec2_metadata_v1_disabled = true
metadata_service_timeout = 2
metadata_service_num_attempts = 5
""",
    "comments": f"""\
# The profiles of the team.
//- config
# Home
[default]
; The nearest one
region = eu-central-1
# output = text
//- credentials
[default]
# Rotate me
{KEYS}""".removeprefix("# The profiles of the team.\n"),
    "spaces or none, and Windows line ends": (
        f"//- config\n[default]\nregion=us-west-2\noutput   =   json\n//- credentials\n[default]\n{KEYS}"
    ),
    "other partitions": """\
//- config
[profile china]
role_arn = arn:aws-cn:iam::123456789012:role/team/ops
credential_source = Ec2InstanceMetadata
region = cn-north-1
mfa_serial = arn:aws-cn:iam::123456789012:mfa/me

[profile gov]
role_arn = arn:aws-us-gov:iam::123456789012:role/ops
credential_source = Ec2InstanceMetadata
region = us-gov-west-1
""",
}

TOOLS = {
    "saml2aws": f"""\
//- config
[profile saml]
region = us-east-1
//- credentials
[saml]
{TEMPORARY}aws_security_token = IQoJb3JpZ2luX2IQoJb3JpZ2luX2IQoJb3JpZ2luX2EXAMPLE==
x_principal_arn = arn:aws:sts::123456789012:assumed-role/Developer/me@example.com
x_security_token_expires = 2999-01-31T11:04:00+01:00
region = us-east-1
""",
    "aws-vault": """\
//- config
[default]
region = us-east-1

[profile work]
mfa_serial = arn:aws:iam::111111111111:mfa/work-account
include_profile = default

[profile admin]
role_arn = arn:aws:iam::111111111111:role/admin-role
source_profile = work
mfa_serial = arn:aws:iam::111111111111:mfa/work-account
//- credentials
[work]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
""",
    "aws-vault as a process": """\
//- config
[profile home]
credential_process = aws-vault exec home --json --prompt=ykman
""",
    "granted": """\
//- config
[profile my-profile]
granted_sso_start_url = https://example.awsapps.com/start
granted_sso_region = ap-southeast-2
granted_sso_account_id = 123456789012
granted_sso_role_name = DevRole
credential_process = granted credential-process --profile my-profile
common_fate_generated_from = aws-sso
region = ap-southeast-2
""",
    "awsume": f"""\
//- config
[profile client1]
role_arn = arn:aws:iam::123456789012:role/my-role
source_profile = default
mfa_serial = arn:aws:iam::111122223333:mfa/me
role_duration = 3600
//- credentials
[default]
{KEYS}
[autoawsume-client1]
{TEMPORARY}expiration = 2999-01-31 11:04:00
source_expiration = 2999-01-31 22:04:00
autoawsume = true
manager = awsume
awsumepy_command = client1 -a
""",
    "aws-mfa": f"""\
//- credentials
[dev-long-term]
{KEYS}aws_mfa_device = arn:aws:iam::123456789012:mfa/me

[dev]
{TEMPORARY}aws_security_token = IQoJb3JpZ2luX2IQoJb3JpZ2luX2IQoJb3JpZ2luX2EXAMPLE==
assumed_role = False
expiration = 2999-01-31 11:04:00
""",
    "aws-azure-login": f"""\
//- config
[profile azure]
azure_tenant_id = 3a2b1c4d-0000-1111-2222-333344445555
azure_app_id_uri = https://signin.aws.amazon.com/saml#example
azure_default_username = me@example.com
azure_default_role_arn = arn:aws:iam::123456789012:role/Developer
azure_default_duration_hours = 8
azure_default_remember_me = true
region = eu-west-1
//- credentials
[azure]
{TEMPORARY}aws_expiration = 2999-01-31T11:04:00.000Z
""",
    "aws-sso-util": """\
//- config
[profile dev]
sso_start_url = https://example.awsapps.com/start
sso_region = us-east-1
sso_account_name = dev
sso_account_id = 123456789012
sso_role_name = Developer
region = us-east-1
credential_process = aws-sso-util credential-process --profile dev
sso_auto_populated = true
""",
    "LocalStack": """\
//- config
[profile localstack]
region = us-east-1
output = json
endpoint_url = http://localhost:4566
//- credentials
[localstack]
aws_access_key_id = test
aws_secret_access_key = test
""",
    "LocalStack, by its own name": """\
//- config
[profile localstack]
region = us-east-1
endpoint_url = http://localhost.localstack.cloud:4566
//- credentials
[localstack]
aws_access_key_id = LSIAQAAAAAAVNCBMPNSG
aws_secret_access_key = test
""",
    "MinIO": """\
//- config
[profile minio]
region = us-east-1
services = minio
s3 =
  signature_version = s3v4

[services minio]
s3 =
  endpoint_url = http://127.0.0.1:9000
//- credentials
[minio]
aws_access_key_id = minioadmin
aws_secret_access_key = minioadmin
""",
    "the Toolkit for Visual Studio": f"""\
//- credentials
[default]
{KEYS}toolkit_artifact_guid = 64585b16-b0d5-4f5a-8a1c-0e6d3a3e7c12
""",
}


@pytest.mark.parametrize("readers", [("botocore",), READERS], ids=["default", "every tool"])
@pytest.mark.parametrize("name", [*AWS, *TOOLS])
def test_nothing_is_wrong(name: str, readers: tuple[str, ...]) -> None:
    texts = files({**AWS, **TOOLS}[name])
    if "Windows" in name:
        texts = {file: text.replace("\n", "\r\n") for file, text in texts.items()}
    found = service(texts, settings=Settings(readers=readers))
    told = [*found.diagnostics("config"), *found.diagnostics("credentials")]
    assert not [one for one in told if one.severity in (Severity.ERROR, Severity.WARNING)]
