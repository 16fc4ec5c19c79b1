"""What a team has agreed on for the files that a command is about."""

from __future__ import annotations

import os
from collections.abc import Iterator

from rolecall.cli.files import Loaded
from rolecall.cli.terminal import displayed, plain
from rolecall.host import Host
from rolecall.store.project import ProjectSettings, project_settings


def project_of(host: Host, pair: Loaded) -> ProjectSettings:
    """What counts for a pair: for the folder of the first file that is reported."""
    if not pair.reported:
        return ProjectSettings()
    return project_settings(host, os.path.dirname(pair.documents[pair.reported[0]].path))


def project_problems(host: Host, project: ProjectSettings) -> Iterator[str]:
    """Sentences about what is wrong with the file that says so."""
    for problem in project.problems:
        end = "" if problem.message.endswith("?") else "."
        yield plain(f"{displayed(host, project.path or '')}:{problem.line + 1}: {problem.message}{end}")
