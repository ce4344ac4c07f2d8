"""action.yml: what a caller gives is never read as code, and the report comes out."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
ACTION: Any = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
SCRIPT = next(step for step in ACTION["runs"]["steps"] if step.get("id") == "check")["run"]
GIVEN = {
    "PROJECT": ".",
    "PATHS": "",
    "FAIL_ON": "",
    "STRICT": "false",
    "BASELINE": "false",
    "SARIF_FILE": "out.sarif",
}


def run(folder: Path, **given: str) -> tuple[int, dict[str, str], str]:
    """Run the step as a runner does: its exit status, its outputs, what it said."""
    home = folder.parent / "runner" / "pubtool" / "bin"
    home.mkdir(parents=True, exist_ok=True)
    command = home / "pubtool"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pubtool "$@"\n')
    command.chmod(0o755)
    output, summary = folder.parent / "output", folder.parent / "summary"
    output.write_text("")
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", SCRIPT], cwd=folder,
        env={**os.environ, **GIVEN, **given, "RUNNER_TEMP": str(folder.parent / "runner"),
             "GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(summary)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    lines = output.read_text().splitlines()
    return (
        done.returncode,
        dict(line.split("=", 1) for line in lines),
        done.stdout + done.stderr,
    )


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Return a folder with a project that misquotes, below it."""
    folder = tmp_path / "workspace"
    shutil.copytree(ROOT / "tests" / "projects" / "cli-misquoted", folder / "blog")
    return folder


def test_no_expression_stands_in_a_script() -> None:
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", "")


def test_every_input_reaches_the_script_by_the_environment() -> None:
    step = next(step for step in ACTION["runs"]["steps"] if step.get("id") == "check")
    assert set(step["env"]) == set(GIVEN)
    assert all(f"${name}" in SCRIPT for name in GIVEN)


def test_actions_of_others_are_pinned_to_a_commit() -> None:
    used = [step["uses"] for step in ACTION["runs"]["steps"] if "uses" in step]
    assert used
    assert all(len(one.partition("@")[2]) == 40 for one in used)


def test_the_security_linter_of_workflows_finds_nothing() -> None:
    linter = Path(sys.executable).parent / "zizmor"
    done = subprocess.run(
        [linter, "--offline", "--no-progress", "--persona=auditor", ROOT / "action.yml"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_findings_are_annotated_and_written_as_sarif(workspace: Path) -> None:
    status, outputs, said = run(workspace, PROJECT="blog")
    assert (status, outputs) == (1, {"sarif-file": "out.sarif", "status": "1"}), said
    assert "::error file=blog/posts/" in said
    (first, *_) = json.loads((workspace / "out.sarif").read_text())["runs"][0]["results"]
    place = first["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place["uri"].startswith("blog/posts/")
    assert (workspace.parent / "summary").read_text().startswith("## Quotations\n")


def test_a_path_chooses_what_is_checked(workspace: Path) -> None:
    post = next((workspace / "blog" / "posts").glob("*.md"))
    clean = post.parent / "clean post.md"
    clean.write_text("Nothing is quoted here.\n")
    assert run(workspace, PROJECT="blog", PATHS="blog/posts/clean post.md\n")[0] == 0


def test_what_the_baseline_has_does_not_fail_and_stays_in_the_sarif(workspace: Path) -> None:
    write = (sys.executable, "-m", "pubtool", "--project", "blog", "check", "--write-baseline")
    subprocess.run(write, cwd=workspace, capture_output=True, check=False)
    status, outputs, said = run(workspace, PROJECT="blog", BASELINE="true")
    assert (status, outputs["status"]) == (0, "0"), said
    results = json.loads((workspace / "out.sarif").read_text())["runs"][0]["results"]
    assert results
    assert all(result["suppressions"] for result in results)


@pytest.mark.parametrize("name", sorted(GIVEN))
@pytest.mark.parametrize(
    "evil", ["$(touch bad)", "`touch bad`", "; touch bad #", '"; touch bad; "', "a\nstatus=0"]
)
def test_nothing_that_is_given_is_run(name: str, evil: str, workspace: Path) -> None:
    given = {"PROJECT": "blog", name: evil}
    _, outputs, _ = run(workspace, **given)
    assert not list(workspace.rglob("bad"))
    assert outputs.get("status") != "0"
