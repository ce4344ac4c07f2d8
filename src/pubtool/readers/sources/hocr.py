"""hOCR: the pages that a character recogniser read, each word with its place and its confidence.

The format is that of Breuel's *The hOCR Embedded OCR Workflow and Output Format* 1.2, as Tesseract
writes it and other recognisers more or less do: ``ocr_page``, ``ocr_line`` and ``ocrx_word``
elements whose ``title`` holds ``bbox``, ``x_size`` and ``x_wconf``. What is missing is guessed from
the boxes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise
from typing import NamedTuple

from pubtool.model import Span
from pubtool.readers.sources.layout.printed import Box, PrintedLine, PrintedPage

SOURCE = "pubtool-source-sha256"
"""The name of the ``meta`` element that says which PDF was read."""

_DOUBTFUL = 60.0
"""Confidence below which a word is doubtful, of 100."""
_PAGE_NUMBER = "ocr_pageno"
_LINES = frozenset(
    {"ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat", "ocrx_line", _PAGE_NUMBER}
)
_BOX = re.compile(r"\bbbox (-?\d+) (-?\d+) (-?\d+) (-?\d+)")
_CONFIDENCE = re.compile(r"\bx_wconf (-?[\d.]+)")
_SIZE = re.compile(r"\bx_size ([\d.]+)")
_PAGE = re.compile(r"\bppageno (\d+)")
_PAGE_ELEMENT = re.compile(rb"""<\w+[^>]*\bclass=["'][^"'>]*\bocr_page\b""")
_RESOLUTION = re.compile(r"\bscan_res (\d+) (\d+)")
_DOTS_PER_INCH = 300
_POINTS = 72.0
_RAISED = re.compile(r"\bx_raised (\d+)")
_LIFTED = re.compile(r"\bx_lifted (\d+)")
HIGH = frozenset("'\"’‘”“‛‟´`^°-‐‑‒–—~=·•")
"""Characters that always stand above the base line."""
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass
class _Word:
    box: tuple[int, int, int, int]
    confidence: float | None
    raised: int = 0
    """How many characters at its end stand above the base line."""
    lifted: int = 0
    """How many at its beginning do."""
    text: str = ""


@dataclass
class _Line:
    box: tuple[int, int, int, int]
    size: float
    lone: bool = False
    words: list[_Word] = field(default_factory=list)


@dataclass
class _PageRead:
    number: int
    box: tuple[int, int, int, int]
    scale: float
    """Points a pixel."""
    lines: list[_Line] = field(default_factory=list)


def source_of(hocr: bytes) -> str:
    """Return the SHA-256 of the PDF that was recognised; empty where the file does not say."""
    found = re.search(rb'name="%s" content="([0-9a-f]{64})"' % SOURCE.encode(), hocr[:4096])
    return found[1].decode("ascii") if found else ""


def read_hocr(hocr: bytes) -> Mapping[int, PrintedPage]:
    """Return the pages that were recognised, by their places in the PDF, counted from 0."""
    parser = _Parser()
    parser.feed(hocr.decode("utf-8", "replace"))
    parser.close()
    return {page.number: _printed(page) for page in parser.pages}


class PlacedWord(NamedTuple):
    """A word, and its box as shares of the page's width and height, 0 to 1."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def place_words(hocr: bytes, number: int) -> tuple[tuple[PlacedWord, ...], ...]:
    """Return the words of a page's lines, by its place in the PDF, counted from 0.

    The words are as `read_hocr` gives them; there are none of a page that was not recognised.
    """
    parser = _Parser()
    for at, page in enumerate(_split(hocr)):
        if _number_of(page, at) == number:
            parser.feed(page.decode("utf-8", "replace"))
            parser.close()
            return _placed(parser.pages[0])
    return ()


def _split(hocr: bytes) -> list[bytes]:
    """Return each page's part of a file: all pages of a book need not be read for one."""
    starts = [found.start() for found in _PAGE_ELEMENT.finditer(hocr)]
    return [hocr[start:end] for start, end in pairwise((*starts, len(hocr)))]


def _number_of(page: bytes, at: int) -> int:
    found = _PAGE.search(page[: page.find(b">")].decode("utf-8", "replace"))
    return int(found[1]) if found else at


def _placed(page: _PageRead) -> tuple[tuple[PlacedWord, ...], ...]:
    left, top, right, bottom = page.box
    across, down = max(right - left, 1), max(bottom - top, 1)
    quotes = _Quotes()

    def placed(said: str, box: tuple[int, int, int, int]) -> PlacedWord:
        shares = ((box[0] - left) / across, (box[1] - top) / down,
                  (box[2] - left) / across, (box[3] - top) / down)  # fmt: skip
        return PlacedWord(said, *(min(max(share, 0.0), 1.0) for share in shares))

    return tuple(
        tuple(placed(said, word.box) for word, said, _ in _words(line, quotes))
        for line in page.lines
    )


def _printed(page: _PageRead) -> PrintedPage:
    left, top, right, bottom = page.box
    quotes = _Quotes()
    lines = [_printed_line(line, page, quotes) for line in page.lines]
    return PrintedPage(
        (right - left) * page.scale,
        (bottom - top) * page.scale,
        tuple(line for line in lines if line.text),
        is_recognised=True,
    )


def _printed_line(line: _Line, page: _PageRead, quotes: _Quotes) -> PrintedLine:
    text, doubtful = "", list[Span]()
    for word, said, follows in _words(line, quotes):
        text += " " if text else ""
        at = len(text)
        text += said
        unsure = word.confidence is not None and word.confidence < _DOUBTFUL
        if unsure or (word.confidence is not None and _may_end_with_mark(said, follows)):
            doubtful.append(Span(at, len(text)))
    left, top, right, bottom = line.box
    box = Box(*(value * page.scale for value in (left, top, right, bottom)))
    size = line.size or float(bottom - top)
    return PrintedLine(text, box, size * page.scale, doubtful=tuple(doubtful), lone=line.lone)


def _words(line: _Line, quotes: _Quotes) -> Iterator[tuple[_Word, str, str]]:
    """Yield a line's words that say something, each as it is read, and what stands behind it."""
    after = [*(word.text for word in line.words[1:]), ""]
    begun = False
    for word, follows in zip(line.words, after, strict=False):
        said = _without_mark(" ".join(word.text.split()), word.raised, quotes)
        if not begun:
            said = _with_note_number(said, word.lifted)
        quotes.read(said)
        if said:
            begun = True
            yield word, said, follows


class _Quotes:
    """Which quotation marks of a page are open."""

    def __init__(self) -> None:
        self._double = self._single = 0

    def read(self, word: str) -> None:
        """Go on over a word."""
        self._double = max(self._double + word.count("“") - word.count("”"), 0)
        self._single = max(self._single + word.count("‘") - word.endswith("’"), 0)

    def may_close(self, mark: str, word: str) -> bool:
        """Whether a mark may stand behind a word: it closes one, or is a plural's apostrophe."""
        if mark == "”":
            return self._double + word.count("“") > 0
        if mark == "°":  # behind figures it is a degree
            return word[-1:].isdigit()
        return (
            mark not in ("’", "'")
            or self._single + word.count("‘") > 0
            or word.endswith(("s", "S"))
        )


def _without_mark(word: str, raised: int, quotes: _Quotes) -> str:
    """Return a word with the note's mark at its end as raised figures.

    A mark that was read as something else (``®``, ``!``, a quotation mark that closes nothing) says
    no number, and is left out; what stands above the line by nature stays.
    """
    if not 0 < raised < len(word):
        return word
    kept, mark = word[:-raised], word[-raised:]
    figures = mark.strip("".join(HIGH))
    if figures.isdigit() and figures.isascii():
        true = (c for c in mark if c not in HIGH or quotes.may_close(c, kept))
        return kept + "".join(true).translate(_SUPERSCRIPT)
    return kept + "".join(c for c in mark if c in HIGH and quotes.may_close(c, kept))


def _may_end_with_mark(word: str, follows: str) -> bool:
    """Whether a word ends with what a note's mark is often read as, and a sentence goes on."""
    return word[-2:-1].isalpha() and (
        word.endswith(("®", "©", "™", "°")) or (word.endswith(("!", "?")) and follows.islower())
    )


def _with_note_number(word: str, lifted: int) -> str:
    """Return the first word of a line with a note's raised number as such: ``'3The`` is ³The.

    A number that was read as something else is a star.
    """
    mark, rest = word[:lifted], word[lifted:]
    if not rest or not mark.strip("".join(HIGH - {"'", "’", "‘", "°"})):
        return word
    figures = "".join(character for character in mark if character in "0123456789")
    if figures:
        return figures.translate(_SUPERSCRIPT) + rest
    degree = "°" in mark and len(rest) > 1  # °C may begin a line, °See does not
    return f"*{rest}" if degree or not set(mark) <= HIGH else word


class _Parser(HTMLParser):
    """Collects the pages; elements of other classes are passed through."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pages: list[_PageRead] = []
        self._word: _Word | None = None
        self._depth = 0
        """Elements that are open within the word."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        classes, title = values.get("class", "").split(), values.get("title", "")
        found = _BOX.search(title)
        box = (0, 0, 0, 0)
        if found:
            box = (int(found[1]), int(found[2]), int(found[3]), int(found[4]))
        if "ocr_page" in classes:
            self._begin_page(title, box)
        elif self.pages and _LINES & set(classes):
            size = _SIZE.search(title)
            lone = _PAGE_NUMBER in classes
            self.pages[-1].lines.append(_Line(box, float(size[1]) if size else 0.0, lone))
        elif self.pages and self.pages[-1].lines and "ocrx_word" in classes:
            said, raised = _CONFIDENCE.search(title), _RAISED.search(title)
            lifted = _LIFTED.search(title)
            self._word = _Word(
                box,
                float(said[1]) if said else None,
                int(raised[1]) if raised else 0,
                int(lifted[1]) if lifted else 0,
            )
            self._depth = 0
            self.pages[-1].lines[-1].words.append(self._word)
        elif self._word is not None:
            self._depth += 1

    def _begin_page(self, title: str, box: tuple[int, int, int, int]) -> None:
        number, resolution = _PAGE.search(title), _RESOLUTION.search(title)
        dots = int(resolution[1]) if resolution else 0
        place = int(number[1]) if number else len(self.pages)
        self.pages.append(_PageRead(place, box, _POINTS / (dots or _DOTS_PER_INCH)))

    def handle_endtag(self, tag: str) -> None:
        if self._word is not None:
            self._depth -= 1
            if self._depth < 0:
                self._word = None

    def handle_data(self, data: str) -> None:
        if self._word is not None:
            self._word.text += data
