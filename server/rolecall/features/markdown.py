"""Texts as Markdown. What comes out of a file is never taken for markup."""

from __future__ import annotations

import re
from functools import cache

from rolecall import catalog
from rolecall.catalog import Setting, ValueType
from rolecall.features.masking import one_line

# Within a line nothing else has a meaning, and an underscore only at the edge of a word.
_MARKUP = re.compile(r"([\\`*\[\]<>|~&$]|(?<![^\W_])_|_(?![^\W_]))")
_TICKS = re.compile(r"`+")

_TYPE_LABELS: dict[ValueType, str] = {
    "access-key-id": "access key ID",
    "account-id": "account ID",
    "arn": "ARN",
    "datetime": "time",
    "enum": "choice",
    "guid": "GUID",
    "mfa-serial": "MFA device",
    "nested": "block",
    "path-list": "list of paths",
    "profile-ref": "profile",
    "region": "Region",
    "role-arn": "role ARN",
    "services-ref": "services section",
    "sso-session-ref": "sso-session",
    "url": "URL",
}


def escape(text: str) -> str:
    """A text of at most 80 characters, in one line, that Markdown shows as it is."""
    return _MARKUP.sub(r"\\\1", one_line(text))


def code(text: str) -> str:
    """A text of at most 80 characters as code, also in a cell of a table; "" for none."""
    line = one_line(text).strip()
    if not line:
        return ""
    ticks = "`" * (max(map(len, _TICKS.findall(line)), default=0) + 1)
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    escaped = line.replace("|", r"\|")
    return f"{ticks}{pad}{escaped}{pad}{ticks}"


def type_label(setting: Setting) -> str:
    """What kind of value a setting takes: "Region", "integer, seconds", …"""
    label = _TYPE_LABELS.get(setting.type, setting.type)
    return f"{label}, {setting.units}" if setting.units else label


@cache
def meaning(setting: Setting) -> str:
    """What a setting means, in one line."""
    parts = [setting.help]
    if setting.note:
        parts.append(setting.note)
    if setting.deprecated:
        replacement = f": use `{setting.deprecated.replacement}`" if setting.deprecated.replacement else ""
        parts.append(f"Deprecated{replacement} ({setting.deprecated.message}).")
    return " ".join(parts)


@cache
def readers(setting: Setting) -> str:
    """Who reads a setting, which environment variables count instead, and where it is documented: at most two lines."""
    # People ask for these two first.
    tools = sorted(setting.tools, key=lambda tool: (not tool.startswith("awscli"), tool != "botocore"))
    lines = []
    if tools:
        names = ", ".join(catalog.tool_title(tool) for tool in tools)
        env = ", ".join(f"`{name}`" for name in setting.env)
        lines.append(f"Read by: {names}{' · overridden by ' if env else ''}{env}")
    if setting.docs:
        lines.append(f"[Documentation]({setting.docs})")
    return "  \n".join(lines)


@cache
def documentation(setting: Setting) -> str:
    """What there is to say of a setting wherever it may stand."""
    return "\n\n".join(filter(None, (meaning(setting), readers(setting))))
