"""What a build knows of the sources' texts, and that it opens none without need."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
import typst

from pubtool.model import Key
from pubtool.pipeline.building import BuildResult, build
from pubtool.pipeline.shelf import sources_of
from pubtool.pipeline.targets import BuildMode
from pubtool.pipeline.workspace import Workspace
from pubtool.system.config import find_project

PAGE = """<!doctype html><html lang="en"><head><title>On goods</title></head><body><main>
<article><h1>On goods</h1>
<p>Whoever knowingly receives stolen goods shall be punished, and the goods shall be returned.</p>
<p>It is the same with money, unless it was received in good faith by somebody who paid.</p>
</article></main></body></html>"""
PDF = """#set page(numbering: "1")
#counter(page).update(101)
Nothing of note is said on the first page of this paper.
#pagebreak()
The second page says that every quotation should be looked up before it is printed."""
BIBLIOGRAPHY = """
@online{goods, author = {Roe, Ann}, title = {On Goods}, year = {2001},
  url = {https://law.example.org/goods},
  archiveurl = {https://web.archive.org/web/2020/https://law.example.org/goods}}
@article{paper, author = {Doe, Jane}, title = {A Paper}, journaltitle = {Papers}, year = {2002},
  url = {https://papers.example.org/paper.pdf}}
@book{evil, author = {Eve, Ill}, title = {A Book}, year = {2003}, url = {javascript:alert(1)}}
"""
POST = """---
title: A post
date: 2026-05-03
status: publish
---

Roe: “knowingly receives stolen goods” [@goods]. And Doe: “every quotation should be looked up”
[@paper]. And Eve: “words are not to be trusted here” [@evil].
"""
FRAGMENT = "#:~:text=knowingly%20receives%20stolen%20goods"
Build = Callable[[], BuildResult]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, data in {
        "posts/a.md": POST.encode(),
        "sources/goods.html": PAGE.encode(),
        "sources/paper.pdf": bytes(typst.compile(PDF.encode(), ignore_system_fonts=True)),
        "sources/evil.txt": b"It says that words are not to be trusted here, nor there.\n",
        "references.bib": BIBLIOGRAPHY.encode(),
        "pubtool.toml": b"",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    return tmp_path


@pytest.fixture
def run(root: Path) -> Build:
    def go() -> BuildResult:
        return build(
            find_project(root),
            formats=("html",),
            output=root / "public",
            mode=BuildMode.STRICT,
            progress=lambda done, total, what: None,
        )

    return go


def test_links_lead_into_the_sources_and_nowhere_else(root: Path, run: Build) -> None:
    assert not run().stopped
    page = (root / "public/a/index.html").read_text(encoding="utf-8")
    links = {unescape(link) for link in re.findall(r'href="([^"]*)"', page)}
    assert f"https://law.example.org/goods{FRAGMENT}" in links
    assert f"https://web.archive.org/web/2020/https://law.example.org/goods{FRAGMENT}" in links
    assert "https://papers.example.org/paper.pdf#page=2" in links
    assert not [link for link in links if re.match(r"\s*javascript:", link, re.IGNORECASE)]


def test_what_is_known_of_a_source(root: Path) -> None:
    with Workspace(find_project(root)) as workspace:
        sources = sources_of(workspace)
        known = sources.provenance(Key("goods"))
        digest = hashlib.sha256(PAGE.encode()).hexdigest()
        assert known.files == (("sources/goods.html", digest),)
        assert known.suffix == ".html"
        text = sources.text(Key("goods"))
        assert text is not None
        assert "knowingly receives" in text.text
        assert sources.reader(Key("goods")).startswith("html ")
        assert sources.provenance(Key("none")).files == ()
        assert sources.text(Key("none")) is None
        assert sources.reader(Key("none")) == ""


def test_a_build_with_nothing_new_opens_no_source(
    run: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = run()

    def opened(self: Workspace) -> None:
        raise AssertionError("a source was opened")

    monkeypatch.setattr(Workspace, "library", property(opened))
    monkeypatch.setattr(Workspace, "opened", property(opened))
    again = run()
    assert again.written == ()
    assert again.unchanged == len(first.written)


def test_a_source_that_changed_without_touching_a_verdict_renews_the_record(
    root: Path, run: Build
) -> None:
    run()
    with (root / "sources/evil.txt").open("a", encoding="utf-8") as file:
        file.write("And more.\n")
    written = run().written
    assert {"a/verification.json", "verification.json"} <= set(written)
    assert not {"index.html", "style.css"} & set(written)
