"""Every form of a report by the program itself: the status is the report's, never the form's."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pubtool.pipeline import REPORT_FORMS

PROJECTS = Path(__file__).parents[1] / "projects"
STATUS = {"cli-clean": 0, "cli-misquoted": 1, "cli-broken": 2}


def run(project: Path, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pubtool", "--project", str(project), "check", *arguments]
    return subprocess.run(command, input=given, capture_output=True, text=True, check=False)


@pytest.fixture
def project(tmp_path: Path, name: str) -> Path:
    shutil.copytree(PROJECTS / name, tmp_path / name)
    return tmp_path / name


@pytest.mark.parametrize("name", STATUS)
def test_the_form_never_changes_the_status(project: Path, name: str, tmp_path: Path) -> None:
    plain = run(project)
    for form in REPORT_FORMS:
        printed = run(project, "--format", form)
        assert printed.returncode == plain.returncode, form
        written = run(project, "--format", form, "--output", str(tmp_path / "report"))
        assert written.returncode == plain.returncode, form
        if form not in ("text", "github"):
            assert written.stdout == ""
            assert (tmp_path / "report").read_text("utf-8") == printed.stdout
    for form in ("text", "json"):
        assert run(project, "--format", form, "--statistics").returncode == plain.returncode


@pytest.mark.parametrize("name", ["cli-misquoted"])
@pytest.mark.parametrize("form", REPORT_FORMS)
def test_standard_input_is_reported_in_every_form(project: Path, name: str, form: str) -> None:
    post = next((project / "posts").glob("*.md"))
    text = post.read_text("utf-8")
    post.unlink()
    path = str(post)
    done = run(project, "--stdin-filename", path, "--format", form, given=text)
    assert done.returncode == 1, done.stderr
    assert post.name in done.stdout


@pytest.mark.parametrize("name", ["cli-misquoted"])
def test_statistics_count_what_is_selected(project: Path, name: str) -> None:
    every = json.loads(run(project, "--statistics", "--format", "json").stdout)
    some = json.loads(run(project, "--statistics", "--format", "json", "--select", "Q1").stdout)
    assert {code["code"][:2] for code in some["codes"]} == {"Q1"}
    assert len(every["codes"]) >= len(some["codes"])
    assert every["verdicts"] == some["verdicts"]
    text = run(project, "--statistics").stdout
    assert re.match(r" *\d+  Q\d{3}  \w+ +\S", text)
    assert text.splitlines()[-1].startswith(f"{every['quotations']} quotation")


@pytest.mark.parametrize("name", ["cli-clean"])
def test_statistics_have_two_forms(project: Path, name: str) -> None:
    done = run(project, "--statistics", "--format", "sarif")
    assert done.returncode == 2
    assert "--statistics are text or JSON" in done.stderr
