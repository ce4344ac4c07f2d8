"""EPUB: what epubcheck takes, the proof within, nothing that runs, the same bytes every time."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tests.random_posts import random_posts
from tests.writers.epubs import NAMES, TYPE, complaints, members, package, page, said, words
from tests.writers.everything import ACTIVE_SVG, DRAWING, EVERYTHING, HOSTILE, picture

from pubtool.errors import PubtoolError
from pubtool.model import QuotationKind, SeriesPart, VerdictKind
from pubtool.writers.book_images import read_picture

FILES = {"posts/box.png": picture()}
QUOTED = 'Mill wrote "of his own" [@mill1859, 12], and "the other" [@doe2001].'


@pytest.fixture
def epub(material: Any, write: Any) -> Any:
    """Return a maker of one post's EPUB."""

    def make(*checked: Any, name: str = "a/a.epub", **given: Any) -> bytes:
        data: bytes = write(material(*checked, **{"files": FILES, **given}), "epub")[name]
        return data

    return make


# --- The container --------------------------------------------------------------------------------


def test_the_type_comes_first_and_is_not_packed(post: Any, epub: Any) -> None:
    data = epub(post("Text."))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert not first.extra
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert data[30:58] == b"mimetypeapplication/epub+zip"


def test_a_post_s_book_has_these_files(post: Any, epub: Any) -> None:
    book = members(epub(post("![Red](box.png)", image="box.png", image_alt="The cover")))
    assert list(book) == [
        *("mimetype", "META-INF/container.xml", "EPUB/package.opf", "EPUB/style.css"),
        *("EPUB/chapter-1.xhtml", "EPUB/nav.xhtml", "EPUB/title.xhtml", "EPUB/cover.png"),
    ]
    assert book["EPUB/cover.png"] == picture()


def test_two_runs_give_the_same_bytes(post: Any, epub: Any) -> None:
    checked = post(EVERYTHING, lang="de")
    assert epub(checked) == epub(checked)


# --- What it says of itself -----------------------------------------------------------------------


def test_it_says_what_it_is(post: Any, epub: Any) -> None:
    checked = post(
        "Text.",
        title="A “title” & <more>",
        authors=("Jane Doe", "John Roe"),
        lang="en-GB",
        date="2026-05-03",
        tags=("law",),
        excerpt="In short.",
        series=(SeriesPart("The series", 1),),
    )
    book = epub(checked, url="https://example.org")
    assert said(book, "dc:title") == ["A “title” & <more>"]
    assert said(book, "dc:creator") == ["Jane Doe", "John Roe"]
    assert said(book, "dc:language") == ["en-GB"]
    assert said(book, "dc:subject") == ["law"]
    assert said(book, "dc:description") == ["In short."]
    assert said(book, "dc:source") == ["https://example.org/a/"]
    assert said(book, "belongs-to-collection") == ["The series"]
    assert said(book, "group-position") == ["1"]
    assert said(book, "dcterms:modified") == ["2026-05-03T00:00:00Z"]
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", said(book, "dc:identifier")[0])


def test_its_identifier_is_its_own_and_stays(post: Any, epub: Any) -> None:
    def identifier(text: str, name: str, **given: Any) -> str:
        checked = post(text, path=f"posts/{name}.md")
        return said(epub(checked, name=f"{name}/{name}.epub", **given), "dc:identifier")[0]

    one = identifier("One.", "a")
    assert one == identifier("Anew.", "a")
    assert one != identifier("One.", "b")
    assert one != identifier("One.", "a", title="Another site")
    assert one != identifier("One.", "a", url="https://example.org")


@pytest.mark.parametrize("date", ["", "soon", "2026-13-45"])
def test_without_a_day_nothing_is_made_up_but_what_the_format_demands(
    date: str, post: Any, epub: Any
) -> None:
    book = epub(post("Text.", date=date))
    assert said(book, "dc:date") == []
    assert said(book, "dcterms:modified") == ["1970-01-01T00:00:00Z"]


def test_it_says_who_can_read_it(post: Any, epub: Any) -> None:
    plain = epub(post("Text."))
    assert said(plain, "schema:accessMode") == ["textual"]
    assert said(plain, "schema:accessibilityHazard") == ["none"]
    assert "alternativeText" not in said(plain, "schema:accessibilityFeature")
    shown = epub(post("![Red](box.png) and $x^2$"))
    assert said(shown, "schema:accessMode") == ["textual", "visual"]
    assert said(shown, "schema:accessModeSufficient") == ["textual"]
    assert {"alternativeText", "MathML"} <= set(said(shown, "schema:accessibilityFeature"))


def test_an_image_without_words_is_not_passed_over(post: Any, epub: Any) -> None:
    """Q6 tells the author; the book is made, and claims no more than it has."""
    book = epub(post("![](box.png) ![Red](box.png)"))
    assert said(book, "schema:accessModeSufficient") == []
    assert "alternativeText" not in said(book, "schema:accessibilityFeature")
    assert "1 of 2" in said(book, "schema:accessibilitySummary")[0]
    assert [i.get("alt") for i in page(book).iter("{*}img")] == ["", "Red"]


def test_what_moves_may_flash(post: Any, epub: Any) -> None:
    data = io.BytesIO()
    frames = [Image.new("RGB", (4, 4), color) for color in ("red", "white")]
    frames[0].save(data, "GIF", save_all=True, append_images=frames[1:])
    book = epub(post("![Red](box.gif)"), files={"posts/box.gif": data.getvalue()})
    assert said(book, "schema:accessibilityHazard") == ["unknown"]


# --- A series -------------------------------------------------------------------------------------


def series_of(post: Any, count: int = 2, **front: Any) -> list[Any]:
    return [
        post(
            f"# One\n\nPart {n}. See [the other](b{3 - n}.md#one) and [here](#one).^[Note.]",
            path=f"posts/b{n}.md",
            title=f"Part {n}",
            date=f"2026-05-0{n}",
            series=(SeriesPart("The book", n),),
            **front,
        )
        for n in range(1, count + 1)
    ]


def test_a_series_is_one_book(post: Any, epub: Any) -> None:
    book = epub(*series_of(post), name="series/the-book/the-book.epub")
    assert said(book, "dc:title") == ["The book"]
    assert said(book, "dcterms:modified") == ["2026-05-02T00:00:00Z"]
    toc = page(book, "nav.xhtml").find(".//x:nav", NAMES)
    assert [words(link) for link in toc.iter("{*}a")] == ["Part 1", "One", "Part 2", "One"]
    spine = [item.get("idref") for item in package(book).findall(".//opf:itemref", NAMES)]
    assert spine == ["title-page", "nav", "chapter-1", "chapter-2"]
    leads = [a.get("href") for a in page(book, "chapter-1.xhtml").iter("{*}a")]
    assert leads[:2] == ["chapter-2.xhtml#one", "#one"]


def test_a_link_to_a_post_elsewhere_needs_the_site_s_address(post: Any, epub: Any) -> None:
    for url, leads in (("", []), ("https://example.org", ["https://example.org/b1/"])):
        one = post("See [it](b1.md).", path="posts/a.md")
        found = page(epub(one, *series_of(post, 1), url=url)).iter("{*}a")
        assert [a.get("href") for a in found] == leads


def test_a_link_to_a_file_beside_the_page_leads_to_it_on_the_web(post: Any, epub: Any) -> None:
    files = {"posts/data.csv": b"a,b"}
    for url, leads in (("", []), ("https://example.org", ["https://example.org/a/files/data.csv"])):
        found = page(epub(post("See [data](data.csv)."), files=files, url=url)).iter("{*}a")
        assert [a.get("href") for a in found] == leads


# --- The proof ------------------------------------------------------------------------------------


def test_a_mark_leads_to_the_proof_and_back(post: Any, verdict: Any, epub: Any) -> None:
    checked = post(
        QUOTED,
        verdict(QUOTED, "of his own"),
        verdict(QUOTED, "the other", VerdictKind.UNCHECKED, reason="missing"),
    )
    text = page(epub(checked))
    marks = [a for a in text.iter("{*}a") if a.get("class") == "mark"]
    assert [(a.text, a.get("role"), a.get(TYPE)) for a in marks] == [
        ("✓", "doc-noteref", "noteref"),
        ("○", "doc-noteref", "noteref"),
    ]
    assert [a.get("aria-label") for a in marks] == [
        "Quotation 1: word for word",
        "Quotation 2: not checked: no text of the source is at hand",
    ]
    for mark in marks:
        entry = text.find(f".//*[@id='{mark.get('href')[1:]}']")
        assert entry.get(TYPE) == "endnote"
        back = next(a for a in entry.iter("{*}a") if a.get("role") == "doc-backlink")
        assert back.get("href") == f"#{mark.get('id')}"
    proof = text.findall(".//x:section[@class='proofs']", NAMES)
    assert "Word for word. John Stuart Mill, On Liberty, page 12" in words(proof[0])


def test_where_nothing_was_checked_there_is_no_badge(post: Any, epub: Any) -> None:
    text = page(epub(post(QUOTED)))
    assert "✓" not in words(text)
    assert not text.findall(".//x:section[@class='proofs']", NAMES)


def test_a_block_quotation_has_its_mark_too(post: Any, verdict: Any, epub: Any) -> None:
    text = "> Words that stand\n> apart.\n\nAnd more."
    quoted = verdict(text, "Words that stand\n> apart.", sort=QuotationKind.BLOCK)
    quote = page(epub(post(text, quoted))).find(".//x:blockquote", NAMES)
    assert words(quote) == "Words that stand apart.✓"


def test_notes_are_asides_that_readers_pop_up(post: Any, epub: Any) -> None:
    text = page(epub(post("Text.^[A *note*.] More.[^l]\n\n[^l]:\n    - a list\n    - of two")))
    asides = list(text.iter("{*}aside"))
    assert [(a.get(TYPE), a.get("role")) for a in asides] == [("footnote", "doc-footnote")] * 2
    assert [words(a) for a in asides] == ["1. A note.", "2. a list of two"]
    for aside in asides:
        back = next(aside.iter("{*}a"))
        ref = text.find(f".//*[@id='{back.get('href')[1:]}']")
        assert (ref.get("href"), ref.get(TYPE)) == (f"#{aside.get('id')}", "noteref")


def test_two_notes_side_by_side_are_told_apart(post: Any, epub: Any) -> None:
    line = "One.^[A] Two.^[B]^[C] Three [@mill1859] [@doe2001]^[D]."
    text = page(epub(post(f"{line}\n\n| ^[E] | ^[F] |\n|--|--|")))
    refs = [a for a in text.iter("{*}a") if a.get("role") == "doc-noteref"]
    assert [words(a) for a in refs if "beside" in a.get("class", "")] == ["3", "6"]


# --- Text, languages, images ----------------------------------------------------------------------


def test_it_holds_the_page_s_words_in_the_page_s_order(
    post: Any, verdict: Any, material: Any, write: Any
) -> None:
    text = f"# Title\n\n{QUOTED}\n\n- a *b* c\n- d\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n`code`"
    files = write(material(post(text, verdict(text, "of his own"))), "epub", "html")
    flow = page(files["a/a.epub"]).find(".//x:section", NAMES)
    for gone in [node for node in flow if node.tag.endswith(("header", "section"))]:
        flow.remove(gone)
    for gone in list(flow.iter("{*}a")):
        if gone.get("class") == "mark":
            gone.text = ""
    html = files["a/index.html"].decode()
    shown = re.search(r'<div class="text">(.*?)</div>\n(?:<section|</article)', html, re.DOTALL)
    assert shown is not None
    plain = re.sub(r"<button.*?</button>|<aside.*?</aside>|<[^>]*>", "", shown[1], flags=re.DOTALL)
    letters = re.compile(r"[^\W\d]+")
    assert letters.findall(words(flow)) == letters.findall(plain)


def test_each_chapter_has_its_language_and_direction(post: Any, epub: Any) -> None:
    langs = ("ar", "de")
    parts = [
        post("Text.", path=f"posts/b{n}.md", lang=lang, series=(SeriesPart("S", n),))
        for n, lang in enumerate(langs, 1)
    ]
    book = epub(*parts, name="series/s/s.epub")
    for n, (lang, direction) in enumerate((("ar", "rtl"), ("de", None)), 1):
        root = page(book, f"chapter-{n}.xhtml")
        assert (root.get("lang"), root.get("dir")) == (lang, direction)
    assert said(book, "dc:language") == ["ar", "de"]
    spine = package(book).find(".//opf:spine", NAMES)
    assert spine.get("page-progression-direction") == "rtl"


def test_other_images_become_what_readers_know(post: Any, epub: Any) -> None:
    files = {
        "posts/a.webp": picture("WEBP"),
        "posts/c.png": b"no image at all",
        "posts/d.svg": DRAWING,
        "posts/wrong.jpg": picture("PNG"),
    }
    text = "![A](a.webp) ![C](c.png) ![D](d.svg) ![F](wrong.jpg)"
    book = epub(post(text), files=files)
    kinds = {
        item.get("href"): item.get("media-type")
        for item in package(book).findall(".//opf:item", NAMES)
        if item.get("media-type", "").startswith("image/")
    }
    assert sorted(kinds.values()) == ["image/png", "image/png", "image/svg+xml"]
    assert all(len(data) > 8 for name, data in members(book).items() if "image-" in name)
    assert [image.get("alt") for image in page(book).iter("{*}img")] == ["A", "D", "F"]
    assert "C" in words(page(book))


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<foreignObject><p/></foreignObject>",
        '<image href="https://evil.example/x.png"/>',
        '<a href="javascript:alert(1)"><rect/></a>',
        "<style>@import 'https://evil.example/x.css'</style>",
        "<style>rect { fill: url(https://evil.example/x) }</style>",
        '<rect onload="alert(1)"/>',
        '<set attributeName="href" to="x"/>',
    ],
)
def test_a_drawing_in_a_book_does_nothing_but_draw(inside: str) -> None:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4">{inside}<g/></svg>'
    found = read_picture(drawing.encode())
    assert found is not None
    assert (found.suffix, found.width) == ("svg", 4)
    assert b"<g/>" in found.data
    assert not re.search(rb"script|foreign|evil|alert|href=", found.data)


def test_a_drawing_that_moves_may_flash() -> None:
    moving = '<svg xmlns="http://www.w3.org/2000/svg"><animate attributeName="x"/></svg>'
    found = [read_picture(data.encode()) for data in (moving, moving.replace("animate", "g"))]
    assert [one and one.moves for one in found] == [True, False]


def test_a_bomb_is_no_image(post: Any, epub: Any) -> None:
    data = bytearray(picture())
    data[16:24] = (60_000).to_bytes(4) * 2  # what the header says of its size
    book = epub(post("![Red](box.png)"), files={"posts/box.png": bytes(data)})
    assert not list(page(book).iter("{*}img"))


def test_a_project_may_have_a_style_of_its_own(post: Any, material: Any, write: Any) -> None:
    own = {"templates/epub.css": b"body { color: green }"}
    book = write(material(post("Text."), files=own), "epub")["a/a.epub"]
    assert members(book)["EPUB/style.css"] == b"body { color: green }"


def test_a_draft_says_so_on_its_first_page_and_in_the_text(post: Any, epub: Any) -> None:
    book = epub(post("Text."), draft=True)
    for name in ("title.xhtml", "chapter-1.xhtml"):
        assert "Draft, unverified." in words(page(book, name))


# --- Hostile posts --------------------------------------------------------------------------------


def test_nothing_runs_and_nothing_is_fetched(post: Any, epub: Any) -> None:
    files = {**FILES, "posts/evil.svg": ACTIVE_SVG}
    book = epub(post(HOSTILE, title="<script>alert(1)</script>"), files=files)
    for name, data in members(book).items():
        if not name.endswith(".xhtml"):
            assert not re.search(rb"<script|javascript:|@import|onload", data), name
            continue
        root = page(book, name.removeprefix("EPUB/"))
        for node in root.iter("{*}*"):
            tag = node.tag.rpartition("}")[2]
            assert tag not in ("script", "style", "iframe", "object", "form", "svg", "input"), tag
            for attribute, value in node.attrib.items():
                assert not attribute.startswith("on"), data
                assert not re.search(r"javascript:|vbscript:|data:|file:|url\(", value, re.I), value
                if attribute in ("src", "poster", "srcset"):
                    assert "//" not in value
        leads = [a.get("href") for a in root.iter("{*}a")]
        assert all(re.match(r"https?:|#|[a-z0-9-]+\.xhtml", lead) for lead in leads)


def test_a_fake_proof_of_the_author_s_own_leads_nowhere(post: Any, epub: Any) -> None:
    text = "[Fake]{.quotation data-verdict=verbatim #q-1} [x]{#proof-q-1 role=doc-noteref .mark}"
    root = page(epub(post(text)))
    assert "✓" not in words(root)
    assert not [node for node in root.iter("{*}*") if node.get("role") == "doc-noteref"]


# --- epubcheck ------------------------------------------------------------------------------------


def test_epubcheck_passes_a_post_with_everything(
    post: Any, verdict: Any, epub: Any, tmp_path: Path
) -> None:
    checked = post(
        EVERYTHING,
        verdict(EVERYTHING, "of his own"),
        title="A title & <markup> " * 12,
        authors=(),
        date="",
        lang="ar",
        image="box.png",
    )
    assert complaints(epub(checked, author=""), tmp_path) == []


def test_epubcheck_passes_a_hostile_post(post: Any, epub: Any, tmp_path: Path) -> None:
    checked = post(HOSTILE, title="\x0b<script>alert(1)</script>", excerpt="\x00 ]]> &x;")
    files = {**FILES, "posts/evil.svg": ACTIVE_SVG}
    assert complaints(epub(checked, files=files), tmp_path) == []


def test_epubcheck_passes_thirty_random_posts_in_one_book(
    post: Any, epub: Any, tmp_path: Path
) -> None:
    parts = []
    for number, text in enumerate(random_posts(31, seed=4)):
        checked = post(text, path=f"posts/b{number}.md", series=(SeriesPart("S", number),))
        try:
            _ = checked.document
        except PubtoolError:  # pandoc takes one in some two hundred for a broken table
            continue
        parts.append(checked)
    assert len(parts) >= 30
    assert complaints(epub(*parts, name="series/s/s.epub"), tmp_path) == []


def test_epubcheck_sees_a_bad_book(post: Any, epub: Any, tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in members(epub(post("Text."))).items():
            archive.writestr(name, text.replace(b"</main>", b"<script>1</script></main>"))
    assert complaints(data.getvalue(), tmp_path)
