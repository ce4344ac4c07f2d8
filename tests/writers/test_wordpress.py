"""WordPress: block markup that the editor's own code takes as its own, and WXR that imports.

``wordpress/`` holds stages: ``NAME.md`` and ``NAME.blocks.html``. The second files were judged by
the block editor's own scripts (WordPress 6.8.12 and 7.1.4): valid without any deprecated form.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from pubtool.model import SeriesPart, VerdictKind

STAGES = sorted((Path(__file__).parent / "wordpress").glob("*.md"))
NAMES = {
    "wp": "http://wordpress.org/export/1.2/",
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
}


@pytest.mark.parametrize("stage", STAGES, ids=lambda path: path.stem)
def test_a_post_s_blocks(stage: Path, post: Any, material: Any, write: Any, golden: Any) -> None:
    checked = post(stage.read_text(encoding="utf-8"), path=f"posts/{stage.stem}.md")
    files = {"posts/box.png": b"png"}
    given = material(checked, files=files, url="https://example.org", wordpress_footnotes="core")
    blocks = write(given, "wordpress")[f"wordpress/{stage.stem}.html"].decode()
    golden(stage.with_suffix(".blocks.html"), blocks)


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
        'data-locator="page 12">of <em>his</em> own</span>”.</p>'
    ) in blocks


def channel(files: dict[str, bytes]) -> Any:
    found = ET.fromstring(files["wordpress/posts.xml"]).find("channel")
    assert found is not None
    return found


def said(node: Any, path: str) -> list[str]:
    return [found.text or "" for found in node.findall(path, NAMES)]


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
    assert said(item, "title") == [legal]
    assert said(item, "excerpt:encoded") == [legal]
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
