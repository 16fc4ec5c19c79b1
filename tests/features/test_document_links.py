"""Values that lead to a page."""

import pytest

from tests.support.check_file import check_links


def test_addresses_and_roles() -> None:
    text = """\
[profile ops]
role_arn = arn:aws:iam::444455556666:role/team/Ops+Role
endpoint_url = http://localhost:4566
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start#/
[services local]
dynamodb =
  endpoint_url = http://localhost:8000/
"""
    assert (
        check_links(text)
        == """\
arn:aws:iam::444455556666:role/team/Ops+Role -> https://console.aws.amazon.com/iam/home#/roles/details/Ops%2BRole \
(Open Ops+Role in the IAM console of account 444455556666)
http://localhost:4566 -> http://localhost:4566 (Open this address)
https://corp.awsapps.com/start#/ -> https://corp.awsapps.com/start#/ (Open this address)
http://localhost:8000/ -> http://localhost:8000/ (Open this address)
"""
    )


@pytest.mark.parametrize(
    ("partition", "host"),
    [
        ("aws-cn", "console.amazonaws.cn"),
        ("aws-us-gov", "console.amazonaws-us-gov.com"),
        ("aws-eusc", "console.amazonaws-eusc.eu"),
    ],
)
def test_each_partition_has_its_own_console(partition: str, host: str) -> None:
    found = check_links(f"[profile a]\nrole_arn = arn:{partition}:iam::444455556666:role/Ops\n")
    assert f"-> https://{host}/iam/home#/roles/details/Ops " in found


@pytest.mark.parametrize(
    "line",
    [
        "role_arn = arn:aws-iso:iam::444455556666:role/Ops",
        "role_arn = arn:aws:iam::4444:role/Ops",
        "role_arn = arn:aws:iam::444455556666:user/Ops",
        "role_arn = arn:aws:iam::444455556666:role/Ops # main",
        "endpoint_url = localhost:4566",
        "endpoint_url = file:///etc/passwd",
        "endpoint_url = http://me:password@localhost",
        "endpoint_url = http://localhost/?token=password",
        "endpoint_url = http://localhost/\n  more",
        "endpoint_url =\n  http://localhost/",
        "credential_process = http://localhost/",
        "unknown_url = http://localhost/",
        "aws_session_token = http://localhost/",
    ],
)
def test_what_leads_nowhere(line: str) -> None:
    assert check_links(f"[profile a]\n{line}\n") == ""
