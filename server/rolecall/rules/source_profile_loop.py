"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.lint import Finding, On, ReferenceTarget, Severity, loop, rule, shown

_SHOWN = 6
"""Names of a loop that a message holds."""


@rule(on=On.REFERENCE, severity=Severity.ERROR, when=lambda shape: shape.returns)
def source_profile_loop(target: ReferenceTarget) -> Iterator[Finding]:
    """A role is assumed with a role that is assumed with the first one.

    Someone has to have credentials at the start. The AWS CLI and boto3 raise InfiniteLoopConfigError, and the other
    SDKs fail too. A profile may be its own source if it has keys of its own. Keys in one profile of a longer loop end
    it for the other profiles, but for botocore not for that profile itself.

    It is reported at each profile of the loop, as none of them works.

    Bad:
    ```ini
    [profile dev]
    role_arn = arn:aws:iam::123456789012:role/dev
    source_profile = ops

    [profile ops]
    role_arn = arn:aws:iam::123456789012:role/ops
    source_profile = dev
    ```

    Good:
    ```ini
    //- config
    [profile dev]
    role_arn = arn:aws:iam::123456789012:role/dev
    source_profile = base

    [profile ops]
    role_arn = arn:aws:iam::123456789012:role/ops
    source_profile = dev

    //- credentials
    [base]
    aws_access_key_id = AKIAIOSFODNN7EXAMPLE
    aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
    ```
    """
    if target.key != "source_profile" or not target.view.complete:
        return
    found = loop(target.view, target.profile.name)
    if not found:
        return
    first = target.view.summary(found[0])
    assert first is not None, "the profile that is looked at exists"
    names = [*found, found[0]]
    if len(names) > _SHOWN:
        names = [*names[: _SHOWN - 2], "…", found[0]]
    chain = " → ".join(shown(name) for name in names)
    who = "the AWS CLI and boto3 cannot resolve it" if first.static else "no tool can resolve it"
    yield Finding(
        target.place,
        f"Role chain loops: {chain}; {who}",
        readers=("botocore", "rust", "java") if first.static else ("botocore", "javascript", "rust", "go", "java"),
    )
