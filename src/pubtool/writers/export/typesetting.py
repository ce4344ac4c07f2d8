"""The jobs of the PDFs: one for each post, and each series as a book."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from pubtool.system.files import read_bytes, sha256
from pubtool.writers import pdf
from pubtool.writers.book import iso_day
from pubtool.writers.export.evidence import evidence_needs
from pubtool.writers.export.jobs import Job, Output, digest
from pubtool.writers.export.studio import Studio
from pubtool.writers.material import Address
from pubtool.writers.pdf.fonts import own_faces
from pubtool.writers.proof import listed, summary
from pubtool.writers.site import Page, Series
from pubtool.writers.verification import NAME, post_verification
from pubtool.writers.words import words_in


def pdf_jobs(studio: Studio) -> Iterator[Job]:
    """Yield the jobs of the PDFs, posts first."""
    press = _Press(studio)
    for page in studio.site.every:
        if page.path in studio.desk.pages:
            yield Job(
                f"pdf:{page.path}",
                digest("pdf", press.needs([page])),
                lambda page=page: press.post(page),  # type: ignore[misc]
                lambda page=page: studio.remarks(page),  # type: ignore[misc]
            )
    for series in studio.site.series:
        yield Job(
            f"pdf:series/{series.slug}",
            digest("pdf", repr(series), press.needs(series.pages)),
            lambda series=series: press.series(series),  # type: ignore[misc]
        )


class _Press:
    """Sets posts and series, all in the same dress."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._paper = studio.material.settings.pdf_paper
        self._template = studio.override("template.typ")
        own = own_faces(studio.material.fonts)
        self._fonts = tuple((path, sha256(read_bytes(path))) for path in own)

    def needs(self, pages: Sequence[Page]) -> list[Any]:
        """Return what a PDF of these posts depends on."""
        studio = self._studio
        template = self._template and sha256(self._template)
        dress = [self._paper, template, [[path.name, seen] for path, seen in self._fonts]]
        posts = [
            [studio.needs(page), studio.excerpts[page.path], evidence_needs(studio, page)]
            for page in pages
        ]
        return [dress, posts]

    def post(self, page: Page) -> Output:
        """Yield the PDF of a post."""
        front = self._studio.material.posts[page.path].post.front
        book = replace(
            self._book(page.title, [page]),
            keywords=tuple(dict.fromkeys(front.categories + front.tags)),
            description=self._studio.excerpts[page.path],
            contents=False,
        )
        chapter = self._chapter(page, self._studio.absolute)
        yield page.pdf, pdf.typeset(book, [chapter], self._studio.pandoc)

    def series(self, series: Series) -> Output:
        """Yield the book of a series; links between its posts stay in it."""

        def address(page: Page) -> str:
            inside = page in series.pages
            return f"#{pdf.BOOK}{page.slug}" if inside else self._studio.absolute(page)

        chapters = [self._chapter(page, address) for page in series.pages]
        book = self._book(series.name, series.pages)
        yield series.pdf, pdf.typeset(book, chapters, self._studio.pandoc)

    def _book(self, title: str, pages: Sequence[Page]) -> pdf.Book:
        dates = sorted(day for page in pages if (day := iso_day(page.date)))
        years = dict.fromkeys(date[:4] for date in (*dates[:1], *dates[-1:]))
        return pdf.Book(
            title=title,
            authors=tuple(dict.fromkeys(name for page in pages for name in page.authors)),
            site=self._studio.site.title,
            lang=pages[0].lang,
            keywords=(),
            description="",
            date=dates[-1] if dates else "",
            years="–".join(years),
            draft=self._studio.site.draft,
            contents=True,
            paper=self._paper,
            template=self._template,
            fonts=self._fonts,
            enclosures=self._enclosures(pages),
        )

    def _enclosures(self, pages: Sequence[Page]) -> tuple[pdf.Enclosure, ...]:
        """Return the record of what was compared with what, of each post that has quotations.

        It names no published file: a PDF cannot hold its own digest.
        """
        material = self._studio.material
        return tuple(
            pdf.Enclosure(
                name=NAME if len(pages) == 1 else f"{page.slug}.{NAME}",
                text=post_verification(material, page, {}).decode(),
                mime="application/json",
                description=page.title,
            )
            for page in pages
            if listed(material.posts[page.path].verdicts)
        )

    def _chapter(self, page: Page, address: Address) -> pdf.Chapter:
        checked, desk = self._studio.material.posts[page.path], self._studio.desk
        return pdf.Chapter(
            path=page.path,
            text=checked.post.text,
            slug=page.slug,
            title=page.title,
            authors=page.authors,
            date=page.date,
            lang=page.lang,
            summary=summary(checked.verdicts, words_in(page.lang)),
            document=desk.ready(page, address),
            images=desk.images(page.path).data,
            proofs=desk.proofs(page),
        )
