"""How headers are written, and those of the config file that do not say what their author meant."""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from rolecall.catalog import suggest
from rolecall.readers.botocore.merge import File, Meaning, SectionType, header_words, meaning
from rolecall.syntax import Line
from rolecall.syntax.regular import is_regular_header

_TYPES = ("profile", "sso-session", "services")
_PLAIN = ("default", "plugins", "preview")
_PARTED_TYPE = re.compile(r"sso[ _]sessions?\b\s*", re.IGNORECASE)
_JOINED = re.compile(rf"(?P<type>{'|'.join(_TYPES)})([-_.:/]|(?=[^-_.:/].))(?P<name>.+)", re.DOTALL)
_BARE_NAME = re.compile(r"[^\s\"'\\#]+")
_ORDINARY = re.compile(r"[\w@.+:/ -]+|[\w-]+ \"[^\"]+\"|[\w-]+ '[^']+'")
_UNWRITABLE = re.compile(r"[\]\r\n\x00]")
_IN_CREDENTIALS = re.compile(rf"(?:(?P<type>{'|'.join(_TYPES)})\s+)?(?P<name>.+)", re.DOTALL)


class Mistake(Enum):
    """What is wrong with a header, and who has which view of it."""

    NO_PREFIX = "a name alone, as in the credentials file; no tool reads it"
    NO_NAME = "a type alone; no tool reads it"
    UNKNOWN_TYPE = "a type that no tool knows"
    LOOSE_TYPE = "only botocore reads it, as it compares no more than the beginning of the type"
    INNER_SPACE = "white space behind the bracket; botocore and JavaScript do not read it"
    OPEN_QUOTE = "a quote that is not closed; only Go reads it"
    SEVERAL_WORDS = "a name of several words without quotes; only Go reads it"


class Misreading(Enum):
    """Why botocore does not read a header as it was meant."""

    NO_PREFIX = "a name alone, in the config file"
    NO_TYPE = "another form that no section of the config file has"
    PREFIX = "the word of the config file, in the credentials file"
    WRONG_FILE = "a section that the credentials file does not have"
    SPELLING = "white space or quotes that belong to the name, in the credentials file"
    UNCLOSED = "no bracket behind it, so that the file is refused"
    KEY = "no bracket behind it, so that it is a setting"
    SWALLOWED = "indented, so that it is a part of the setting above"
    NESTED = "indented, so that it is a line of a block, for which the file is refused"


class Misread(NamedTuple):
    """A mistake in a header.

    type    the type that is written, or that is missing its name
    better  the header that was probably meant; "" where nobody can know
    is_sure it surely was, and tools would read nothing else then than the author wanted
    """

    mistake: Mistake
    type: str
    better: str
    is_sure: bool = False


def header_of(file: File, type_: SectionType, name: str) -> str | None:
    """The text between the brackets that means a name in a file, in quotes where botocore needs them; None if none."""
    if type_ is SectionType.PROFILE and (file == "credentials" or name == "default"):
        text = name
    elif _BARE_NAME.fullmatch(name):
        text = f"{type_.value} {name}"
    else:
        # Between double quotes only these two are special to botocore's reading of a header.
        escaped = name.replace("\\", "\\\\").replace('"', '\\"')
        text = f'{type_.value} "{escaped}"'
    return text if is_writable(text) and meaning(file, text) == Meaning(type_, name) else None


def is_usual_header(file: File, header: str) -> bool:
    """Whether a header is one of a plain name in the form that its file wants."""
    if not is_regular_header(header):
        return False
    return (" " in header or header == "default") if file == "config" else " " not in header


def is_writable(header: str) -> bool:
    """Whether a text can stand between a header's brackets."""
    return header.strip() != "" and _UNWRITABLE.search(header) is None


def is_ordinary(header: str) -> bool:
    """Whether a text surely is that of a header, rather than a setting and its value."""
    return _ORDINARY.fullmatch(header) is not None


def header_text(line: Line) -> str:
    """The text between the brackets of a header, closed or not, without a comment behind it."""
    return line.text[line.indent + 1 : end_of_header(line)].removesuffix("]")


def end_of_header(line: Line) -> int:
    """The column behind a header, closed or not, and in front of a comment."""
    for column in range(line.indent + 1, len(line.text)):
        if line.text[column] in "#;" and line.text[column - 1].isspace():
            return len(line.text[:column].rstrip())
    return len(line.text.rstrip())


def meant_by(file: File, header: str) -> tuple[Meaning, ...]:
    """What the text between the brackets of a header was meant to say, in so far as botocore reads something else."""
    if file == "config":
        found = misread(header)
        if found is None or not found.better:
            return ()
        meant = meaning(file, found.better)
        if found.mistake is not Mistake.NO_PREFIX:
            return (meant,)
        # A bare name may be that of anything.
        return tuple(Meaning(SectionType(type_), meant.name) for type_ in _TYPES)
    parts = _IN_CREDENTIALS.fullmatch(header.strip())
    if parts is None:
        return ()
    name = _unquoted(parts["name"]).strip()
    meant = Meaning(SectionType(parts["type"] or "profile"), name)
    return (meant,) if name and meant != meaning(file, header) else ()


def misreading(file: File, header: str) -> Misreading:
    """Why a header for which `meant_by` gives something is not read so."""
    if file == "config":
        found = misread(header)
        return Misreading.NO_PREFIX if found and found.mistake is Mistake.NO_PREFIX else Misreading.NO_TYPE
    parts = _IN_CREDENTIALS.fullmatch(header.strip())
    if parts is None or parts["type"] is None:
        return Misreading.SPELLING
    return Misreading.PREFIX if parts["type"] == SectionType.PROFILE.value else Misreading.WRONG_FILE


def misread(header: str) -> Misread | None:
    """What is wrong with the text between the brackets of a header of the config file; None if nothing is."""
    found = meaning("config", header)
    if found.type is SectionType.DEFAULTS or header in _PLAIN:
        return None
    if found.type is not SectionType.IGNORED:
        written = (header_words(header) or [header])[0]
        loose = written != found.type.value
        return Misread(Mistake.LOOSE_TYPE, written, _better(found.type.value, found.name), True) if loose else None
    text = header.strip()
    if text != header and (text in _PLAIN or meaning("config", text).type is not SectionType.IGNORED):
        return Misread(Mistake.INNER_SPACE, text.split()[0], text, True)
    return _of_no_meaning(text)


def _of_no_meaning(text: str) -> Misread:
    parted = _PARTED_TYPE.match(text)
    word = parted[0].strip() if parted else (text.split(maxsplit=1) or [""])[0]
    name = text[len(word) :].strip()
    type_ = word if word in _TYPES else "sso-session" if parted else suggest(word, _TYPES)
    if not name and (parted or word.lower() in _TYPES):
        return Misread(Mistake.NO_NAME, type_ or word, "")
    if type_ == word:
        quoted = Mistake.OPEN_QUOTE if _is_open(name) else Mistake.SEVERAL_WORDS
        return Misread(quoted, word, _better(word, name.strip("\"'") if _is_open(name) else name))
    if type_ is not None and name:
        return Misread(Mistake.UNKNOWN_TYPE, word, _better(type_, _unquoted(name)), True)
    joined = _JOINED.fullmatch(text)
    if joined is not None and not name:
        return Misread(Mistake.UNKNOWN_TYPE, word, _better(joined["type"], joined["name"]))
    plain = suggest(text, _PLAIN)
    if plain is not None:
        return Misread(Mistake.UNKNOWN_TYPE, word, plain, plain == text.lower())
    if name or not word:
        return Misread(Mistake.UNKNOWN_TYPE, word, "")
    return Misread(Mistake.NO_PREFIX, "", _better("profile", text), True)


def _is_open(name: str) -> bool:
    return header_words(name) is None


def _unquoted(name: str) -> str:
    return name[1:-1] if len(name) > 2 and name[0] == name[-1] and name[0] in "\"'" else name


def _better(type_: str, name: str) -> str:
    return header_of("config", SectionType(type_), name) or ""
