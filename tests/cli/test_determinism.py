"""The same project gives the same bytes: anywhere, at any time, and with or without a cache."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

EXAMPLE = Path(__file__).parent.parent.parent
PLACES: dict[str, dict[str, str]] = {
    "here": {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
    "a much longer/name/ö": {
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "4242",
        "COLUMNS": "40",
    },
}
"""Folder -> the environment in it."""


def pubtool(root: Path, *arguments: str, **given: str) -> bytes:
    done = subprocess.run(
        [sys.executable, "-m", "pubtool", *arguments],
        cwd=root,
        env={**os.environ, **given},
        capture_output=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def copy_example(root: Path) -> Path:
    """Copy the example series, in another order, so that the folder lists its files otherwise."""
    root.mkdir(parents=True)
    for name in ("sources", "posts"):
        (root / name).mkdir()
        paths = sorted((EXAMPLE / name).iterdir(), reverse=len(root.name) == 1)
        for path in paths:
            shutil.copy(path, root / name / path.name)
    for name in ("references.bib", "pubtool.toml", "sources.lock"):
        if (EXAMPLE / name).exists():
            shutil.copy(EXAMPLE / name, root / name)
    return root


def test_two_runs_in_two_places_give_the_same_bytes(tmp_path: Path) -> None:
    reports, sites = [], []
    for folder, environment in PLACES.items():
        root = copy_example(tmp_path / folder)
        reports.append(pubtool(root, "check", "--format", "json", **environment))
        pubtool(root, "build", **environment)
        sites.append(files(root / "public"))
    assert reports[0] == reports[1]
    assert json.loads(reports[0])["summary"]["quotations"] > 0
    assert {Path(name).suffix for name in sites[0]} >= {".html", ".pdf", ".xml"}
    assert sites[0].keys() == sites[1].keys()
    for name, data in sites[0].items():
        assert data == sites[1][name], name
    for data in (*reports, *sites[0].values()):
        assert str(tmp_path).encode() not in data


# --- The cache changes nothing --------------------------------------------------------------------

BIBLIOGRAPHY = """\
@misc{lincoln1863,
  author = {Lincoln, Abraham},
  title  = {Gettysburg Address},
  date   = {1863-11-19}
}
"""
SOURCE = "The brave men, living and dead, who struggled here, have consecrated it.\n"
POST = """\
---
title: {title}
date: 2026-01-01
status: publish
---

Lincoln: “the brave men, living and dead, who struggled here” [@lincoln1863].
"""

Project = Path


@pytest.fixture
def project(tmp_path: Path) -> Project:
    root = tmp_path / "project"
    for name in ("posts", "sources"):
        (root / name).mkdir(parents=True)
    (root / "pubtool.toml").write_text("", encoding="utf-8")
    (root / "references.bib").write_text(BIBLIOGRAPHY, encoding="utf-8")
    (root / "sources" / "lincoln1863.txt").write_text(SOURCE, encoding="utf-8")
    for name in "ab":
        text = POST.replace("{title}", name.upper())
        (root / "posts" / f"{name}.md").write_text(text, encoding="utf-8")
    return root


def touch(root: Path) -> None:
    for path in files(root):
        os.utime(root / path, (1_000_000_000, 1_000_000_000))


def rewrite(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        path = root / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return change


def write(name: str, text: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        (root / name).write_text(text, encoding="utf-8")

    return change


def take_away(name: str) -> Callable[[Path], None]:
    return lambda root: (root / name).unlink()


def same_length_same_time(root: Path) -> None:
    """Change a source without changing what a hasty cache would look at."""
    path = root / "sources" / "lincoln1863.txt"
    before = path.stat()
    rewrite("sources/lincoln1863.txt", "living", "loving")(root)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


CHANGES: dict[str, tuple[Callable[[Path], None], list[str]]] = {
    "nothing": (lambda root: None, ["adapted", "adapted"]),
    "times only": (touch, ["adapted", "adapted"]),
    "a post": (rewrite("posts/a.md", "dead", "ded"), ["altered", "adapted"]),
    "a new post": (
        write("posts/c.md", POST.replace("{title}", "C")),
        ["adapted", "adapted", "adapted"],
    ),
    "a post less": (take_away("posts/b.md"), ["adapted"]),
    "a source": (same_length_same_time, ["altered", "altered"]),
    "a source less": (take_away("sources/lincoln1863.txt"), ["unchecked", "unchecked"]),
    "a key": (rewrite("references.bib", "lincoln1863", "lincoln"), ["unchecked", "unchecked"]),
    "a name": (rewrite("references.bib", "Abraham", "Abe"), ["adapted", "adapted"]),
    "the convention": (
        write("pubtool.toml", '[check]\nconvention = "strict"\n'),
        ["altered", "altered"],
    ),
    "what is reported": (
        write("pubtool.toml", '[check]\nignore = ["Q107"]\n'),
        ["adapted", "adapted"],
    ),
    "the site's title": (write("pubtool.toml", '[site]\ntitle = "T"\n'), ["adapted", "adapted"]),
}


@pytest.mark.parametrize("what", CHANGES)
def test_after_a_change_a_warm_run_gives_the_bytes_of_a_cold_one(
    what: str, project: Project, tmp_path: Path
) -> None:
    change, verdicts = CHANGES[what]
    pubtool(project, "check")
    pubtool(project, "build", "--draft")
    change(project)
    cold = Path(shutil.copytree(project, tmp_path / "cold"))
    for name in (".pubtool", "public"):
        shutil.rmtree(cold / name)
    warm = pubtool(project, "check", "--format", "json")
    assert warm == pubtool(cold, "check", "--format", "json")
    assert given(json.loads(warm)) == verdicts
    for root in (project, cold):
        pubtool(root, "build", "--draft")
    assert files(project / "public") == files(cold / "public")


def given(report: dict[str, Any]) -> list[str]:
    return [each["verdict"] for post in report["posts"] for each in post["quotations"]]


def test_a_second_build_touches_no_file(project: Project) -> None:
    pubtool(project, "build")
    before = {name: (project / "public" / name).stat() for name in files(project / "public")}
    pubtool(project, "build")
    for name, stat in before.items():
        now = (project / "public" / name).stat()
        assert (now.st_ino, now.st_mtime_ns) == (stat.st_ino, stat.st_mtime_ns), name


def test_a_page_that_somebody_changed_is_made_anew(project: Project) -> None:
    pubtool(project, "build")
    built = files(project / "public")
    (project / "public" / "a" / "index.html").write_text("mine", encoding="utf-8")
    (project / "public" / "style.css").unlink()
    pubtool(project, "build")
    assert files(project / "public") == built
