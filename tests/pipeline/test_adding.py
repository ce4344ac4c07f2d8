"""A file becomes a source's text as one with its pin: both are there, or neither."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pubtool.cli import program
from pubtool.pipeline import adding, find_project
from pubtool.pipeline.workspace import Workspace

WORDS = "The lamp is lit at dusk and put out at dawn.\n"
BIBLIOGRAPHY = "@misc{orme, author = {Orme}, title = {Lamps}, date = {1900}}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    (root / "posts").mkdir(parents=True)
    (root / "references.bib").write_text(BIBLIOGRAPHY, encoding="utf-8")
    (root / "pubtool.toml").touch()
    (tmp_path / "orme.txt").write_text(WORDS, encoding="utf-8")
    return root


def add(root: Path, file: Path, *more: str) -> Result:
    arguments = ["--project", str(root), "sources", "add", str(file), "--key", "orme", *more]
    return CliRunner().invoke(program, arguments)


def is_pinned(root: Path) -> bool:
    with Workspace(find_project(root)) as workspace:
        return "orme" in workspace.lock.pins


KILLED = """
import os
from pubtool.cli import main
from pubtool.system import transaction

def die(self):
    os._exit(9)

transaction._Step.take = die
main()
"""


def test_who_is_killed_between_copy_and_pin_has_both_after_the_next_command(root: Path) -> None:
    command = [sys.executable, "-c", KILLED, "--project", str(root), "sources", "add"]
    file = str(root.parent / "orme.txt")
    died = subprocess.run([*command, file, "--key", "orme"], check=False, capture_output=True)
    assert died.returncode == 9
    assert not (root / "sources" / "orme.txt").exists()
    listed = CliRunner().invoke(program, ["--project", str(root), "sources", "list"])
    assert "1 source: 1 pinned, 0 without text" in listed.output
    assert (root / "sources" / "orme.txt").read_text(encoding="utf-8") == WORDS


def test_who_stops_it_while_the_text_is_read_finds_nothing_added(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(adding, "read_source", stop)
    assert add(root, root.parent / "orme.txt").exit_code == 130
    assert not (root / "sources").exists()
    assert not (root / "sources.lock").exists()


def test_the_same_file_again_is_no_fault_and_changes_nothing(root: Path) -> None:
    file = root.parent / "orme.txt"
    assert add(root, file, "--origin", "a shelf", "--pages", "3").exit_code == 0
    before = (root / "sources.lock").read_bytes()
    again = add(root, file)
    assert (again.exit_code, again.stderr) == (0, "")
    assert again.stdout == "sources/orme.txt is this file already; pinned it in sources.lock\n"
    assert (root / "sources.lock").read_bytes() == before


def test_the_same_file_that_stands_there_unpinned_is_pinned(root: Path) -> None:
    (root / "sources").mkdir()
    (root / "sources" / "orme.txt").write_text(WORDS, encoding="utf-8")
    assert add(root, root.parent / "orme.txt").exit_code == 0
    assert is_pinned(root)


def test_what_is_said_anew_of_the_same_file_is_taken_in(root: Path) -> None:
    assert add(root, root.parent / "orme.txt", "--origin", "a shelf").exit_code == 0
    assert add(root, root / "sources" / "orme.txt", "--extent", "excerpt").exit_code == 0
    lock = (root / "sources.lock").read_text(encoding="utf-8")
    assert 'extent = "excerpt"' in lock
    assert 'origin = "a shelf"' in lock


@pytest.mark.parametrize("beside", ["orme.md", "orme.html", "orme/a.txt"])
def test_a_text_that_comes_before_those_that_are_there_is_added(root: Path, beside: str) -> None:
    (root / "sources" / beside).parent.mkdir(parents=True)
    (root / "sources" / beside).write_text(WORDS, encoding="utf-8")
    assert add(root, root.parent / "orme.txt").exit_code == 0
    assert is_pinned(root)


def test_a_text_that_would_not_be_read_is_not_added(root: Path) -> None:
    entry = BIBLIOGRAPHY.replace("}}", "}, file = {sources/kept.txt}}")
    (root / "references.bib").write_text(entry, encoding="utf-8")
    (root / "sources").mkdir()
    (root / "sources" / "kept.txt").write_text(WORDS, encoding="utf-8")
    result = add(root, root.parent / "orme.txt")
    assert result.exit_code == 2
    assert "sources/kept.txt comes before it; remove that first" in result.stderr
    assert not (root / "sources" / "orme.txt").exists()
    assert not is_pinned(root)


def test_entries_that_are_not_read_are_listed_with_what_is_wrong(root: Path) -> None:
    twice = "@misc{clark, title = {A}}\n@misc{clark, title = {B}}\n"
    wrong = f"@misc{{brown, title = {{A}} date = {{1900}}}}\n{twice}"
    (root / "references.bib").write_text(BIBLIOGRAPHY + wrong, encoding="utf-8")
    listed = CliRunner().invoke(program, ["--project", str(root), "sources", "list"]).stdout
    assert "references.bib:2: the entry `brown` was not read: a comma is missing" in listed
    assert "references.bib:4: the key `clark` is already taken by the entry on line 3" in listed
    assert listed.endswith("3 sources: 0 pinned, 3 without text\n")


def test_a_folder_is_called_one(root: Path) -> None:
    (root.parent / "papers").mkdir()
    result = add(root, root.parent / "papers")
    assert (
        "papers: not added: it is a folder; add the file in it that has the text" in result.stderr
    )
