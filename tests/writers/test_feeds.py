"""Feeds and the sitemap: valid by their specifications, the same whenever they are made."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from lxml import etree, html
from tests.pictures import picture

from pubtool.model import Key, SeriesPart
from pubtool.system.pandoc import Pandoc
from pubtool.writers.export import Material, plan_jobs
from pubtool.writers.sitemap import sitemaps

URL = "https://example.org/blog"
ATOM = "{http://www.w3.org/2005/Atom}"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")


# --- What the specifications ask for --------------------------------------------------------------

ONCE = {
    "feed": ("id", "title", "updated"),
    "entry": ("id", "title", "updated"),
}
"""RFC 4287, 4.1.1 and 4.1.2: exactly one of each."""
AT_MOST_ONCE = {
    "feed": ("generator", "icon", "logo", "rights", "subtitle"),
    "entry": ("content", "published", "rights", "source", "summary"),
}
MAY_HOLD = {
    "feed": {"author", "category", "contributor", "link", "entry"},
    "entry": {"author", "category", "contributor", "link"},
}


def check_atom(data: bytes) -> Any:
    """Hold a file to RFC 4287; return its root."""
    root = etree.fromstring(data)
    assert root.tag == f"{ATOM}feed"
    for node in root.iter():
        assert node.tag.startswith(ATOM), node.tag
        assert len(node) == 0 or not (node.text or "").strip(), "mixed content"
    for node in (root, *root.iter(f"{ATOM}entry")):
        kind = node.tag.removeprefix(ATOM)
        names = [child.tag.removeprefix(ATOM) for child in node]
        assert all(names.count(name) == 1 for name in ONCE[kind]), names
        assert all(names.count(name) <= 1 for name in AT_MOST_ONCE[kind]), names
        assert set(names) <= MAY_HOLD[kind] | set(ONCE[kind] + AT_MOST_ONCE[kind])
        links = [link for link in node.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
        kinds = [(link.get("type"), link.get("hreflang")) for link in links]
        assert len(kinds) == len(set(kinds))
        if kind == "entry":
            assert links or node.find(f"{ATOM}content") is not None
            assert node.find(f"{ATOM}author") is not None or root.find(f"{ATOM}author") is not None
    for name in ("updated", "published"):
        for node in root.iter(f"{ATOM}{name}"):
            assert RFC3339.fullmatch(node.text), node.text
            datetime.fromisoformat(node.text)
    for node in (*root.iter(f"{ATOM}id"), *root.iter(f"{ATOM}link")):
        address = node.get("href") or node.text
        assert urlsplit(address).scheme == "https"
        assert address.isascii()
    for author in root.iter(f"{ATOM}author"):
        assert [child.tag for child in author] == [f"{ATOM}name"]
        assert author[0].text.strip()
    for category in root.iter(f"{ATOM}category"):
        assert category.get("term")
    assert all(node.get("type") == "html" for node in root.iter(f"{ATOM}content"))
    ids = [node.findtext(f"{ATOM}id") for node in root.iter(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))
    return root


ITEM_KEYS = {
    "id": str, "url": str, "external_url": str, "title": str, "content_html": str,
    "content_text": str, "summary": str, "image": str, "banner_image": str, "date_published": str,
    "date_modified": str, "authors": list, "tags": list, "language": str, "attachments": list,
}  # fmt: skip


def check_json_feed(data: bytes) -> Any:
    """Hold a file to JSON Feed 1.1; return what it says."""
    feed = json.loads(data)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert isinstance(feed["title"], str)
    assert feed["title"]
    for item in feed["items"]:
        assert all(isinstance(value, ITEM_KEYS[key]) for key, value in item.items()), item
        assert item["id"]
        assert item.get("content_html") or item.get("content_text")
        for key in ("date_published", "date_modified"):
            assert RFC3339.fullmatch(item[key])
        assert all(isinstance(tag, str) for tag in item.get("tags", ()))
    for one in (feed, *feed["items"]):
        for author in one.get("authors", ()):
            assert {"name", "url", "avatar"} & set(author)
        assert "author" not in one, "deprecated in 1.1"
    ids = [item["id"] for item in feed["items"]]
    assert len(ids) == len(set(ids))
    for key in ("home_page_url", "feed_url"):
        assert feed[key].startswith("https://")
    return feed


# --- A site ---------------------------------------------------------------------------------------

TEXT = """\
Mill wrote "of his own" [@mill1859, 12], see [below](#below) and [two](b.md#part).[^1]

![Red](r.png){.wide onclick="x()"} <button onclick="x()">No</button>

## Below

A < b & "c", and $x^2$. \x0b

[^1]: A *note*.
"""


@pytest.fixture
def site(post: Any, verdict: Any, material: Any) -> Any:
    """Return a maker of a site of two posts in a series and one beside it."""

    def make(**settings: Any) -> Material:
        one = post(
            TEXT,
            verdict(TEXT, "of his own"),
            title="One & <two>",
            updated="2026-06-01T12:00:00+02:00",
            series=(SeriesPart("S", 1),),
            tags=("law",),
            categories=("Essays",),
            image="r.png",
            image_alt="Red",
        )
        part = (SeriesPart("S", 2),)
        two = post("# Part\n\nZwei.", path="posts/b.md", title="Zwei", lang="de", series=part)
        three = post("Three.", path="posts/日.md", title="日", date="2026-01-01", authors=("Doe",))
        files = {"posts/r.png": picture(1)}
        made: Material = material(one, two, three, files=files, **{"url": URL, **settings})
        return made

    return make


def test_the_feeds_are_valid(site: Any, write: Any) -> None:
    files = write(site(), "html")
    assert {name for name in files if "feed" in name} == {
        *("feed.xml", "feed.json", "series/s/feed.xml", "series/s/feed.json"),
    }
    for folder, titles in (
        ("", ["One & <two>", "Zwei", "日"]),
        ("series/s/", ["One & <two>", "Zwei"]),
    ):
        feed = check_atom(files[f"{folder}feed.xml"])
        told = check_json_feed(files[f"{folder}feed.json"])
        assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == titles
        assert [item["title"] for item in told["items"]] == titles
        assert feed.findtext(f"{ATOM}id") == f"{URL}/{folder}"
        assert feed.find(f"{ATOM}link[@rel='self']").get("href") == f"{URL}/{folder}feed.xml"
        assert told["feed_url"] == f"{URL}/{folder}feed.json"


def test_the_feed_of_a_series_stands_where_its_page_looks_for_it(
    post: Any, material: Any, write: Any
) -> None:
    part = (SeriesPart("Größe & Maß", 1),)
    files = write(material(post("Words.", series=part), url=URL), "html")
    feeds = {name for name in files if "/feed." in name}
    assert feeds == {"series/große-maß/feed.xml", "series/große-maß/feed.json"}
    own = check_atom(files["series/große-maß/feed.xml"]).find(f"{ATOM}link[@rel='self']")
    assert own.get("href") == f"{URL}/series/gro%C3%9Fe-ma%C3%9F/feed.xml"


def test_both_feeds_say_the_same(site: Any, write: Any) -> None:
    files = write(site(), "html")
    entries = check_atom(files["feed.xml"]).findall(f"{ATOM}entry")
    for entry, item in zip(entries, check_json_feed(files["feed.json"])["items"], strict=True):
        assert entry.findtext(f"{ATOM}id") == item["id"] == item["url"]
        assert entry.findtext(f"{ATOM}content") == item["content_html"].replace("\x0b", "")
        assert entry.findtext(f"{ATOM}published") == item["date_published"]
        assert entry.findtext(f"{ATOM}updated") == item["date_modified"]


def test_dates_are_those_of_the_front_matter(site: Any, write: Any) -> None:
    feed = check_atom(write(site(), "html")["feed.xml"])
    first, second, _ = feed.findall(f"{ATOM}entry")
    assert first.findtext(f"{ATOM}published") == "2026-05-03T00:00:00Z"
    assert first.findtext(f"{ATOM}updated") == "2026-06-01T12:00:00+02:00"
    assert second.findtext(f"{ATOM}updated") == "2026-05-03T00:00:00Z"
    assert feed.findtext(f"{ATOM}updated") == "2026-06-01T12:00:00+02:00"


def test_an_entry_reads_by_itself(site: Any, write: Any) -> None:
    item = check_json_feed(write(site(), "html")["feed.json"])["items"][0]
    content = item["content_html"]
    tree = html.fragment_fromstring(content, create_parent="div")
    links = [value for node in tree.iter() for name in ("href", "src") if (value := node.get(name))]
    assert links
    assert all(link.startswith(f"{URL}/") for link in links), links
    assert f'href="{URL}/a/#below"' in content
    assert f'href="{URL}/b/#part"' in content
    assert f'src="{URL}/a/r.png"' in content
    assert f'<a href="{URL}/a/#Quotations">1 quotation: 1 word for word.</a>' in content
    assert "<em>note</em>" in content
    assert "On Liberty" in content
    assert not re.search(r'<button|onclick|class=|data-| id="|✓', content), content
    assert "<math" in content
    assert item["image"] == f"{URL}/a/r.png"
    assert item["tags"] == ["Essays", "law"]


def test_a_quotation_has_the_marks_of_its_author_and_no_others(
    post: Any, verdict: Any, material: Any, write: Any
) -> None:
    """A reader of feeds has no stylesheet of ours: its own puts marks round each ``q``."""
    text = "He wrote “of his own” [@mill1859], <q>not of hers</q>."
    given = material(post(text, verdict(text, "of his own")), url=URL)
    mill = given.bibliography.sources[Key("mill1859")]
    sources = {**given.bibliography.sources, mill.key: replace(mill, url="https://example.com/m")}
    given = replace(given, bibliography=replace(given.bibliography, sources=sources))
    files = write(given, "html")
    assert b'<q id="' in files["a/index.html"]
    (item,) = json.loads(files["feed.json"])["items"]
    assert "“of his own”" in item["content_html"]
    assert "<q>not of hers</q>" in item["content_html"]


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("@mill1859 [p. 3] holds that, and so it is [@doe2001].", "Mill holds that, and so it is."),
        ("As @doe2001 and @mill1859 say.", "As Doe and Mill say."),
        ("@nobody says.", "nobody says."),
        (f"{'word ' * 41}@mill1859 says no.", f"{'word ' * 41}Mill …"),
    ],
)
def test_a_summary_names_the_author_whom_its_sentence_needs(
    text: str, summary: str, post: Any, material: Any, write: Any
) -> None:
    files = write(material(post(text), url=URL), "html")
    assert json.loads(files["feed.json"])["items"][0]["summary"] == summary


def test_addresses_are_uris(site: Any, write: Any) -> None:
    item = check_json_feed(write(site(), "html")["feed.json"])["items"][2]
    assert item["id"] == f"{URL}/%E6%97%A5/"


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        ({"url": ""}, set()),
        ({"draft": True}, set()),
        ({"url": "https://example.org"}, {"robots.txt", "sitemap.xml", "feed.xml", "feed.json"}),
        ({}, {"sitemap.xml", "feed.xml", "feed.json"}),
    ],
    ids=str,
)
def test_what_is_announced_needs_an_address(
    settings: Any, names: set[str], site: Any, write: Any
) -> None:
    files = write(site(**settings), "html")
    found = {name for name in files if re.fullmatch(r"feed\..*|sitemap.*|robots.txt", name)}
    assert found == names
    assert ('rel="alternate"' in files["index.html"].decode()) is bool(names)


@pytest.mark.parametrize("status", ["draft", "private", "future"])
def test_what_is_held_back_is_in_no_feed(status: str, post: Any, material: Any, write: Any) -> None:
    held = post("Secret.", path="posts/b.md", title="Held", status=status, tags=("Unseen",),
                series=(SeriesPart("Unseen series", 1),), aliases=("/held-before/",))  # fmt: skip
    files = write(material(post("Words."), held, url=URL), "html")
    everything = b"".join(data + name.encode() for name, data in files.items()).lower()
    for word in (b"secret", b"held", b"unseen"):
        assert word not in everything


def test_a_post_without_a_date_is_in_no_feed(post: Any, material: Any, write: Any) -> None:
    files = write(material(post("Words.", date=""), url=URL), "html")
    assert "feed.xml" not in files
    assert "feed.xml" not in files["index.html"].decode()
    assert "<lastmod>" not in files["sitemap.xml"].decode()


def test_a_feed_has_the_twenty_newest(post: Any, material: Any, write: Any, pandoc: Pandoc) -> None:
    def make(text: str) -> Material:
        posts = [
            post(text if n == 1 else "W.", path=f"posts/{n:02}.md", title=f"P {n}",
                 date=f"2026-01-{n:02}")
            for n in range(1, 25)
        ]  # fmt: skip
        made: Material = material(*posts, url=URL)
        return made

    feed = check_json_feed(write(make("W."), "html")["feed.json"])
    assert [item["title"] for item in feed["items"]] == [f"P {n}" for n in range(24, 4, -1)]
    before = {job.name: job.digest for job in plan_jobs(make("W."), ("html",), pandoc)}
    after = {job.name: job.digest for job in plan_jobs(make("Other."), ("html",), pandoc)}
    changed = {name for name in before if before[name] != after[name]}
    assert "html:feed" not in changed
    assert "html:posts/01.md" in changed


def test_an_author_is_named_even_where_nobody_is(post: Any, material: Any, write: Any) -> None:
    files = write(material(post("Words."), url=URL, author=""), "html")
    check_atom(files["feed.xml"])
    check_json_feed(files["feed.json"])


# --- Sitemap --------------------------------------------------------------------------------------

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_the_sitemap_lists_every_page_once(site: Any, write: Any) -> None:
    files = write(site(), "html")
    root = etree.fromstring(files["sitemap.xml"])
    assert root.tag == f"{SITEMAP}urlset"
    places = [node.findtext(f"{SITEMAP}loc") for node in root]
    pages = {name for name in files if name.endswith(".html")} - {"404.html"}
    short = {f"{URL}/{name.removesuffix('index.html')}" for name in pages}
    assert set(places) == {one.replace("日", "%E6%97%A5") for one in short}
    assert len(places) == len(set(places))
    stamps = [node.findtext(f"{SITEMAP}lastmod") for node in root]
    assert "2026-06-01T12:00:00+02:00" in stamps


def test_a_very_long_sitemap_is_an_index() -> None:
    addresses = [(f"{URL}/{n}?a&b", "2026-01-01T00:00:00Z") for n in range(5)]
    files = dict(sitemaps(addresses, URL, most=2))
    index = etree.fromstring(files["sitemap.xml"])
    assert index.tag == f"{SITEMAP}sitemapindex"
    named = [node.findtext(f"{SITEMAP}loc") for node in index]
    assert named == [f"{URL}/sitemap-{n}.xml" for n in (1, 2, 3)]
    listed = [
        node.findtext(f"{SITEMAP}loc")
        for n in (1, 2, 3)
        for node in etree.fromstring(files[f"sitemap-{n}.xml"])
    ]
    assert listed == [address for address, _ in addresses]
