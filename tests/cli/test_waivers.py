"""`pubtool waivers`: what does not count, why, by whose word, and what waives nothing first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.filling import fill
from tests.system.test_git import ADA, BO, git

from pubtool.cli import program
from pubtool.model import Choice, Code, Decision
from pubtool.pipeline import check, find_project, with_authors
from pubtool.pipeline.deciding import decide

SOURCE = "Whoever quotes must quote exactly. The second rule is to be fair to everybody.\n"
BIBLIOGRAPHY = "@book{doe2001, author = {Doe, Jane}, title = {On Quoting}, year = {2001}}\n"
POST = """---
title: A post
date: 2026-05-03
---

<!-- pubtool: waive Q301 -- a letter of hers, 3 May -->

She adds: “There is no third rule that anybody has ever heard of” [@doe2001].

She repeats: [“There is no fourth rule that anybody has ever heard of”]{.quote waive="Q301"
reason="another letter"} [@doe2001].

<!-- pubtool: waive Q101 -- she changed it herself -->

“Whoever quotes must quote exactly” [@doe2001].

And “The second rule is to be cruel to everybody” [@doe2001].
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {
        "posts/a.md": POST,
        "sources/doe2001.txt": SOURCE,
        "references.bib": BIBLIOGRAPHY,
        "pubtool.toml": "",
        ".gitignore": ".pubtool/\n",
    }
    return fill(tmp_path / "project", files)


def run(root: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(program, ["--project", str(root), "waivers", *arguments])
    assert result.exit_code == 0, result.output
    return result


def decided(root: Path, choice: Choice, *codes: str) -> None:
    [post] = check(find_project(root)).posts
    last = post.verdicts[-1]
    decide(
        root,
        Decision(
            post.path, last.quotation.id, last.quotation.text, choice, last.kind.value,
            tuple(Code(code) for code in codes), "she meant it" if codes else "",
        ),
    )  # fmt: skip


def test_those_that_waive_nothing_come_first_and_git_says_who(root: Path) -> None:
    git(root, "init", "-q", ".")
    git(root, "add", ".")
    git(root, "commit", "-qm", "a", who=ADA)
    decided(root, Choice.WAIVE, "Q101", "Q104")
    git(root, "add", ".")
    git(root, "commit", "-qm", "b", who=BO)
    text = (root / "posts" / "a.md").read_text(encoding="utf-8")
    (root / "posts" / "a.md").write_text(text.replace("3 May", "4 May"), encoding="utf-8")
    [file] = (root / "decisions").rglob("*.toml")
    name = file.relative_to(root).as_posix()
    said = run(root).stdout
    assert said == (
        "posts/a.md:13: waives Q101 (waives nothing)\n"
        "  she changed it herself\n"
        "  Ada, 2026-05-03\n"
        f"{name}:3: waives Q101, Q104{_unused(said)}\n"
        "  she meant it\n"
        "  Bo, 2026-06-04\n"
        "posts/a.md:6: waives Q301\n"
        "  a letter of hers, 4 May\n"
        "  not committed yet\n"
        "posts/a.md:10: waives Q301\n"
        "  another letter\n"
        "  Ada, 2026-05-03\n"
        "4 waivers; 1 without effect\n"
    )


def _unused(said: str) -> str:
    """What is said of the decision's second code, which depends on the words' own findings."""
    return " (Q104 waives nothing)" if "(Q104 waives nothing)" in said else ""


def test_without_git_the_file_itself_may_say_who(root: Path) -> None:
    decided(root, Choice.ACCEPT)
    found = json.loads(run(root, "--format", "json").stdout)["waivers"]
    assert [one["choice"] for one in found] == ["waive", "accept", "waive", "waive"]
    assert {one["committed"] for one in found} == {None}
    accepted = found[1]
    assert (accepted["codes"], accepted["stale"], accepted["by"]) == ([], False, None)


def test_what_was_accepted_and_is_another_verdict_now_is_told_here_alone(root: Path) -> None:
    decided(root, Choice.ACCEPT)
    source = SOURCE + "The second rule is to be cruel to everybody.\n"
    (root / "sources" / "doe2001.txt").write_text(source, encoding="utf-8")
    assert "accepted (of another verdict than it has now)" in run(root).stdout
    assert not any("accept" in part.path for part in check(find_project(root)).files)


def test_every_suppressed_finding_can_be_signed(root: Path) -> None:
    git(root, "init", "-q", ".")
    git(root, "add", ".")
    git(root, "commit", "-qm", "a", who=ADA)
    project = find_project(root)
    [post] = with_authors(project, check(project)).posts
    assert {(f.suppression.by, f.suppression.on) for f in post.suppressed if f.suppression} == {
        ("Ada", "2026-05-03")
    }
