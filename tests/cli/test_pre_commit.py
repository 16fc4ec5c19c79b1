"""The hooks in `.pre-commit-hooks.yaml`, run by the real pre-commit for real commits, without any network.

pre-commit takes this project as it takes any: it clones a repository, builds the package in it and installs that into
an environment of its own. What the build needs is already here, and what the command needs beside itself is, too.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sysconfig
from pathlib import Path

import pytest

from tests.cli.support import SECRET, put

ROOT = Path(__file__).parents[2]
PACKED = [".pre-commit-hooks.yaml", "pyproject.toml", "README.md", "LICENSE"]
BUILT_WITH = ["hatchling", "packaging", "pathspec", "pluggy", "tomlkit", "trove_classifiers"]
NEEDED = ["platformdirs"]

CREDENTIALS = f"[base]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = {SECRET}\n"
CONFIG = """\
[profile ops]
role_arn = arn:aws:iam::444455556666:role/OpsRole
source_profile = base
region = eu-west-1
"""
TWICE = "\n[profile ops]\noutput = json\n"

pytestmark = pytest.mark.skipif(
    shutil.which("git") is None or os.name == "nt", reason="needs git, and folders that can be linked"
)


class Workshop:
    """A repository of this project, one of a team that uses its hooks, and what is run in them."""

    def __init__(self, folder: Path) -> None:
        self.project, self.team, libraries = folder / "project", folder / "team", folder / "libraries"
        scripts = sysconfig.get_path("scripts")
        self.environment = {
            "HOME": str(folder),
            "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}",
            "PRE_COMMIT_HOME": str(folder / "cache"),
            "PYTHONPATH": str(libraries),
            "PIP_NO_INDEX": "1",
            "PIP_NO_DEPS": "1",
            "PIP_NO_BUILD_ISOLATION": "0",  # pip reads the "no" of this name twice.
            **{
                f"GIT_{who}_{what}": "team@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
            },
        }
        for repository in (self.project, self.team):
            repository.mkdir()
            self.run("git", "init", "-q", cwd=repository)
        for name in PACKED:
            shutil.copy(ROOT / name, self.project)
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "server" / "rolecall", self.project / "server" / "rolecall", ignore=ignored)
        self.run("git", "add", ".", cwd=self.project)
        self.run("git", "commit", "-qm", "All", cwd=self.project)
        libraries.mkdir()
        packages = Path(sysconfig.get_path("purelib"))
        for name in BUILT_WITH + NEEDED:
            (libraries / name).symlink_to(packages / name)
            (found,) = packages.glob(f"{name}-*.dist-info")
            (libraries / found.name).symlink_to(found)

    def run(self, *argv: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            argv,
            check=False,
            cwd=cwd or self.team,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
        )

    def commit(self, hook: str, **texts: str | None) -> subprocess.CompletedProcess[str]:
        """Commit files of `prod/.aws` with a hook at work; None removes one."""
        revision = self.run("git", "rev-parse", "HEAD", cwd=self.project).stdout.strip()
        configuration = f"repos: [{{repo: '{self.project}', rev: {revision}, hooks: [{{id: {hook}}}]}}]\n"
        put(self.team / ".pre-commit-config.yaml", configuration)
        for name, text in texts.items():
            path = self.team / "prod" / ".aws" / name
            if text is None:
                path.unlink()
            else:
                put(path, text)
        self.run("git", "add", "--all")
        self.run("pre-commit", "install")
        return self.run("git", "commit", "-m", "Change")

    def text(self, name: str) -> str:
        return (self.team / "prod" / ".aws" / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop(tmp_path_factory.mktemp("pre-commit"))


def test_a_broken_file_blocks_the_commit_and_a_right_one_passes(workshop: Workshop) -> None:
    blocked = workshop.commit("rolecall", config=CONFIG + TWICE, credentials=CREDENTIALS)
    assert blocked.returncode == 1, blocked.stdout
    assert "AWS profiles (rolecall)" in blocked.stdout
    assert "prod/.aws/config\n  6:1  error    duplicate-section" in blocked.stdout
    assert 'Section "[profile ops]" is already defined on line 1' in blocked.stdout
    assert "The AWS CLI cannot read prod/.aws/config until it is fixed." in blocked.stdout
    assert SECRET not in blocked.stdout
    passed = workshop.commit("rolecall", config=CONFIG)
    assert passed.returncode == 0, passed.stdout
    # What a changed file breaks in the other one of its pair is seen, too, though nobody touched that.
    blocked = workshop.commit("rolecall", credentials=CREDENTIALS.replace("base", "bsae"))
    assert blocked.returncode == 1, blocked.stdout
    assert 'missing-source-profile   Source profile "base" does not exist' in blocked.stdout


def test_the_other_hook_repairs_what_is_safe(workshop: Workshop) -> None:
    blocked = workshop.commit("rolecall-fix", config=CONFIG + TWICE, credentials=CREDENTIALS)
    assert blocked.returncode == 1, blocked.stdout
    assert "files were modified by this hook" in blocked.stdout
    assert "Fixed in prod/.aws/config" in blocked.stdout
    assert workshop.text("config").rstrip() == f"{CONFIG}output = json"
    passed = workshop.commit("rolecall-fix")
    assert passed.returncode == 0, passed.stdout
