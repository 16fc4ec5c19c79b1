"""What rules say about names that are nearly right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rolecall import catalog
from rolecall.edits import remove_option, replace_span
from rolecall.lint.findings import Fix, quoted
from rolecall.lint.layout import swallowed_lines
from rolecall.lint.targets import ReferenceTarget, View, uncommented
from rolecall.model.profile import Effective, Profile
from rolecall.readers.botocore.merge import SectionType


def did_you_mean(near: str | None) -> str:
    """The end of a message about a name that does not exist."""
    return f"; did you mean {quoted(near)}?" if near is not None else ""


def bare_name(type_: SectionType, name: str) -> str:
    """The name of a section without what people write around it: quotes, the word of the header, a comment."""
    return uncommented(name).removeprefix(f"{type_.value} ").strip("\"' ")


class Meant(NamedTuple):
    """The section that a name which does not exist probably stands for, None if none; it surely does if the names
    differ in nothing but case, quotes or the word of the header."""

    name: str | None
    is_sure: bool


def meant(target: ReferenceTarget) -> Meant:
    """What a reference to a section that does not exist was meant to name. No profile means itself."""
    bare = bare_name(target.type, target.name)
    near = bare if target.view.exists(target.type, bare) else target.view.near(target.type, bare)
    if near is None or (near == target.profile.name and target.key == "source_profile"):
        return Meant(None, is_sure=False)
    return Meant(near, near.casefold() == bare.casefold() and target.uncommented == target.name)


def corrections(target: ReferenceTarget, found: Meant) -> Iterator[Fix]:
    """Writes the name that was meant, where the value is one that stands in one line; takes away a line without one."""
    name, stanza, option = found.name, target.effective.stanza, target.effective.option
    if not option.value:
        yield Fix("Delete this line", lambda _: [remove_option(stanza, option)])
    if name is not None and option.value_span is not None and option.last == option.line:
        yield Fix(f"Change to {quoted(name)}", lambda _: [replace_span(target.place, name)], safe=found.is_sure)


def is_misspelled(profile: Profile, keys: Iterable[str], view: View) -> bool:
    """Whether one of these settings is there, but misspelled, or in a line that the setting above swallows, and that is
    reported where it stands. That it is missing is then a consequence."""
    wanted = tuple(keys)
    if view.is_reported("swallowed-line") and any(_swallows(found, wanted) for found in profile.settings.values()):
        return True
    return any(is_misspelling("profile", key, wanted, view) for key in profile.settings)


def is_misspelling(section_type: str, key: str, wanted: Iterable[str], view: View) -> bool:
    """Whether a key is one of these misspelled, and that is reported."""
    if catalog.setting(section_type, key) is not None or catalog.suggest(key, wanted) is None:
        return False
    return view.is_reported("misplaced-key" if catalog.places(key) else "unknown-key")


def _swallows(found: Effective, keys: tuple[str, ...]) -> bool:
    """Whether one of these settings has become a part of another one's value."""
    if found.option.last == found.option.line:
        return False
    lines = (found.stanza.section.lines[number] for number in swallowed_lines(found.stanza, found.option))
    return any(line.text[line.indent : line.delimiter].rstrip().lower() in keys for line in lines if line.delimiter > 0)
