"""The books of this repository's own projects, held to epubcheck: no error, no warning."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.writers.epubs import complaints

ROOT = Path(__file__).parents[2]
SHOWCASE = ROOT / "tests" / "browser" / "showcase"
EXAMPLE = ("posts", "sources", "pubtool.toml", "references.bib", "sources.lock")


def build(project: Path) -> dict[str, bytes]:
    command = [sys.executable, "-m", "pubtool", "--project", str(project)]
    command += ["build", "--to", "epub", "--draft"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return {path.stem: path.read_bytes() for path in (project / "public").rglob("*.epub")}


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The books of the example series, by name."""
    project = tmp_path_factory.mktemp("example")
    for name in EXAMPLE:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, project / name)
    return build(project)


@pytest.fixture(scope="module")
def showcase(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The books of a project with every kind of verdict, in several scripts."""
    project = tmp_path_factory.mktemp("showcase") / "project"
    shutil.copytree(SHOWCASE, project)
    return build(project)


BOOKS = [*(post.stem for post in sorted((ROOT / "posts").glob("*.md"))),
         "trafficking-and-the-internet"]  # fmt: skip


@pytest.mark.parametrize("name", BOOKS)
def test_the_example(name: str, example: dict[str, bytes], tmp_path: Path) -> None:
    assert sorted(example) == sorted(BOOKS)
    assert complaints(example[name], tmp_path) == []


@pytest.mark.parametrize("name", ["arabic", "everything", "failing"])
def test_the_showcase(name: str, showcase: dict[str, bytes], tmp_path: Path) -> None:
    assert complaints(showcase[name], tmp_path) == []
