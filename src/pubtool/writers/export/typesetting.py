"""The jobs of the PDFs: one for each post, and each series as a book."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from pubtool.system.files import read_bytes, sha256
from pubtool.writers import pdf
from pubtool.writers.export.binding import book_needs, book_of_post, book_of_series
from pubtool.writers.export.jobs import Job, Output, digest
from pubtool.writers.export.studio import Studio
from pubtool.writers.pdf.fonts import own_faces
from pubtool.writers.proof import listed
from pubtool.writers.site import Page, Series
from pubtool.writers.verification import NAME, post_verification


def pdf_jobs(studio: Studio) -> Iterator[Job]:
    """Yield the jobs of the PDFs, posts first."""
    printer = _Printer(studio)
    for page in studio.site.every:
        if page.path in studio.desk.pages:
            yield Job(
                f"pdf:{page.path}",
                digest("pdf", printer.needs([page])),
                partial(printer.post, page),
                partial(studio.remarks, page),
            )
    for series in studio.site.series:
        yield Job(
            f"pdf:series/{series.slug}",
            digest("pdf", repr(series), printer.needs(series.pages)),
            partial(printer.series, series),
        )


class _Printer:
    """Sets posts and series, all on the same press."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._press = pdf.Press(
            site=studio.site.title,
            paper=studio.material.settings.pdf_paper,
            template=studio.override("template.typ"),
            fonts=tuple(
                (path, sha256(read_bytes(path))) for path in own_faces(studio.material.fonts)
            ),
        )

    def needs(self, pages: Sequence[Page]) -> list[Any]:
        """Return what a PDF of these posts depends on."""
        studio, press = self._studio, self._press
        template = press.template and sha256(press.template)
        dress = [press.paper, template, [[path.name, seen] for path, seen in press.fonts]]
        posts = [[book_needs(studio, page), studio.evidence_needs(page)] for page in pages]
        return [dress, posts]

    def post(self, page: Page) -> Output:
        """Yield the PDF of a post."""
        book, files = book_of_post(self._studio, page), self._enclosures([page])
        yield page.beside("pdf"), pdf.typeset(book, files, self._press, self._studio.pandoc)

    def series(self, series: Series) -> Output:
        """Yield the book of a series."""
        book, files = book_of_series(self._studio, series), self._enclosures(series.pages)
        yield series.beside("pdf"), pdf.typeset(book, files, self._press, self._studio.pandoc)

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
