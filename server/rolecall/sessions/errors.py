"""The one error of this layer: what failed, why in AWS's terms, and the way out.

Its words come from an allow-list: names of profiles, roles and Regions, known settings, AWS error codes and numbers.
botocore's own texts never get in, as they quote lines of the files, output of processes and parameter values.
"""

from __future__ import annotations

import re

from rolecall.catalog import looks_like_region

_LONGEST = 80
_ROLE_ARN = re.compile(r"arn:[\w-]+:iam::\d{12}:role/(?:[\w+=,.@-]+/)*([\w+=,.@-]{1,64})", re.ASCII)


class SessionError(Exception):
    """A session could not be had.

    ``str()`` is the whole sentence for the user. ``code`` is for programs: the name of a rule where a rule finds the
    same fault in the files, otherwise one of those in ``explain``; ``cancelled`` when the user gave up.
    """

    def __init__(self, code: str, problem: str, cause: str = "", way_out: str = "") -> None:
        super().__init__(code, problem, cause, way_out)
        self.code = code
        self.problem = problem
        self.cause = cause
        self.way_out = way_out

    def __str__(self) -> str:
        sentence = f"{self.problem}: {self.cause}." if self.cause else f"{self.problem}."
        return f"{sentence} {self.way_out}" if self.way_out else sentence


def cancelled() -> SessionError:
    """The user gave up: nothing that needs a message."""
    return SessionError("cancelled", "Cancelled")


def shown(name: str) -> str:
    """Return a name in double quotes: one line, at most eighty characters."""
    printable = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in name)
    return f'"{printable}"' if len(printable) <= _LONGEST else f'"{printable[: _LONGEST - 1]}…"'


def shown_role(role_arn: str | None, profile: str) -> str:
    """Return the name of a role, or that of its profile where the ARN is not one that may be shown."""
    match = _ROLE_ARN.fullmatch(role_arn or "")
    return match[1] if match else f"the role of profile {shown(profile)}"


def shown_region(region: str | None) -> str:
    """Return " in" and the Region, or nothing where the value does not look like one."""
    return f" in {region}" if region and looks_like_region(region) else ""
