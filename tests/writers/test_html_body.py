"""The parts of a post's page: contents, notes, what can be scrolled, what divisions become."""

from __future__ import annotations

import re
from typing import Any

import pytest
from tests.pictures import picture

from pubtool.model import SeriesPart


@pytest.fixture
def page(post: Any, material: Any, write: Any) -> Any:
    """Return what writes the page of a text; keywords are fields of the front matter."""

    def make(text: str, **front: Any) -> str:
        given = material(post(text, **front), files={"posts/a.png": picture(1)})
        return str(write(given, "html")["a/index.html"].decode())

    return make


def words(html: str) -> str:
    return " ".join(re.sub("<[^>]*>", "", html).split())


def section(html: str, name: str) -> str:
    return html.split(f'class="{name}"', 1)[1].split("</section>", 1)[0].split("</nav>", 1)[0]


THREE = "# One\n\nx\n\n## Below “one”\n\nx[^n]\n\n# Two[^n]\n\n[^n]: A note.\n"


def test_three_headings_have_contents_in_two_levels(page: Any) -> None:
    contents = section(page(THREE), "contents")
    assert words(contents).endswith("Contents One Below “one” Two")
    assert re.findall('href="#([^"]*)"', contents) == ["one", "below-one", "two"]
    assert contents.count("<ul>") == 2


def test_two_headings_have_none(page: Any) -> None:
    assert 'class="contents"' not in page("# One\n\n# Two\n\nx")


def test_notes_are_numbered_as_they_are_referred_to_and_one_within_one_comes_last(
    page: Any,
) -> None:
    html = page("A^[First, and^[an inner one] more.] B^[Second.]\n")
    text = html.split('<div class="text">')[1].split("</div>")[0]
    assert words(text) == "A1 B2"
    notes = re.findall(r'<li id="fn(\d)".*?</li>', section(html, "notes"), re.DOTALL)
    assert notes == ["1", "2", "3"]
    assert "First, and3 more." in words(section(html, "notes"))
    assert words(section(html, "notes")).endswith("an inner one ↩\ufe0e")


@pytest.mark.parametrize(
    "text",
    [
        "# A[^n]",
        "> A[^n]",
        "- A[^n]",
        "- A\n\n    - B[^n]\n",
        "- B\n\n    1. A[^n]\n",
        "- [x] A[^n]",
        "1. A[^n]",
        "A[^n]\n: b",
        "a\n: B[^n]\n\n    C",
        "| a[^n] |\n|---|\n| b |",
        "| a |\n|---|\n| *B[^n]* |",
        "| a |\n|---|\n| b |\n\nTable: A[^n]",
        "::: figure\n![a](a.png)\n\nA[^n]\n:::",
        "::: verse\nA[^n]\n:::",
        "::: details\n# S\n\nA[^n]\n:::",
        '“A[^n]” *B* ~~“C”~~ **D** "E" [F](u) H^2^',
        "a [B[^n]](u)",
        "[[A[^n]]{.smallcaps}]{.x}",
    ],
)
def test_a_note_is_told_wherever_it_is_referred_to(page: Any, text: str) -> None:
    html = page(f"X[^n1].\n\n{text}\n\n[^n1]: One.\n\n[^n]: *Told* at the end.\n")
    assert re.findall(r'href="#fn(\d+)"', html) == ["1", "2"]
    assert re.findall(r'id="fnref(\d+)"', html) == ["1", "2"]
    assert "Told at the end. ↩" in words(section(html, "notes"))


def test_a_note_that_ends_in_a_block_has_its_way_back_in_a_line_of_its_own(page: Any) -> None:
    notes = section(page("A.[^n]\n\n[^n]: One.\n\n        code\n"), "notes")
    assert re.search(r"</pre>\s*<p>\s*<a href=\"#fnref1\" role=\"doc-backlink\"", notes)


def test_a_heading_in_a_note_is_below_the_title_and_in_no_contents(page: Any) -> None:
    html = page("# One\n\n# Two\n\nA.[^n]\n\n# Three\n\n[^n]: # In a note\n")
    assert html.count("<h1") == 1
    assert "In a note" in section(html, "notes")
    assert words(section(html, "contents")).endswith("Contents One Two Three")


def test_what_is_wide_can_be_scrolled_by_keyboard_and_has_a_name(page: Any) -> None:
    tables = "Table: Of *one*.\n\n| a |\n|---|\n| b |\n\n| c |\n|---|\n| d |\n\n"
    html = page(f"{tables}    x\n\n$$y$$\n")
    scrolled = re.findall(r'role="group" tabindex="0" aria-label="([^"]*)"', html)
    assert scrolled == ["Of one.", "Table 2", "Code 1", "Formula 1"]


def test_divisions_become_what_html_has(page: Any) -> None:
    html = page(
        "- [ ] open\n- [x] done\n\n"
        "::: verse\n| one *line*,\n| another\n:::\n\n"
        '::: {.details summary="More & <more>"}\nHidden.\n:::\n\n'
        "::: center\nMiddle\n:::\n\n"
        '![Alt](a.png "A caption")\n'
    )
    assert "<li>☐ open</li>\n<li>☑ done</li>" in html
    assert '<div class="line-block">one <em>line</em>,<br />\nanother</div>' in html
    assert "<details><summary>More &amp; &lt;more&gt;</summary>\n<p>Hidden.</p>" in html
    assert '<div class="center">' in html
    assert "<figcaption>A caption</figcaption>" in html


def test_the_author_cannot_cut_the_page(page: Any) -> None:
    html = page("One.\n\n`<!--cut 0-->`\n\n```\n<!--cut 0-->\n```\n\nTwo.^[A note.]\n")
    assert words(html.split('<div class="text">')[1].split("</div>\n<section")[0]).endswith("Two.1")


def test_our_words_are_in_the_post_s_language(page: Any) -> None:
    html = page("Wort.^[Eine.]", lang="de-AT", series=(SeriesPart("Reihe", 1),))
    assert '<html lang="de-AT">' in html
    for said in ("Zum Text springen", "Anmerkungen", "Teil 1 von 1", "3. Mai 2026"):
        assert said in html
    assert ' lang="de"' not in html


@pytest.mark.parametrize(
    ("text", "lang", "shown"),
    [
        ("A [“ב”]{lang=he}.", "en", '<span lang="he" dir="rtl">“ב”</span>'),
        ("ا [“b”]{lang=en}.", "ar", '<span lang="en" dir="ltr">“b”</span>'),
        ("A [«b»]{lang=fr}.", "en", '<span lang="fr">«b»</span>'),
        ("A [ب]{lang=ur dir=ltr}.", "en", '<span lang="ur" dir="ltr">ب</span>'),
        ("::: {lang=fa}\nب\n:::", "en", '<div lang="fa" dir="rtl">'),
    ],
)
def test_words_in_another_language_are_set_in_its_direction(
    page: Any, text: str, lang: str, shown: str
) -> None:
    assert shown in page(text, lang=lang)


def test_a_language_without_words_of_ours_is_told_which_they_are_in(page: Any) -> None:
    html = page("Text.^[Note.]", lang="ar")
    assert '<html lang="ar" dir="rtl">' in html
    assert '<h2 id="Notes" lang="en" dir="ltr">Notes</h2>' in html


def test_a_long_series_lists_its_ends_and_what_is_near(
    post: Any, material: Any, write: Any
) -> None:
    parts = [
        post("x", path=f"posts/{n:02}.md", title=f"T{n}", series=(SeriesPart("S", n),))
        for n in range(1, 15)
    ]
    html = write(material(*parts), "html")["07/index.html"].decode()
    box = html.split('<nav class="series"')[1].split("</nav>")[0]
    assert re.findall(r'<li value="(\d+)"', box) == ["1", "5", "6", "7", "8", "9", "14"]
    assert box.count("…") == 2
    assert '<li value="7" aria-current="page">T7</li>' in box
