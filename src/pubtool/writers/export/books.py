"""The jobs of EPUB and DOCX: one for each post, and each series as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from pubtool.system.files import sha256
from pubtool.writers.book import Book
from pubtool.writers.export.binding import book_needs, book_of_post, book_of_series, place_of
from pubtool.writers.export.jobs import Job, Output, digest
from pubtool.writers.export.studio import Studio
from pubtool.writers.lead import featured
from pubtool.writers.site import Page, Series


def epub_jobs(studio: Studio) -> Iterator[Job]:
    """Yield the jobs of the EPUBs, posts first."""
    yield from _Bindery(studio, "epub", "epub.css").jobs()


def docx_jobs(studio: Studio) -> Iterator[Job]:
    """Yield the jobs of the Word files, posts first."""
    yield from _Bindery(studio, "docx", "reference.docx").jobs()


class _Bindery:
    """Binds posts and series in one format."""

    def __init__(self, studio: Studio, suffix: str, style: str) -> None:
        self._studio = studio
        self._suffix = suffix
        self._style = studio.override(style)

    def jobs(self) -> Iterator[Job]:
        for page in self._studio.site.every:
            if page.path in self._studio.desk.pages:
                place = place_of(self._studio, page)
                needs = digest(self._suffix, self._dress, self._needs(page), place)
                yield Job(
                    f"{self._suffix}:{page.path}",
                    needs,
                    partial(self._post, page),
                    partial(self._remarks, page),
                )
        for series in self._studio.site.series:
            posts = [self._needs(page) for page in series.pages]
            needs = digest(self._suffix, self._dress, repr(series), posts)
            yield Job(f"{self._suffix}:series/{series.slug}", needs, partial(self._series, series))

    @property
    def _dress(self) -> str:
        return sha256(self._style) if self._style is not None else ""

    def _needs(self, page: Page) -> list[Any]:
        studio = self._studio
        alt = studio.material.posts[page.path].post.front.image_alt
        cover = [*studio.lead_needs(page), alt]
        return [book_needs(studio, page), cover]

    def _remarks(self, page: Page) -> tuple[str, ...]:
        """Return what the post's book lacks of what its author wrote, a line each."""
        drawings = [n for n in self._studio.desk.images(page.path).files if n.endswith(".svg")]
        shown = tuple(
            f"{page.path}: {name}: Word shows no SVG, so its alternative text stands there; use a "
            "PNG to have it shown"
            for name in (drawings if self._suffix == "docx" else ())
        )
        return (*self._studio.remarks(page), *shown)

    def _post(self, page: Page) -> Output:
        book = book_of_post(self._studio, page)
        yield page.beside(self._suffix), self._bound(book, (page,))

    def _series(self, series: Series) -> Output:
        book = book_of_series(self._studio, series)
        yield series.beside(self._suffix), self._bound(book, series.pages)

    def _bound(self, book: Book, pages: Sequence[Page]) -> bytes:
        """Return the book, its cover the featured image of the first page that has one."""
        leads = (featured(self._studio.desk, page) for page in pages)
        lead = next((lead for lead in leads if lead is not None), None)
        whole = replace(book, cover=lead.data, cover_alt=lead.alt) if lead else book

        from pubtool.writers import docx, epub  # which load lxml

        bind = {"epub": epub.bind, "docx": docx.bind}[self._suffix]
        return bind(whole, self._style, self._studio.pandoc)
