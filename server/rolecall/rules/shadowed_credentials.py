"""See the rule's own documentation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rolecall.lint import Finding, On, ProfileTarget, Related, Severity, quoted, rule
from rolecall.model.form import Shape
from rolecall.model.profile import Effective, Profile
from rolecall.readers.botocore.merge import SectionType
from rolecall.readers.botocore.resolve import SSO_OWN

_ALL = ("botocore", "javascript", "rust", "go", "java")


class _Winner(NamedTuple):
    """What botocore signs in with.

    act      what it does, for a message
    setting  the setting that makes it do so
    keys     what other tools do that know the order of the access keys beside it
    readers  the tools that the message is true of
    """

    act: str
    setting: Effective
    keys: str = "; JavaScript uses them"
    readers: tuple[str, ...] = ("botocore", "javascript")


def _may_hide(shape: Shape) -> bool:
    """Whether there is more than one way to sign in."""
    ways = [shape.has(key) for key in ("role_arn", "web_identity_token_file", "login_session", "credential_process")]
    ways += [shape.has(*SSO_OWN), *("aws_access_key_id" in form.settings for form in shape.forms)]
    return sum(ways) > 1


@rule(
    on=On.PROFILE,
    severity=Severity.WARNING,
    keys=("aws_access_key_id", "web_identity_token_file", "role_arn"),
    when=_may_hide,
)
def shadowed_credentials(target: ProfileTarget) -> Iterator[Finding]:
    """A profile has several ways to sign in, of which one is never used.

    The AWS CLI and boto3 try them in this order and take the first that the profile has: a role with a source, a web
    identity, SSO, keys in the credentials file, `login_session`, `credential_process`, keys in the config file. The
    rest is ignored without a word, also when what comes first has expired. JavaScript has another order: keys go
    before all but a role, a role with `source_profile` before a web identity. With Go, too, keys go before SSO and
    before a process; with Rust and Java SSO and a process go before keys. So one profile can be two identities.

    It is information where the keys are temporary: there are tools that write them for programs that know nothing of
    SSO or roles. For the same reason a process beside SSO, a login or a role is not reported. The keys of a role that
    another role names as its source are used.

    Bad:
    ```ini
    //- config
    [profile dev]
    credential_process = /opt/bin/keys

    //- credentials
    [dev]
    aws_access_key_id = AKIAIOSFODNN7EXAMPLE
    aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
    ```

    Good:
    ```ini
    [profile dev]
    credential_process = /opt/bin/keys
    ```
    """
    profile = target.profile
    if not target.view.complete or profile.half_pair is not None:
        return
    winner = _winner(profile)
    if winner is not None:
        yield from _keys(target, winner)
        yield from _others(profile, winner)


def _winner(profile: Profile) -> _Winner | None:
    """What botocore signs in with when the profile is chosen; None where that is nothing, or where it surely fails."""
    settings = profile.settings
    if not profile.signs_in_itself:
        is_sure = ("source_profile" in settings) != ("credential_source" in settings)
        return _Winner("assume the role", settings["role_arn"], "", _ALL) if is_sure else None
    match profile.provider:
        case "assume-role-with-web-identity":
            found = settings["web_identity_token_file"]
            return _Winner("sign in with the web identity", found) if profile.get("role_arn") else None
        case "sso":
            found = next(settings[key] for key in SSO_OWN if key in settings)
            return _Winner("sign in with SSO", found, "; JavaScript and Go use them", _ALL)
        case "shared-credentials-file":
            return _Winner("use the keys", profile.by_file["credentials"]["aws_access_key_id"], "")
        case "login":
            return _Winner('use "login_session"', settings["login_session"])
        case "custom-process":
            found = settings["credential_process"]
            return _Winner('run "credential_process"', found, "; JavaScript and Go use them", _ALL)
        case _:
            return None


def _keys(target: ProfileTarget, winner: _Winner) -> Iterator[Finding]:
    """The access keys that are never used."""
    profile = target.profile
    if not profile.signs_in_itself and target.view.is_referred(SectionType.PROFILE, profile.name):
        return
    used = profile.keys_from if profile.signs_in_itself else None
    for file in profile.keys_in:
        key_id = profile.by_file[file]["aws_access_key_id"]
        # What comes from [DEFAULT] is another matter, and the same key twice makes no difference.
        if file != used and key_id.stanza.type is SectionType.PROFILE and key_id.value != winner.setting.value:
            yield _finding(
                key_id,
                "use these keys",
                winner,
                winner.keys,
                winner.readers,
                is_deliberate=_is_temporary(profile, key_id),
            )


def _others(profile: Profile, winner: _Winner) -> Iterator[Finding]:
    """The other ways to sign in that are never gone."""
    settings = profile.settings
    if winner.setting.option.key == "aws_access_key_id":
        if winner.setting.stanza.type is not SectionType.PROFILE:
            return
        for key, elsewhere, readers in (
            ("login_session", "; Rust uses it", ("botocore", "javascript", "rust")),
            ("credential_process", "; Rust and Java use it", _ALL),
        ):
            if key in settings:
                yield _finding(
                    settings[key],
                    f"use {quoted(key)}",
                    winner,
                    elsewhere,
                    readers,
                    is_deliberate=_is_temporary(profile, winner.setting),
                )
    elif winner.setting.option.key in ("role_arn", "web_identity_token_file"):
        sso = [settings[key] for key in reversed(SSO_OWN) if key in settings]
        for found in sso[:1]:
            yield _finding(found, "sign in with SSO", winner, "", ("botocore", "javascript"))
        if winner.setting.option.key == "web_identity_token_file":
            yield from _sources(profile, winner)


def _sources(profile: Profile, winner: _Winner) -> Iterator[Finding]:
    """The source of a role that is assumed with a web identity."""
    sources = [key for key in ("source_profile", "credential_source") if key in profile.settings]
    for key in sources[:1]:
        found = profile.settings[key]
        elsewhere = "; JavaScript assumes the role with it" if len(sources) == 1 and found.text else ""
        readers = ("botocore", "javascript", "rust", "java")
        yield _finding(found, f"use {quoted(key)}", winner, elsewhere, readers)


def _finding(
    found: Effective,
    never: str,
    winner: _Winner,
    elsewhere: str,
    readers: tuple[str, ...],
    *,
    is_deliberate: bool = False,
) -> Finding:
    stanza, option = winner.setting.stanza, winner.setting.option
    where = "line {0}" if stanza.file == found.stanza.file else f"line {{0}} of the {stanza.file} file"
    return Finding(
        found.stanza.place(found.option.key_span),
        f"The AWS CLI and boto3 never {never}, but {winner.act} ({where}){elsewhere}",
        related=(Related(stanza.place(option.key_span), "What goes first"),),
        severity=Severity.INFORMATION if is_deliberate else Severity.WARNING,
        readers=readers,
    )


def _is_temporary(profile: Profile, key_id: Effective) -> bool:
    """Whether some tool has written the keys, rather than a person."""
    found = profile.by_file[key_id.stanza.file]
    return key_id.text.startswith("ASIA") or "aws_session_token" in found or "aws_security_token" in found
