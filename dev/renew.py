"""Asks the demo's AWS for a new session and prints it as JSON.

Reads ``{"url", "keyId", "secret"}`` on standard input: the key is made up, but a secret does not belong among
a program's arguments. Prints ``{"keyId", "secret", "token"}``.
"""

from __future__ import annotations

import json
import sys

import botocore.session


def main() -> int:
    given = json.load(sys.stdin)
    sts = botocore.session.Session().create_client(
        "sts",
        region_name="eu-west-1",
        endpoint_url=given["url"],
        aws_access_key_id=given["keyId"],
        aws_secret_access_key=given["secret"],
    )
    session = sts.get_session_token(DurationSeconds=3600)["Credentials"]
    renewed = {"keyId": session["AccessKeyId"], "secret": session["SecretAccessKey"], "token": session["SessionToken"]}
    print(json.dumps(renewed))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
