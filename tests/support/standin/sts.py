"""STS as strict as AWS is, where moto is not: keys, signatures, MFA codes, expiry and the limit on role chains."""

from __future__ import annotations

import hashlib
import hmac
import re
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import parse_qsl
from xml.sax.saxutils import escape

from moto.sts.models import sts_backends

from .keys import DOCUMENTED_KEYS, LongTermKey

MFA_CODE = "123456"
"""The code that every MFA device accepts."""

_NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/"
_AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=(?P<key>\w+)/"
    r"(?P<scope>(?P<date>\d{8})/(?P<region>[\w-]+)/(?P<service>[\w-]+)/aws4_request),"
    r" ?SignedHeaders=(?P<headers>[\w;-]+), ?Signature=(?P<signature>[0-9a-f]{64})",
    re.ASCII,
)
_ROLE_ARN = re.compile(
    r"arn:[\w-]+:iam::(?P<account>\d{12}):role/(?:[\w+=,.@-]+/)*(?P<name>[\w+=,.@-]{1,64})", re.ASCII
)
_MFA_STEP_SECONDS = 30


class Request(NamedTuple):
    """What the strict layer looks at: the method, path, lower-case header names and the raw body."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode("latin-1"), keep_blank_values=True))

    @property
    def access_key_id(self) -> str | None:
        match = _AUTHORIZATION.match(self.headers.get("authorization", ""))
        return match["key"] if match else None


class Response(NamedTuple):
    status: int
    content_type: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class IssuedSession:
    """Temporary credentials and the identity that they speak for; ``expires`` counts seconds since 1970."""

    access_key_id: str
    secret: str = field(repr=False)
    token: str = field(repr=False)
    expires: float
    account: str
    arn: str
    user_id: str
    with_mfa: bool = False

    @property
    def is_role(self) -> bool:
        return ":assumed-role/" in self.arn


class _Refusal(Exception):
    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(code)
        self.response = error(status, code, message)


class Sts:
    """The four STS actions that Rolecall uses. ``answer`` returns None for every other request."""

    def __init__(
        self,
        now: Callable[[], float],
        *,
        keys: Iterable[LongTermKey] = DOCUMENTED_KEYS,
        denied_roles: Iterable[str] = (),
        requires_mfa: Iterable[str] = (),
        known_devices: Iterable[str] | None = None,
        reusable_codes: bool = False,
    ) -> None:
        """``reusable_codes`` lets an MFA code count more than once in its thirty seconds, which AWS does not."""
        self._now = now
        self._lock = threading.RLock()
        self.keys = {key.access_key_id: key for key in keys}
        self.sessions: dict[str, IssuedSession] = {}
        self.denied_roles = set(denied_roles)
        self.requires_mfa = set(requires_mfa)
        self.known_devices = None if known_devices is None else set(known_devices)
        self.reusable_codes = reusable_codes
        self._used_codes: set[tuple[str, int]] = set()
        self._actions: dict[str, Callable[[Request, dict[str, str]], Response]] = {
            "GetCallerIdentity": self._get_caller_identity,
            "AssumeRole": self._assume_role,
            "AssumeRoleWithWebIdentity": self._assume_role_with_web_identity,
            "GetSessionToken": self._get_session_token,
        }

    def answer(self, request: Request) -> Response | None:
        form = request.form if request.method == "POST" and request.path == "/" else {}
        action = self._actions.get(form.get("Action", ""))
        if action is None or form.get("Version") != "2011-06-15":
            return None
        with self._lock:
            try:
                return action(request, form)
            except _Refusal as refusal:
                return refusal.response

    def issue_session(
        self,
        account: str,
        arn: str,
        user_id: str,
        seconds: float,
        *,
        role_arn: str | None = None,
        with_mfa: bool = False,
    ) -> IssuedSession:
        """Make temporary credentials; moto knows them too, so that calls to its other services land in the account."""
        issued = sts_backends[account]["aws"].assume_role(
            "us-east-1", "session", role_arn or f"arn:aws:iam::{account}:role/Unnamed", "", int(max(seconds, 0)), ""
        )
        session = IssuedSession(
            issued.access_key_id,
            issued.secret_access_key,
            issued.session_token,
            self._now() + seconds,
            account,
            arn,
            user_id,
            with_mfa,
        )
        with self._lock:
            self.sessions[session.access_key_id] = session
        return session

    def _caller(self, request: Request) -> LongTermKey | IssuedSession:
        """Return who signed the request, or refuse it in the order in which AWS does."""
        match = _AUTHORIZATION.match(request.headers.get("authorization", ""))
        if match is None:
            raise _Refusal(403, "MissingAuthenticationToken", "Request is missing Authentication Token")
        caller = self.keys.get(match["key"]) or self.sessions.get(match["key"])
        token = request.headers.get("x-amz-security-token")
        if caller is None or token != (caller.token if isinstance(caller, IssuedSession) else None):
            raise _Refusal(403, "InvalidClientTokenId", "The security token included in the request is invalid.")
        if not hmac.compare_digest(_signature(request, match, caller.secret), match["signature"]):
            raise _Refusal(
                403,
                "SignatureDoesNotMatch",
                "The request signature we calculated does not match the signature you provided.",
            )
        if isinstance(caller, IssuedSession) and self._now() >= caller.expires:
            raise _Refusal(403, "ExpiredToken", "The security token included in the request is expired")
        return caller

    def _check_mfa(self, form: dict[str, str]) -> bool:
        """Return whether the request proved a second factor; refuse a wrong or used code."""
        serial, code = form.get("SerialNumber"), form.get("TokenCode")
        if serial is None and code is None:
            return False
        if serial is None or code is None:
            raise _mfa_refusal("must provide both MFA serial number and one time pass code.")
        if self.known_devices is not None and serial not in self.known_devices:
            raise _mfa_refusal(
                "unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this"
                " user."
            )
        use = (serial, int(self._now() // _MFA_STEP_SECONDS))
        if code != MFA_CODE or (use in self._used_codes and not self.reusable_codes):
            raise _mfa_refusal("with invalid MFA one time pass code. ", separator=" ")
        self._used_codes.add(use)
        return True

    def _get_caller_identity(self, request: Request, form: dict[str, str]) -> Response:
        caller = self._caller(request)
        user_id = caller.user_id if isinstance(caller, IssuedSession) else _user_id(caller)
        return success("GetCallerIdentity", {"Arn": caller.arn, "UserId": user_id, "Account": caller.account})

    def _assume_role(self, request: Request, form: dict[str, str]) -> Response:
        caller = self._caller(request)
        with_mfa = self._check_mfa(form) or (isinstance(caller, IssuedSession) and caller.with_mfa)
        role_arn = form.get("RoleArn", "")
        seconds = self._duration(form, 3600, 43200)
        if isinstance(caller, IssuedSession) and caller.is_role and seconds > 3600:
            raise _Refusal(
                400,
                "ValidationError",
                "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining",
            )
        role = _ROLE_ARN.fullmatch(role_arn)
        if role is None:
            raise _Refusal(400, "ValidationError", f"{role_arn} is invalid")
        if role_arn in self.denied_roles or (role_arn in self.requires_mfa and not with_mfa):
            raise _Refusal(
                403,
                "AccessDenied",
                f"User: {caller.arn} is not authorized to perform: sts:AssumeRole on resource: {role_arn}",
            )
        return self._role_session("AssumeRole", role, form, seconds, with_mfa=with_mfa)

    def _assume_role_with_web_identity(self, request: Request, form: dict[str, str]) -> Response:
        role = _ROLE_ARN.fullmatch(form.get("RoleArn", ""))
        if role is None:
            raise _Refusal(400, "ValidationError", "The role is invalid")
        if form.get("WebIdentityToken", "").count(".") != 2:
            raise _Refusal(400, "InvalidIdentityToken", "The ID Token provided is not a valid JWT.")
        return self._role_session(
            "AssumeRoleWithWebIdentity", role, form, self._duration(form, 3600, 43200), with_mfa=False
        )

    def _role_session(
        self, action: str, role: re.Match[str], form: dict[str, str], seconds: int, *, with_mfa: bool
    ) -> Response:
        name = form.get("RoleSessionName", "")
        if re.fullmatch(r"[\w+=,.@-]{2,64}", name, re.ASCII) is None:
            raise _Refusal(400, "ValidationError", "The role session name is invalid")
        account = role["account"]
        arn = f"arn:aws:sts::{account}:assumed-role/{role['name']}/{name}"
        digest = hashlib.sha256(role[0].encode()).hexdigest().upper()
        user_id = f"AROA{digest[:17]}:{name}"
        session = self.issue_session(account, arn, user_id, seconds, role_arn=role[0], with_mfa=with_mfa)
        return success(
            action,
            {"Credentials": _credentials(session), "AssumedRoleUser": {"AssumedRoleId": user_id, "Arn": arn}},
        )

    def _get_session_token(self, request: Request, form: dict[str, str]) -> Response:
        caller = self._caller(request)
        if isinstance(caller, IssuedSession):
            raise _Refusal(403, "AccessDenied", "Cannot call GetSessionToken with session credentials")
        with_mfa = self._check_mfa(form)
        seconds = self._duration(form, 43200, 129600)
        session = self.issue_session(caller.account, caller.arn, _user_id(caller), seconds, with_mfa=with_mfa)
        return success("GetSessionToken", {"Credentials": _credentials(session)})

    @staticmethod
    def _duration(form: dict[str, str], default: int, longest: int) -> int:
        seconds = int(form.get("DurationSeconds") or default)
        if not 900 <= seconds <= longest:
            raise _Refusal(400, "ValidationError", f"DurationSeconds must be between 900 and {longest}")
        return seconds


def _mfa_refusal(text: str, separator: str = ", ") -> _Refusal:
    return _Refusal(403, "AccessDenied", f"MultiFactorAuthentication failed{separator}{text}")


def _user_id(key: LongTermKey) -> str:
    return "AIDA" + hashlib.sha256(key.arn.encode()).hexdigest().upper()[:17]


def _credentials(session: IssuedSession) -> dict[str, str]:
    return {
        "AccessKeyId": session.access_key_id,
        "SecretAccessKey": session.secret,
        "SessionToken": session.token,
        "Expiration": datetime.fromtimestamp(session.expires, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def _signature(request: Request, match: re.Match[str], secret: str) -> str:
    """Compute AWS Signature Version 4 of a POST without a query string."""
    names = match["headers"].split(";")
    headers = "".join(f"{name}:{' '.join(request.headers.get(name, '').split())}\n" for name in names)
    canonical = "\n".join(
        [request.method, request.path, "", headers, match["headers"], hashlib.sha256(request.body).hexdigest()]
    )
    to_sign = "\n".join(
        [
            "AWS4-HMAC-SHA256",
            request.headers.get("x-amz-date", ""),
            match["scope"],
            hashlib.sha256(canonical.encode()).hexdigest(),
        ]
    )
    key = f"AWS4{secret}".encode()
    for part in (match["date"], match["region"], match["service"], "aws4_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    return hmac.digest(key, to_sign.encode(), "sha256").hex()


def _xml(tree: Mapping[str, object]) -> str:
    """Write nested mappings as elements."""
    return "".join(
        f"<{name}>{_xml(value) if isinstance(value, Mapping) else escape(str(value))}</{name}>"
        for name, value in tree.items()
    )


def success(action: str, result: Mapping[str, object]) -> Response:
    tree = {f"{action}Result": result, "ResponseMetadata": {"RequestId": "00000000-0000-0000-0000-000000000000"}}
    return Response(200, "text/xml", f'<{action}Response xmlns="{_NAMESPACE}">{_xml(tree)}</{action}Response>'.encode())


def error(status: int, code: str, message: str) -> Response:
    tree = {"Error": {"Type": "Sender", "Code": code, "Message": message}, "RequestId": "0"}
    return Response(status, "text/xml", f'<ErrorResponse xmlns="{_NAMESPACE}">{_xml(tree)}</ErrorResponse>'.encode())
