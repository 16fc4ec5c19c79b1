"""The lines of a section for those who go over all sections of a file."""

from __future__ import annotations

from rolecall.syntax import Section
from rolecall.syntax.regular import regular


def texts_of(section: Section) -> list[str]:
    """The lines without their line ends; for the file's byte order mark stands a space, which is as wide.

    Of a regular section nothing is kept that was not before.
    """
    if regular(section) is None:
        texts = [line.text for line in section.lines]
        return [f" {texts[0][1:]}", *texts[1:]] if section.has_bom else texts
    texts = section.text.split("\n")
    if not texts[-1]:
        texts.pop()
    return [text.removesuffix("\r") for text in texts] if "\r" in section.text else texts


def is_blank(text: str) -> bool:
    """Whether there is nothing on a line but white space."""
    return not text or text.isspace()


def is_comment(text: str) -> bool:
    """Whether the first character of a line that is not white space begins a comment."""
    return text.lstrip()[:1] in ("#", ";")
