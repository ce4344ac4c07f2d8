"""Posts and series as books, before a format has made anything of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pubtool.model import Document, Node
from pubtool.writers.ast import LINKS, change, element
from pubtool.writers.book import CHAPTER, Book, Chapter
from pubtool.writers.export.studio import Studio
from pubtool.writers.proof import summary
from pubtool.writers.site import Page, Series, absolute, series_of
from pubtool.writers.words import words_in


def book_needs(studio: Studio, page: Page) -> list[Any]:
    """Return what a book depends on for one of its posts, in every format."""
    return [studio.needs(page), studio.excerpts[page.path], studio.attachments(page).links]


def book_of_post(studio: Studio, page: Page) -> Book:
    """Return a post as a book, without a cover. Raises `PandocFailed`."""
    front = studio.material.posts[page.path].post.front
    return Book(
        title=page.title,
        authors=page.authors,
        lang=page.lang,
        keywords=front.keywords,
        description=studio.excerpts[page.path],
        source=studio.absolute(page),
        name=_name(studio, page.slug),
        draft=studio.site.draft,
        collection=place_of(studio, page),
        whole=False,
        chapters=_chapters(studio, (page,)),
    )


def book_of_series(studio: Studio, series: Series) -> Book:
    """Return a series as a book, links between its posts within. Raises `PandocFailed`."""
    return Book(
        title=series.name,
        authors=tuple(dict.fromkeys(name for page in series.pages for name in page.authors)),
        lang=series.pages[0].lang,
        keywords=(),
        description="",
        source=absolute(studio.site, series.url),
        name=_name(studio, f"series/{series.slug}"),
        draft=studio.site.draft,
        collection=None,
        whole=True,
        chapters=_chapters(studio, series.pages),
    )


def place_of(studio: Studio, page: Page) -> tuple[str, int, int] | None:
    """Return the series that a post's book is a part of, and where it stands there."""
    found = series_of(studio.site, page)
    if not found:
        return None
    return found[0].name, found[0].number(page), found[0].count


def _name(studio: Studio, slug: str) -> str:
    """Return what no other site's book is called, as far as that can be known."""
    return "\n".join((studio.site.title, studio.site.author, slug))


def _chapters(studio: Studio, pages: Sequence[Page]) -> tuple[Chapter, ...]:
    slugs = {page.slug for page in pages}

    def address(page: Page) -> str:
        return f"{CHAPTER}{page.slug}" if page.slug in slugs else studio.absolute(page)

    return tuple(_chapter(studio, page, address) for page in pages)


def _chapter(studio: Studio, page: Page, address: Callable[[Page], str]) -> Chapter:
    checked, desk = studio.material.posts[page.path], studio.desk
    return Chapter(
        path=page.path,
        text=checked.post.text,
        slug=page.slug,
        title=page.title,
        authors=page.authors,
        date=page.date,
        lang=page.lang,
        summary=summary(checked.verdicts, words_in(page.lang)),
        proofs=desk.proofs(page),
        document=_document(studio, page, address),
        images=desk.images(page.path).data,
    )


def _document(studio: Studio, page: Page, address: Callable[[Page], str]) -> Document:
    """Return a post in which a link to a file beside its page leads to it on the web."""
    base, beside = studio.absolute(page), studio.attachments(page).links.values()

    def led(node: Node) -> list[Node] | None:
        if node["c"][2][0] not in beside:
            return None
        target, title = node["c"][2]
        link = element("Link", [*node["c"][:2], [f"{base}{target}", title]])
        return [link] if base else list(node["c"][1])

    document = studio.document(page, address)
    return Document(change(document.ast, led, LINKS)) if beside else document
