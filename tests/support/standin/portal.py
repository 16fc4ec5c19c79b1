"""The part of the IAM Identity Center portal that gives out a role's keys; moto has none of it."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl

from .sts import Request, Response, Sts

TOKEN_HEADER = "x-amz-sso_bearer_token"

_ERROR_HEADER = "x-amzn-ErrorType"
_ROLE_SECONDS = 3600


class Portal:
    """Answers ``GetRoleCredentials``. ``tokens`` are the access tokens that are signed in."""

    def __init__(self, sts: Sts) -> None:
        self._sts = sts
        self.tokens: set[str] = set()
        self.assignments: set[tuple[str, str]] = set()
        """Pairs of account and permission set that the person is assigned to."""

    def answer(self, request: Request, query: str) -> Response | None:
        if (request.method, request.path) != ("GET", "/federation/credentials"):
            return None
        if request.headers.get(TOKEN_HEADER) not in self.tokens:
            return _error(401, "UnauthorizedException", "Session token not found or invalid")
        wanted = dict(parse_qsl(query))
        account, role = wanted.get("account_id", ""), wanted.get("role_name", "")
        if (account, role) not in self.assignments:
            return _error(403, "ForbiddenException", "No access")
        name = f"AWSReservedSSO_{role}_0123456789abcdef"
        session = self._sts.issue_session(
            account, f"arn:aws:sts::{account}:assumed-role/{name}/me", f"AROAEXAMPLE{role.upper()}:me", _ROLE_SECONDS
        )
        keys = {
            "accessKeyId": session.access_key_id,
            "secretAccessKey": session.secret,
            "sessionToken": session.token,
            "expiration": int(session.expires * 1000),
        }
        return Response(200, "application/json", json.dumps({"roleCredentials": keys}).encode())


def _error(status: int, name: str, message: str) -> Response:
    return Response(status, "application/json", json.dumps({"message": message}).encode(), ((_ERROR_HEADER, name),))
