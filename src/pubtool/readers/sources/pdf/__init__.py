"""PDF with a text layer, by pdfium, in a confined process.

Page numbers are those that are printed on the pages, or else the labels that the file gives them;
the position of a page in the file is no page number. A page that is a picture, or too damaged to be
read, has no text; the others are read all the same.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec

from pubtool.model import Unavailable
from pubtool.readers.sources.extracted import Extracted, Unusable
from pubtool.readers.sources.hocr import read_hocr, source_of
from pubtool.system.confined import Stopped, confined
from pubtool.system.files import sha256

MAX_PAGES = 20_000
"""More than any book has; a longer file is taken for a trap."""
_PASSWORD = 4  # FPDF_ERR_PASSWORD


class _Asked(msgspec.Struct):
    """What the confined process is given."""

    pdf: bytes
    hocr: bytes


class _Answer(msgspec.Struct):
    """What the confined process says: a text, or why there is none."""

    text: Extracted | None = None
    why: Unavailable = Unavailable.UNREADABLE
    detail: str = ""
    """A sentence without the file's name, which stands before it."""


def read_pdf(data: bytes, name: str, hocr: bytes = b"") -> Extracted:
    """Return the text of a PDF named `name` in errors; raise `Unusable`.

    `hocr` is what a character recogniser read of its pages: those that are pictures are taken from
    it.
    """
    if hocr and source_of(hocr) != sha256(data):
        detail = f"{name}: the .hocr beside it was read from another PDF; remove it, or add it anew"
        raise Unusable(Unavailable.UNREADABLE, detail)
    try:
        said = confined().run(f"{__name__}:extract", msgspec.msgpack.encode(_Asked(data, hocr)))
    except Stopped as error:
        detail = f"{name}: reading it {error}; the file may be damaged, fetch it again"
        raise Unusable(Unavailable.UNREADABLE, detail) from None
    answer = msgspec.msgpack.decode(said, type=_Answer)
    if answer.text is None:
        raise Unusable(answer.why, f"{name} {answer.detail}")
    return answer.text


def find_pictures(data: bytes) -> tuple[int, ...]:
    """Return which pages of a PDF are pictures without text, counted from 0; none if unreadable."""
    try:
        return msgspec.msgpack.decode(
            confined().run(f"{__name__}:extract_pictures", data), type=tuple[int, ...]
        )
    except Stopped:
        return ()


# --- In the confined process ----------------------------------------------------------------------


def extract(data: bytes) -> bytes:
    """Return the encoded answer for an encoded question."""
    asked = msgspec.msgpack.decode(data, type=_Asked)
    try:
        answer = _Answer(_extract(asked.pdf, asked.hocr))
    except Unusable as error:
        answer = _Answer(why=error.why, detail=error.detail)
    return msgspec.msgpack.encode(answer)


def extract_pictures(data: bytes) -> bytes:
    """Return the encoded places of the pages that are pictures."""
    from pubtool.readers.sources.pdf.lines import read_pages

    try:
        document = open_document(data)
    except Unusable:
        return msgspec.msgpack.encode(())
    try:
        pages = read_pages(document)
    finally:
        document.close()
    return msgspec.msgpack.encode([n for n, page in enumerate(pages) if page.is_picture])


def _extract(data: bytes, hocr: bytes = b"") -> Extracted:
    from pubtool.readers.sources.layout import lay_out
    from pubtool.readers.sources.pdf.lines import read_pages

    document = open_document(data)
    try:
        if len(document) > MAX_PAGES:
            why = f"has more than {MAX_PAGES} pages; split it into a folder of files"
            raise Unusable(Unavailable.UNREADABLE, why)
        pages = read_pages(document)
    finally:
        document.close()
    if hocr:
        recognised = read_hocr(hocr)
        pages = [
            replace(recognised[number], label=page.label)
            if page.is_picture and number in recognised
            else page
            for number, page in enumerate(pages)
        ]
    if any(page.lines and not page.is_picture for page in pages):
        return lay_out(pages)
    if any(page.is_picture for page in pages):
        why = "is a scan without a text layer; `pubtool sources add` has it read by a recogniser"
        raise Unusable(Unavailable.SCAN, why)
    raise Unusable(Unavailable.EMPTY, "has no text in it; put a copy there that has")


def open_document(data: bytes) -> Any:
    """Return a document, open in pdfium; raise `Unusable`. For the confined process."""
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
            why = "is encrypted; save a copy without its password"
        else:
            why = "is not a PDF that can be opened; it may be damaged, fetch it again"
        raise Unusable(Unavailable.UNREADABLE, why) from None
