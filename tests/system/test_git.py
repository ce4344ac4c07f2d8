"""git: who wrote a line, in any state of a repository, and nothing that it wants run is run."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from pubtool.system.git import NOT_COMMITTED, Commit, authors

ADA, BO = Commit("Ada", "2026-05-03"), Commit("Bo", "2026-06-04")


def git(root: Path, *arguments: str, who: Commit = ADA) -> None:
    named = {
        "GIT_AUTHOR_NAME": who.by,
        "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_AUTHOR_DATE": f"{who.on}T23:30:00-0500",
        "GIT_COMMITTER_NAME": who.by,
        "GIT_COMMITTER_EMAIL": "a@example.org",
        "GIT_COMMITTER_DATE": "2026-07-01T12:00:00+0000",
    }
    command = ["git", "-c", "commit.gpgsign=false", *arguments]
    subprocess.run(command, cwd=root, env=os.environ | named, check=True, capture_output=True)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository in which Ada wrote two lines and Bo changed the second."""
    root = tmp_path / "project"
    (root / "posts").mkdir(parents=True)
    git(root, "init", "-q", ".")
    for text, who in ("one\ntwo\n", ADA), ("one\n2\n", BO):
        (root / "posts" / "a.md").write_text(text, encoding="utf-8")
        git(root, "add", ".")
        git(root, "commit", "-qm", "a", who=who)
    return root


def of(root: Path, text: str = "one\n2\n") -> list[Commit | None]:
    return list(authors(root / "posts" / "a.md", text)[: text.count("\n")])


def test_each_line_has_its_author_and_day(root: Path) -> None:
    assert of(root) == [ADA, BO]


def test_a_line_that_was_changed_since_is_not_committed_yet(root: Path) -> None:
    assert of(root, "new\none\n2!\n") == [NOT_COMMITTED, ADA, NOT_COMMITTED]


def test_line_ends_are_no_change(root: Path) -> None:
    assert of(root, "one\r\n2\r\n") == [ADA, BO]


def test_a_file_that_git_does_not_know_is_not_committed_yet(root: Path) -> None:
    assert set(authors(root / "posts" / "b.md", "one\n")) == {NOT_COMMITTED}


def test_a_repository_without_commits_knows_nothing(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", ".")
    assert set(authors(tmp_path / "a.md", "one\n")) == {NOT_COMMITTED}


def test_where_there_is_no_repository_or_no_git_nothing_is_said(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert authors(tmp_path / "a.md", "one\n") == ()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert of(root) == []


def test_a_shallow_clone_does_not_say_who_wrote_what_was_there_before(
    root: Path, tmp_path: Path
) -> None:
    git(tmp_path, "clone", "-q", "--depth", "1", root.as_uri(), "shallow")
    assert of(tmp_path / "shallow") == [None, None]


def test_the_repository_of_a_hook_is_not_taken_for_this_one(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    assert of(root) == [ADA, BO]


def test_nothing_is_run_that_a_repository_wants_run(root: Path, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\ntouch {ran}\ncat\n", encoding="utf-8")
    script.chmod(0o755)
    (root / ".gitattributes").write_text("*.md diff=x filter=x\n", encoding="utf-8")
    git(root, "add", ".gitattributes")
    git(root, "commit", "-qm", "attributes")
    hooks = root / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for hook in ("post-checkout", "post-index-change", "reference-transaction"):
        (hooks / hook).write_bytes(script.read_bytes())
        (hooks / hook).chmod(0o755)
    for name in ("core.fsmonitor", "core.pager", "pager.blame", "diff.x.textconv", "filter.x.clean",
                 "filter.x.smudge", "core.sshCommand", "core.askPass", "gpg.program",
                 "diff.external", "core.alternateRefsCommand"):  # fmt: skip
        git(root, "config", name, str(script))
    ran.unlink(missing_ok=True)
    assert of(root) == [ADA, BO]
    assert not ran.exists()
