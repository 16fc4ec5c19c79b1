"""An Error about a value is reported where botocore refuses the profile for it, and nowhere else."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rolecall.lint import Severity
from rolecall.readers.botocore.merge import read, read_file
from rolecall.readers.botocore.resolve import resolve
from rolecall.syntax import parse
from tests.properties.test_truth import chain
from tests.support.check import service
from tests.support.pairs import KEY_ID, ROLE, SECRET

RULES = {"invalid-value", "invalid-duration", "invalid-role-arn", "unknown-region"}

# Settings whose value alone may make botocore fail on its way to credentials.
VALUES = st.fixed_dictionaries(
    {"region": st.sampled_from(["eu-west-1", "eu-west-1", "eu_west_1"])},
    optional={
        "role_session_name": st.sampled_from(["me", "m"]),
        "external_id": st.sampled_from(["abc", "x"]),
        "mfa_serial": st.sampled_from(["arn:aws:iam::123456789012:mfa/me", "short"]),
        "duration_seconds": st.sampled_from(["900", "899", "43200", "-1"]),
        "retry_mode": st.sampled_from(["legacy", "standard", "Standard", "x"]),
        "max_attempts": st.sampled_from(["1", "0", "x", "+3", "1_0"]),
        "sts_regional_endpoints": st.sampled_from(["legacy", "LEGACY"]),
        "defaults_mode": st.sampled_from(["auto", "AUTO", "x"]),
        "account_id_endpoint_mode": st.sampled_from(["Required", "x"]),
        "request_checksum_calculation": st.sampled_from(["WHEN_REQUIRED", "x"]),
        "request_min_compression_size_bytes": st.sampled_from(["1", "0", "1048576", "1048577"]),
        "s3_us_east_1_regional_endpoint": st.sampled_from(["regional", "Regional"]),
        "s3_disable_express_session_auth": st.sampled_from(["TRUE", "yes"]),
        "endpoint_url": st.sampled_from(["http://localhost:4566", "localhost:4566", "http://my_stack"]),
    },
)
SOURCES = st.sampled_from(
    [{"source_profile": "base"}]
    + [{"credential_source": value} for value in ("EcsContainer", "Ec2InstanceMetadata", "ecscontainer")]
)
CREDENTIALS = f"[base]\naws_access_key_id = {KEY_ID}\naws_secret_access_key = {SECRET}\n"


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(VALUES, SOURCES, st.sampled_from([ROLE, ROLE, "admin"]))
def test_errors_about_values_are_those_of_botocore(values: dict[str, str], source: dict[str, str], role: str) -> None:
    lines = {"role_arn": role, **source, **values}
    config = "[profile ops]\n" + "".join(f"{key} = {value}\n" for key, value in lines.items())
    view = read(read_file(parse(config)), read_file(parse(CREDENTIALS)))
    outcome = resolve(view, "ops")
    linted = service({"config": config, "credentials": CREDENTIALS})
    found = [one for name in chain(view, "ops") for one in linted.problems(name) if one.rule in RULES]
    if outcome.ok:
        assert not [one for one in found if one.severity is Severity.ERROR], found
    else:
        assert found, outcome
