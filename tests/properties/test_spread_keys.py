"""Every way in which the parts of access keys may be spread over the two files, beside every other way to sign in."""

from __future__ import annotations

from itertools import chain, combinations, product

import pytest

from tests.properties.test_truth import check_never, check_truth
from tests.support.check import check_declared, check_fixes
from tests.support.pairs import KEY_ID, ROLE, SECRET, TEMPORARY_ID

PARTS = ("aws_access_key_id", "aws_secret_access_key", "aws_session_token", "aws_security_token")
SSO = """\
sso_start_url = https://corp.awsapps.com/start
sso_region = us-east-1
sso_account_id = 123456789012
sso_role_name = Admin
"""
BESIDE = {
    "nothing": "",
    "process": "credential_process = /bin/tool\n",
    "login": "login_session = arn:aws:iam::123456789012:user/me\n",
    "sso": SSO,
    "web": f"role_arn = {ROLE}\nweb_identity_token_file = /token\n",
    "role": f"role_arn = {ROLE}\nsource_profile = base\n",
    "itself": f"role_arn = {ROLE}\nsource_profile = dev\n",
    "machine": f"role_arn = {ROLE}\ncredential_source = Ec2InstanceMetadata\n",
    "source alone": "source_profile = base\n",
}
SUBSETS = tuple(chain.from_iterable(combinations(PARTS, count) for count in range(len(PARTS) + 1)))


def written(parts: tuple[str, ...], key_id: str, token: str) -> str:
    values = dict(zip(PARTS, (key_id, SECRET, token, f"{token}-old"), strict=True))
    return "".join(f"{part} = {values[part]}\n" for part in parts)


@pytest.mark.parametrize("beside", BESIDE)
def test_spread_keys(beside: str) -> None:
    base = f"[base]\n{written(PARTS[:2], KEY_ID.replace('IOSF', 'IOSG'), '')}"
    for config, credentials in product(SUBSETS, SUBSETS):
        texts = {
            "config": f"[profile dev]\n{BESIDE[beside]}{written(config, KEY_ID, 'one')}",
            "credentials": f"{base}[dev]\n{written(credentials, TEMPORARY_ID, 'two')}",
        }
        check_truth(texts["config"], texts["credentials"])
        check_never(texts["config"], texts["credentials"])
        check_fixes(texts)
        check_declared(texts)
