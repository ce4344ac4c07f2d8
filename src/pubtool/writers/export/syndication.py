"""The jobs of what leads to the site from elsewhere: feeds, the sitemap, robots.txt.

All of it needs the site's address, and a draft is announced nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from pubtool.writers.dates import timestamp
from pubtool.writers.export.extracts import feed_text
from pubtool.writers.export.jobs import Job, Output, digest
from pubtool.writers.export.studio import Studio
from pubtool.writers.feeds import Channel, Entry, atom, json_feed
from pubtool.writers.lead import featured
from pubtool.writers.site import Page, Series, absolute
from pubtool.writers.sitemap import sitemaps


def feed_jobs(studio: Studio) -> Iterator[Job]:
    """Yield the jobs of the feeds: the site's, and each series's."""
    for series in (None, *studio.site.series):
        if pages := studio.newest(series):
            yield _feed(studio, series, pages)


def sitemap_jobs(studio: Studio, lists: Sequence[str]) -> Iterator[Job]:
    """Yield the jobs of what lists addresses; `lists` are those of the site's lists."""
    if not studio.site.url or studio.site.draft:
        return
    addresses = _addresses(studio, lists)
    yield Job(
        "html:sitemap",
        digest("sitemap", addresses, studio.site.url),
        lambda: sitemaps(addresses, studio.site.url),
    )
    if urlsplit(studio.site.url).path in ("", "/"):  # nobody asks for it in a folder
        yield Job("html:robots.txt", digest("robots", studio.site.url), lambda: _robots(studio))


def _feed(studio: Studio, series: Series | None, pages: Sequence[Page]) -> Job:
    where = f"series/{series.slug}/" if series else ""

    def write() -> Output:
        channel = _channel(studio, series, pages)
        yield f"{where}feed.xml", atom(channel)
        address = absolute(studio.site, f"{where}feed.json")
        other = Channel(channel.title, channel.home, address, channel.author, channel.lang,
                        channel.entries)  # fmt: skip
        yield f"{where}feed.json", json_feed(other)

    needs = [[studio.extract_needs(page), studio.excerpts[page.path], studio.lead_needs(page)]
             for page in pages]  # fmt: skip
    named = [series.name, series.slug] if series else []
    return Job(f"html:{where}feed", digest("feed", studio.site_facts, named, needs), write)


def _channel(studio: Studio, series: Series | None, pages: Sequence[Page]) -> Channel:
    site = studio.site
    folder = f"series/{series.slug}/" if series else ""
    return Channel(
        title=f"{site.title}: {series.name}" if series else site.title,
        home=absolute(site, f"{folder}index.html"),
        address=absolute(site, f"{folder}feed.xml"),
        author=site.author,
        lang=site.lang,
        entries=tuple(_entry(studio, page) for page in pages),
    )


def _entry(studio: Studio, page: Page) -> Entry:
    front = studio.material.posts[page.path].post.front
    return Entry(
        url=absolute(studio.site, page.url),
        title=page.title,
        content=feed_text(studio, page),
        summary=studio.excerpts[page.path],
        published=timestamp(page.date),
        updated=timestamp(front.updated) or timestamp(page.date),
        authors=page.authors,
        tags=front.keywords,
        lang=page.lang,
        image=_image(studio, page),
    )


def _image(studio: Studio, page: Page) -> str:
    lead = featured(studio.desk, page)
    return absolute(studio.site, f"{page.slug}/{lead.name}") if lead else ""


def _addresses(studio: Studio, lists: Sequence[str]) -> list[tuple[str, str]]:
    """Return every page's address, with when it changed last where that is known."""
    posts = []
    for page in studio.site.pages:
        front: Any = studio.material.posts[page.path].post.front
        changed = timestamp(front.updated) or timestamp(page.date)
        posts.append((absolute(studio.site, page.url), changed))
    return [*((absolute(studio.site, url), "") for url in lists), *posts]


def _robots(studio: Studio) -> Output:
    address = absolute(studio.site, "sitemap.xml")
    yield "robots.txt", f"User-agent: *\nDisallow:\n\nSitemap: {address}\n".encode()
