"""DOCX: a post, or a series, as a Word file, each verdict as a comment where editors look.

pandoc writes the body, the notes and the lists; the styles are those of a reference document, ours
(`reference/`) or the project's. Round that, what pandoc leaves to chance or to its own data is
written here: the properties, the comments, the images and the archive, so that the same input gives
the same bytes. No clock is read: a file's date is the day of its newest post.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from pubtool.errors import BadReference, PandocFailed
from pubtool.model import Document
from pubtool.system.pandoc import Pandoc
from pubtool.writers.archive import pack
from pubtool.writers.book import Book
from pubtool.writers.book_images import BookPicture, read_picture
from pubtool.writers.docx.parts import Reference, assemble, read_archive
from pubtool.writers.docx.tree import book_tree

_REFERENCE = (
    "[Content_Types].xml",
    "_rels/.rels",
    "word/document.xml",
    "word/_rels/document.xml.rels",
    "word/styles.xml",
    "word/settings.xml",
    "word/footer1.xml",
)
"""The parts of our reference document."""


def bind(book: Book, reference: bytes | None, pandoc: Pandoc) -> bytes:
    """Return the Word file of a book with at least one chapter.

    `reference` is the project's own reference document; None for ours. Raises `PandocFailed`, and
    `BadReference` where the project's cannot be used.
    """
    own = our_reference()
    given = own if reference is None else reference
    pictures, names = _pictures(book)
    tree = book_tree(book, pictures, names, pandoc)
    theirs = Reference(read_archive(given), read_archive(own))
    written = _write(tree, given, sorted(pictures), pandoc, own=reference is None)
    return pack(assemble(book, written, pictures, theirs))


def _write(
    tree: Document, reference: bytes, pictures: list[str], pandoc: Pandoc, *, own: bool
) -> dict[str, str]:
    """Return the parts that pandoc writes, each image with a stand-in."""
    options = {
        "reference_doc": f"data:application/zip;base64,{base64.b64encode(reference).decode()}",
        "highlight_method": "none",
        "pictures": pictures,
    }
    try:
        parts: dict[str, str] = json.loads(pandoc.render(tree, "docx", options))
    except PandocFailed as error:
        if own:
            raise
        raise BadReference(str(error)) from None
    return parts


def _pictures(book: Book) -> tuple[dict[str, BookPicture], list[Mapping[str, str]]]:
    """Return the images that Word can show, by name, and their names by chapter and address.

    Word shows an SVG only beside a raster image of the same, which nothing here can draw: its
    alternative text stands for it.
    """
    found: dict[bytes, str] = {}
    pictures: dict[str, BookPicture] = {}
    names: list[Mapping[str, str]] = []
    for chapter in book.chapters:
        own: dict[str, str] = {}
        for source, data in sorted(chapter.images.items()):
            picture = read_picture(data)
            if picture is None or picture.suffix == "svg":
                continue
            name = found.setdefault(picture.data, f"image{len(found) + 1}.{picture.suffix}")
            pictures[name] = picture
            own[source] = name
        names.append(own)
    return pictures, names


@cache
def our_reference() -> bytes:
    """Return our reference document, whose styles a project may start its own from."""
    folder = files(__package__).joinpath("reference")
    return pack((name, folder.joinpath(*name.split("/")).read_bytes()) for name in _REFERENCE)
