"""`pubtool evidence`: the binder holds every quotation, its page, and what could not be checked."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import typst
from click.testing import CliRunner, Result

from pubtool.cli import program
from pubtool.model import Choice, Decision
from pubtool.pipeline import check, find_project
from pubtool.pipeline.deciding import decide

Q = "No fewer than forty ships were lost in the first winter of the harbour lamps."
DUTY = "It is the duty of every officer of the coast to report a lamp that has gone out."
FILLER = "Nobody had asked the pilots whether they could find the flats in such a fog. "
PAGES = f"""#set page(width: 14cm, height: 20cm, numbering: "1")
#counter(page).update(241)
{FILLER * 8}{Q} {FILLER * 4}
#pagebreak()
{FILLER * 5}{DUTY} {FILLER * 5}"""
POST = f"""---
title: On the lamps
date: 2026-05-03
---

Mole says it: “{Q}” [@mole, p. 241] And again, “forty ships were lost in the first winter”
[@mole, p. 241].

But “it is the duty of every officer of the shore to report a lamp” [@mole, p. 242].

Gone has it too: “There was never a book so lost as this one was.” [@gone, p. 3]

Fen: “the lamps of the north were never lit again” [@fen]. “Nobody ever said these very words of
it.” [@mole]
"""
BIBLIOGRAPHY = """@book{mole, author={Ada Mole}, title={The Harbour Lamps}, publisher={Deal},
  year={1901}}
@book{gone, author={Dan Gone}, title={A Lost Book}, publisher={Rye}, year={1888}}
@book{fen, author={Cara Fen}, title={Lamps of the North}, publisher={Deal}, year={1920}}
"""
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("project")
    for name, text in {
        "posts/a.md": POST,
        "posts/b.md": "---\ntitle: Nothing quoted\n---\n\nNo word of others’ is in here.\n",
        "sources/fen.txt": f"{FILLER}\n\nThe lamps of the north were never lit again.\n",
        "references.bib": BIBLIOGRAPHY,
        "pubtool.toml": '[site]\ntitle = "The Keeper"\n',
    }.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    (root / "sources/mole.pdf").write_bytes(
        bytes(typst.compile(PAGES.encode(), ignore_system_fonts=True))
    )
    return root


def evidence(root: Path, *arguments: str | Path) -> Result:
    given = ["--project", str(root), "evidence", *map(str, arguments)]
    return CliRunner().invoke(program, given, prog_name="pubtool")


@pytest.fixture(scope="module")
def binder(project: Path) -> Path:
    done = evidence(project)
    assert done.exit_code == 0, done.output
    assert "wrote evidence.pdf and evidence.html, with 2 pages of sources" in done.output
    return project


@pytest.fixture(scope="module")
def words(binder: Path) -> str:
    document = pypdfium2.PdfDocument(str(binder / "evidence.pdf"))
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return re.sub(r"\s+", " ", " ".join(pages).replace("￾", "-"))


@pytest.fixture(scope="module")
def html(binder: Path) -> str:
    return (binder / "evidence.html").read_text(encoding="utf-8")


def test_what_could_not_be_checked_comes_first_then_what_failed(words: str, html: str) -> None:
    for text in (words, html):
        heads = ["Could not be checked (1)", "Failed (2)", "Passed (3)", "Contents by post"]
        places = [text.index(head) for head in [*heads, "Contents by source"]]
        assert places == sorted(places)
        assert "6 quotations in 2 posts: 5 checked, 3 passed, 2 failed; 1 unchecked" in text


def test_each_quotation_has_its_words_verdict_difference_citation_and_place(html: str) -> None:
    (entry,) = re.findall(r'<article aria-labelledby="quotation-3">.*?</article>', html, re.DOTALL)
    assert "altered without a mark" in entry
    assert "posts/a.md, line 9" in entry
    assert re.search(r"<mark>it is the duty of every officer of the\s+shore", entry)
    assert "⟦source: <del>coast</del>⟧" in entry
    assert '<ins class="faulty">shore</ins>' in entry
    assert "Mole, Ada. The Harbour Lamps. Deal, 1901." in entry
    assert "Q101" in entry
    assert "page 242" in entry
    assert "sources/mole.pdf" in entry
    assert re.search(r"sha256 [0-9a-f]{64}", entry)
    assert entry.count("<rect") == 2  # a line each
    assert "Page 242 (page 2 of the file), the passage marked." in entry


def test_a_page_that_several_quotations_share_is_stored_once(binder: Path, html: str) -> None:
    assert html.count("<image ") == html.count("data:image/png") == 2
    assert html.count("<use ") == 3
    with pikepdf.open(binder / "evidence.pdf") as document:
        images = {o.objgen for p in document.pages for o in p.get_images().values()}
    assert len(images) == 2


def test_a_text_without_pages_is_shown_as_text_and_a_missing_one_as_missing(html: str) -> None:
    fen, gone = (
        re.findall(rf'<article aria-labelledby="quotation-{n}">.*?</article>', html, re.DOTALL)[0]
        for n in (5, 4)
    )
    assert "line 3 of the extracted text" in fen
    assert re.search("<mark>.?he lamps of the north were never lit again", fen)
    assert "no readable text" in gone
    assert "<svg" not in fen + gone


def test_the_html_stands_alone(html: str) -> None:
    assert "<script" not in html
    assert not re.findall(r'(?:src|href)="(?!#|data:)', html)


def test_the_pdf_is_tagged_and_has_bookmarks(binder: Path) -> None:
    with pikepdf.open(binder / "evidence.pdf") as document:
        assert document.Root.MarkInfo.Marked
        with document.open_outline() as outline:
            titles = [item.title for item in outline.root]
            below = [child.title for item in outline.root for child in item.children]
    assert titles[:3] == ["Cite-check binder: The Keeper", "Contents by post", "Contents by source"]
    assert "Quotation 3: altered without a mark" in below
    assert any(title.startswith("Could not be checked") for title in below)


def test_it_is_the_same_elsewhere_and_on_another_day(
    binder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "elsewhere"
    shutil.copytree(binder, other, ignore=shutil.ignore_patterns(".pubtool", "evidence.*"))
    for path in other.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert evidence(other).exit_code == 0
    for name in ("evidence.pdf", "evidence.html"):
        assert (other / name).read_bytes() == (binder / name).read_bytes()


def test_one_post_and_another_name(project: Path, tmp_path: Path) -> None:
    done = evidence(project, project / "posts/b.md", "-o", tmp_path / "b.pdf")
    assert done.exit_code == 0, done.output
    html = (tmp_path / "b.html").read_text(encoding="utf-8")
    assert "No quotation names or rests on a source." in html
    assert "On the lamps" not in html


def test_a_name_that_is_no_pdf_s_is_refused(project: Path, tmp_path: Path) -> None:
    done = evidence(project, "-o", tmp_path / "b.docx")
    assert done.exit_code == 2
    assert "end it in .pdf" in done.output
    assert not list(tmp_path.iterdir())


def test_characters_that_no_font_has_are_named_and_the_rest_is_set(tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    (tmp_path / "sources").mkdir()
    (tmp_path / "pubtool.toml").write_text("")
    (tmp_path / "references.bib").write_text(BIBLIOGRAPHY, encoding="utf-8")
    (tmp_path / "sources/fen.txt").write_text("灯台 " + Q + " \U00013000 灯", encoding="utf-8")
    (tmp_path / "posts/a.md").write_text(f"Fen: “{Q}” [@fen]\n", encoding="utf-8")
    done = evidence(tmp_path)
    assert done.exit_code == 0, done.output
    document = pypdfium2.PdfDocument(BytesIO((tmp_path / "evidence.pdf").read_bytes()))
    last = document[len(document) - 1].get_textpage().get_text_bounded()
    document.close()
    assert "U+706F" in last
    assert "U+13000" in last
    assert "灯台" in (tmp_path / "evidence.html").read_text(encoding="utf-8")


def test_what_was_waived_and_decided_is_told_with_its_reason(project: Path, tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(project, root, ignore=shutil.ignore_patterns(".pubtool", "evidence.*"))
    wrong = "“it is the duty of every officer of the shore to report a lamp”"
    waived = f'[{wrong}]{{.quote waive="Q101" reason="the second edition has it"}}'
    text = (root / "posts/a.md").read_text(encoding="utf-8")
    (root / "posts/a.md").write_text(text.replace(wrong, waived), encoding="utf-8")
    known = Decision(
        "posts/a.md", quotation_id(root), Q, Choice.ACCEPT, "verbatim", by="Ed", on="2026-05-04"
    )
    decide(root, known)
    assert evidence(root).exit_code == 0
    html = (root / "evidence.html").read_text(encoding="utf-8")
    assert "Waived in the post: the second edition has it" in html
    assert "Accepted when the verdict was “word for word” (Ed, 2026-05-04)" in html


def quotation_id(root: Path) -> str:
    """Return the id of the first quotation of a project."""
    report = check(find_project(root))
    return min(report.posts[0].verdicts, key=lambda each: each.quotation.span).quotation.id


def test_a_post_of_which_nothing_is_to_be_said_has_no_page(project: Path, tmp_path: Path) -> None:
    """It is in the contents, so that nobody thinks that it was not looked at."""
    root = tmp_path / "empty"
    shutil.copytree(project, root, ignore=shutil.ignore_patterns(".pubtool", "evidence.*"))
    assert evidence(root).exit_code == 0
    before = pages_of(root)
    (root / "posts/empty.md").write_text("---\ntitle: Nothing here\n---\n")
    assert evidence(root).exit_code == 0
    assert pages_of(root) == before
    html = (root / "evidence.html").read_text(encoding="utf-8")
    assert html.count("Nothing here") == 1
    assert "<h3><span lang=" in html


def pages_of(root: Path) -> int:
    with pikepdf.open(root / "evidence.pdf") as document:
        return len(document.pages)


def test_a_german_project_has_a_german_binder(project: Path, tmp_path: Path) -> None:
    """Its own lines are German; what is English is said to be, for who has it read aloud."""
    root = tmp_path / "deutsch"
    shutil.copytree(project, root, ignore=shutil.ignore_patterns(".pubtool", "evidence.*"))
    (root / "pubtool.toml").write_text('[site]\ntitle = "Leuchten"\nlang = "de"\n')
    assert evidence(root).exit_code == 0
    html = (root / "evidence.html").read_text(encoding="utf-8")
    assert '<html lang="de">' in html
    assert "<h1>Zitatprüfung: Leuchten</h1>" in html
    assert re.search(r">Zitat 1: \w+", html)
    assert re.search(
        r"<strong>Q101</strong> .*\(Fehler\).* Wörter geändert, ohne Kennzeichnung: "
        r'<span lang="en">“shore” stands where the source has “coast”', html
    )  # fmt: skip
    english = ["(error)", ", page 2", "Waived", "Accepted", "Quotation 1", "Could not be"]
    for words in (*english, "Contents by", "No page is shown", "Passed"):
        assert words not in html
    with pikepdf.open(root / "evidence.pdf") as document:
        assert str(document.Root.Lang) == "de"
        with document.open_outline() as outline:
            titles = [item.title for item in outline.root]
    assert titles[:3] == ["Zitatprüfung: Leuchten", "Inhalt nach Beiträgen", "Inhalt nach Quellen"]
