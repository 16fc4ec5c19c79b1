"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator

from rolecall import catalog
from rolecall.edits import remove_section
from rolecall.lint import Finding, Fix, HeaderTarget, On, Severity, bare_name, quoted, rule
from rolecall.readers.botocore.merge import SectionType


@rule(on=On.HEADER, severity=Severity.INFORMATION, fixable=True, types=("sso-session",))
def unused_sso_session(target: HeaderTarget) -> Iterator[Finding]:
    """No profile uses an SSO session.

    A session alone gives no credentials: a profile names it under `sso_session`. It may be left over from a profile
    that is gone. You can still sign in to it with `aws sso login --sso-session NAME`, so this is information only.

    Bad:
    ```ini
    [sso-session corp]
    sso_start_url = https://corp.awsapps.com/start
    sso_region = eu-west-1
    ```

    Good:
    ```ini
    [profile dev]
    sso_session = corp
    sso_account_id = 123456789012
    sso_role_name = Developer

    [sso-session corp]
    sso_start_url = https://corp.awsapps.com/start
    sso_region = eu-west-1
    ```
    """
    stanza, view = target.stanzas[0], target.view
    if stanza.type is not SectionType.SSO_SESSION or not view.complete:
        return
    if view.is_referred(stanza.type, stanza.name) or view.stanzas(stanza.type, stanza.name)[-1] is not stanza:
        return
    strays = {bare_name(stanza.type, name) for name in view.strays(stanza.type)}
    is_misnamed = stanza.name in strays or catalog.suggest(stanza.name, strays) is not None
    if is_misnamed and view.is_reported("missing-sso-session"):
        # A profile names it wrongly.
        return
    yield Finding(
        stanza.place(),
        f"No profile uses SSO session {quoted(stanza.name)}",
        fixes=(Fix("Delete this section", lambda _: [remove_section(stanza)]),),
        readers=(),
    )
