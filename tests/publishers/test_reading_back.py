"""What a server took out or changed, what an account would lose, and what somebody edited."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pubtool.publishers.wordpress.compare import Known
from pubtool.publishers.wordpress.difference import changes
from pubtool.publishers.wordpress.marker import has_marker, make_marker, mark
from pubtool.publishers.wordpress.preflight import foresee
from pubtool.publishers.wordpress.readback import content_losses, losses, split_blocks
from pubtool.publishers.wordpress.remote import Account, RemotePost
from pubtool.publishers.wordpress.wanted import Wanted, same_slug
from pubtool.text.block_comments import as_html_text

P = "<!-- wp:paragraph -->\n<p>{}</p>\n<!-- /wp:paragraph -->"
HTML = "<!-- wp:html -->\n{}\n<!-- /wp:html -->"
LIST = "<!-- wp:list -->\n<ul><!-- wp:list-item -->\n<li>{}</li>\n<!-- /wp:list-item --></ul>\n<!-- /wp:list -->"  # noqa: E501 - a block is one line
MARKER = "11111111-2222-5333-8444-555555555555"


def blocks(*all_: str) -> str:
    return "\n\n".join(all_) + "\n"


WANTED = Wanted("T", blocks(P.format("a")), "", "", "t", "draft", "")
POST = RemotePost(
    1, "t", "draft", "T", WANTED.content, "", "", "", "", "https://example.org/t/", (), (), 0, 1
)

LOST = {
    "nothing": (P.format("words"), P.format("words"), []),
    "line ends": (P.format("a"), P.format("a").replace("\n", "\r\n"), []),
    "a checkbox": (
        LIST.format('<input type="checkbox"/>Buy'),
        LIST.format("Buy"),
        ["the <input> taken out"],
    ),
    "two frames": (
        HTML.format("<iframe src=x></iframe><iframe src=y></iframe>"),
        HTML.format(""),
        ["2 <iframe>s taken out"],
    ),
    "an attribute": (
        HTML.format('<td style="white-space:pre" data-x="1">a</td>'),
        HTML.format('<td data-x="1">a</td>'),
        ["the attribute style='white-space:pre' of <td> taken out or changed"],
    ),
    "a part of a value": (
        HTML.format('<p style="color:red;display:none">a</p>'),
        HTML.format('<p style="color:red">a</p>'),
        ["the attribute style='color:red;display:none' of <p> taken out or changed"],
    ),
    "words": (P.format("five &amp; six"), P.format("five"), ["the text was changed"]),
    "a block": (P.format("whole"), "", ["the block was taken out"]),
    "an entity": (P.format("a & b"), P.format("a &amp; b"), ["nothing that a reader sees"]),
}


@pytest.mark.parametrize("name", LOST)
def test_what_was_taken_out_is_named_with_its_line(name: str) -> None:
    sent, kept, said = LOST[name]
    before, after = P.format("before"), P.format("after")
    found = list(
        content_losses(blocks(before, sent, after), blocks(before, kept, after), (3, 5, 9))
    )
    assert [loss.line for loss in found] == [5] * len(said)
    for loss, part in zip(found, said, strict=True):
        assert part in loss.what


def test_a_block_that_the_site_adds_to_one_that_it_changes_is_told_too() -> None:
    kept = blocks(P.format("five"), P.format("Buy now."))
    changed, added = content_losses(blocks(P.format("six")), kept, (3,))
    assert "the text was changed" in changed.what
    assert added.what == "the site has added 1 block(s) of its own"


FIELDS = {
    "slug": (WANTED, replace(POST, slug="t-2"), "its address is 't-2' and not 't'"),
    "status": (
        replace(WANTED, status="publish"),
        replace(POST, status="pending"),
        "its status is pending and not publish",
    ),
    "footnotes": (
        replace(WANTED, footnotes='[{"content":"a","id":"1"},{"content":"b","id":"2"}]'),
        POST,
        "2 of 2 notes were not kept",
    ),
    "featured": (replace(WANTED, featured="f"), POST, "its featured image"),
    "tags": (replace(WANTED, tags=("x",)), POST, "its tags: x"),
    "title": (replace(WANTED, title="<b>T"), POST, "its title was changed"),
    "date": (
        replace(WANTED, date="2026-05-03T10:00:00Z"),
        replace(POST, date_gmt="2026-05-03T08:00:00"),
        "its date is 2026-05-03T08:00:00 GMT",
    ),
}


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_that_was_not_kept_is_named(name: str) -> None:
    wanted, post, said = FIELDS[name]
    (loss,) = losses(wanted, [name], post, Known(media={"f": 5}))
    assert said in loss.what
    assert losses(wanted, ["content"], post, Known()) == (), "what was not sent is not asked for"


def test_what_wordpress_only_spells_otherwise_is_no_loss() -> None:
    wanted = replace(WANTED, title="R&D", slug="über", footnotes='[{"content":"a","id":"1"}]')
    post = replace(
        POST, title="R&amp;D", slug="%c3%bcber", footnotes='[{"id": "1", "content": "a"}]'
    )
    assert losses(wanted, ["title", "slug", "footnotes"], post, Known()) == ()


def test_blocks_are_split_at_the_outermost_level() -> None:
    nested = LIST.format("a")
    single = "<!-- wp:footnotes /-->"
    assert split_blocks(blocks(P.format("a"), nested, single, "<p>loose</p>")) == [
        P.format("a"),
        nested,
        single,
        "<p>loose</p>",
    ]


# --- Beforehand -----------------------------------------------------------------------------------

AUTHOR = frozenset({"edit_posts", "publish_posts", "upload_files"})
EDITOR = AUTHOR | {"unfiltered_html"}
FORESEEN = [
    (AUTHOR, "7.1.4", LIST.format('<input type="checkbox"/>a'), ["<input>"]),
    (AUTHOR, "7.1.4", HTML.format("<iframe></iframe><svg></svg>"), ["<iframe>", "<svg>"]),
    (AUTHOR, "6.8.12", HTML.format("<math><mi>x</mi></math>"), ["<math>", "<mi>"]),
    (AUTHOR, "7.1.4", HTML.format("<math><mi>x</mi></math>"), []),
    (AUTHOR, "7.1.4", HTML.format('<img srcset="x" onload="y" alt="z">'), ["onload", "srcset"]),
    (AUTHOR, "7.1.4", P.format('<span data-x="1" style="color:red">a</span>'), []),
    (EDITOR, "6.8.12", HTML.format("<iframe></iframe>"), []),
    (frozenset[str](), "", HTML.format("<iframe></iframe>"), []),
]


@pytest.mark.parametrize(("rights", "version", "block", "said"), FORESEEN)
def test_what_an_account_may_not_write_is_foreseen(
    rights: frozenset[str], version: str, block: str, said: list[str]
) -> None:
    wanted = replace(WANTED, content=blocks(P.format("a"), block), lines=(3, 7))
    account = Account("S", "https://example.org", version, "a", 1, rights, footnotes=True)
    found = foresee(wanted, ["content"], account)
    assert [loss.line for loss in found] == [7] * len(said)
    for loss, part in zip(found, said, strict=True):
        assert part in loss.what


def test_a_site_without_notes_and_an_account_that_may_not_publish_are_foreseen() -> None:
    wanted = replace(WANTED, footnotes="[]", status="publish")
    rights = frozenset({"edit_posts"})
    account = Account("S", "https://example.org", "6.2", "a", 1, rights, footnotes=False)
    found = foresee(wanted, ["status", "footnotes"], account)
    assert ["may not publish" in found[0].what, "footnotes" in found[1].what] == [True, True]


# --- What somebody edited -------------------------------------------------------------------------


def lines(before: str, after: str) -> list[str]:
    return [f"{line.sign} {line.text}" for line in changes(before, after)]


def test_a_difference_shows_text_and_not_markup() -> None:
    before = blocks(P.format("One."), P.format("Two <em>three</em>."), P.format("Four."))
    after = blocks(
        P.format("One."), P.format("Two &amp; a half."), P.format("Four."), P.format("5")
    )
    assert lines(before, after) == ["- Two three.", "+ Two & a half.", "+ 5"]


def test_a_difference_of_markup_alone_shows_the_markup() -> None:
    before, after = blocks(P.format("a <em>b</em>")), blocks(P.format("a <strong>b</strong>"))
    assert lines(before, after) == [
        f"- {P.format('a <em>b</em>')}",
        f"+ {P.format('a <strong>b</strong>')}",
    ]


def test_our_mark_is_no_difference() -> None:
    plain = blocks(P.format("a"))
    other = MARKER.replace("1", "2")
    assert lines(mark(plain, MARKER), mark(plain, other)) == []


# --- The mark -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "marked"),
    [
        ("<!-- wp:paragraph -->", '<!-- wp:paragraph {"metadata":{"pubtool":"M"}} -->'),
        (
            '<!-- wp:heading {"level":3} -->',
            '<!-- wp:heading {"level":3,"metadata":{"pubtool":"M"}} -->',
        ),
        ("<!-- wp:footnotes /-->", '<!-- wp:footnotes {"metadata":{"pubtool":"M"}} /-->'),
        (
            '<!-- wp:code {"className":"a\\u002d\\u002db"} -->',
            '<!-- wp:code {"className":"a\\u002d\\u002db","metadata":{"pubtool":"M"}} -->',
        ),
        (
            '<!-- wp:group {"metadata":{"name":"x"}} -->',
            '<!-- wp:group {"metadata":{"name":"x","pubtool":"M"}} -->',
        ),
        ("plain words", "plain words"),
    ],
)
def test_the_first_block_is_marked_and_nothing_else_is_changed(first: str, marked: str) -> None:
    rest = "\n<p>a</p>\n<!-- /wp:x -->\n\n<!-- wp:paragraph -->"
    found = mark(first + rest, MARKER)
    assert found == marked.replace("M", MARKER) + rest
    assert has_marker(found, MARKER) == (first != "plain words")
    assert mark(found, MARKER) == found


def test_a_mark_is_derived_and_never_one_that_is_taken() -> None:
    first = make_marker("https://example.org", "Essays", "posts/a.md", ())
    assert first == make_marker("https://example.org", "Essays", "posts/a.md", ())
    others = {
        make_marker("https://example.org", "Essays", "posts/a.md", {first}),
        make_marker("https://example.org", "Essays", "posts/b.md", ()),
        make_marker("https://example.org", "Notes", "posts/a.md", ()),
        make_marker("https://other.example", "Essays", "posts/a.md", ()),
    }
    assert len(others | {first}) == 5


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("R&D", "R&D"),
        ("a < b", "a < b"),
        ("a <b> c", "a &lt;b> c"),
        ("&amp; is an entity", "&amp;amp; is an entity"),
        ("A&E; B", "A&amp;E; B"),
    ],
)
def test_a_title_reads_on_the_site_as_it_does_here(text: str, html: str) -> None:
    assert as_html_text(text) == html


def test_slugs_are_compared_as_wordpress_keeps_them() -> None:
    assert same_slug("Übung", "%c3%9cbung")
    assert not same_slug("a", "a-2")
