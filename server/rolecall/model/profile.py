"""A profile: what both files say of one name, with the origin of every value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from rolecall.model.account_id import account_of_key
from rolecall.model.stanza import Stanza
from rolecall.readers.botocore.ini import Option
from rolecall.readers.botocore.merge import File
from rolecall.readers.botocore.resolve import SSO_ALL, Provider, has_static_key, is_role, provider_of
from rolecall.readers.seen import Value

Kind = Literal["static", "session", "assume-role", "web-identity", "sso", "login", "process", "environment", "none"]


_FILE_OF_PROVIDER: Mapping[Provider | None, File] = {"shared-credentials-file": "credentials", "config-file": "config"}


class Effective(NamedTuple):
    """A value that counts, where it stands, and the places whose value it hides."""

    value: Value
    stanza: Stanza
    option: Option
    shadowed: tuple[tuple[Stanza, Option], ...] = ()

    @property
    def text(self) -> str:
        """The value where it is plain text; "" for a nested block."""
        return self.value if isinstance(self.value, str) else ""


class Summary(NamedTuple):
    """What other profiles may need to know of this one. A plain value: it is equal as long as nothing of it changed.

    provider     what it signs in with of its own, even if it is a role: what counts when it is a source profile
    static       either half of a key pair is there, which is what botocore calls static credentials
    keys_in      the files in which it has an access key id
    account_id   from its access key id, its role or its SSO account, where that can be known
    """

    name: str
    kind: Kind
    role_arn: str | None
    source_profile: str | None
    credential_source: str | None
    provider: Provider | None
    static: bool
    keys_in: tuple[File, ...]
    web_identity: bool
    sso_session: str | None
    account_id: str | None
    region: str | None

    @property
    def is_role(self) -> bool:
        """Whether botocore enters its assume-role provider."""
        return self.kind in ("assume-role", "environment")

    @property
    def signs_in_itself(self) -> bool:
        """Whether the provider is what it gives when it is chosen: it is no role, or a role that is its own source."""
        return not self.is_role or (self.source_profile == self.name and self.credential_source is None and self.static)


class Profile:
    """One name. Compared by identity.

    stanzas   every section that gives it something: those of the config file first, each file in its order
    settings  the values that count for botocore: of a key in both files, the credentials file's
    by_file   the values that count within each file (static keys are looked up file by file)
    """

    __slots__ = ("by_file", "name", "settings", "stanzas")

    def __init__(
        self,
        name: str,
        stanzas: tuple[Stanza, ...],
        settings: Mapping[str, Effective],
        by_file: Mapping[File, Mapping[str, Effective]],
    ) -> None:
        self.name = name
        self.stanzas = stanzas
        self.settings = settings
        self.by_file = by_file

    def get(self, key: str) -> str | None:
        """The plain value that counts, or None where there is none."""
        found = self.settings.get(key)
        return found.text if found is not None else None

    def values(self) -> dict[str, Value]:
        """Key to value, as `Session.full_config` has them."""
        return {key: found.value for key, found in self.settings.items()}

    @property
    def main(self) -> Stanza:
        """The section to show when there is room for one: the config file's, else the credentials file's."""
        return self.stanzas[0]

    @property
    def is_role(self) -> bool:
        """Whether botocore enters its assume-role provider."""
        return is_role(self.settings)

    @property
    def provider(self) -> Provider | None:
        """What botocore signs in with where it does not assume the profile's role."""
        return provider_of(self.values(), self.by_file["credentials"], self.by_file["config"])

    @property
    def signs_in_itself(self) -> bool:
        """Whether that is what it gives when it is chosen."""
        return not self.is_role or self.summary.signs_in_itself

    @property
    def keys_from(self) -> File | None:
        """The file whose access key botocore signs in with, or None where it signs in another way."""
        return _FILE_OF_PROVIDER.get(self.provider)

    @property
    def half_pair(self) -> Effective | None:
        """The access key id that botocore takes without finding the secret access key in the same file, for which it
        raises PartialCredentialsError."""
        file = self.keys_from
        found = self.by_file[file] if file is not None else {}
        return None if "aws_secret_access_key" in found else found.get("aws_access_key_id")

    @property
    def split_pair(self) -> tuple[Effective, Effective] | None:
        """An access key id as in `half_pair` and its secret access key, where that stands alone in the other file."""
        half = self.half_pair
        if half is None:
            return None
        other = self.by_file["config" if half.stanza.file == "credentials" else "credentials"]
        secret = other.get("aws_secret_access_key")
        return (half, secret) if secret is not None and "aws_access_key_id" not in other else None

    def missing_sso(self, session: Mapping[str, Value] | None) -> tuple[str, ...]:
        """The settings without which botocore refuses to sign in with SSO, given what the SSO session says."""
        return tuple(key for key in SSO_ALL if key not in self.settings and key not in (session or {}))

    @property
    def kind(self) -> Kind:
        """Where its credentials come from: the provider that botocore would try first."""
        settings = self.settings
        if self.is_role:
            return (
                "environment" if "credential_source" in settings and "source_profile" not in settings else "assume-role"
            )
        if self.get("web_identity_token_file"):
            return "web-identity"
        if "sso_account_id" in settings or "sso_role_name" in settings or "sso_session" in settings:
            return "sso"
        if "sso_start_url" in settings and not self.keys_in:
            return "sso"
        if "credentials" in self.keys_in:
            return self._static_kind("credentials")
        if "login_session" in settings:
            return "login"
        if "credential_process" in settings:
            return "process"
        return self._static_kind("config") if "config" in self.keys_in else "none"

    def _static_kind(self, file: File) -> Kind:
        found = self.by_file[file]
        has_token = "aws_session_token" in found or "aws_security_token" in found
        return "session" if has_token or found["aws_access_key_id"].text.startswith("ASIA") else "static"

    @property
    def keys_in(self) -> tuple[File, ...]:
        """The files in which it has an access key id, the one that botocore looks at first in front."""
        return tuple(file for file in ("credentials", "config") if "aws_access_key_id" in self.by_file[file])

    @property
    def key_id(self) -> Effective | None:
        """The access key id that botocore would use if it came to static keys."""
        for file in self.keys_in:
            return self.by_file[file]["aws_access_key_id"]
        return None

    @property
    def account_id(self) -> str | None:
        """Twelve digits, where the files say or the key id contains it."""
        kind = self.kind
        if kind in ("assume-role", "web-identity", "environment"):
            parts = (self.get("role_arn") or "").split(":")
            return parts[4] if len(parts) > 5 and len(parts[4]) == 12 and parts[4].isdigit() else None
        if kind == "sso":
            return self.get("sso_account_id")
        if kind in ("static", "session"):
            key = self.key_id
            return (account_of_key(key.text) if key else None) or self.get("aws_account_id") or None
        return self.get("aws_account_id") or None

    @property
    def summary(self) -> Summary:
        return Summary(
            self.name,
            self.kind,
            self.get("role_arn"),
            self.get("source_profile"),
            self.get("credential_source"),
            self.provider,
            has_static_key(self.settings),
            self.keys_in,
            bool(self.get("web_identity_token_file")),
            self.get("sso_session"),
            self.account_id,
            self.get("region"),
        )


def profile_of(name: str, stanzas: tuple[Stanza, ...], defaults: Mapping[File, tuple[Stanza, ...]]) -> Profile:
    """The profile that these sections make.

    stanzas   the sections that mean this name, the config file's first, each file in its order
    defaults  the [DEFAULT] sections of each file, whose keys appear in every section of it
    """
    by_file: dict[File, dict[str, Effective]] = {}
    counting: list[Stanza] = []
    for file in ("config", "credentials"):
        own = tuple(stanza for stanza in stanzas if stanza.file == file)
        # Sections with the very same header are one (the file is refused, but other SDKs merge them); of those that
        # only mean the same, such as [profile a] and [profile "a"], the last one takes the place of the others.
        last = own[-1].header if own else None
        own = tuple(stanza for stanza in own if stanza.header == last)
        counting += own
        values: dict[str, Effective] = {}
        for stanza in (*defaults.get(file, ()), *own) if own else ():
            for option in stanza.options:
                before = values.get(option.key)
                shadowed = (*before.shadowed, (before.stanza, before.option)) if before else ()
                values[option.key] = Effective(option.parsed, stanza, option, shadowed)
        by_file[file] = values
    settings = dict(by_file["config"])
    for key, found in by_file["credentials"].items():
        hidden = settings.get(key)
        shadowed = (*hidden.shadowed, (hidden.stanza, hidden.option)) if hidden is not None else ()
        settings[key] = found._replace(shadowed=(*shadowed, *found.shadowed))
    return Profile(name, tuple(counting), settings, by_file)
