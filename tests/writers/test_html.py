"""Pages: what a reader sees of the check, and what a hostile post cannot do."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from tests.pictures import picture
from tests.writers.conftest import MILL

from pubtool.model import (
    Bibliography,
    Difference,
    DifferenceKind,
    Extent,
    Key,
    QuotationKind,
    SeriesPart,
    Span,
    VerdictKind,
)

DATA = Path(__file__).parent.parent / "data" / "writers"

VOID = {"meta", "link", "br", "hr", "img", "col", "input"}
LOADING = {"src", "srcset", "data", "poster"}
LEADING = {"alternate", "canonical", "next", "prev"}
"""Relations of links that a browser does not follow by itself."""


class Page(HTMLParser):
    """A page's elements; an unbalanced tag fails."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names))
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


TEXT = """\
Mill wrote "of his own" [@mill1859, 12], and Doe “twice over” [@doe2001].

> A block of words.
>
> — @mill1859

# A heading

Text with *a "crossing* quotation" and `code`.[^1]

[^1]: A note.
"""


@pytest.fixture
def page(post: Any, verdict: Any, material: Any, write: Any) -> str:
    difference = Difference(
        DifferenceKind.ELLIPSIS,
        "…",
        "and then some",
        Span(0, 1),
        Span(0, 1),
        marked=True,
        permitted=True,
    )
    checked = post(
        TEXT,
        verdict(TEXT, "of his own"),
        verdict(TEXT, "twice over", VerdictKind.ADAPTED, differences=(difference,), key="doe2001"),
        verdict(TEXT, "crossing* quotation", VerdictKind.UNCHECKED, reason="second-hand"),
        title="A <b>bold</b> title",
        series=(SeriesPart("The series", 1),),
    )
    other = post("More.", path="posts/b.md", series=(SeriesPart("The series", 2),), title="Next")
    files = write(material(checked, other), "html")
    return str(files["a/index.html"].decode())


def test_a_post_s_page(page: str, golden: Any) -> None:
    Page(page)
    golden(DATA / "post.html", page)


def test_the_summary_counts_honestly(page: str) -> None:
    assert (
        "3 quotations: 1 word for word, 1 adapted; 1 could not be checked: "
        "the source is known here only as someone else quotes it."
    ) in page


def test_each_mark_opens_its_proof_and_the_list_leads_back(page: str) -> None:
    read = Page(page)
    ids = {attributes["id"] for _, attributes in read.tags if "id" in attributes}
    targets = {a["href"][1:] for a in read.all("a") if a.get("href", "").startswith("#")}
    assert targets | {button["popovertarget"] for button in read.all("button")} <= ids
    marks = [b for b in read.all("button") if b.get("class", "").startswith("mark")]
    assert [(mark["aria-label"], mark["class"]) for mark in marks] == [
        ("Quotation 1: word for word", "mark"),
        ("Quotation 2: adapted, every change marked or permitted", "mark"),
        (
            "Quotation 3: not checked: the source is known here only as someone else quotes it",
            "mark open",
        ),
    ]


def test_a_failed_quotation_is_marked_as_such(
    post: Any, verdict: Any, material: Any, write: Any
) -> None:
    text = "Mill wrote “of his own” once."
    checked = post(text, verdict(text, "of his own", VerdictKind.ALTERED))
    page = write(material(checked), "html")["a/index.html"].decode()
    assert '<button class="mark failed"' in page
    assert '<li class="failed">' in page


def test_the_mark_stands_behind_the_closing_quotation_mark(page: str) -> None:
    assert re.search(r'of his own</span>”<span class="tie">,<button class="mark', page)
    assert re.search(r'twice over</span>”<span class="tie">.<button class="mark', page)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Il dit « le mot juste » [@mill1859].", "« le mot juste ».✓1"),
        ("Il dit «\u00a0le mot juste\u00a0» [@mill1859].", "«\u00a0le mot juste\u00a0».✓1"),
        ("Il dit «\u202fle mot juste\u202f», puis", "«\u202fle mot juste\u202f»,✓ puis"),
        ("Il dit « le mot juste »", "« le mot juste »✓"),
        ("Sie sagt „le mot juste“ »und mehr«", "„le mot juste“✓ »und mehr«"),
        ("Sie sagt [le mot juste]{.quote} »und mehr«", "le mot juste✓ »und mehr«"),
        ("Sie sagt »le mot juste« oder", "»le mot juste«✓ oder"),
    ],
)
def test_a_french_mark_closes_behind_a_blank(
    text: str, shown: str, request: pytest.FixtureRequest
) -> None:
    fixtures = ("post", "verdict", "material", "write")
    post, verdict, material, write = map(request.getfixturevalue, fixtures)
    given = material(post(text, verdict(text, "le mot juste"), lang="fr"))
    page = write(given, "html")["a/index.html"].decode()
    (said,) = re.findall(r'<div class="text">\n<p>(?:Il dit|Sie sagt) (.*?)</p>', page)
    assert re.sub("<[^>]*>", "", said) == shown


@pytest.mark.parametrize(
    ("own", "lang", "told"),
    [
        ("he", "en", ' lang="he" dir="rtl"'),
        ("de-DE", "ar", ' lang="de-DE" dir="ltr"'),
        ("en-US", "en-GB", ""),
        ("German or so", "en", ""),
        ("", "ar", ' lang="ar" dir="rtl"'),
    ],
)
def test_a_passage_is_in_the_language_of_its_source(
    own: str, lang: str, told: str, request: pytest.FixtureRequest
) -> None:
    fixtures = ("post", "verdict", "material", "write")
    post, verdict, material, write = map(request.getfixturevalue, fixtures)
    text = "Mill: “of his own” [@mill1859]."
    given = material(post(text, verdict(text, "of his own"), lang=lang))
    mill = given.bibliography.sources[Key("mill1859")]
    foreign = replace(mill, csl={**mill.csl, **({"language": own} if own else {})})
    known = replace(given.bibliography, sources={mill.key: foreign})
    page = write(replace(given, bibliography=known), "html")["a/index.html"].decode()
    assert f"<blockquote{told}>words before <mark>of his own</mark> after" in page


def test_no_line_ends_between_a_quotation_its_mark_and_what_clings_to_it(
    post: Any, verdict: Any, material: Any, write: Any
) -> None:
    text = "Mill wrote “of his own”, then (“twice over”).[^1]\n\n[^1]: A note."
    checked = post(text, verdict(text, "of his own"), verdict(text, "twice over"))
    page = write(material(checked), "html")["a/index.html"].decode()
    ties = [
        re.sub("<[^>]*>", "", tie)
        for tie in re.findall(r'<span class="tie">(.*?)</span>', page, re.DOTALL)
    ]
    assert ties == [",✓", "”✓).1"]


def test_a_mark_never_stands_in_a_link(post: Any, verdict: Any, material: Any, write: Any) -> None:
    text = "See [the words “of his own”](https://example.org) there."
    page = write(material(post(text, verdict(text, "of his own"))), "html")["a/index.html"].decode()
    assert re.search(r'”</a><span class="tie"><button class="mark', page)


def test_a_quotation_names_the_address_of_its_source(
    post: Any, verdict: Any, material: Any, write: Any
) -> None:
    text = "Mill: “of his own”.\n\n> A block of words.\n\nDoe: “twice over”."
    checked = post(
        text,
        verdict(text, "of his own", key="web"),
        verdict(text, "A block of words.", key="web", sort=QuotationKind.BLOCK),
        verdict(text, "twice over", key="doe2001"),
    )
    web = replace(MILL, key=Key("web"), url="https://liberty.org/text#p1")
    given = material(checked)
    known = Bibliography("references.bib", {**given.bibliography.sources, web.key: web})
    page = Page(write(replace(given, bibliography=known), "html")["a/index.html"].decode())
    assert [q["cite"] for q in page.all("q")] == ["https://liberty.org/text#p1"]
    blocks = [b for b in page.all("blockquote") if "data-verdict" in b]
    assert [block["cite"] for block in blocks] == ["https://liberty.org/text#p1"]
    assert len([span for span in page.all("span") if "data-verdict" in span]) == 1


def test_the_words_of_a_page_are_the_post_s(page: str) -> None:
    text = Page(re.sub("<button.*?</button>", "", page)).text
    assert "Mill wrote “of his own”,1 and Doe “twice over”.2" in " ".join(text.split())


def test_a_page_has_one_h1_and_no_level_is_skipped(page: str) -> None:
    levels = [int(tag[1]) for tag, _ in Page(page).tags if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_nothing_is_loaded_from_elsewhere_and_no_script(page: str) -> None:
    read = Page(page)
    assert [a["type"] for a in read.all("script")] == ["application/ld+json"]  # runs nothing
    loaded = [a[name] for _, a in read.tags for name in LOADING if name in a]
    loaded += [a["href"] for a in read.all("link") if a["rel"] not in LEADING]
    assert loaded == ["../style.css"]


def test_markup_in_a_title_is_text(page: str) -> None:
    assert "<h1>A &lt;b&gt;bold&lt;/b&gt; title</h1>" in page


def test_an_excerpt_is_called_an_excerpt(
    post: Any, verdict: Any, material: Any, write: Any
) -> None:
    text = 'Mill: "of his own".'
    checked = post(text, verdict(text, "of his own", extent=Extent.EXCERPT))
    page = write(material(checked), "html")["a/index.html"].decode()
    assert "Word for word, compared with an excerpt of the source</p>" in page


def test_a_post_without_quotations_says_nothing_of_a_check(
    post: Any, material: Any, write: Any
) -> None:
    page = write(material(post("Just words.")), "html")["a/index.html"].decode()
    assert "uotation" not in page


def test_a_draft_is_stamped_on_every_page(post: Any, material: Any, write: Any) -> None:
    checked = post("Words.", series=(SeriesPart("S", 1),), status="draft")
    files = write(material(checked), "html")
    assert files.keys() == {"404.html", "index.html", "style.css", "lists.css", "verification.json"}
    files = write(material(checked, draft=True), "html")
    pages = [data.decode() for path, data in files.items() if path.endswith(".html")]
    assert len(pages) == 7
    assert all("Draft, unverified." in page for page in pages)
    assert all('<meta name="robots" content="noindex">' in page for page in pages)


def test_a_status_is_told_in_the_reader_s_language(post: Any, material: Any, write: Any) -> None:
    for status, word in (("draft", "Entwurf"), ("future", "geplant"), ("private", "öffentlich")):
        one = post("Wort.", lang="de", status=status)
        files = write(material(one, draft=True, lang="de"), "html")
        for name in ("index.html", "a/index.html"):
            found = re.findall('<p class="byline">.*?</p>', files[name].decode(), re.DOTALL)
            assert word in found[-1]
            assert status not in found[-1]


def test_waivers_and_comments_stay_with_the_editors(post: Any, material: Any, write: Any) -> None:
    text = '<!-- pubtool: waive Q301 -- a letter -->\nSee [“x y”]{.quote waive="Q301" reason="no"}.'
    page = write(material(post(text)), "html")["a/index.html"].decode()
    assert "waive" not in page
    assert "letter" not in page
    assert 'reason="no"' not in page


def test_links_between_posts_lead_to_pages(post: Any, material: Any, write: Any) -> None:
    one = post("See [two](b.md#part) and [three](c.md) and [out](../../x.md).")
    files = write(material(one, post("# Part", path="posts/b.md")), "html")
    page = files["a/index.html"].decode()
    assert '<a href="../b/index.html#part">two</a> and three and' in page


def test_images_stand_beside_the_page(post: Any, material: Any, write: Any) -> None:
    one = post("![A box](<pics/My Box.png>) ![Same name](pics/other/my-box.png)")
    files = {"posts/pics/My Box.png": picture(1), "posts/pics/other/my-box.png": picture(2)}
    written = write(material(one, files=files), "html")
    assert (written["a/my-box.png"], written["a/my-box-2.png"]) == (picture(1), picture(2))
    assert (
        '<img src="my-box.png" width="4" height="3" alt="A box" />'
        in written["a/index.html"].decode()
    )


def test_the_index_lists_posts_with_their_first_words(post: Any, material: Any, write: Any) -> None:
    one = post("Some *first* words [@mill1859].\n\nMore.", title="One & two")
    page = write(material(one), "html")["index.html"].decode()
    Page(page)
    assert '<a href="a/index.html">One &amp; two</a>' in page
    assert "<p>Some first words.</p>" in page
