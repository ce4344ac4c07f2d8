"""Former addresses: a page each that leads on, and a sentence where there can be none."""

from __future__ import annotations

import posixpath
import re
from typing import Any

import pytest

from pubtool.errors import BadAlias
from pubtool.system.pandoc import Pandoc
from pubtool.writers.export import plan_jobs

URL = "https://example.org/blog"


@pytest.fixture
def site(post: Any, material: Any) -> Any:
    """Return a maker of a site of two posts, the first one's aliases given."""

    def make(*aliases: str, other: tuple[str, ...] = (), **settings: Any) -> Any:
        one = post("Words.", aliases=aliases, title="One & all", tags=("law",))
        two = post("More.", path="posts/b.md", aliases=other, image="x.png")
        return material(one, two, **{"url": URL, **settings})

    return make


@pytest.mark.parametrize(
    ("alias", "file"),
    [
        ("/2010/05/old-post/", "2010/05/old-post/index.html"),
        ("/2010/05/old-post", "2010/05/old-post/index.html"),
        ("2010/05/old-post/", "2010/05/old-post/index.html"),
        ("old.html", "old.html"),
        ("/old.PHP", "old.PHP"),
        ("/v1.2/", "v1.2/index.html"),
        ("/v1.2", "v1.2/index.html"),
        ("//double//slash/", None),
        ("/double//slash/", "double/slash/index.html"),
        ("/caf%C3%A9/", "café/index.html"),
        ("/日本/", "日本/index.html"),
        ("/blog/2010/x/", "2010/x/index.html"),
        ("/blogs/x/", "blogs/x/index.html"),
        (f"{URL}/old/", "old/index.html"),
        ("http://EXAMPLE.org/blog/old/", "old/index.html"),
        ("/old/#part", "old/index.html"),
        ("/a/index.html", ""),
        ("/a/", ""),
        ("/A/", ""),
    ],
)
def test_an_alias_is_a_page_at_its_place(
    alias: str, file: str | None, site: Any, write: Any
) -> None:
    if file is None:
        with pytest.raises(BadAlias, match="is on another site"):
            write(site(alias), "html")
        return
    files = write(site(alias), "html")
    assert set(files) - set(write(site(), "html")) == ({file} if file else set())


def test_a_page_that_leads_on_says_where_in_every_way(site: Any, write: Any) -> None:
    page = write(site("/2010/05/old-post/"), "html")["2010/05/old-post/index.html"].decode()
    to = "../../../a/index.html"
    assert f'<meta http-equiv="refresh" content="0; url={to}">' in page
    assert f'<link rel="canonical" href="{URL}/a/">' in page
    assert f'<a href="{to}">One &amp; all</a>' in page
    assert '<meta name="robots" content="noindex">' in page
    assert posixpath.normpath(f"2010/05/old-post/{to}") == "a/index.html"
    assert not re.search("<script|<link rel=.stylesheet", page)


def test_without_the_site_s_address_it_still_leads_on(site: Any, write: Any) -> None:
    page = write(site("old.html", url=""), "html")["old.html"].decode()
    assert '<link rel="canonical" href="a/index.html">' in page


@pytest.mark.parametrize(
    ("alias", "sentence"),
    [
        ("/../secret/", r"posts/a\.md: the alias '/\.\./secret/' leads out of the site; write it"),
        ("/x/%2e%2e/%2e%2e/y", "leads out of the site"),
        ("/a\\b/", "leads out of the site"),
        ("/a\nb/", "leads out of the site"),
        ("/b/", "is another page's address; take it out of one of the two"),
        ("/B/index.html", "is another page's address"),
        ("/tags/", "is another page's address"),
        ("/archive/2026/", "is another page's address"),
        ("/style.css", "is another page's address"),
        ("/style.css/x/", "would stand below a file"),
        ("/feed.xml", "is another page's address"),
        ("/", "is the address of the site's first page"),
        ("https://elsewhere.org/x/", r"is on another site; begin it with /, or with https://ex"),
        ("mailto:x@example.org", "is on another site"),
        ("https://[/", "is no address"),
        (f"/{'x' * 300}/", "too long"),
    ],
)
def test_an_alias_that_cannot_be_is_refused(
    alias: str, sentence: str, site: Any, pandoc: Pandoc
) -> None:
    with pytest.raises(BadAlias, match=sentence):
        plan_jobs(site(alias), ("html",), pandoc)


def test_two_posts_cannot_have_been_at_one_address(site: Any, pandoc: Pandoc) -> None:
    with pytest.raises(BadAlias, match=r"'/OLD' is an alias of posts/a\.md too"):
        plan_jobs(site("/old/", "old", other=("/OLD",)), ("html",), pandoc)


def test_what_only_a_server_can_answer_is_told(site: Any, pandoc: Pandoc) -> None:
    jobs = plan_jobs(site("/?p=123", "/old/"), ("html",), pandoc)
    told = [remark for job in jobs for remark in job.remarks()]
    assert told == [
        "posts/a.md: the alias /?p=123 asks a server for something, which no file can answer; "
        "have the server redirect it"
    ]


def test_of_very_many_only_the_first_are_named(site: Any, pandoc: Pandoc) -> None:
    jobs = plan_jobs(site(*(f"/?p={n}" for n in range(300))), ("html",), pandoc)
    told = [remark for job in jobs for remark in job.remarks()]
    assert len(told) == 11
    assert told[-1] == "290 more aliases ask a server for something in that way"


def test_other_formats_know_no_aliases(site: Any, pandoc: Pandoc) -> None:
    plan_jobs(site("/../x/"), ("wordpress",), pandoc)


@pytest.mark.parametrize("status", ["draft", "private", "future"])
def test_a_held_back_post_leads_nowhere(status: str, post: Any, material: Any, write: Any) -> None:
    held = post("Words.", aliases=("/old/",), status=status)
    assert "old/index.html" not in write(material(held), "html")
