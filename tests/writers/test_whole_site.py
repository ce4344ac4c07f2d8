"""The whole site at once: every link of every page leads somewhere, and two builds are the same."""

from __future__ import annotations

import posixpath
import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from tests.writers.test_attachments import PNG

from pubtool.model import SeriesPart
from pubtool.writers.export import Material

URL = "https://example.org/blog"


class Links(HTMLParser):
    """A page's identifiers, and where it leads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name in ("href", "src", "poster", "cite") and value:
                self.links.append(value)
            elif name in ("popovertarget", "aria-labelledby", "aria-describedby", "for"):
                self.links += [f"#{one}" for one in (value or "").split()]
            elif name == "srcset" and value:
                self.links += [one.split()[0] for one in value.split(",")]
            elif name == "content" and (found := re.match(r"\d+; url=(.*)", value or "")):
                self.links.append(found[1])


def dead_links(files: dict[str, bytes]) -> list[tuple[str, str]]:
    """Each page and link of a built site that leads nowhere."""
    pages = {name: Links(data.decode()) for name, data in files.items() if name.endswith(".html")}
    dead = []
    for name, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), f"{name}: an identifier is there twice"
        for link in page.links:
            target = link.removeprefix(URL) if link.startswith(f"{URL}/") else link
            parts = urlsplit(target)
            if parts.scheme or parts.netloc:
                continue
            path = unquote(parts.path)
            if path.startswith("/"):
                there = path.removeprefix("/blog").lstrip("/")
            else:
                there = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
            there = name if not path else there
            if there.endswith("/") or there in ("", "."):
                there = f"{there.removeprefix('.')}index.html"
            fragment = unquote(parts.fragment)
            if there not in files or (fragment and fragment not in pages[there].ids):
                dead.append((name, link))
    return dead


TEXT = """\
Mill wrote "of his own" [@mill1859, 12], see [below](#öl-und-licht), [two](b.md#part),
[three](c.md), [the data](table.csv) and [the note](#fn1).[^1]

![Red](r.png)

# Öl und Licht

One ^[A note, with "of his own" [@doe2001].] more. [x]{#here} [there](#here)

[^1]: Here.
"""


@pytest.fixture
def site(post: Any, verdict: Any, material: Any) -> Any:
    """Return a maker of a site with something of everything."""

    def make(**settings: Any) -> Material:
        both = (SeriesPart("One series", 1), SeriesPart("Another", None))
        first = post(
            TEXT,
            verdict(TEXT, "of his own"),
            title="First",
            series=both,
            tags=("Law & order", "Öl"),
            categories=("Essays",),
            authors=("A", "B"),
            image="r.png",
            image_alt="Red",
            aliases=("/2010/05/first/", "first.html"),
        )
        part = {"series": both, "tags": ("öl",), "date": "2026-05-03"}
        others = [
            post("## Part\n\nWords.", path="posts/b.md", title="Same day", **part),
            post("Held.", path="posts/c.md", title="Held", status="future", tags=("Held",)),
            *(
                post("More.", path=f"posts/m{n:02}.md", title=f"More {n}", date=f"2025-01-{n:02}")
                for n in range(1, 29)
            ),
            *(
                post("More.", path=f"posts/n{n:02}.md", title=f"Much {n}", tags=("日本",), date="")
                for n in range(1, 22)
            ),
        ]
        files = {"posts/r.png": PNG, "posts/table.csv": b"2"}
        told = {"url": URL, "search": True, **settings}
        made: Material = material(first, *others, files=files, **told)
        return made

    return make


@pytest.mark.parametrize("settings", [{}, {"url": ""}, {"draft": True}], ids=str)
def test_every_link_of_every_page_leads_somewhere(settings: Any, site: Any, write: Any) -> None:
    files = write(site(**settings), "html")
    assert dead_links(files) == []


def test_the_look_at_links_can_see(site: Any, write: Any) -> None:
    files = write(site(), "html")
    broken = dict(files)
    del broken["tags/ol/index.html"]
    broken["index.html"] = b'<a href="a/index.html#none">x</a>'
    found = dead_links(broken)
    assert ("index.html", "a/index.html#none") in found
    assert ("tags/index.html", "../tags/ol/index.html") in found


def test_two_builds_are_the_same_bytes(site: Any, write: Any) -> None:
    assert write(site(), "html") == write(site(), "html")


def test_a_post_stands_in_each_of_its_series(site: Any, write: Any) -> None:
    files = write(site(), "html")
    page = files["a/index.html"].decode()
    for slug in ("one-series", "another"):
        assert f'href="../series/{slug}/index.html"' in page
        assert (
            '<a href="../../a/index.html">First</a>' in files[f"series/{slug}/index.html"].decode()
        )
        assert f"series/{slug}/feed.xml" in page


def test_posts_of_one_day_keep_their_order(site: Any, write: Any) -> None:
    files = write(site(), "html")
    for name in ("index.html", "archive/2026/index.html", "tags/ol/index.html", "feed.json"):
        text = files[name].decode()
        main = text.partition("<main")[2] or text
        assert main.index("First") < main.index("Same day"), name


@pytest.mark.parametrize("status", ["draft", "future", "private"])
def test_what_is_held_back_leaves_no_trace(
    status: str, post: Any, material: Any, write: Any
) -> None:
    front = {"tags": ("Trace",), "categories": ("Trace",), "aliases": ("/trace/",)}
    held = post("Trace.", path="posts/trace.md", title="Trace", status=status,
                series=(SeriesPart("Trace", 1),), authors=("Trace",), **front)  # fmt: skip
    shown = post("See [it](trace.md).")
    files = write(material(shown, held, url=URL, search=True), "html")
    everything = b"".join(name.encode() + data for name, data in files.items()).lower()
    assert b"trace" not in everything
