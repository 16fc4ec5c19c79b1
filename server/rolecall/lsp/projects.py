"""What teams have agreed on in `rolecall.toml`: for each folder with AWS files the nearest one, as on disk."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from rolecall.host import FileStamp, Host
from rolecall.lsp.convert import Json, Units, text_lines
from rolecall.store.project import NAME, ProjectProblem, ProjectSettings, parse_project, places, project_settings
from rolecall.text import Span, split_lines

_WARNING = 2


def is_project(path: str) -> bool:
    """Whether a path is that of such a file."""
    return os.path.basename(path) == NAME


class Projects:
    """The files by the folder that they count in, each read when it is first asked for and when one has changed."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._found: dict[str, ProjectSettings] = {}
        self._stamps: dict[str, Mapping[str, FileStamp | None]] = {}

    def of(self, folder: str) -> ProjectSettings:
        """What counts for the files of a folder; nothing does for what lies in no folder, as what was never saved."""
        if not os.path.isabs(folder):
            return ProjectSettings()
        if folder not in self._found:
            self._stamps[folder] = self._look(folder)
            self._found[folder] = project_settings(self._host, folder)
        return self._found[folder]

    def have_changed(self) -> bool:
        """Whether another file counts in some folder, or the same one has changed. It is read anew then."""
        changed = [folder for folder, stamps in self._stamps.items() if self._look(folder) != stamps]
        for folder in changed:
            del self._found[folder], self._stamps[folder]
        return bool(changed)

    def _look(self, folder: str) -> Mapping[str, FileStamp | None]:
        return {path: self._host.stamp(path) for path in places(self._host, folder)}

    def problems(self, folders: Iterable[str]) -> dict[str, tuple[str, tuple[ProjectProblem, ...]]]:
        """The text of each file that counts in one of some folders, and what is wrong with it, by path."""
        found = {project.path: project.problems for folder in folders if (project := self.of(folder)).problems}
        return {path: (self._host.read(path).text, problems) for path, problems in found.items() if path is not None}


def diagnostics(text: str, problems: tuple[ProjectProblem, ...], units: Units) -> list[Json]:
    """What is wrong with such a file."""
    lines = [line.rstrip() for line in split_lines(text)] or [""]
    shown = []
    for line, message in problems:
        number = min(line, len(lines) - 1)
        span = Span(number, len(lines[number]) - len(lines[number].lstrip()), len(lines[number]))
        place = units.span(text_lines(text), span)
        shown.append({"range": place, "severity": _WARNING, "source": "rolecall", "message": message})
    return shown


def problems_of(path: str, text: str) -> tuple[ProjectProblem, ...]:
    """What is wrong with a file as it is in the editor."""
    return parse_project(path, text).problems
