"""`build --to wordpress`: what WordPress has no form for is said, each time, and kept in a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pubtool.cli import program

LEDGER = [
    "posts/a.md:6: definition list -> Custom HTML: the block editor has none",
    "posts/b.md:6: raw latex -> nothing: WordPress shows HTML alone",
]
IMPORTER = "WordPress's importer never changes a post that is there already"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "posts").mkdir()
    (tmp_path / "references.bib").touch()
    (tmp_path / "pubtool.toml").touch()
    head = "---\ntitle: {}\ndate: 2026-05-03\n---\n\n"
    for name, text in {"a": "Term\n:   Meaning\n", "b": "`\\x`{=latex} and text.\n"}.items():
        (tmp_path / "posts" / f"{name}.md").write_text(head.format(name) + text, encoding="utf-8")
    return tmp_path


def build(project: Path, *arguments: str) -> Result:
    command = ["--project", str(project), "build", "--to", "wordpress", *arguments]
    result = CliRunner().invoke(program, command, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result


def ledger(project: Path) -> list[str]:
    text = (project / "public" / "wordpress" / "fallbacks.txt").read_text(encoding="utf-8")
    return text.splitlines()


def warnings(result: Result) -> list[str]:
    lines = result.stderr.splitlines()
    return [line.removeprefix("warning: ") for line in lines if line.startswith("warning: ")]


def test_a_fallback_is_a_warning_and_a_line_of_a_file(project: Path) -> None:
    first = build(project)
    assert warnings(first) == LEDGER
    assert ledger(project) == LEDGER
    assert IMPORTER in first.stderr
    assert "warning" not in first.stdout


def test_what_was_not_written_again_is_still_told(project: Path) -> None:
    build(project)
    again = build(project)
    assert "wrote 0 files" in again.stderr
    assert warnings(again) == LEDGER
    assert IMPORTER not in again.stderr


def test_a_build_of_one_post_tells_of_that_post(project: Path) -> None:
    build(project)
    assert warnings(build(project, str(project / "posts" / "b.md"))) == LEDGER[1:]
    assert ledger(project) == LEDGER


def test_a_mended_post_is_out_of_the_ledger(project: Path) -> None:
    build(project)
    for name in "ab":
        (project / "posts" / f"{name}.md").write_text(f"---\ntitle: {name}\n---\n\nText.\n")
    assert warnings(build(project)) == []
    assert not (project / "public" / "wordpress" / "fallbacks.txt").exists()


def test_nothing_is_told_where_nothing_is_to_be(project: Path) -> None:
    command = ["--project", str(project), "-q", "build", "--to", "wordpress"]
    assert "warning" not in CliRunner().invoke(program, command).stderr
    html = CliRunner().invoke(program, ["--project", str(project), "build", "--to", "html"])
    assert "warning" not in html.stderr


def test_a_quiet_build_that_nothing_stops_says_the_count_alone(project: Path) -> None:
    post = project / "posts" / "c.md"
    post.write_text("---\ntitle: C\ntags: a, b\n---\n\nText.\n", encoding="utf-8")
    command = ["--project", str(project), "-q", "build", "--to", "html"]
    assert CliRunner().invoke(program, command).stdout.splitlines() == ["0 quotations in 3 posts"]
    assert "warning[Q608]" in CliRunner().invoke(program, [*command, "--draft"]).stdout
    post.write_text("---\ntitle: C\ntags: a, b\ndate: then\n---\n\nText.\n", encoding="utf-8")
    stopped = CliRunner().invoke(program, command)
    assert stopped.exit_code == 1
    assert [line.split()[1] for line in stopped.stdout.splitlines()[:2]] == [
        "warning[Q608]",
        "error[Q602]",
    ]
