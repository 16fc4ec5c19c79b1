"""A secret access key that was pasted where another value belongs is not shown again."""

from __future__ import annotations

from rolecall.accounts.fields import quoted
from rolecall.features.hover import hover
from rolecall.text import Position
from tests.support.check import service

SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"


def test_as_a_region() -> None:
    found = service({"config": f"[default]\nregion = {SECRET}\n"})
    shown = hover(found.workspace, "config", Position(1, 12))
    assert shown is not None
    assert SECRET not in shown.markdown


def test_in_an_accounts_file() -> None:
    assert quoted(SECRET) == "•••"
    assert quoted("admin") == '"admin"'
