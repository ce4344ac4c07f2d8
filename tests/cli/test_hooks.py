"""The hooks, run by the real pre-commit in a repository of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = ROOT / "tests" / "projects" / "cli-clean"
MISQUOTED = ROOT / "tests" / "projects" / "cli-misquoted"


class Repository:
    """A repository with a project, and pubtool's hooks as another repository brings them."""

    def __init__(self, folder: Path, below: str = "") -> None:
        self.folder = folder / "blog"
        self.project = self.folder / below
        hooks = folder / "hooks"
        hooks.mkdir()
        shutil.copy(ROOT / ".pre-commit-hooks.yaml", hooks)
        home = folder / "bin"
        home.mkdir()
        (home / "pubtool").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pubtool "$@"\n')
        (home / "pubtool").chmod(0o755)
        self.environment = {
            **os.environ, "PATH": f"{home}:{Path(sys.executable).parent}:{os.environ['PATH']}",
            "HOME": str(folder), "PRE_COMMIT_HOME": str(folder / "cache"),
            "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull,
            **{f"GIT_{who}_{what}": "a@b.example" for who in ("AUTHOR", "COMMITTER")
               for what in ("NAME", "EMAIL")},
        }  # fmt: skip
        self.environment.pop("GIT_DIR", None)
        self.git("init", "-q", at=hooks)
        self.git("add", "-A", at=hooks)
        self.git("commit", "-qm", "hooks", at=hooks)
        shutil.copytree(PROJECT, self.project)
        revision = self.git("rev-parse", "HEAD", at=hooks).strip()
        command = f"pubtool --project {below} check" if below else "pubtool check"
        # An environment of its own would be installed from an index: ours is on PATH.
        (self.folder / ".pre-commit-config.yaml").write_text(
            f"repos:\n- repo: {hooks}\n  rev: {revision}\n  hooks:\n"
            + "".join(f"  - {{id: {name}, language: unsupported, entry: {command}}}\n"
                      for name in ("pubtool", "pubtool-sources"))
        )  # fmt: skip
        (self.folder / ".gitignore").write_text(".pubtool/\n")
        self.git("init", "-q", at=self.folder)
        self.git("add", "-A", at=self.folder)
        self.git("commit", "-qm", "all", at=self.folder)

    def git(self, *arguments: str, at: Path) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=at, env=self.environment, capture_output=True, text=True,
            check=True,
        )  # fmt: skip
        return done.stdout

    def hooks(self) -> tuple[int, dict[str, str], str]:
        """Return pre-commit's exit status, what became of each hook, and all that it said."""
        self.git("add", "-A", at=self.folder)
        done = subprocess.run(
            [sys.executable, "-m", "pre_commit", "run", "--color", "never"], cwd=self.folder,
            env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        outcomes = {
            line.partition("...")[0].strip(): line.rpartition(".")[2]
            for line in done.stdout.splitlines()
            if "...." in line
        }
        return done.returncode, outcomes, done.stdout + done.stderr


POSTS, SOURCES = "quotations of changed posts", "quotations, as the sources now stand"


@pytest.mark.parametrize("below", ["", "writing"], ids=["project", "project below"])
def test_a_misquotation_is_not_committed(below: str, tmp_path: Path) -> None:
    repository = Repository(tmp_path, below)
    post = next((repository.project / "posts").glob("*.md"))
    post.write_text(post.read_text() + "\nA line more.\n")
    status, outcomes, said = repository.hooks()
    assert (status, outcomes[POSTS]) == (0, "Passed"), said
    assert outcomes[SOURCES].endswith("Skipped"), said
    misquoted = next((MISQUOTED / "posts").glob("*.md"))
    shutil.copy(misquoted, post.parent / "misquoted post.md")
    status, outcomes, said = repository.hooks()
    assert (status, outcomes[POSTS]) == (1, "Failed"), said
    assert "misquoted post.md:" in said


def test_a_changed_source_has_all_posts_checked(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    source = next((repository.project / "sources").iterdir())
    source.write_text("Quite other words stand here now, and none of them is quoted.\n")
    status, outcomes, said = repository.hooks()
    assert (status, outcomes[SOURCES]) == (1, "Failed"), said
    assert outcomes[POSTS].endswith("Skipped"), said
