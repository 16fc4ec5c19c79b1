"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall.lint import Finding, On, ReferenceTarget, Severity, View, rule, shown

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
    loop = _loop(target.view, target.profile.name)
    if not loop:
        return
    first = target.view.summary(loop[0])
    assert first is not None, "the profile that is looked at exists"
    names = [*loop, loop[0]]
    if len(names) > _SHOWN:
        names = [*names[: _SHOWN - 2], "…", loop[0]]
    chain = " → ".join(shown(name) for name in names)
    who = "the AWS CLI and boto3 cannot resolve it" if first.static else "no tool can resolve it"
    yield Finding(
        target.place,
        f"Role chain loops: {chain}; {who}",
        readers=("botocore", "rust", "java") if first.static else ("botocore", "javascript", "rust", "go", "java"),
    )


def _loop(view: View, start: str) -> list[str]:
    """The profiles that botocore goes through from one to itself; empty where it does not come back to it."""
    visited: dict[str, None] = {}
    name = start
    while name not in visited:
        summary = view.summary(name)
        # Keys end a chain, except those of the profile that it starts with.
        if summary is None or not summary.is_role or (summary.static and visited):
            return []
        source = summary.source_profile
        if source is None or summary.credential_source is not None or (source == name and summary.static):
            return []
        visited[name] = None
        name = source
    return list(visited) if name == start else []
