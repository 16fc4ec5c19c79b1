"""The tools whose reading of the two files we know, each behind the same face."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, Protocol

from rolecall.readers.botocore.reading import read as read_as_botocore
from rolecall.readers.c import read as read_as_c
from rolecall.readers.go import read as read_as_go
from rolecall.readers.java import read as read_as_java
from rolecall.readers.javascript.reading import read as read_as_javascript
from rolecall.readers.rust import read as read_as_rust
from rolecall.readers.seen import Outcome, Seen, Source


class Reading(Protocol):
    """A tool's reading of one pair of files. Nothing in it is computed by running the tool."""

    @property
    def seen(self) -> Seen:
        """What it sees."""

    def region(self, profile: str) -> str | None:
        """The Region that it uses for a profile that it sees, where the files give one."""

    def resolution(self, profile: str) -> Outcome | None:
        """How resolving the credentials of a profile that it sees ends; None where we do not follow the tool there."""


class Tool(NamedTuple):
    """A tool. `title` is what people call it; `read` takes the config and the credentials file."""

    title: str
    read: Callable[[Source, Source], Reading]


TOOLS: Mapping[str, Tool] = {
    "botocore": Tool("The AWS CLI and boto3", read_as_botocore),
    "javascript": Tool("The AWS SDK for JavaScript", read_as_javascript),
    "rust": Tool("The AWS SDK for Rust", read_as_rust),
    "go": Tool("The AWS SDK for Go", read_as_go),
    "c": Tool("The AWS Common Runtime (C)", read_as_c),
    "java": Tool("The AWS SDK for Java", read_as_java),
}
"""By the names of `rolecall.settings.READERS`, in their order."""
