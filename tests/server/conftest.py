"""A small project to be previewed."""

from __future__ import annotations

from pathlib import Path

import pytest

POST = """---
title: On care
date: 2026-05-03
status: publish
---

Mill wrote of the “only freedom which deserves the name, is that of pursuing our own good”
[@mill1859].

![A tower](tower.png)
"""
SOURCE = """The only freedom which deserves the name, is that of pursuing our own good in our own
way, so long as we do not attempt to deprive others of theirs.
"""
BIBLIOGRAPHY = """@book{mill1859, author = {Mill, John Stuart}, title = {On Liberty}, date = {1859}}
"""
PICTURE = Path(__file__).parents[1] / "wordpress" / "dot.png"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of one post that quotes rightly."""
    root = tmp_path / "project"
    for name in ("posts", "sources"):
        (root / name).mkdir(parents=True)
    (root / "pubtool.toml").write_text('[site]\ntitle = "A site"\n', encoding="utf-8")
    (root / "references.bib").write_text(BIBLIOGRAPHY, encoding="utf-8")
    (root / "sources" / "mill1859.txt").write_text(SOURCE, encoding="utf-8")
    (root / "posts" / "on-care.md").write_text(POST, encoding="utf-8")
    (root / "posts" / "tower.png").write_bytes(PICTURE.read_bytes())
    return root
