"""Files below posts/ that are Markdown by their names and no posts: each is named, none is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from pubtool.pipeline import check
from pubtool.system.config import find_project

NAMED = {
    "posts/old.markdown": True,
    "posts/2007/LOUD.MD": True,
    "posts/short.mkd": True,
    "posts/a.md": False,
    "posts/notes.txt": False,
    "posts/.hidden.markdown": False,
    "posts/.drafts/b.markdown": False,
    "posts/picture.map": False,
    "drafts/c.markdown": False,
}
"""Files, and whether something is said of them."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "references.bib").write_text("", encoding="utf-8")
    for name in NAMED:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("---\ntitle: A\n---\n\nWords.\n", encoding="utf-8")
    return tmp_path


def test_a_check_of_all_posts_names_them(root: Path) -> None:
    report = check(find_project(root))
    assert [post.path for post in report.posts] == ["posts/a.md"]
    assert {file.path for file in report.files} == {name for name, said in NAMED.items() if said}
    for file in report.files:
        assert [finding.code for finding in file.findings] == ["Q607"]


def test_a_check_of_one_post_says_nothing_of_others(root: Path) -> None:
    assert not check(find_project(root), [root / "posts" / "a.md"]).files
