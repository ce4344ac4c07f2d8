"""WordPress: block markup that the editor's own code takes as its own, and WXR that imports.

``wordpress/`` holds stages: ``NAME.md`` and ``NAME.blocks.html``. The second files were judged by
the block editor's own scripts (WordPress 6.8.12 and 7.1.4): valid without any deprecated form.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from tests.pictures import picture

from pubtool.model import SeriesPart, VerdictKind

STAGES = sorted((Path(__file__).parent / "wordpress").glob("*.md"))
NAMES = {
    "wp": "http://wordpress.org/export/1.2/",
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
}


def channel(files: dict[str, bytes]) -> Any:
    found = ET.fromstring(files["wordpress/posts.xml"]).find("channel")
    assert found is not None
    return found


def metas(item: Any) -> dict[str, str]:
    pairs = zip(
        said(item, "wp:postmeta/wp:meta_key"), said(item, "wp:postmeta/wp:meta_value"), strict=True
    )
    return dict(pairs)


def said(node: Any, path: str) -> list[str]:
    return [found.text or "" for found in node.findall(path, NAMES)]


@pytest.fixture
def export_of(material: Any, write: Any) -> Any:
    """Return what gives the import file's channel for some posts."""

    def make(*posts: Any, **given: Any) -> Any:
        return channel(write(material(*posts, **given), "wordpress"))

    return make


@pytest.mark.parametrize("stage", STAGES, ids=lambda path: path.stem)
def test_a_post_s_blocks(stage: Path, post: Any, material: Any, write: Any, golden: Any) -> None:
    checked = post(stage.read_text(encoding="utf-8"), path=f"posts/{stage.stem}.md")
    files = {"posts/box.png": picture(1)}
    given = material(checked, files=files, url="https://example.org", wordpress_footnotes="core")
    files = write(given, "wordpress")
    golden(stage.with_suffix(".blocks.html"), files[f"wordpress/{stage.stem}.html"].decode())
    golden(stage.with_suffix(".fallbacks.txt"), files.get("wordpress/fallbacks.txt", b"").decode())
    notes = metas(channel(files).find("item")).get("footnotes", "[]")
    listed = json.loads(notes)
    golden(stage.with_suffix(".footnotes.json"), json.dumps(listed, indent=1, ensure_ascii=False))


@pytest.mark.parametrize("stage", STAGES, ids=lambda path: path.stem)
def test_block_comments_are_balanced(stage: Path) -> None:
    text = stage.with_suffix(".blocks.html").read_text(encoding="utf-8")
    opened: list[str] = []
    for end, name, void in re.findall(r"<!-- (/?)wp:([a-z-]+)[^>]*?(/?)-->", text):
        if end:
            assert opened.pop() == name
        elif not void:
            opened.append(name)
    assert opened == []


def test_a_verdict_goes_with_the_words(post: Any, verdict: Any, material: Any, write: Any) -> None:
    text = 'Mill: "of *his* own".'
    checked = post(text, verdict(text, "of *his* own", VerdictKind.ADAPTED))
    blocks = write(material(checked), "wordpress")["wordpress/a.html"].decode()
    assert (
        '<p>Mill: “<span class="quotation" data-verdict="adapted" data-source="mill1859" '
        'data-locator="page 12">of <em>his</em> own</span>”.<sup class="pubtool-mark">'
    ) in blocks


def test_the_import_file_says_all_that_wordpress_keeps(
    post: Any, material: Any, write: Any
) -> None:
    one = post(
        'Text.[^1]\n\n[^1]: A "note".',
        title="One & two",
        date="2026-05-03T10:30:00+02:00",
        slug="one",
        authors=("Ann O'Nym", "Second"),
        categories=("Law",),
        tags=("a b", "c"),
        excerpt="Short.",
        series=(SeriesPart("The series", 1),),
    )
    two = post("Draft.", path="posts/b.md", status="draft", date="")
    found = channel(write(material(one, two, url="https://example.org/"), "wordpress"))
    assert said(found, "wp:wxr_version") == ["1.2"]
    assert said(found, "wp:author/wp:author_login") == ["ann-onym", "jane-doe"]
    first, second = found.findall("item")
    fields = ["title", "dc:creator", "excerpt:encoded", "wp:post_id", "wp:post_name", "wp:status"]
    assert [said(first, field)[0] for field in fields] == [
        *("One & two", "ann-onym", "Short.", "576850374", "one", "publish"),
    ]
    assert said(first, "wp:post_date") == ["2026-05-03 10:30:00"]
    assert said(first, "wp:post_date_gmt") == ["2026-05-03 08:30:00"]
    assert said(first, "pubDate") == ["Sun, 03 May 2026 08:30:00 +0000"]
    assert said(first, "guid") == ["https://example.org/one/"]
    assert [(c.get("domain"), c.get("nicename"), c.text) for c in first.findall("category")] == [
        ("category", "law", "Law"),
        ("category", "the-series", "The series"),
        ("post_tag", "a-b", "a b"),
        ("post_tag", "c", "c"),
    ]
    assert said(first, "wp:postmeta/wp:meta_key") == ["footnotes"]
    (note,) = json.loads(said(first, "wp:postmeta/wp:meta_value")[0])
    assert list(note) == ["content", "id"]
    assert note["content"] == "A “note”."
    assert f'data-fn="{note["id"]}"' in said(first, "content:encoded")[0]
    assert (said(second, "wp:status"), said(second, "wp:post_date")) == (["draft"], [])


def test_images_that_are_on_no_page_yet_are_none_that_the_importer_could_fetch(
    post: Any, material: Any, write: Any
) -> None:
    """A draft is on no page, and its images are not: the importer would fail over each."""
    files = {"posts/box.png": picture(1)}
    one = post("![A box](box.png)", path="posts/a.md")
    two = post("![A box](box.png)", path="posts/b.md", status="draft", image="box.png")
    found = write(material(one, two, files=files, url="https://example.org/"), "wordpress")
    kinds = [said(item, "wp:post_type")[0] for item in channel(found).findall("item")]
    assert kinds == ["post", "attachment", "post"]
    ledger = found["wordpress/fallbacks.txt"].decode()
    why = "that post is draft, so that its images are nowhere to be fetched"
    assert f"posts/b.md: images -> left out of the import file: {why}" in ledger
    assert "posts/a.md: images" not in ledger


def test_a_title_is_text_and_no_html(post: Any, material: Any, write: Any) -> None:
    """WordPress takes both for HTML: a title that has <b> in it would be shown without."""
    one = post("T.", title="The <b> & how", excerpt="So <i>it</i> is")
    (item,) = channel(write(material(one), "wordpress")).findall("item")
    assert said(item, "title") == ["The &lt;b> & how"]
    assert said(item, "excerpt:encoded") == ["So &lt;i>it&lt;/i> is"]


@pytest.mark.parametrize(
    "hostile",
    ["a ]]> b", "<script>alert(1)</script>", "nul \x00 bell \x07 \ufffe x", "]]]]>>", "&amp;"],
)
def test_hostile_text_comes_out_as_text(hostile: str, post: Any, material: Any, write: Any) -> None:
    one = post(
        f"Text `{hostile}`.", title=hostile, tags=(hostile,), excerpt=hostile, authors=(hostile,)
    )
    (item,) = channel(write(material(one), "wordpress")).findall("item")
    legal = re.sub("[\x00-\x08\ufffe]", "", hostile)
    assert [unescape(title) for title in said(item, "title")] == [legal]
    assert "<script>" not in said(item, "title")[0]
    assert [unescape(excerpt) for excerpt in said(item, "excerpt:encoded")] == [legal]
    assert said(item, "category") == [legal]
    (content,) = said(item, "content:encoded")
    assert "<script>" not in content


def test_notes_keep_their_ids_when_others_come_before_them(
    post: Any, material: Any, write: Any
) -> None:
    def ids(text: str) -> list[str]:
        given = material(post(text), wordpress_footnotes="core")
        blocks = write(given, "wordpress")["wordpress/a.html"].decode()
        return re.findall(r'data-fn="([^"]+)"', blocks)

    (alone,) = ids("Text.[^a]\n\n[^a]: First.")
    before, after = ids("New[^n] text.[^a]\n\n[^a]: First.\n\n[^n]: New.")
    assert alone == after
    assert before != after
    same = ids("One[^a] two.[^b]\n\n[^a]: Same.\n\n[^b]: Same.")
    assert len(set(same)) == 2


def test_html_in_a_post_cannot_open_or_close_a_block(post: Any, material: Any, write: Any) -> None:
    text = "<div>x<!-- /wp:html --><!-- wp:footnotes /--> y</div>\n\nEnd."
    blocks = write(material(post(text)), "wordpress")["wordpress/a.html"].decode()
    assert blocks.startswith("<!-- wp:html -->\n<div>x y</div>\n<!-- /wp:html -->\n")


# --- The import file ------------------------------------------------------------------------------


def test_a_post_more_changes_no_other_number(post: Any, material: Any, write: Any) -> None:
    def numbers(*names: str) -> dict[str, str]:
        posts = [post("T.", path=f"posts/{name}.md", slug=name, tags=(name,)) for name in names]
        found = channel(write(material(*posts), "wordpress"))
        tags, terms = said(found, "wp:tag/wp:tag_name"), said(found, "wp:tag/wp:term_id")
        ids = zip(said(found, "item/wp:post_name"), said(found, "item/wp:post_id"), strict=True)
        return {**dict(ids), **{f"tag {t}": n for t, n in zip(tags, terms, strict=True)}}

    before, after = numbers("b", "d"), numbers("a", "b", "c", "d")
    assert before.items() <= after.items()
    assert len(set(after.values())) == len(after)
    assert all(0 < int(number) < 1 << 31 for number in after.values())


@pytest.mark.parametrize(
    ("date", "there", "utc"),
    [
        ("2026-05-03", "2026-05-03 00:00:00", "0000-00-00 00:00:00"),
        ("2026-05-03T10:30", "2026-05-03 10:30:00", "0000-00-00 00:00:00"),
        ("2026-05-03T10:30:00+02:00", "2026-05-03 10:30:00", "2026-05-03 08:30:00"),
        ("2026-05-03T00:30:00-05:00", "2026-05-03 00:30:00", "2026-05-03 05:30:00"),
        ("soon", "", ""),
    ],
)
def test_a_date_is_the_writer_s_own_time(
    date: str, there: str, utc: str, post: Any, export_of: Any
) -> None:
    (item,) = export_of(post("T.", date=date)).findall("item")
    assert "".join(said(item, "wp:post_date")) == there
    assert "".join(said(item, "wp:post_date_gmt")) == utc


@pytest.mark.parametrize("status", ["draft", "publish", "future", "private"])
def test_a_status_is_kept(status: str, post: Any, export_of: Any) -> None:
    assert said(export_of(post("T.", status=status)), "item/wp:status") == [status]


SLUGS = {
    "Law & Order": "law-order",
    "Право": "%d0%bf%d1%80%d0%b0%d0%b2%d0%be",
    "Élan": "elan",
    "漢字": "%e6%bc%a2%e5%ad%97",
    "😀": "post",
}


@pytest.mark.parametrize("name", SLUGS)
def test_a_term_s_slug_is_the_one_that_wordpress_makes(
    name: str, post: Any, export_of: Any
) -> None:
    found = export_of(post("T.", categories=(name,), tags=(name,)))
    assert said(found, "wp:category/wp:category_nicename") == [SLUGS[name]]
    assert said(found, "wp:tag/wp:tag_slug") == [SLUGS[name]]
    (item,) = found.findall("item")
    assert {term.get("nicename") for term in item.findall("category")} == {SLUGS[name]}


def test_a_long_slug_is_cut_between_letters(post: Any, export_of: Any) -> None:
    (slug,) = said(export_of(post("T.", tags=("п" * 60,))), "wp:tag/wp:tag_slug")
    assert slug == "%d0%bf" * 33


def test_names_that_wordpress_would_take_for_one_stay_two(post: Any, export_of: Any) -> None:
    found = export_of(post("T.", tags=("C", "C++", "C#", "c")))
    slugs = dict(
        zip(said(found, "wp:tag/wp:tag_name"), said(found, "wp:tag/wp:tag_slug"), strict=True)
    )
    assert slugs["C"] == slugs["c"] == "c"
    assert len(set(slugs.values())) == 3


def test_an_author_s_login_is_ascii_and_never_empty(post: Any, export_of: Any) -> None:
    (login,) = said(export_of(post("T.", authors=("Иван",))), "wp:author/wp:author_login")
    assert re.fullmatch(r"author-[0-9a-f]{6}", login)


@pytest.mark.parametrize(("setting", "domain"), [("category", "category"), ("tag", "post_tag")])
def test_a_series_is_what_the_settings_say(
    setting: str, domain: str, post: Any, export_of: Any
) -> None:
    one = post("T.", series=(SeriesPart("S", 1),))
    (item,) = export_of(one, wordpress_series=setting).findall("item")
    assert [(c.get("domain"), c.text) for c in item.findall("category")] == [(domain, "S")]


def test_images_are_items_of_their_own(post: Any, export_of: Any) -> None:
    one = post('![Alt & text](box.png "Caption")', image="lead.jpg", image_alt="Lead")
    files = {"posts/box.png": picture(1), "posts/lead.jpg": picture(2, "JPEG")}
    found = export_of(one, files=files, url="https://example.org")
    item, *images = found.findall("item")
    kinds = said(found, "item/wp:post_type")
    assert kinds == ["post", "attachment", "attachment"]
    assert said(found, "item/wp:status") == ["publish", "inherit", "inherit"]
    assert said(found, "item/wp:attachment_url") == [
        "https://example.org/a/box.png",
        "https://example.org/a/lead.jpg",
    ]
    ids = [said(image, "wp:post_id")[0] for image in images]
    assert metas(item) == {"_thumbnail_id": ids[1]}
    assert [metas(image) for image in images] == [
        {"_wp_attachment_image_alt": "Alt & text"},
        {"_wp_attachment_image_alt": "Lead"},
    ]
    assert said(images[0], "excerpt:encoded") == ["Caption"]
    assert {said(image, "wp:post_parent")[0] for image in images} == set(said(item, "wp:post_id"))
    assert len({*ids, *said(item, "wp:post_id")}) == 3


def test_images_that_nobody_can_fetch_are_no_items(post: Any, export_of: Any) -> None:
    found = export_of(post("![A](box.png)", image="box.png"), files={"posts/box.png": picture(1)})
    assert len(found.findall("item")) == 1
    assert metas(found.find("item")) == {}


def test_the_file_says_what_the_importer_does_not_do(post: Any, material: Any, write: Any) -> None:
    head = write(material(post("T.")), "wordpress")["wordpress/posts.xml"].decode()
    assert "It never changes a post that is there already" in head.partition("<rss")[0]
    assert "<!DOCTYPE" not in head


def test_an_imported_post_goes_back_as_what_it_was(post: Any, material: Any, write: Any) -> None:
    own = {"type": "page", "sticky": True, "status": "pending", "post_format": ["Aside"]}
    one = post("#### Deep\n\n# High", status="draft", other=(("wordpress", own),))
    two = post("T.", path="posts/b.md", other=(("wordpress", {"status": "pending", "id": 1}),))
    first, second = channel(write(material(one, two), "wordpress")).findall("item")
    assert said(first, "wp:post_type") == ["page"]
    assert said(first, "wp:is_sticky") == ["1"]
    assert said(first, "wp:status") == ["pending"]
    assert [(c.get("domain"), c.get("nicename"), c.text) for c in first.findall("category")] == [
        ("post_format", "post-format-aside", "Aside")
    ]
    assert re.findall("<h.", said(first, "content:encoded")[0]) == ["<h4", "<h1"]
    assert (said(second, "wp:status"), said(second, "wp:post_type")) == (["publish"], ["post"])


@pytest.mark.parametrize("own", ["x", {"type": 3, "post_format": 1, "term": [{}], "a b": ["c"]}])
def test_what_no_import_wrote_is_passed_over(
    own: Any, post: Any, material: Any, write: Any
) -> None:
    one = post("T.", other=(("wordpress", own),))
    (item,) = channel(write(material(one), "wordpress")).findall("item")
    assert said(item, "wp:post_type") == ["post"]
    assert item.findall("category") == []


def test_a_table_whose_head_is_empty_has_none(post: Any, material: Any, write: Any) -> None:
    blocks = write(material(post("| | |\n|-|-|\n| a | b |")), "wordpress")["wordpress/a.html"]
    assert b"<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>" in blocks


def test_an_image_in_a_line_stays_on_its_side(post: Any, material: Any, write: Any) -> None:
    text = "Words ![a](https://example.org/a.png){.alignleft .own} round it."
    blocks = write(material(post(text)), "wordpress")["wordpress/a.html"].decode()
    assert '<img src="https://example.org/a.png" alt="a" class="alignleft">' in blocks


def test_what_is_left_out_leaves_no_blank_behind(post: Any, material: Any, write: Any) -> None:
    text = (
        'One<br> <input name="a"> two:<br><input name="b">\n\n- ```{=html}\n  <!-- wp:x /-->\n  ```'
    )
    blocks = write(material(post(text)), "wordpress")["wordpress/a.html"].decode()
    assert "<p>One<br>two:</p>" in blocks
    assert "<!-- wp:list-item -->\n<li></li>\n<!-- /wp:list-item -->" in blocks
