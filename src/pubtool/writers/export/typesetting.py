"""The jobs of the PDFs: one for each post, and each series as a book."""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.writers import pdf
from pubtool.writers.export.jobs import Job, Output, digest
from pubtool.writers.export.studio import Studio
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
                lambda page=page: studio.remarks(page),  # type: ignore[misc]
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
    book = pdf.Book(page.title, page.authors, page.lang, keywords, _notice(studio), contents=False)
    yield page.pdf, pdf.typeset(book, [_chapter(studio, page)], studio.pandoc)


def _series(studio: Studio, series: Series) -> Output:
    authors = tuple(dict.fromkeys(name for page in series.pages for name in page.authors))
    lang = series.pages[0].lang
    book = pdf.Book(series.name, authors, lang, (), _notice(studio), contents=True)
    chapters = [_chapter(studio, page) for page in series.pages]
    yield series.pdf, pdf.typeset(book, chapters, studio.pandoc)


def _chapter(studio: Studio, page: Page) -> pdf.Chapter:
    return pdf.Chapter(
        path=page.path,
        slug=page.slug,
        title=page.title,
        authors=page.authors,
        date=day(page.date),
        lang=page.lang,
        summary=summary(studio.material.posts[page.path].verdicts),
        document=studio.desk.ready(page, studio.absolute),
        images=studio.desk.images(page.path).data,
    )


def _notice(studio: Studio) -> str:
    return NOTICE if studio.site.draft else ""
