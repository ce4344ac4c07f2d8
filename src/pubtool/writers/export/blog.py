"""The jobs of the WordPress files: each post's blocks, the import file and the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from pubtool.model import Article, Placed
from pubtool.writers import wordpress
from pubtool.writers.export.jobs import Job, Output, digest
from pubtool.writers.export.studio import Studio
from pubtool.writers.posting import Target, fallback_line, item, write_article
from pubtool.writers.site import Page


def wordpress_jobs(studio: Studio) -> Iterator[Job]:
    """Yield the jobs of the WordPress files, posts first."""
    blog = _Blog(studio)
    every = studio.site.every
    for page in every:
        yield Job(
            f"wordpress:{page.path}",
            digest("wordpress", blog.needs(page)),
            partial(blog.pasted, page),
            partial(blog.fallbacks, page),
        )
    needs = digest([blog.needs(page) for page in every])
    yield Job("wordpress:posts.xml", digest("posts.xml", needs), blog.wxr)
    yield Job("wordpress:fallbacks.txt", digest("fallbacks.txt", needs), blog.ledger)


class _Blog:
    """The posts as WordPress has them, each written once for each form of its notes."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._desk = studio.desk
        self._settings = studio.material.settings
        self._articles: dict[tuple[str, str], Article] = {}

    def needs(self, page: Page) -> list[Any]:
        """Return what a post's WordPress files depend on."""
        settings = self._settings
        own = [settings.wordpress_footnotes, settings.wordpress_proof, settings.wordpress_series]
        # without the site's address a post leads nowhere, its neighbours included
        near = self._studio.near(page) if self._studio.site.url else []
        return [self._studio.needs(page), near, self._studio.lead_needs(page), own]

    def pasted(self, page: Page) -> Output:
        """Yield the blocks that are pasted into the editor."""
        chosen = self._settings.wordpress_footnotes
        article = self._article(page, "core" if chosen == "core" else "list")
        yield f"wordpress/{page.slug}.html", article.blocks.encode()

    def wxr(self) -> Output:
        """Yield the file that WordPress imports."""
        every = self._studio.site.every
        items = [item(self._desk, page, self._carried(page)) for page in every]
        series = self._settings.wordpress_series
        yield "wordpress/posts.xml", wordpress.wxr(self._studio.site, items, series)

    def ledger(self) -> Output:
        """Yield the list of what WordPress has no form for, if there is any."""
        lines = [line for page in self._studio.site.every for line in self.fallbacks(page)]
        if lines:
            yield "wordpress/fallbacks.txt", "".join(f"{line}\n" for line in lines).encode()

    def fallbacks(self, page: Page) -> tuple[str, ...]:
        """Return a post's lines of that list."""
        return tuple(fallback_line(page.path, f) for f in self._carried(page).fallbacks)

    def _carried(self, page: Page) -> Article:
        """Return a post as the import file carries it, which has room for WordPress's footnotes."""
        chosen = self._settings.wordpress_footnotes
        return self._article(page, "list" if chosen == "list" else "core")

    def _article(self, page: Page, footnotes: str) -> Article:
        key = page.path, footnotes
        if key not in self._articles:
            base = self._studio.absolute(page)
            names = self._desk.images(page.path).data
            placed = {name: Placed(f"{base}{name}") for name in names}
            target = Target(placed, self._desk.pages, self._studio.absolute, footnotes)
            self._articles[key] = write_article(self._desk, page, target)
        return self._articles[key]
