"""Files below posts/ that somebody wrote and that are no posts: each is named, none is read."""

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
    "posts/post.txt": True,
    "posts/draft.docx": True,
    "posts/old/draft.ODT": True,
    "posts/~$draft.docx": False,
    "posts/attached.docx": False,
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
        put(tmp_path / name, "---\ntitle: A\n---\n\nWords, [attached](attached.docx).\n")
    return tmp_path


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_check_of_all_posts_names_them(root: Path) -> None:
    report = check(find_project(root))
    assert [post.path for post in report.posts] == ["posts/a.md"]
    assert {file.path for file in report.files} == {name for name, said in NAMED.items() if said}
    for file in report.files:
        assert [finding.code for finding in file.findings] == ["Q607"]


def test_a_check_of_one_post_says_nothing_of_others(root: Path) -> None:
    assert not check(find_project(root), [root / "posts" / "a.md"]).files


TEXTS = {
    "with front matter": ("\ufeff---\r\ntitle: A\r\n---\r\n\r\nWords.\r\n", True),
    "with a citation": ("He says “no more” [@orme, p. 3].\n", True),
    "notes": ("Ask Orme; mail orme@example.org [@ home].\n", False),
    "empty": ("", False),
}
"""Texts of files that end in .txt, and whether something is said of them."""


@pytest.mark.parametrize("name", TEXTS)
def test_of_plain_texts_those_are_named_that_look_like_posts(root: Path, name: str) -> None:
    text, said = TEXTS[name]
    put(root / "posts" / "post.txt", text)
    paths = [file.path for file in check(find_project(root)).files]
    assert ("posts/post.txt" in paths) == said


def test_it_is_said_how_each_becomes_a_post(root: Path) -> None:
    said = {file.path: file.findings[0].message for file in check(find_project(root)).files}
    assert said["posts/post.txt"].endswith("rename it to post.md")
    assert "save it as Markdown, draft.md, for example with `pandoc" in said["posts/draft.docx"]
