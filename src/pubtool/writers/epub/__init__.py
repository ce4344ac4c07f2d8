"""EPUB 3: a post, or a series, as a book for e-readers, its proof within.

pandoc writes each chapter's HTML; the package round it is ours, since pandoc's own has one language
for all chapters and a random identifier. A chapter is one XHTML file: its text, its notes, its
sources and the list of quotations that were checked. Nothing in it runs, nothing is loaded from
elsewhere, and the same input gives the same bytes: the identifier comes from the book's name, and
the date of the last change, which the format demands, is the day of the newest post.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from pubtool.model import Node
from pubtool.system.pandoc import Pandoc
from pubtool.writers.archive import pack
from pubtool.writers.ast import attr, element, words
from pubtool.writers.binding import prepare
from pubtool.writers.book import NO_DAY, Book, Chapter, inside
from pubtool.writers.book_images import BookPicture, read_picture
from pubtool.writers.epub import xhtml
from pubtool.writers.epub.access import accessibility
from pubtool.writers.links import shift_headings
from pubtool.writers.marking import place_marks
from pubtool.writers.printable import printable
from pubtool.writers.proof import Proof
from pubtool.writers.words import Words, direction, words_in

if TYPE_CHECKING:
    from jinja2 import Environment

_OPTIONS = {"wrap_text": "wrap-none", "html_math_method": "mathml", "highlight_method": "none"}
_TAKEN = frozenset({"Title", "Sources", "Quotations"})
"""Identifiers of the page round a chapter's text."""
_PART = "pubtool-"
"""Begins the class of what holds a part of a chapter while pandoc writes them all in one go."""
_NAMES = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
"""The name space of addresses (RFC 9562, 6.6)."""


@dataclass(frozen=True)
class _Image:
    id: str
    href: str
    picture: BookPicture
    cover: bool = False

    @property
    def mime(self) -> str:
        return self.picture.mime


@dataclass(frozen=True)
class _Written:
    """A chapter as XHTML."""

    chapter: Chapter
    href: str
    body: xhtml.Element
    names: Mapping[str, str]
    """The identifiers in the body by those that links use."""
    sources: tuple[xhtml.Element, ...]

    @property
    def title(self) -> str:
        return self.chapter.title

    @property
    def lang(self) -> str:
        return self.chapter.lang

    @property
    def formulas(self) -> bool:
        """Whether it has MathML."""
        return any(xhtml.is_formula(node) for node in _elements(self))

    @property
    def sections(self) -> list[tuple[str, str]]:
        """The identifiers and words of its headings at the second level."""
        return [
            (node.get("id"), xhtml.words_of(node))
            for node in _elements(self)
            if not xhtml.is_formula(node) and xhtml.name_of(node) == "h2" and node.get("id")
        ]


def bind(book: Book, style: bytes | None, pandoc: Pandoc) -> bytes:
    """Return the EPUB of a book with at least one chapter. Raises `PandocFailed`.

    `style` is the project's own style sheet; None for ours.
    """
    images, names = _images(book)
    written = [
        _chapter(chapter, number, names[number - 1], pandoc)
        for number, chapter in enumerate(book.chapters, 1)
    ]
    for one in written:
        _lead_on(one, written)
    pages = {"title.xhtml": _title_page(book, images), "nav.xhtml": _contents(book, written)}
    pages |= {one.href: _page(book, one) for one in written}
    members = {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": _render("container.xml"),
        "EPUB/package.opf": _package(book, written, images),
        "EPUB/style.css": stylesheet() if style is None else style,
        **{f"EPUB/{name}": data for name, data in sorted(pages.items())},
        **{f"EPUB/{image.href}": image.picture.data for image in images},
    }
    return pack(members.items(), stored=frozenset({"mimetype"}))


def stylesheet() -> bytes:
    """Return our style sheet."""
    return files(__package__).joinpath("epub.css").read_bytes()


# --- Chapters -------------------------------------------------------------------------------------


def _chapter(chapter: Chapter, number: int, images: Mapping[str, str], pandoc: Pandoc) -> _Written:
    bound, say = prepare(chapter.document, images, pandoc), words_in(chapter.lang)
    marked = place_marks(bound.blocks, {proof.id: _mark(proof, say) for proof in chapter.proofs})
    parts = [("text", shift_headings(marked, 1)), *(("source", list(e)) for e in bound.sources)]
    # a div that began with a heading would take the heading's identifier
    lead = element("Para", words("-"))
    blocks = [element("Div", [attr("", [f"{_PART}{kind}"]), [lead, *part]]) for kind, part in parts]
    whole = xhtml.parse(pandoc.render(bound.holding(blocks), "html5", _OPTIONS))
    taken = _TAKEN | {f"proof-{proof.id}" for proof in chapter.proofs}
    names = xhtml.name_elements(whole, taken)
    text, *others = list(whole)
    for part in whole.iterchildren(f"{{{xhtml.XHTML}}}div"):
        part.remove(part[0])
    sources = tuple(part for part in others if part.get("class") == f"{_PART}source")
    text.extend(others[len(sources) :])  # the notes
    return _Written(chapter, f"chapter-{number}.xhtml", text, names, sources)


def _mark(proof: Proof, say: Words) -> Node:
    """Return what leads from a quotation to its proof: a note's mark, which readers pop up."""
    label = say("proof.mark", number=proof.number, verdict=proof.verdict)
    given = [("epub:type", "noteref"), ("role", "doc-noteref"), ("aria-label", label)]
    attributes = attr(f"mark-{proof.id}", ["mark"], given)
    return element("Link", [attributes, [element("Str", proof.symbol)], [f"#proof-{proof.id}", ""]])


def _elements(written: _Written) -> list[xhtml.Element]:
    return [node for part in (written.body, *written.sources) for node in part.iter()]


def _lead_on(written: _Written, book: Sequence[_Written]) -> None:
    """Let links within the book lead where they mean to; one that cannot becomes plain words."""
    own = {f"#proof-{proof.id}" for proof in written.chapter.proofs}
    chapters = {one.chapter.slug: one for one in book}
    for part in (written.body, *written.sources):
        for link in list(xhtml.links(part)):
            target = link.get("href")
            if target in own:
                continue
            slug, name = inside(target) or ("", "")
            if slug in chapters:
                other = chapters[slug]
                fragment = f"#{other.names[name]}" if name in other.names else ""
                link.set("href", f"{other.href}{fragment}")
            elif not target.startswith("#"):
                link.set("href", _address(target))
            elif target[1:] in written.names:
                link.set("href", f"#{written.names[target[1:]]}")
            else:
                xhtml.unwrap(link)


def _address(target: str) -> str:
    """Return an address with what none may hold as they may: percent-encoded."""
    return re.sub(
        r"[\s<>\"{}|\\^`]|%(?![0-9A-Fa-f]{2})",
        lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()),
        target.strip(),
    )


def _page(book: Book, written: _Written) -> bytes:
    placed = {name.removeprefix("mark-") for name in written.names if name.startswith("mark-")}
    return _render(
        "chapter.xhtml",
        **_head(written.title, written.lang),
        chapter=written.chapter,
        draft=book.draft,
        body=xhtml.serialise(written.body),
        sources=[xhtml.serialise(source) for source in written.sources],
        placed=placed,
    )


# --- The pages and files round them ---------------------------------------------------------------


def _images(book: Book) -> tuple[list[_Image], list[dict[str, str]]]:
    """Return the images of the book, and for each chapter their names by those in its tree."""
    found: dict[bytes, _Image] = {}
    cover = read_picture(book.cover) if book.cover else None
    if cover is not None:
        found[cover.data] = _Image("cover", f"cover.{cover.suffix}", cover, cover=True)
    names: list[dict[str, str]] = []
    for chapter in book.chapters:
        names.append({})
        for source, data in sorted(chapter.images.items()):
            picture = read_picture(data)
            if picture is None:
                continue
            number = len(found) + 1
            image = _Image(f"image-{number}", f"image-{number}.{picture.suffix}", picture)
            names[-1][source] = found.setdefault(picture.data, image).href
    return list(found.values()), names


def _title_page(book: Book, images: Sequence[_Image]) -> bytes:
    cover = next((image.href for image in images if image.cover), "")
    return _render("title.xhtml", **_head(book.title, book.lang), book=book, cover=cover)


def _contents(book: Book, written: Sequence[_Written]) -> bytes:
    return _render(
        "nav.xhtml",
        **_head(book.title, book.lang),
        book=book,
        chapters=written,
    )


def _package(book: Book, written: Sequence[_Written], images: Sequence[_Image]) -> bytes:
    elements = [node for one in written for node in _elements(one)]
    languages = dict.fromkeys([book.lang, *(one.lang for one in written)])
    return _render(
        "package.opf",
        book=book,
        **_head(book.title, book.lang),
        languages=list(languages),
        identifier=uuid.uuid5(_NAMES, book.source or f"pubtool:{book.name}"),
        modified=f"{book.date or NO_DAY}T00:00:00Z",
        chapters=written,
        images=images,
        access=accessibility(elements, [image.picture for image in images]),
    )


def _head(title: str, lang: str) -> dict[str, Any]:
    say = words_in(lang)
    said = say.lang if not say.speak(lang) else lang
    return {"title": title, "lang": lang, "direction": direction(lang), "say": say, "said": said}


def _render(template: str, **context: Any) -> bytes:
    text = _environment().get_template(template).render(**context)
    return f"{printable(text).strip()}\n".encode()


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader(__package__, "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["direction"] = direction
    environment.filters["address"] = _address
    return environment
