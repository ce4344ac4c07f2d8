"""The job of the search page and its index, for archives that want it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pubtool.writers.export.extracts import word_weights
from pubtool.writers.export.jobs import Job, Output, digest
from pubtool.writers.export.studio import Studio
from pubtool.writers.html.frame import Head
from pubtool.writers.search import (
    AUTHOR,
    TERM,
    TITLE,
    Shown,
    add_words,
    build_index,
)
from pubtool.writers.site import Page
from pubtool.writers.words import words_in


def search_jobs(studio: Studio) -> Iterator[Job]:
    """Yield the job of a site that has a search page."""
    needs = [_needs(studio, page) for page in studio.site.pages]
    years = [[year.name, year.url, len(year.pages)] for year in studio.lists.years]
    own = studio.templates.needs("search.html")
    yield Job(
        "html:search",
        digest("search", studio.frame_facts, needs, years, own),
        lambda: _write(studio),
    )


def _needs(studio: Studio, page: Page) -> list[Any]:
    return [studio.extract_needs(page), studio.excerpts[page.path]]


def _write(studio: Studio) -> Output:
    folder, words = studio.lists.folders["search"], words_in(studio.site.lang)
    index = build_index([(_shown(studio, page), _weights(studio, page))
                         for page in studio.site.pages])  # fmt: skip
    for kind, scripts in (("words", index.shards), ("posts", index.told)):
        for number, script in enumerate(scripts):
            yield f"{folder}/{kind}-{number}.js", script.encode()
    yield f"{folder}/search.js", studio.templates.script("search.js")
    head = Head(words("list.search"), f"{folder}/index.html", feeds=studio.feeds())
    context = studio.frame(head, studio.site.lang).context
    context |= {"years": studio.lists.years, "manifest": index.manifest}
    yield head.url, studio.templates.render("search.html", **context)


def _shown(studio: Studio, page: Page) -> Shown:
    day = words_in(studio.site.lang).day(page.date)
    lang = page.lang if page.lang != studio.site.lang else ""
    return Shown(page.url, page.title, day, studio.excerpts[page.path], lang)


def _weights(studio: Studio, page: Page) -> dict[str, int]:
    front = studio.material.posts[page.path].post.front
    series = [part.name for part in front.series]
    named = [(name, TERM) for name in (*front.tags, *front.categories, *series)]
    texts = [(page.title, TITLE), *named, *((name, AUTHOR) for name in page.authors)]
    return add_words(word_weights(studio, page), texts)
