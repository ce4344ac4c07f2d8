"""PDF with a text layer, by pdfium.

pdfium writes U+FFFE where a word is broken at a line's end and no line end behind it: taking the
mark out joins the halves. Page numbers come from the file's page labels; the position of a page in
the file is no page number. The file is parsed in this process; a process of its own comes with the
sandbox for sources from strangers.
"""

from __future__ import annotations

from typing import Any

from pubtool.model import Landmark, Locator, Unavailable
from pubtool.readers.sources.extracted import Extracted, Unusable

MAX_PAGES = 20_000
"""More than any book has; a longer file is taken for a trap."""
_PASSWORD = 4  # FPDF_ERR_PASSWORD


def read_pdf(data: bytes, name: str) -> Extracted:
    """Return the text of a PDF named `name` in errors; raise `Unusable`."""
    document = _open(data, name)
    try:
        if len(document) > MAX_PAGES:
            detail = f"{name} has more than {MAX_PAGES} pages; split it into a folder of files"
            raise Unusable(Unavailable.UNREADABLE, detail)
        pages = [_page(document, number, name) for number in range(len(document))]
        labels = [_label(document, number) for number in range(len(document))]
        if not any(page.strip() for page in pages):
            raise Unusable(Unavailable.EMPTY, _why_empty(document, name))
    finally:
        document.close()
    return Extracted("\f".join(pages), _landmarks(pages, labels))


def _open(data: bytes, name: str) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
            detail = f"{name} is encrypted; save a copy without its password"
        else:
            detail = f"{name} is not a PDF that can be opened; it may be damaged, fetch it again"
        raise Unusable(Unavailable.UNREADABLE, detail) from None


def _page(document: Any, number: int, name: str) -> str:
    import pypdfium2

    try:
        page = document[number]
        try:
            text_page = page.get_textpage()
            try:
                text = str(text_page.get_text_range())
            finally:
                text_page.close()
        finally:
            page.close()
    except pypdfium2.PdfiumError:
        detail = f"{name} is damaged at its page {number + 1}; fetch it again"
        raise Unusable(Unavailable.UNREADABLE, detail) from None
    return _clean(text)


def _clean(text: str) -> str:
    for old, new in (("\r\n", "\n"), ("\r", "\n"), ("\ufffe", ""), ("\f", "\n"), ("\0", "")):
        text = text.replace(old, new)
    return text


def _label(document: Any, number: int) -> str:
    return str(document.get_page_label(number) or "").strip()


def _landmarks(pages: list[str], labels: list[str]) -> tuple[Landmark, ...]:
    found, at = [], 0
    for page, label in zip(pages, labels, strict=True):
        if label:
            found.append(Landmark(at, Locator("page", label)))
        at += len(page) + 1
    return tuple(found)


def _why_empty(document: Any, name: str) -> str:
    if any(_has_image(document, number) for number in range(min(len(document), 20))):
        return f"{name} is a scan without a text layer; add one, for example with `ocrmypdf`"
    return f"{name} has no text in it; put a copy there that has"


def _has_image(document: Any, number: int) -> bool:
    import pypdfium2.raw

    page = document[number]
    try:
        kinds = (pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,)
        return any(True for _ in page.get_objects(filter=kinds, max_depth=3))
    finally:
        page.close()
