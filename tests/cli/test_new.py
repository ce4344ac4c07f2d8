"""`new` makes a post whose front matter reads back as what was asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from pubtool.cli import program
from pubtool.cli.new import LONGEST_SLUG, post_of, slug_of


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("What the Protocol says", "what-the-protocol-says"),
        ("L’été à Genève", "lete-a-geneve"),
        ("Straße & Co.", "strasse-co"),
        ("  Part 2:   the “Internet” ", "part-2-the-internet"),
        ("第二条", "第二条"),
        ("snake_case/../etc", "snake-case-etc"),
        ("—!?", ""),
        ("word " * 20, "-".join(["word"] * 12)),
        ("x" * 99, "x" * 60),
    ],
)
def test_a_title_gives_its_file_name(title: str, slug: str) -> None:
    assert slug_of(title) == slug


@given(st.text())
def test_a_file_name_is_safe_whatever_the_title(title: str) -> None:
    slug = slug_of(title)
    assert len(slug) <= LONGEST_SLUG
    assert not set(slug) & set("/\\.: \t\n\0")
    assert not slug.startswith("-")


TITLES = st.text(st.characters(blacklist_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1)


@given(TITLES, TITLES | st.just(""))
def test_the_front_matter_reads_back_as_what_was_asked_for(title: str, series: str) -> None:
    post = post_of(title, series=series, date="2026-05-03")
    front = yaml.safe_load(post.split("---\n")[1]) if "---\n" not in title + series else None
    if front is not None:
        assert front["title"] == title
        assert front["status"] == "draft"
        assert front.get("series", "") == series


def test_a_new_post_is_made_once_and_never_overwritten(tmp_path: Path) -> None:
    runner = CliRunner()
    assert runner.invoke(program, ["init", str(tmp_path)]).exit_code == 0
    command = ["--project", str(tmp_path), "new", "A title", "--series", "Essays"]
    assert runner.invoke(program, command).exit_code == 0
    post = tmp_path / "posts" / "a-title.md"
    post.write_text("mine", encoding="utf-8")
    again = runner.invoke(program, command)
    assert again.exit_code == 2
    assert "error: posts/a-title.md: exists already" in again.stderr
    assert post.read_text(encoding="utf-8") == "mine"


def test_a_title_without_a_letter_is_refused(tmp_path: Path) -> None:
    runner = CliRunner()
    runner.invoke(program, ["init", str(tmp_path)])
    result = runner.invoke(program, ["--project", str(tmp_path), "new", "?!"])
    assert result.exit_code == 2
    assert "letter or a digit" in result.stderr
