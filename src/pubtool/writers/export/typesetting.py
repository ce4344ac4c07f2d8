"""The jobs of the PDFs: one for each post, and each series as a book."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pubtool.writers import pdf
from pubtool.writers.export.jobs import Job, Output, digest
from pubtool.writers.export.studio import Studio
from pubtool.writers.material import Address
from pubtool.writers.proof import summary
from pubtool.writers.site import Page, Series, day

NOTICE = "Draft, unverified: the quotations here may not have passed the check."
"""The line on every page of a draft's PDF."""


def pdf_jobs(studio: Studio) -> Iterator[Job]:
    """Yield the jobs of the PDFs, posts first."""
    for page in studio.site.every:
        if page.path in studio.desk.pages:
            yield Job(
                f"pdf:{page.path}",
                digest("pdf", studio.needs(page)),
                lambda page=page: _post(studio, page),  # type: ignore[misc]
            )
    for series in studio.site.series:
        yield Job(
            f"pdf:series/{series.slug}",
            digest("pdf", repr(series), [studio.needs(page) for page in series.pages]),
            lambda series=series: _series(studio, series),  # type: ignore[misc]
        )


def _post(studio: Studio, page: Page) -> Output:
    front = studio.material.posts[page.path].post.front
    keywords = tuple(dict.fromkeys(front.categories + front.tags))
    book = replace(
        _book(studio, page.title, [page]),
        keywords=keywords,
        description=studio.excerpts[page.path],
        contents=False,
    )
    chapter = _chapter(studio, page, studio.absolute)
    yield page.pdf, pdf.typeset(book, [chapter], studio.pandoc)


def _series(studio: Studio, series: Series) -> Output:
    def address(page: Page) -> str:
        return f"#{pdf.BOOK}{page.slug}" if page in series.pages else studio.absolute(page)

    chapters = [_chapter(studio, page, address) for page in series.pages]
    book = _book(studio, series.name, series.pages)
    yield series.pdf, pdf.typeset(book, chapters, studio.pandoc)


def _book(studio: Studio, title: str, pages: Sequence[Page]) -> pdf.Book:
    dates = sorted(page.date for page in pages if page.date)
    years = list(dict.fromkeys(date[:4] for date in (*dates[:1], *dates[-1:])))
    return pdf.Book(
        title=title,
        authors=tuple(dict.fromkeys(name for page in pages for name in page.authors)),
        site=studio.site.title,
        lang=pages[0].lang,
        keywords=(),
        description="",
        date=dates[-1] if dates else "",
        years="–".join(years),
        notice=NOTICE if studio.site.draft else "",
        contents=True,
        paper=studio.material.settings.pdf_paper,
    )


def _chapter(studio: Studio, page: Page, address: Address) -> pdf.Chapter:
    checked = studio.material.posts[page.path]
    return pdf.Chapter(
        path=page.path,
        text=checked.post.text,
        slug=page.slug,
        title=page.title,
        authors=page.authors,
        date=day(page.date),
        lang=page.lang,
        summary=summary(checked.verdicts),
        document=studio.desk.ready(page, address),
        images=studio.desk.images(page.path).data,
        proofs=studio.desk.proofs(page),
    )
