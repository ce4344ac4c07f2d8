"""The jobs of the PDFs: one for each post, and each series as a book."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
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
    dress = _dress(studio)
    for page in studio.site.every:
        if page.path in studio.desk.pages:
            yield Job(
                f"pdf:{page.path}",
                digest("pdf", dress, _needs(studio, page)),
                lambda page=page: _post(studio, page),  # type: ignore[misc]
                lambda page=page: studio.remarks(page),  # type: ignore[misc]
            )
    for series in studio.site.series:
        yield Job(
            f"pdf:series/{series.slug}",
            digest("pdf", dress, repr(series), [_needs(studio, p) for p in series.pages]),
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
    dates = sorted(day for page in pages if (day := iso_day(page.date)))
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
        draft=studio.site.draft,
        contents=True,
        paper=studio.material.settings.pdf_paper,
        template=studio.override("template.typ"),
        fonts=_fonts(studio),
        enclosures=_enclosures(studio, pages),
    )


def _needs(studio: Studio, page: Page) -> list[Any]:
    return [studio.needs(page), studio.excerpts[page.path], evidence_needs(studio, page)]


def _enclosures(studio: Studio, pages: Sequence[Page]) -> tuple[pdf.Enclosure, ...]:
    """Return the record of what was compared with what, of each post that has quotations.

    It names no published file: a PDF cannot hold its own digest.
    """
    alone = len(pages) == 1
    return tuple(
        pdf.Enclosure(
            name=NAME if alone else f"{page.slug}.{NAME}",
            text=post_verification(studio.material, page, {}).decode(),
            mime="application/json",
            description=page.title,
        )
        for page in pages
        if listed(studio.material.posts[page.path].verdicts)
    )


def _fonts(studio: Studio) -> tuple[tuple[Path, str], ...]:
    return tuple((path, sha256(read_bytes(path))) for path in own_faces(studio.material.fonts))


def _dress(studio: Studio) -> list[Any]:
    """Return what every PDF depends on besides its posts."""
    template = studio.override("template.typ")
    own = [[path.name, digest_of] for path, digest_of in _fonts(studio)]
    return [studio.material.settings.pdf_paper, template and sha256(template), own]


def _chapter(studio: Studio, page: Page, address: Address) -> pdf.Chapter:
    checked = studio.material.posts[page.path]
    return pdf.Chapter(
        path=page.path,
        text=checked.post.text,
        slug=page.slug,
        title=page.title,
        authors=page.authors,
        date=page.date,
        lang=page.lang,
        summary=summary(checked.verdicts, words_in(page.lang)),
        document=studio.desk.ready(page, address),
        images=studio.desk.images(page.path).data,
        proofs=studio.desk.proofs(page),
    )
