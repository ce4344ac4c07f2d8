"""A tagged PDF as a screen reader meets it: its structure tree, and the text of each element."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

_BLOCKS = frozenset("P L LI Lbl LBody Caption TR TH TD BlockQuote Note Code TOCI".split())
"""Elements that end a line."""


@dataclass
class Element:
    """An element of the structure tree."""

    tag: str
    lang: str
    alt: str
    attributes: dict[str, str]
    content: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All words in it, in the order in which they are read."""
        said = "".join(part if isinstance(part, str) else part.text for part in self.content)
        return f"{said}\n" if self.tag in _BLOCKS or self.tag[1:].isdigit() else said

    def all(self, *tags: str) -> list[Element]:
        """The elements of these tags below it, in order."""
        return [one for one in self.walk() if one.tag in tags]

    def walk(self) -> Iterator[Element]:
        """It and all below it, in order."""
        yield self
        for part in self.content:
            if isinstance(part, Element):
                yield from part.walk()


def structure(data: bytes) -> Element:
    """Return the root of a PDF's structure tree."""
    texts = [_marked_text(page) for page in _pages(data)]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        words = [
            _in_languages(text, _languages(page))
            for text, page in zip(texts, pdf.pages, strict=True)
        ]
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        root = Element("Document tree", "", "", {})
        kids = pdf.Root.StructTreeRoot.K
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            root.content.append(_element(kid, numbers, words, ""))
        return root


def squeezed(text: str) -> str:
    """Return `text` with single blanks and without the hyphens that end lines."""
    return " ".join(text.replace("\u00ad", "").replace("\ufffe", "").split())


def _pages(data: bytes) -> Iterator[Any]:
    with pypdfium2.PdfDocument(data) as document:
        yield from document


def _marked_text(page: Any) -> dict[int, str]:
    """Return the text of each piece of marked content of a page."""
    text_page = page.get_textpage()
    found: dict[int, str] = {}
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=4):
        number = pdfium.FPDFPageObj_GetMarkedContentID(item.raw)
        size = pdfium.FPDFTextObj_GetText(item.raw, text_page.raw, None, 0)
        buffer = ctypes.create_string_buffer(size)
        pointer = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
        pdfium.FPDFTextObj_GetText(item.raw, text_page.raw, pointer, size)
        if number >= 0:
            found[number] = found.get(number, "") + buffer.raw.decode("utf-16-le").rstrip("\0")
    return found


def _languages(page: pikepdf.Page) -> dict[int, str]:
    """Return the languages that pieces of marked content have of their own."""
    found: dict[int, str] = {}
    for one in pikepdf.parse_content_stream(page):
        operands: Any = one.operands
        if str(one.operator) == "BDC" and "/Lang" in operands[1] and "/MCID" in operands[1]:
            found[int(operands[1].MCID)] = str(operands[1].Lang)
    return found


def _in_languages(texts: dict[int, str], languages: dict[int, str]) -> dict[int, Element | str]:
    return {
        number: Element("text", languages[number], "", {}, [text]) if number in languages else text
        for number, text in texts.items()
    }


def _element(
    node: Any,
    numbers: dict[Any, int],
    words: list[dict[int, Element | str]],
    lang: str,
    page: Any = None,
) -> Element:
    page = node.get("/Pg", page)
    lang = str(node.get("/Lang", lang))
    own = Element(str(node.S)[1:], lang, str(node.get("/Alt", "")), _attributes(node))
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            own.content.append(words[numbers[page.objgen]].get(kid, ""))
        elif kid.get("/Type") == "/MCR":
            own.content.append(words[numbers[kid.Pg.objgen]].get(int(kid.MCID), ""))
        elif "/S" in kid:
            own.content.append(_element(kid, numbers, words, lang, page))
    return own


def _attributes(node: Any) -> dict[str, str]:
    given = node.get("/A", [])
    found: dict[str, str] = {}
    for one in given if isinstance(given, pikepdf.Array) else [given]:
        if isinstance(one, pikepdf.Dictionary):
            found.update({name: str(value) for name, value in one.items()})
    return found
