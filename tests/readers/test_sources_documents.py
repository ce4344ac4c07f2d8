"""Documents of word processors and publishers: their words, notes, emphasis, pages; and traps."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pubtool.model import MissingText, Source, SourceText, Unavailable
from pubtool.model.places import Key
from pubtool.readers.lock import Lock
from pubtool.readers.sources.document import FORMATS, read_document_file
from pubtool.readers.sources.extracted import Extracted, Unusable
from pubtool.readers.sources.read import read_source
from pubtool.system.pandoc import pandoc_path

MARKDOWN = """# Article 1

The keeper shall light the *lamp* at dusk[^1] and sound the horn in fog.

(a) The oil is counted.
(b) The log is closed.

> He shall not leave the tower while it **burns**.

| Port | Ships |
|------|-------|
| Deal | 12    |

The last paragraph.

[^1]: By the harbour's report of that year.
"""
MADE = ["docx", "odt", "epub", "rtf", "latex", "mediawiki", "jats"]


def make(form: str, markdown: str = MARKDOWN) -> bytes:
    command = [str(pandoc_path()), "-f", "markdown-smart", "-t", form, "-s", "-o", "-"]
    metadata = ["-M", "title=Orders of the Tower"]
    made = subprocess.run(
        [*command, *metadata], input=markdown.encode(), capture_output=True, check=True
    )
    return made.stdout


def ending(form: str) -> str:
    return next(ending for ending, name in FORMATS.items() if name == form)


def read(form: str, markdown: str = MARKDOWN) -> Extracted:
    return read_document_file(make(form, markdown), f"k{ending(form)}")


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("form", MADE)
def test_words_stand_in_order_and_none_is_lost(form: str) -> None:
    text = words(read(form).text)
    at = 0
    for part in (
        "Article 1",
        "The keeper shall light the lamp at dusk",
        "and sound the horn in fog.",
        "The oil is counted.",
        "The log is closed.",
        "He shall not leave the tower while it burns.",
        "Port Ships" if form != "rtf" else "Port",
        "The last paragraph.",
    ):
        assert part in text[at:], part
        at = text.index(part, at)


@pytest.mark.parametrize("form", [form for form in MADE if form != "rtf"])
def test_a_note_stands_behind_the_text_and_its_mark_is_raised(form: str) -> None:
    found = read(form)
    assert "at dusk¹ and" in words(found.text)
    body, _, notes = found.text.partition("\f")
    assert "harbour’s report" in notes or "harbour's report" in notes
    assert "report" not in body
    assert [m.locator.value for m in found.landmarks if m.locator.label == "note"] == ["1"]


@pytest.mark.parametrize("form", MADE)
def test_emphasis_is_kept(form: str) -> None:
    found = read(form)
    emphasised = [found.text[span.start : span.end] for span in found.emphasis]
    assert "lamp" in emphasised
    assert "burns" in emphasised


@pytest.mark.parametrize("form", ["docx", "epub"])
def test_block_quotes_are_kept(form: str) -> None:
    found = read(form, "Rowse told us:\n\n> Trust no lamp.\n\nThe log is kept.\n")
    quoted = [found.text[span.start : span.end].strip() for span in found.quoted]
    assert quoted == ["Trust no lamp."]


def test_marks_of_list_items_are_written_as_printed() -> None:
    text = read("docx", "(a) one\n(b) two\n\n4. four\n5. five\n").text
    assert words(text).endswith("(a) one (b) two 4. four 5. five")


@settings(max_examples=20, deadline=None)
@given(
    st.sampled_from(["docx", "odt", "epub", "latex", "jats"]),
    st.lists(st.text("abcdefgh éß", min_size=3, max_size=40), min_size=1, max_size=5),
)
def test_what_is_written_is_what_is_read(form: str, paragraphs: list[str]) -> None:
    whole = [words(p) for p in paragraphs if words(p)]
    text = read(form, "\n\n".join(f"Begin {p} end." for p in whole)).text
    assert all(f"Begin {p} end." in words(text) for p in whole)


# --- Printed pages --------------------------------------------------------------------------------


def epub(body: str) -> bytes:
    """Return an EPUB whose only chapter has a body."""
    page = f'<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>T</title></head><body>{body}</body></html>'
    package = """<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>T</dc:title>
<dc:identifier id="i">i</dc:identifier><dc:language>en</dc:language></metadata>
<manifest><item id="c" href="c.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="c"/></spine></package>"""
    container = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="p.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>"""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", container)
        archive.writestr("p.opf", package)
        archive.writestr("c.xhtml", page)
    return out.getvalue()


def test_an_epub_s_page_breaks_are_printed_pages() -> None:
    body = (
        '<p>Words <span epub:type="pagebreak" id="p245" title="245"/>on that page.</p>'
        '<div epub:type="pagebreak" role="doc-pagebreak" aria-label="246"/><p>More.</p>'
    )
    found = read_document_file(epub(body), "k.epub")
    pages = {mark.locator.value: found.text[mark.at :].split()[0] for mark in found.landmarks}
    assert pages == {"245": "on", "246": "More."}


# --- What cannot be read --------------------------------------------------------------------------


def refused(data: bytes, name: str) -> tuple[Unavailable, str]:
    with pytest.raises(Unusable) as error:
        read_document_file(data, name)
    assert error.value.detail.startswith(name)
    assert "\n" not in error.value.detail
    return error.value.why, error.value.detail


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(50_000_000))
    return out.getvalue()


PROGRAMMED = r"""\documentclass{book}
\newcommand{\Sep}[1]{\ignorespaces}
\newcommand{\First}[1]{\textsc{#1}}
\newcommand{\Front}{%
  \ifthenelse{\equal{#1}{}}{
  \let\oldmark=\relax
}{
\newenvironment{Odd}{\begin{alltt}}{\end
\begin{document}
\First{The} keeper lights \emph{every} lamp
\Sep{8}
at dusk.

\begin{unknownthing}
A \emph{bell} here.
\end{unknownthing}
\end{document}
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_preamble_that_pandoc_refuses_costs_no_word_and_no_emphasis(end: str) -> None:
    found = read_document_file(PROGRAMMED.replace("\n", end).encode(), "k.tex")
    assert "The keeper lights every lamp at dusk." in found.text
    assert "every" in [found.text[span.start : span.end] for span in found.emphasis]


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"no archive", "k.docx", "damaged"),
        (make("docx")[:2000], "k.docx", "damaged"),
        (make("html"), "k.epub", "damaged"),
        (make("odt"), "k.docx", "pandoc"),
        (b"\\begin{document", "k.tex", "pandoc"),
    ],
)
def test_damaged_documents_are_unreadable(data: bytes, name: str, said: str) -> None:
    why, detail = refused(data, name)
    assert why is Unavailable.UNREADABLE
    assert said in detail


def test_a_bomb_is_not_unpacked() -> None:
    assert "trap" in refused(bomb(), "k.docx")[1]


def test_other_xml_is_not_supported() -> None:
    why, detail = refused(b"<?xml version='1.0'?><feed><entry/></feed>", "k.xml")
    assert why is Unavailable.UNSUPPORTED
    assert "not JATS" in detail


def test_no_other_file_is_ever_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.tex"
    secret.write_text("The words of another file.", encoding="utf-8")
    latex = (
        f"\\documentclass{{article}}\\begin{{document}}Own. \\input{{{secret}}}\\end{{document}}"
    )
    assert "another" not in read_document_file(latex.encode(), "k.tex").text
    jats = (
        f'<!DOCTYPE article [<!ENTITY x SYSTEM "file://{secret}">]>'
        "<article><body><p>Own. &x;</p></body></article>"
    )
    try:
        text = read_document_file(jats.encode(), "k.xml").text
    except Unusable:
        text = ""
    assert "another" not in text


@pytest.mark.parametrize("form", MADE)
def test_a_document_in_the_sources_folder_is_found(form: str, tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / f"sources/k{ending(form)}").write_bytes(make(form))
    found = read_source(Source(Key("k"), "book", "K"), tmp_path, Lock())
    assert not isinstance(found, MissingText)
    assert isinstance(found, SourceText)
    assert "article-locator" in {mark.locator.label for mark in found.landmarks}
