"""Run the stand-in until SIGTERM, SIGINT, or the end of standard input where that is a pipe.

It prints one line of JSON when it is ready: ``url``, ``mfaCode``, and ``keys`` as a list of ``accessKeyId``,
``secretAccessKey``, ``account`` and ``arn``. The configuration file is JSON with the optional members ``keys`` (as in
that line, with ``user`` in place of ``arn``), ``deniedRoles``, ``requiresMfa`` and ``knownDevices``.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import stat
import sys
import threading
from pathlib import Path
from typing import Any

from .keys import DOCUMENTED_KEYS, LongTermKey, make_key
from .server import StandIn
from .sts import MFA_CODE

_ACCOUNTS = ("111122223333", "444455556666")


def _demo_keys() -> tuple[LongTermKey, ...]:
    """Return the documented keys, and one key for each of two accounts whose id tells the account."""
    return (*DOCUMENTED_KEYS, *(LongTermKey(*make_key(account), account, "demo") for account in _ACCOUNTS))


def _strictness(path: Path | None, *, single_use: bool) -> dict[str, Any]:
    config: dict[str, Any] = json.loads(path.read_text("utf-8")) if path else {}
    listed = tuple(
        LongTermKey(key["accessKeyId"], key["secretAccessKey"], key["account"], key["user"])
        for key in config.get("keys", ())
    )
    return {
        "keys": (*_demo_keys(), *listed),
        "denied_roles": config.get("deniedRoles", ()),
        "requires_mfa": config.get("requiresMfa", ()),
        "known_devices": config.get("knownDevices"),
        "reusable_codes": not single_use,
    }


def _is_pipe(descriptor: int) -> bool:
    """Tell whether a parent holds the other end; /dev/null ends at once and a terminal has Ctrl-C."""
    mode = os.fstat(descriptor).st_mode
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.support.standin", description="A local stand-in for AWS.")
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1; 0 takes a free one")
    parser.add_argument("--config", type=Path, help="JSON file: keys, deniedRoles, requiresMfa, knownDevices")
    parser.add_argument(
        "--single-use", action="store_true", help="accept an MFA code once in thirty seconds, as AWS does"
    )
    arguments = parser.parse_args()

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())

    def wait_for_end_of_input() -> None:
        # os.read() holds no lock that the interpreter would need to shut down.
        while os.read(sys.stdin.fileno(), 4096):
            pass
        stop.set()

    with StandIn(port=arguments.port, **_strictness(arguments.config, single_use=arguments.single_use)) as aws:
        keys = [
            {"accessKeyId": key.access_key_id, "secretAccessKey": key.secret, "account": key.account, "arn": key.arn}
            for key in aws.sts.keys.values()
        ]
        print(json.dumps({"url": aws.url, "mfaCode": MFA_CODE, "keys": keys}), flush=True)
        if _is_pipe(sys.stdin.fileno()):
            threading.Thread(target=wait_for_end_of_input, daemon=True).start()
        stop.wait()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
