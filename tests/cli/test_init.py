"""`init` makes a project that works at once, and touches nothing that is there."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from pubtool.cli import program
from pubtool.cli.init import FILES, IGNORED


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_init_makes_the_files_and_says_what_is_next(tmp_path: Path) -> None:
    result = CliRunner().invoke(program, ["init", str(tmp_path / "essays")])
    assert result.exit_code == 0, result.output
    assert set(tree(tmp_path / "essays")) == set(FILES)
    assert "pubtool check" in result.output


@pytest.mark.parametrize("name", sorted({*FILES} - {IGNORED}))
def test_init_touches_nothing_where_one_of_its_files_exists(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("mine", encoding="utf-8")
    result = CliRunner().invoke(program, ["init", str(tmp_path)])
    assert result.exit_code == 2
    assert f"{name}: exists already and was left alone" in result.stderr
    assert tree(tmp_path) == {name: b"mine"}


def test_a_gitignore_that_is_there_is_kept_and_said_to_need_two_lines(tmp_path: Path) -> None:
    (tmp_path / IGNORED).write_text("mine", encoding="utf-8")
    result = CliRunner().invoke(program, ["init", str(tmp_path)])
    assert result.exit_code == 0
    assert "add /public/ and /.pubtool/ to it" in result.stdout
    assert tree(tmp_path).keys() == FILES.keys()
    assert tree(tmp_path)[IGNORED] == b"mine"


def test_every_setting_that_the_scaffold_shows_is_one(tmp_path: Path) -> None:
    """Uncomment the suggestions: what the comments offer must be what the program reads."""
    runner = CliRunner()
    runner.invoke(program, ["init", str(tmp_path)])
    path = tmp_path / "pubtool.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    shown = [line.removeprefix("# ") for line in lines if " = " in line or "[" in line[:3]]
    assert len(shown) == 5 + 15
    path.write_text("\n".join(shown) + "\n", encoding="utf-8")
    tomllib.loads(path.read_text(encoding="utf-8"))
    result = runner.invoke(program, ["--project", str(tmp_path), "config"])
    assert result.exit_code == 0, result.output


def test_the_new_project_checks_clean_and_its_quotations_are_really_compared(
    tmp_path: Path,
) -> None:
    runner = CliRunner()
    runner.invoke(program, ["init", str(tmp_path)])
    clean = runner.invoke(program, ["--project", str(tmp_path), "check", "--strict"])
    assert clean.exit_code == 0, clean.output
    assert clean.stdout.endswith("2 quotations in 1 post: 2 checked, 2 passed, 0 failed\n"), (
        clean.stdout
    )
    post = tmp_path / "posts" / "first-post.md"
    text = post.read_text(encoding="utf-8")
    assert text.count("little note") == 1
    post.write_text(text.replace("little note", "hardly note"), encoding="utf-8")
    misquoted = runner.invoke(program, ["-q", "--project", str(tmp_path), "check"])
    assert misquoted.exit_code == 1
    assert "has “little”" in misquoted.stdout


def test_the_new_project_builds(tmp_path: Path) -> None:
    runner = CliRunner()
    runner.invoke(program, ["init", str(tmp_path)])
    first = runner.invoke(program, ["--project", str(tmp_path), "build"])
    assert first.exit_code == 0, first.output
    assert "held back till it says `status: publish`: posts/first-post.md" in first.stderr
    post = tmp_path / "posts" / "first-post.md"
    post.write_text(post.read_text(encoding="utf-8").replace("status: draft", "status: publish"))
    result = runner.invoke(program, ["--project", str(tmp_path), "build"])
    assert result.exit_code == 0, result.output
    suffixes = {path.suffix for path in (tmp_path / "public").rglob("*") if path.is_file()}
    assert {".html", ".pdf"} <= suffixes


@pytest.mark.parametrize(
    "end",
    ["what we say here [@lincoln1863].", "what we say here. [@lincoln1863].",
     "what we say here [@lincoln1863, p. 3].", "what we say here [@lincoln1863],",
     "what we say here\n> --- [@lincoln1863].", "what we say here [@lincoln1863]"],
)  # fmt: skip
def test_a_block_quotation_builds_whatever_stands_behind_its_citation(
    tmp_path: Path, end: str
) -> None:
    runner = CliRunner()
    runner.invoke(program, ["init", str(tmp_path)])
    post = tmp_path / "posts" / "first-post.md"
    head = "---\ntitle: A\ndate: 2026-05-03\nstatus: publish\n---\n\nHe said:\n\n"
    post.write_text(f"{head}> The world will little note, nor long remember {end}\n", "utf-8")
    command = ["--project", str(tmp_path), "build", "--to", "html,pdf,epub,docx,wordpress"]
    result = runner.invoke(program, command)
    assert result.exit_code == 0, result.output


def test_a_folder_with_a_blank_in_its_name_is_entered_as_it_is_shown(tmp_path: Path) -> None:
    result = CliRunner().invoke(program, ["init", str(tmp_path / "My blog")])
    assert f'  cd "{tmp_path / "My blog"}"\n' in result.output
