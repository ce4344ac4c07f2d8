"""PDF through Typst, compiled in its UA-1 and A-3a modes: what has no title or tags is refused.

The templates are ours. All that the author wrote reaches them as JSON, which is data and never
code; only formulas are Typst code, which pandoc writes and Typst evaluates as mathematics. The
compiler sees the images of the document and no other file, and no fonts but those of packages and
of the project's own folder.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from pubtool.model import Document
from pubtool.system.pandoc import Pandoc
from pubtool.writers.ast import element
from pubtool.writers.book import NO_DAY, Book, Chapter
from pubtool.writers.citations import split_sources
from pubtool.writers.marking import place_marks
from pubtool.writers.own_html import OwnHtml
from pubtool.writers.pdf.compiling import Dress, compile_pdf
from pubtool.writers.pdf.fonts import faces
from pubtool.writers.pdf.formulas import Formulas
from pubtool.writers.pdf.inlines import MARK, clean
from pubtool.writers.pdf.languages import lang_of, lang_or_english
from pubtool.writers.pdf.pictures import plate
from pubtool.writers.pdf.settling import settle
from pubtool.writers.pdf.tree import Tree
from pubtool.writers.proof import Proof
from pubtool.writers.words import words_in

__all__ = ["Enclosure", "Press", "typeset"]


@dataclass(frozen=True)
class Enclosure:
    """A file that the PDF carries."""

    name: str
    text: str
    mime: str
    description: str
    """For who looks at the list of files."""


@dataclass(frozen=True)
class Press:
    """What all PDFs of a project are set with."""

    site: str
    """The site's title, on a book's title page."""
    paper: str
    """One of the settings' `PAPERS`."""
    template: bytes | None = None
    """The project's own ``template.typ``."""
    fonts: tuple[tuple[Path, str], ...] = ()
    """The files of the project's own typefaces, each with a digest."""


def typeset(book: Book, enclosures: Sequence[Enclosure], press: Press, pandoc: Pandoc) -> bytes:
    """Return the PDF; the same input gives the same bytes.

    Raises `TypesetFailed` for an image without alternative text or bytes, for a character that no
    font has, and for anything else that Typst refuses.
    """
    formulas = Formulas()
    files: dict[str, bytes] = {}
    count = len(book.chapters) if book.whole else 0
    told = [
        _chapter(_without_raw(chapter, pandoc), (number, count), formulas, files)
        for number, chapter in enumerate(book.chapters, 1)
    ]
    formulas.write(pandoc)
    placed = settle(told)
    for chapter in told:
        for proof in chapter["proofs"]:
            back = f"mark-{proof['id']}"
            proof["back"] = back if back in placed else chapter["id"]
    fonts, added = faces(press.fonts)
    whole = {
        **_book(book),
        "site": clean(press.site),
        "paper": press.paper,
        "fonts": added,
        "files": [asdict(enclosure) for enclosure in enclosures],
        "chapters": told,
    }
    texts = {chapter.path: chapter.text for chapter in book.chapters}
    dress = Dress(press.template, fonts)
    return compile_pdf(json.dumps(whole, ensure_ascii=False), dress, files, texts)


def _without_raw(chapter: Chapter, pandoc: Pandoc) -> Chapter:
    """Return the chapter with the author's HTML as elements, and no other raw markup."""
    plain = OwnHtml(pandoc).without_raw(chapter.document.ast["blocks"])
    return replace(chapter, document=Document({**chapter.document.ast, "blocks": plain}))


def _book(book: Book) -> dict[str, Any]:
    return {
        "title": clean(book.title),
        "authors": list(map(clean, book.authors)),
        "lang": lang_or_english(book.lang),
        "keywords": list(map(clean, book.keywords)),
        "description": clean(book.description),
        "date": _date(book.date),
        "years": book.years,
        "draft": book.draft,
        "words": _words(book.lang),
        "contents": book.whole,
    }


def _date(iso: str) -> list[int]:
    """Return year, month and day; PDF/A wants a date, and without one it is the epoch's."""
    year, month, day = (iso or NO_DAY).split("-")
    return [int(year), int(month), int(day)]


def _words(lang: str) -> dict[str, Any]:
    """Return our own lines in a reader's language, or in another, which `lang` then names."""
    said = words_in(lang)
    opening, closing = said("proof.quoted", text="\n").split("\n")
    return {
        "lang": None if said.speak(lang) else lang_or_english(said.lang),
        "sources": said("page.sources"),
        "proofs": said("proof.heading"),
        "opening": opening,
        "closing": closing,
        "contents": said("page.contents"),
        "draft": f"{said('page.draft')} {said('page.draft-why')}",
    }


def _chapter(
    chapter: Chapter, part: tuple[int, int], formulas: Formulas, files: dict[str, bytes]
) -> dict[str, Any]:
    number, count = part
    said = words_in(chapter.lang)
    images = {}
    for at, (source, data) in enumerate(sorted(chapter.images.items())):
        ready = plate(source, data)
        images[source] = f"{chapter.slug}/{at}{ready.suffix}", ready
    files.update((name, ready.data) for name, ready in images.values())
    lang = lang_or_english(chapter.lang)
    tree = Tree(
        path=chapter.path,
        written=chapter.text,
        slug=chapter.slug,
        images=images,
        formulas=formulas,
        lang=str(lang["lang"]),
        proofs={proof.id: proof for proof in chapter.proofs},
    )
    body, entries = split_sources(chapter.document)
    marks = {proof.id: element(MARK, proof.id) for proof in chapter.proofs}
    return {
        "t": "post",
        "id": f"post:{chapter.slug}",
        "title": clean(chapter.title),
        "authors": list(map(clean, chapter.authors)),
        "date": clean(said.day(chapter.date)),
        "part": said("series.part", number=number, count=count) if count else "",
        "lang": lang,
        "words": _words(chapter.lang),
        "summary": chapter.summary,
        "blocks": tree.post(place_marks(body.ast["blocks"], marks)),
        "sources": [tree.lines(entry["c"][1]) for entry in entries],
        "proofs": [_proof(proof, chapter.slug) for proof in chapter.proofs],
    }


def _proof(proof: Proof, slug: str) -> dict[str, Any]:
    return {
        "id": f"{slug}:{proof.id}",
        "symbol": proof.symbol,
        "verdict": clean(proof.verdict),
        "quoted": clean(proof.quoted),
        "lang": lang_of(proof.lang),
        "source": clean(proof.citation or proof.source),
        "place": clean(proof.place),
        "before": clean(proof.before),
        "passage": [{"text": clean(part.text), "quoted": part.quoted} for part in proof.parts],
        "after": clean(proof.after),
        "changes": list(map(clean, proof.changes)),
        "url": clean(proof.url),
        "archive": clean(proof.archive),
    }
