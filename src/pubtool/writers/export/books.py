"""The jobs of the books, EPUB and DOCX: one for each post, and each series as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from pubtool.model import Document, Node
from pubtool.system.files import sha256
from pubtool.writers import docx, epub
from pubtool.writers.ast import change, element
from pubtool.writers.book import CHAPTER, Book, Chapter
from pubtool.writers.export.jobs import Job, Output, digest
from pubtool.writers.export.studio import Studio
from pubtool.writers.posting import featured
from pubtool.writers.proof import summary
from pubtool.writers.site import Page, Series, series_of
from pubtool.writers.words import words_in


def epub_jobs(studio: Studio) -> Iterator[Job]:
    """Yield the jobs of the EPUBs, posts first."""
    yield from _Bindery(studio, "epub", "epub.css", epub.bind).jobs()


def docx_jobs(studio: Studio) -> Iterator[Job]:
    """Yield the jobs of the Word files, posts first."""
    yield from _Bindery(studio, "docx", "reference.docx", docx.bind).jobs()


class _Bindery:
    """Binds posts and series in one format."""

    def __init__(self, studio: Studio, suffix: str, style: str, bind: Callable[..., bytes]) -> None:
        self._studio = studio
        self._suffix = suffix
        self._style = studio.override(style)
        self._bind = bind

    def jobs(self) -> Iterator[Job]:
        studio = self._studio
        style = sha256(self._style) if self._style is not None else ""
        for page in studio.site.every:
            if page.path in studio.desk.pages:
                yield Job(
                    f"{self._suffix}:{page.path}",
                    digest(self._suffix, style, self._needs(page), self._place(page)),
                    lambda page=page: self._post(page),  # type: ignore[misc]
                    lambda page=page: self._remarks(page),  # type: ignore[misc]
                )
        for series in studio.site.series:
            needs = [self._needs(page) for page in series.pages]
            yield Job(
                f"{self._suffix}:series/{series.slug}",
                digest(self._suffix, style, repr(series), needs),
                lambda series=series: self._series(series),  # type: ignore[misc]
            )

    def _needs(self, page: Page) -> list[Any]:
        lead = self._studio.desk.lead_needs(page)
        cover = [*lead, self._studio.material.posts[page.path].post.front.image_alt]
        return [self._studio.needs(page), self._studio.excerpts[page.path], cover]

    def _remarks(self, page: Page) -> tuple[str, ...]:
        """Return what the post's book lacks of what its author wrote, a line each."""
        drawings = [n for n in self._studio.desk.images(page.path).files if n.endswith(".svg")]
        shown = tuple(
            f"{page.path}: {name}: Word shows no SVG, so its alternative text stands there; use a "
            "PNG to have it shown"
            for name in (drawings if self._suffix == "docx" else ())
        )
        return (*self._studio.remarks(page), *shown)

    def _place(self, page: Page) -> tuple[str, int, int] | None:
        """Return the series that a post's book is a part of, and where it stands there."""
        found = series_of(self._studio.site, page)
        if not found:
            return None
        return found[0].name, found[0].pages.index(page) + 1, len(found[0].pages)

    def _post(self, page: Page) -> Output:
        front = self._studio.material.posts[page.path].post.front
        book = Book(
            title=page.title,
            authors=page.authors,
            lang=page.lang,
            keywords=tuple(dict.fromkeys(front.categories + front.tags)),
            description=self._studio.excerpts[page.path],
            source=self._studio.absolute(page),
            name=self._name(page.slug),
            draft=self._studio.site.draft,
            collection=self._place(page),
            whole=False,
            **self._cover((page,)),
        )
        yield page.beside(self._suffix), self._bound(book, (page,))

    def _series(self, series: Series) -> Output:
        url = self._studio.site.url
        book = Book(
            title=series.name,
            authors=tuple(dict.fromkeys(name for page in series.pages for name in page.authors)),
            lang=series.pages[0].lang,
            keywords=(),
            description="",
            source=f"{url}/series/{series.slug}/" if url else "",
            name=self._name(f"series/{series.slug}"),
            draft=self._studio.site.draft,
            collection=None,
            whole=True,
            **self._cover(series.pages),
        )
        yield series.beside(self._suffix), self._bound(book, series.pages)

    def _name(self, slug: str) -> str:
        """Return what no other site's book is called, as far as that can be known."""
        return "\n".join((self._studio.site.title, self._studio.site.author, slug))

    def _bound(self, book: Book, pages: tuple[Page, ...]) -> bytes:
        numbers = {page.path: number for number, page in enumerate(pages, 1)}

        def address(page: Page) -> str:
            number = numbers.get(page.path)
            return f"{CHAPTER}{number}" if number else self._studio.absolute(page)

        chapters = tuple(self._chapter(page, address) for page in pages)
        whole = replace(book, chapters=chapters)
        return self._bind(whole, self._style, self._studio.pandoc)

    def _chapter(self, page: Page, address: Callable[[Page], str]) -> Chapter:
        desk = self._studio.desk
        return Chapter(
            path=page.path,
            title=page.title,
            authors=page.authors,
            date=page.date,
            lang=page.lang,
            summary=summary(self._studio.material.posts[page.path].verdicts, words_in(page.lang)),
            proofs=desk.proofs(page),
            document=self._document(page, address),
            images=desk.images(page.path).data,
        )

    def _document(self, page: Page, address: Callable[[Page], str]) -> Document:
        """Return a post in which a link to a file beside its page leads to it on the web."""
        base, beside = self._studio.absolute(page), self._studio.attachments(page).links.values()

        def led(node: Node) -> list[Node] | None:
            if node["t"] != "Link" or node["c"][2][0] not in beside:
                return None
            target, title = node["c"][2]
            link = element("Link", [*node["c"][:2], [f"{base}{target}", title]])
            return [link] if base else list(node["c"][1])

        document = self._studio.document(page, address)
        return Document(change(document.ast, led)) if beside else document

    def _cover(self, pages: tuple[Page, ...]) -> dict[str, Any]:
        """Return the featured image of the first page that has one."""
        leads = (featured(self._studio.desk, page) for page in pages)
        lead = next((lead for lead in leads if lead is not None), None)
        return {"cover": lead.data, "cover_alt": lead.alt} if lead else {}
