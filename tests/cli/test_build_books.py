"""`build --to epub,docx`: files beside the pages, the same anywhere, and none that is stale."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

POST = """\
---
title: {title}
date: 2026-01-01
status: publish
series: {{name: The book, part: {part}}}
---

# One

Words^[A note] and ![a box](box.png), $x^2$, [elsewhere](b.md).
"""
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
    "53de0000000c4944415408d763f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make(tmp_path / "project")


def make(root: Path) -> Path:
    (root / "posts").mkdir(parents=True)
    (root / "pubtool.toml").write_text("", encoding="utf-8")
    (root / "references.bib").write_text("", encoding="utf-8")
    (root / "posts" / "box.png").write_bytes(PNG)
    for part, name in enumerate("ab", 1):
        text = POST.format(title=name.upper(), part=part)
        (root / "posts" / f"{name}.md").write_text(text, encoding="utf-8")
    return root


def build(root: Path, formats: str, **given: str) -> dict[str, bytes]:
    """Build, and return what stands in the output folder."""
    command = [sys.executable, "-m", "pubtool", "build", "--to", formats]
    done = subprocess.run(
        command, cwd=root, env={**os.environ, **given}, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    folder = root / "public"
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_books_stand_beside_the_pages(project: Path) -> None:
    assert list(build(project, "epub,docx")) == [
        *("a/a.docx", "a/a.epub", "b/b.docx", "b/b.epub"),
        *("series/the-book/the-book.docx", "series/the-book/the-book.epub"),
    ]


def test_they_are_the_same_bytes_anywhere(tmp_path: Path) -> None:
    one = build(make(tmp_path / "here"), "epub,docx", TZ="UTC", LC_ALL="C", PYTHONHASHSEED="1")
    far = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "4242"}
    other = build(make(tmp_path / "a longer name" / "ö"), "epub,docx", **far)
    assert one == other


def test_a_book_that_is_no_longer_made_goes_with_its_format(project: Path) -> None:
    build(project, "epub,docx")
    (project / "posts" / "b.md").unlink()
    left = build(project, "epub")
    assert "b/b.epub" not in left
    assert "b/b.docx" in left
    assert "b/b.docx" not in build(project, "docx")


def test_an_unchanged_book_is_not_written_again(project: Path) -> None:
    build(project, "epub,docx")
    command = [sys.executable, "-m", "pubtool", "build", "--to", "epub,docx"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=True)
    assert "wrote 0 files to public/, 6 files unchanged" in done.stderr


def test_a_page_leads_to_the_books_beside_it(project: Path) -> None:
    page = build(project, "html,epub,docx")["a/index.html"].decode()
    assert '<a href="a.epub">EPUB</a>' in page
    assert '<a href="a.docx">Word</a>' in page
    assert "a.pdf" not in page
    assert '<a href="a.epub">' not in build(project, "html,docx")["a/index.html"].decode()


@pytest.mark.parametrize("form", ["epub", "docx", "pdf", "html"])
def test_a_damaged_image_is_named_whatever_is_made(form: str, project: Path) -> None:
    (project / "posts" / "box.png").write_bytes(PNG[:40])
    command = [sys.executable, "-m", "pubtool", "build", "--to", form]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "left out the image box.png: " in done.stderr


def test_a_reference_document_that_is_none_ends_in_one_sentence(project: Path) -> None:
    (project / "templates").mkdir()
    (project / "templates" / "reference.docx").write_bytes(b"no Word file")
    command = [sys.executable, "-m", "pubtool", "build", "--to", "docx"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "templates/reference.docx: it cannot give the styles" in done.stderr
    assert "Traceback" not in done.stderr
