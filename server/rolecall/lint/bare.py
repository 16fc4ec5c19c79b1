"""An option of a regular section, before anything is made of the section.

Rules about values nearly always find nothing, and what they find is decided by the value alone. So they are shown this
first; one that wants to know more, as it does to say where something stands, is run again on the whole.
"""

from __future__ import annotations

import re
from collections.abc import Set
from typing import NoReturn

from rolecall import catalog
from rolecall.lint.targets import plain
from rolecall.readers.botocore.merge import File

_SURELY_PLAIN = re.compile(r"[^\s\"']+")
"""Of values in regular sections, which are printable ASCII and hold no comment."""


class Deeper(Exception):
    """A rule looks at more than the value."""


class BareOption:
    """What `OptionTarget` and its option say of a value alone. Anything else raises `Deeper`."""

    __slots__ = ("file", "key", "live", "section_type", "setting", "value")

    is_nested = False
    nested = ()
    parent = None

    def __init__(
        self, file: File, section_type: str, setting: catalog.Setting | None, live: Set[str], key: str, value: str
    ) -> None:
        self.file = file
        self.live = live
        self.section_type = section_type
        self.setting = setting
        self.key = key
        self.value = value

    @property
    def option(self) -> BareOption:
        return self

    @property
    def written(self) -> str:
        return self.key

    @property
    def parsed(self) -> str:
        return self.value

    @property
    def plain(self) -> str:
        return self.value if _SURELY_PLAIN.fullmatch(self.value) else plain(self.value, self.setting, self.live)

    def is_reported(self, rule: str) -> bool:
        return rule in self.live

    def __getattr__(self, name: str) -> NoReturn:
        raise Deeper(name)
