"""A post on its way to a site: what goes with it, where its images and neighbours are."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from tests.pictures import picture

from pubtool.model import (
    Fallback,
    Outgoing,
    Picture,
    Placed,
    QuotationKind,
    SeriesPart,
    VerdictKind,
)
from pubtool.text.block_comments import without_marks
from pubtool.writers.posting import outgoing

UNKNOWN = "that post's address is not known; give the site's as `url` below [site] in pubtool.toml"
FILES = {"posts/box.png": picture(1), "posts/img/lead.jpg": picture(2, "JPEG")}


@pytest.fixture
def going(material: Any, pandoc: Any) -> Any:
    """Return what makes a post, the first of some, ready for a site."""

    def make(*posts: Any, **settings: Any) -> Outgoing:
        given = material(*posts, files=FILES, **settings)
        page = next(p for p in given.site.every if p.path == posts[0].post.path)
        return outgoing(given, page, pandoc)

    return make


def test_what_goes_with_a_post(post: Any, going: Any) -> None:
    text = '![A box](box.png "Its caption")\n\n![](box.png)\n\nSee [two](b.md#x) and [none](c.md).'
    front = {
        "title": "One",
        "date": "2026-05-03",
        "excerpt": "Short.",
        "categories": ("Law",),
        "tags": ("a",),
        "series": (SeriesPart("S", 1),),
        "image": "img/lead.jpg",
        "image_alt": "The lead",
    }
    two = post("Two.", path="posts/b.md")
    three = post("Three.", path="posts/d.md", series=(SeriesPart("S", 2),))
    found = going(post(text, **front), two, three)
    assert (found.path, found.slug, found.title) == ("posts/a.md", "a", "One")
    assert (found.status, found.date, found.excerpt) == ("publish", "2026-05-03", "Short.")
    assert (found.categories, found.tags, found.series) == (("Law",), ("a",), ("S",))
    assert found.pictures == (Picture("box.png", picture(1), "A box", "Its caption"),)
    assert found.featured == Picture("lead.jpg", picture(2, "JPEG"), "The lead", "")
    assert found.links == ("posts/b.md", "posts/d.md")


def test_a_featured_image_that_the_text_shows_is_one_picture(post: Any, going: Any) -> None:
    found = going(post("![A box](box.png)", image="box.png", image_alt="The lead"))
    assert found.featured == Picture("box.png", picture(1), "The lead", "")
    assert [picture.name for picture in found.pictures] == ["box.png"]


@pytest.mark.parametrize("image", ["missing.png", "https://example.org/a.png", "../../x.png"])
def test_a_featured_image_that_is_not_there_is_told(image: str, post: Any, going: Any) -> None:
    found = going(post("Text.", image=image))
    assert found.featured is None
    (told,) = found.write({}, {}).fallbacks
    assert told == Fallback(0, "featured image", "nothing", f"the project has no file {image}")


def test_a_picture_is_written_where_the_site_has_it(post: Any, going: Any) -> None:
    found = going(post("![A box](box.png)\n\nIn ![a](box.png) text. [Full size](box.png)"))
    placed = {"box.png": Placed("https://site.org/up/box.png", 12, 640, 480)}
    assert found.write(placed, {}).blocks == (
        '<!-- wp:image {"id":12,"sizeSlug":"full","linkDestination":"none"} -->\n'
        '<figure class="wp-block-image size-full"><img src="https://site.org/up/box.png" '
        'alt="A box" class="wp-image-12"/></figure>\n'
        "<!-- /wp:image -->\n\n"
        "<!-- wp:paragraph -->\n"
        '<p>In <img src="https://site.org/up/box.png" alt="a" class="wp-image-12"> text. '
        '<a href="https://site.org/up/box.png">Full size</a></p>\n'
        "<!-- /wp:paragraph -->\n"
    )
    assert 'src="box.png"' in found.write({}, {}).blocks


def test_the_ledger_names_links_that_go(post: Any, going: Any) -> None:
    text = "One.\n\nSee [two](b.md#x).\n\n- And [none](c.md).\n\n[Elsewhere](https://a.example)."
    found = going(post(text), post("Two.", path="posts/b.md"))
    known = Fallback(3, "link to posts/b.md", "text", UNKNOWN)
    missing = Fallback(5, "link to posts/c.md", "text", "no such post")
    assert found.write({}, {}).fallbacks == (known, missing)
    there = found.write({}, {"posts/b.md": "https://example.org/two/"})
    assert there.fallbacks == (missing,)


def test_a_link_to_a_post_that_is_held_back_says_so(post: Any, material: Any, write: Any) -> None:
    draft = post("Two.", path="posts/b.md", status="private")
    files = write(material(post("[Two](b.md)."), draft), "wordpress")
    assert (
        "link to posts/b.md -> text: that post is private"
        in files["wordpress/fallbacks.txt"].decode()
    )


def test_a_link_leads_where_the_post_is_and_goes_where_it_is_not(post: Any, going: Any) -> None:
    draft = post("Two.", path="posts/b.md", status="draft")
    found = going(post("[Two](b.md#x)."), draft)
    there = found.write({}, {"posts/b.md": "https://site.org/?p=7"}).blocks
    assert '<p><a href="https://site.org/?p=7#x">Two</a>.</p>' in there
    assert "<p>Two.</p>" in found.write({}, {}).blocks


def test_a_part_leads_to_its_neighbours(post: Any, going: Any) -> None:
    parts = [
        post("x", path=f"posts/{name}.md", title=name.upper(), series=(SeriesPart("S & T", n),))
        for n, name in enumerate("abc", 1)
    ]
    found = going(parts[1], parts[0], parts[2])
    assert found.links == ("posts/a.md", "posts/c.md")
    known = {"posts/a.md": "https://site.org/a/", "posts/c.md": "https://site.org/c/"}
    assert found.write({}, known).blocks.endswith(
        '<!-- wp:paragraph {"className":"series-navigation"} -->\n'
        '<p class="series-navigation">Part 2 of 3 of <em>S &amp; T</em>.'
        '<br>Previous: <a href="https://site.org/a/">A</a>'
        '<br>Next: <a href="https://site.org/c/">C</a></p>\n'
        "<!-- /wp:paragraph -->\n"
    )
    alone = found.write({}, {"posts/c.md": "https://site.org/c/"}).blocks
    assert "Previous" not in alone
    assert "Next: " in alone
    assert "series-navigation" not in found.write({}, {}).blocks


def test_each_outermost_block_says_its_line(post: Any, going: Any) -> None:
    text = (
        "\n\nOne\nline.\n\n<!-- x -->\n\n> Two\n\n::: note\nThree\n:::\n\n- a\n- b[^1]\n\n[^1]: N."
    )
    found = going(post(text)).write({}, {})
    assert found.lines == (3, 8, 10, 14, 0, 0)
    assert found.blocks.endswith("<!-- wp:footnotes /-->\n")


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("Text.\n\n> Quoted.\n>\n> Term\n> :   Meaning", (5, "definition list", "Custom HTML")),
        ("- a\n\n      code", (1, "list", "Custom HTML")),
        ("Text\n`\\x`{=latex}", (1, "raw latex", "nothing")),
        ("A\n\n^[a ^[b] c]", (3, "note in a note", "text in brackets")),
    ],
)
def test_the_ledger_says_where(text: str, entry: Any, post: Any, going: Any) -> None:
    (told,) = going(post(text)).write({}, {}).fallbacks
    assert (told.line, told.construct, told.became) == entry
    assert told.reason
    assert not told.reason.endswith(".")


def test_what_wordpress_has_a_form_for_is_in_no_ledger(post: Any, going: Any) -> None:
    text = "Text[^1] *a* [b]{.mark} $x$.\n\n- [ ] a\n\n| a |\n|---|\n| b |\n\n[^1]: Note."
    assert going(post(text)).write({}, {}).fallbacks == ()


# --- Notes ----------------------------------------------------------------------------------------


def test_a_list_stands_in_for_notes_where_the_settings_ask_for_it(post: Any, going: Any) -> None:
    text = "One[^a] and again[^a].\n\n[^a]: Its *words*."
    found = going(post(text), wordpress_footnotes="list").write({}, {})
    assert found.footnotes == ""
    assert "wp:footnotes" not in found.blocks
    references = re.findall(r'<sup><a href="#(fn-[\w-]+)" id="(ref-[\w-]+)">(\d)</a>', found.blocks)
    assert [number for _, _, number in references] == ["1", "2"]
    for target, back, _ in references:
        item = f'<li id="{target}">Its <em>words</em>. <a href="#{back}">↩︎</a></li>'
        assert item in found.blocks
    assert len({target for target, _, _ in references}) == 2


@pytest.mark.parametrize(
    ("setting", "kinds"),
    [("auto", ("list", "core")), ("core", ("core", "core")), ("list", ("list", "list"))],
)
def test_which_notes_a_pasted_and_an_imported_post_has(
    setting: str, kinds: tuple[str, str], post: Any, material: Any, write: Any
) -> None:
    files = write(material(post("T[^1].\n\n[^1]: N."), wordpress_footnotes=setting), "wordpress")

    def kind(data: bytes) -> str:
        return "core" if b"wp:footnotes" in data else "list" if b'"footnotes"' in data else "none"

    names = ("wordpress/a.html", "wordpress/posts.xml")
    assert tuple(kind(files[name]) for name in names) == kinds


@pytest.mark.parametrize("style", ["chicago-notes-bibliography", "bluebook-law-review"])
def test_a_note_style_makes_notes_and_puts_no_brackets_into_them(
    style: str, post: Any, going: Any
) -> None:
    text = "A [@mill1859, 3].[^1]\n\n[^1]: So [@doe2001, 2]; but (cf. [@mill1859, 9]) [sic]."
    found = going(post(text, csl=style)).write({}, {})
    first, second = (note["content"] for note in json.loads(found.footnotes))
    assert "Liberty" in first
    assert re.match(r"So (<span[^>]*>)?(Jane )?Doe", second)
    assert re.search(r"\(cf\. (<[^>]*>)?Mill", second)
    assert second.endswith("[sic].")


def test_an_author_date_style_keeps_its_brackets_in_a_note(post: Any, going: Any) -> None:
    found = going(post("A.[^1]\n\n[^1]: So [@doe2001, p. 2].", csl="apa")).write({}, {})
    (note,) = json.loads(found.footnotes)
    assert note["content"] == "So (Doe, 2001, p. 2)."


# --- Proof ----------------------------------------------------------------------------------------


def test_where_a_quotation_s_proof_stands(post: Any, verdict: Any, going: Any) -> None:
    text = 'Mill: "of his own". More.[^1]\n\nEnd.\n\n[^1]: A note, citing [@mill1859].'
    checked = post(text, verdict(text, "of his own", VerdictKind.VERBATIM))
    attributes = 'data-verdict="verbatim" data-source="mill1859" data-locator="page 12"'
    data = going(checked, wordpress_proof="data").write({}, {}).blocks
    assert attributes in data
    assert "<details" not in data
    none = going(checked, wordpress_proof="none").write({}, {}).blocks
    assert "data-verdict" not in none
    assert "<details" not in none
    found = going(checked).write({}, {})
    assert attributes in found.blocks
    assert without_marks(found.blocks).startswith(data.rstrip())
    details = without_marks(found.blocks).removeprefix(data.rstrip()).strip()
    assert details.startswith('<!-- wp:details {"className":"pubtool-proof"} -->')
    assert "<summary>1 quotation: 1 word for word.</summary>" in details
    assert ">“of his own”</a><br><strong>✓ Word for word</strong><br>" in details
    assert "<br>words before <mark>of his own</mark> after<br>" in details
    assert "<br>John Stuart Mill, On Liberty, page 12</li>" in details
    assert found.lines == (1, 3, 0, 0, 0, 0, 0)


def test_each_quotation_leads_to_its_proof_and_the_proof_back(
    post: Any, verdict: Any, going: Any
) -> None:
    text = 'Mill: "of his own". More.[^1]\n\nEnd.\n\n[^1]: A note: "more of it".'
    known = (verdict(text, "of his own"), verdict(text, "more of it"))
    found = going(post(text, *known)).write({}, {})
    first, second = (one.quotation.id for one in known)
    mark = (
        '<sup class="pubtool-mark">'
        '<a title="Quotation 1: word for word (Mill, On Liberty, page 12)" '
        'aria-label="Quotation 1: word for word" '
        'style="border:4px solid;border-radius:50%;font-size:0" '
        f'href="#proof-{first}" id="mark-{first}">\u2060</a></sup>'
    )
    assert f"of his own</span>”.{mark} More." in found.blocks
    assert f'<li><a href="#mark-{first}" id="proof-{first}">“of his own”</a><br>' in found.blocks
    (note,) = json.loads(found.footnotes)
    assert f' href="#proof-{second}" id="mark-{second}">' in note["content"]
    assert f'<li><a href="#mark-{second}" id="proof-{second}">' in found.blocks


def test_a_block_quotation_with_a_mark_keeps_its_line(post: Any, verdict: Any, going: Any) -> None:
    """It was taken for a block that we add, and a pull left it out of the author's file."""
    text = "One.\n\n> of his own making\n>\n> --- Mill\n\nEnd."
    given = verdict(text, "of his own making", sort=QuotationKind.BLOCK)
    found = going(post(text, given)).write({}, {})
    assert "pubtool-mark" in found.blocks
    assert found.lines[:3] == (1, 3, 7)


def test_a_proof_leads_back_only_where_there_is_a_mark(post: Any, verdict: Any, going: Any) -> None:
    """What an image is called is said to some readers, and holds no link."""
    text = 'A ![so "of his own" it is](a.png) here.'
    blocks = going(post(text, verdict(text, "of his own"))).write({}, {}).blocks
    assert "pubtool-mark" not in blocks
    assert "<li>“of his own”<br>" in blocks


def test_a_series_is_spoken_of_in_the_post_s_language(post: Any, going: Any) -> None:
    one, two = (
        post("x", lang="de", path=f"posts/{name}.md", series=(SeriesPart("S", number),))
        for number, name in enumerate("ab", 1)
    )
    written = going(two, one).write({}, {"posts/a.md": "https://site.org/a/"}).blocks
    assert ">Teil 2 von 2 der Reihe <em>S</em>.<br>Zurück: <a href=" in written


def test_what_was_not_checked_is_told_before_anything_is_opened(
    post: Any, verdict: Any, going: Any
) -> None:
    text = 'Mill: "of his own", and "more of it".'
    unchecked = verdict(text, "more of it", VerdictKind.UNCHECKED, reason="missing")
    blocks = going(post(text, verdict(text, "of his own"), unchecked)).write({}, {}).blocks
    assert "<summary>2 quotations: 1 word for word; 1 could not be checked: no text" in blocks
    assert "<strong>○ Not checked: no text of the source is at hand</strong>" in blocks


def test_a_source_s_words_are_no_shortcode(post: Any, verdict: Any, going: Any) -> None:
    text = 'Mill: "of his own".'
    found = verdict(text, "of his own")
    match = replace(found.match, text="of [gallery] own", before="[audio] ")
    blocks = going(post(text, replace(found, match=match))).write({}, {}).blocks
    assert "[gallery]" not in blocks
    assert "[audio]" not in blocks


def test_notes_and_sources_have_headings_in_the_post_s_language(post: Any, going: Any) -> None:
    blocks = going(post("Ein Satz [@mill1859].", lang="de")).write({}, {}).blocks
    headings = re.findall(r'<h2 id="(\w+)" class="wp-block-heading">(.*?)</h2>', blocks)
    assert headings == [("Notes", "Anmerkungen"), ("Sources", "Quellen")]
    assert blocks.index("wp:footnotes") < blocks.index('id="Sources"')


def test_a_block_quotation_s_proof_goes_with_its_words(post: Any, verdict: Any, going: Any) -> None:
    text = "> of his own\n>\n> — Mill"
    given = verdict(text, "of his own", sort=QuotationKind.BLOCK)
    blocks = going(post(text, given)).write({}, {}).blocks
    assert '<p><span class="quotation" data-verdict="verbatim"' in blocks
    assert "<cite>Mill</cite>" in blocks


@pytest.mark.parametrize("kept", ["core", "list"])
def test_notes_stand_where_their_comment_does(kept: str, post: Any, going: Any) -> None:
    text = "T[^1].\n\n## Notes\n\n<!-- wp:footnotes /-->\n\n## After\n\n[^1]: The words."
    found = going(post(text), wordpress_footnotes=kept).write({}, {})
    notes = "<!-- wp:footnotes /-->" if kept == "core" else "The words."
    assert found.blocks.count(notes) == 1
    assert found.blocks.count("Notes</h") == 1
    assert found.blocks.index("Notes</h") < found.blocks.index(notes)
    assert found.blocks.index(notes) < found.blocks.index("After</h")
    assert found.lines == (1, 3, 5, 7)
    assert "footnotes" not in going(post("T.\n\n<!-- wp:footnotes /-->")).write({}, {}).blocks


def test_a_block_quotation_that_ends_with_a_list_has_its_mark_below(
    post: Any, verdict: Any, going: Any
) -> None:
    text = "> He says:\n>\n> - of his own"
    given = verdict(text, "of his own", sort=QuotationKind.BLOCK)
    blocks = going(post(text, given)).write({}, {}).blocks
    assert '<p><sup class="pubtool-mark"><a title="' in blocks
    assert '<span class="quotation"><sup' not in blocks


def test_two_posts_that_say_the_same_have_notes_of_their_own(post: Any, going: Any) -> None:
    text = "T[^1].\n\n[^1]: N."
    one = going(post(text)).write({}, {}).footnotes
    other = going(post(text, path="posts/b.md")).write({}, {}).footnotes
    assert one != other
    assert one == going(post(text)).write({}, {}).footnotes
