"""Our posts in a browser: in the block editor, and as readers see them.

All golden files and a post with a bit of everything are opened in both versions. Pictures of what
was seen are left in the folder that PUBTOOL_PICTURES names, for people to look at.
"""

from __future__ import annotations

import itertools
import json
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.devtools import Page
from tests.wordpress.editor import Opened, add_paragraph, log_in, look, open_post, save
from tests.wordpress.site import Site

NOTES = "<!-- wp:footnotes /-->"
SHOWCASE = Path(__file__).parent / "showcase"
GOLDENS = sorted((Path(__file__).parents[1] / "writers" / "wordpress").glob("*.blocks.html"))


@pytest.fixture(scope="module")
def page(wordpress: Site, chromium: Page) -> Iterator[Page]:
    """A browser in which the administrator is logged in."""
    chromium.fresh()
    log_in(chromium, wordpress)
    yield chromium
    chromium.fresh()  # an editor that stays open goes on asking the site


@pytest.fixture
def showcase(wordpress: Site, exported: dict[str, Any]) -> dict[str, Any]:
    """The fields of a post with a bit of everything, its picture on the site."""
    [found] = [one for one in exported["posts"] if one["post_name"] == "showcase"]
    picture = (SHOWCASE / "posts" / "dunes.png").read_bytes()
    headers = {"Content-Type": "image/png", "Content-Disposition": "attachment; filename=dunes.png"}
    media = wordpress.rest("POST", "media", body=picture, headers=headers)
    content = found["content"].replace(
        "https://example.org/showcase/dunes.png", media["source_url"]
    )
    return {**found, "content": content}


def draft(site: Site, markup: str) -> int:
    fields = {"title": "One", "status": "draft", "content": markup}
    made = site.rest("POST", "posts", body=fields)
    return int(made["id"])


def raw(site: Site, post: int) -> str:
    return str(site.rest("GET", f"posts/{post}?context=edit")["content"]["raw"])


def hold(opened: Opened) -> None:
    assert opened.invalid == ()
    assert opened.warnings == ()
    assert opened.complaints == ()
    assert not opened.dirty
    assert "core/missing" not in opened.blocks
    assert "core/freeform" not in opened.blocks


def picture(page: Page, site: Site, name: str) -> None:
    folder = os.environ.get("PUBTOOL_PICTURES")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.picture(Path(folder) / f"{name}-{site.version}.png")


def test_the_editor_opens_all_golden_files_and_saves_them_as_they_were(
    wordpress: Site, page: Page
) -> None:
    """In one post, since opening the editor takes seconds.

    6.8 makes twitter.com of x.com in an embed when it opens one, whatever wrote it.
    """
    chosen = [one for one in GOLDENS if wordpress.newest or one.name != "embeds.blocks.html"]
    content, kept = together(chosen)
    fields = {"title": "One", "content": content, "meta": {"footnotes": json.dumps(kept)}}
    post = wordpress.rest("POST", "posts", body=fields)["id"]
    before = raw(wordpress, post)
    hold(open_post(page, wordpress, post))
    save(page)
    assert raw(wordpress, post) == before


def together(goldens: Sequence[Path]) -> tuple[str, list[Any]]:
    """The blocks of several posts as one post's, and their notes, numbered throughout.

    The editor gives notes their numbers, and would find others changed.
    """
    texts = [golden.read_text(encoding="utf-8").strip() for golden in goldens]
    content = "\n\n".join(text.replace(NOTES, "").strip() for text in texts)
    numbers = itertools.count(1)
    content = re.sub(r'(-link">)\d+(</a></sup>)', lambda m: f"{m[1]}{next(numbers)}{m[2]}", content)
    files = [golden.with_name(golden.name.replace(".blocks.html", ".footnotes.json"))
             for golden in goldens]  # fmt: skip
    kept = [note for file in files if file.exists() for note in json.loads(file.read_text("utf-8"))]
    return f"{content}\n\n{NOTES}", kept


def test_what_a_blogger_adds_changes_nothing_else(
    wordpress: Site, page: Page, showcase: dict[str, Any]
) -> None:
    """The editor writes all blocks anew then; what differs by version is only the newest's."""
    fields = {name: showcase[name] for name in ("title", "content", "meta")}
    post = wordpress.rest("POST", "posts", body=fields)["id"]
    before = wordpress.rest("GET", f"posts/{post}?context=edit")
    hold(open_post(page, wordpress, post))
    picture(page, wordpress, "editor")
    add_paragraph(page, "Added.")
    save(page)
    hold(look(page))
    after = wordpress.rest("GET", f"posts/{post}?context=edit")
    assert ">Added.</p>" in after["content"]["raw"]
    assert json.loads(after["meta"]["footnotes"]) == json.loads(before["meta"]["footnotes"])
    if wordpress.newest:
        assert after["content"]["raw"].startswith(before["content"]["raw"] + "\n\n")


def test_readers_see_notes_pictures_and_tables(
    wordpress: Site, page: Page, showcase: dict[str, Any]
) -> None:
    fields = {name: showcase[name] for name in ("title", "content", "meta", "status")}
    post = wordpress.rest("POST", "posts", body=fields)
    page.go(post["link"])
    page.size(1280, 2300, scale=0.6)
    picture(page, wordpress, "post")
    page.size(1280, 900)
    notes = json.loads(showcase["meta"]["footnotes"])
    shown = page.run("[...document.querySelectorAll('.wp-block-footnotes li')].map(x => x.id)")
    assert shown == [note["id"] for note in notes]
    dead = page.run(
        "[...document.querySelectorAll('main a[href^=\"#\"]')].map(a => a.hash.slice(1))"
        ".filter(id => !document.getElementById(decodeURIComponent(id)))"
    )
    assert dead == [], "links to a note, to a proof or back to the text lead nowhere"
    assert not page.run("document.querySelector('.pubtool-proof').open")
    page.run("document.querySelector('.pubtool-mark a').click()")
    page.wait("document.querySelector('.pubtool-proof').open")
    assert page.run("document.querySelectorAll('main table tbody tr').length") == 2
    widths = page.run("[...document.querySelectorAll('main figure img')].map(x => x.naturalWidth)")
    assert widths == [480], "the picture is not shown"
    assert page.run("document.documentElement.scrollWidth <= innerWidth")


def test_a_warning_is_seen_and_so_is_what_the_editor_would_rewrite(
    wordpress: Site, page: Page
) -> None:
    old = "<!-- wp:heading -->\n<h2>Two</h2>\n<!-- /wp:heading -->"
    broken = "<!-- wp:heading -->\n<h3>Three</h3>\n<!-- /wp:heading -->"
    post = draft(wordpress, f"{old}\n\n{broken}")
    opened = open_post(page, wordpress, post)
    assert opened.invalid == ("<h3>Three</h3>",)
    assert "unexpected or invalid content" in opened.warnings[0]
    add_paragraph(page, "Added.")
    save(page)
    assert not raw(wordpress, post).startswith(old)
