"""PDF through Typst, compiled in its UA-1 mode: what has no title or tags is refused.

The template (`template.typ`) is ours. What the author wrote reaches it in two ways only: the body,
which pandoc writes and escapes, and everything else as JSON in ``sys.inputs``, which is data and
never code. Raw Typst in a post and attributes that pandoc would turn into Typst code are dropped.
The compiler sees one folder, that of the template, and no font but those that it brings.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files

from pubtool.errors import TypesetFailed
from pubtool.model import Document, Node
from pubtool.system.pandoc import Pandoc
from pubtool.writers.citations import split_sources
from pubtool.writers.pdf.body import Body, prepare

_OPTIONS = {"wrap_text": "wrap-none"}


@dataclass(frozen=True)
class Chapter:
    """A post, ready to be set."""

    path: str
    slug: str
    title: str
    authors: tuple[str, ...]
    date: str
    """As readers see it."""
    lang: str
    summary: str
    """The sentence on its quotations; may be empty."""
    document: Document
    """Citations written out, links resolved."""
    images: Mapping[str, bytes]
    """The local images' bytes, by the address that the document has for them."""


@dataclass(frozen=True)
class Book:
    """What is said of the document as a whole."""

    title: str
    authors: tuple[str, ...]
    lang: str
    keywords: tuple[str, ...]
    notice: str
    """A line that is stamped on each page; empty for none."""
    contents: bool
    """Whether it has a title page and a table of contents: a series has."""


def typeset(book: Book, chapters: Sequence[Chapter], pandoc: Pandoc) -> bytes:
    """Return the PDF; the same input gives the same bytes.

    Raises `TypesetFailed` for an image without alternative text or bytes, for a character that no
    font has, and for anything else that Typst refuses.
    """
    inputs = {"book": json.dumps(_book(book, chapters))}
    parts = ['#import "template.typ": *\n#show: publication\n']
    for number, chapter in enumerate(chapters):
        body = prepare(chapter.document, chapter.slug, chapter.path, chapter.images)
        for name, data in body.images.items():
            inputs[name] = json.dumps(list(data))
        parts.append(f"#chapter({number})\n\n{_typst(body, pandoc)}\n")
    return _compile("\n".join(parts), inputs, chapters[0].path)


def _book(book: Book, chapters: Sequence[Chapter]) -> dict[str, object]:
    return {
        "title": book.title,
        "authors": book.authors,
        "lang": book.lang,
        "keywords": book.keywords,
        "notice": book.notice,
        "contents": book.contents,
        "chapters": [
            {
                "title": chapter.title,
                "authors": chapter.authors,
                "date": chapter.date,
                "lang": chapter.lang,
                "summary": chapter.summary,
            }
            for chapter in chapters
        ],
    }


def _typst(body: Body, pandoc: Pandoc) -> str:
    text, entries = split_sources(body.document)
    written = [_render(text.ast["blocks"], text, pandoc)]
    if entries:
        written.append("#sources-heading()")
        written.extend(f"#source[{_render(entry['c'][1], text, pandoc)}]" for entry in entries)
    return "\n\n".join(written)


def _render(blocks: list[Node], document: Document, pandoc: Pandoc) -> str:
    return pandoc.render(
        Document({**document.ast, "blocks": blocks}), "typst-smart-citations", _OPTIONS
    )


def _compile(source: str, inputs: dict[str, str], path: str) -> bytes:
    import typst

    with as_file(files(__package__).joinpath("typst")) as folder:
        try:
            # The stub wants one type for the input and the root; bytes and a path are fine.
            made = typst.compile(  # type: ignore[type-var]
                source.encode(),
                root=folder,
                sys_inputs=inputs,
                pdf_standards=["ua-1"],
                ignore_system_fonts=True,
                timestamp=0,
            )
        except typst.TypstError as error:
            raise TypesetFailed(path, _why(error.message, error.hints)) from None
    return bytes(made)


def _why(message: str, hints: Sequence[str]) -> str:
    """Return Typst's words as part of a sentence."""
    said = "; ".join([message, *hints]).removeprefix("PDF/UA-1 error: ")
    return " ".join(said.split()).rstrip(".")
