"""A PDF page's lines, from the text and the places that pdfium gives.

pdfium gives a page's characters in the order in which they were drawn, puts spaces and line ends
between what stands apart, and U+FFFE where a word is broken at a line's end, with no line end
behind it. To ask for the place of every character takes longer than all the rest, so only some
characters of a line are asked: its first, its last, one letter in the middle, and the figures that
may be raised.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from itertools import chain
from statistics import mode
from typing import Any, NamedTuple

from pubtool.model import Span
from pubtool.readers.sources.layout.printed import Apart, Box, PrintedLine, PrintedPage

_LINE_END = re.compile("(?:\r\n|[\r\n\f])?([\ufffe\u0002])|\r\n|[\r\n\f]")
"""U+0002 is what older versions of pdfium write for U+FFFE."""
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_DIGITS = re.compile(r"\d+")
_MOST_RAISED = 4
"""Digits of a note's mark."""
_RAISED_BY = 0.15
"""Letter sizes that a raised figure stands above the base line; no other figure does, and that of
an index (H₂O) is below. Some fonts have glyphs for raised figures, so that their size says nothing.
"""
_FRACTION = "/⁄∕"
_FIRST_NUMBER = re.compile(r"([0-9]{1,4})\s+(?=\S)")
_LAST_NUMBER = re.compile(r"(?<=\S)\s+([0-9]{1,4})\Z")
_WORD = re.compile(r"\S+")
_LEVEL = 0.6
"""Sizes of its letters by which a word may stand above or below its line: a raised one is."""
_FIGURE_AT_LETTER = re.compile(r"(?<=[0-9])(?=[^\W\d_])|(?<=[^\W\d_])(?=[0-9])")
_JOINT = 0.5
"""Sizes of its letters between a figure and a letter of one word, at most."""
_NOTHING = re.compile("[\x00\x01\x03-\x08\x0e-\x1f\ue000-\uf8ff\ufffd]")
"""Characters that are none: controls, those of private use, and what stands for the unknown."""
_GARBLED = 3
"""One character in so many that is none makes a page's text unreadable."""
_FEWEST_GARBLED = 20
_STAMP = 300
"""Characters that may stand on a scan without being its text: who fetched it, and when."""
_COVERED = 0.4
"""Share of a page that a scan's picture covers, at least; margins may be white."""
_SAMPLES = 16
"""Letters that tell which way a page's text runs."""
_GUTTER = 0.7
"""Sizes of its figures that must part a number in the margin from its line."""
_WRITTEN = str.maketrans(
    dict[int, str | None].fromkeys(range(32))
    | {0x09: " ", 0x0B: " ", 0xA0: " ", 0xAD: "-", 0x7F: None}
    | dict(zip(range(0xFB00, 0xFB07), "ff fi fl ffi ffl st st".split(), strict=True))
)
"""Characters that are written otherwise: ligatures in letters, a soft hyphen that is shown as one,
controls not at all."""


class _Glyph(NamedTuple):
    """One character's place, in the page as it is shown."""

    left: float
    top: float
    right: float
    bottom: float
    base: float
    """The height of its base line."""
    size: float
    """In points, by its font size and matrix."""
    upright: bool


class PageText:
    """A page's characters, open in pdfium."""

    def __init__(self, page: Any) -> None:
        import pypdfium2.raw as pdfium

        self._pdfium = pdfium
        self._page = page
        self._text_page = page.get_textpage()
        self.raw = self._text_page.raw
        """pdfium's own handle."""
        self._box = page.get_bbox()
        self._loose = pdfium.FS_RECTF()
        self._matrix = pdfium.FS_MATRIX()
        self._ink = tuple(ctypes.c_double() for _ in range(4))
        self._origin = (ctypes.c_double(), ctypes.c_double())
        self._glyphs: dict[int, _Glyph] = {}
        self.characters = self._read()
        self._turned = self._direction()
        across, up = self._box[2] - self._box[0], self._box[3] - self._box[1]
        self.width, self.height = (across, up) if self._turned in (0, 180) else (up, across)

    def close(self) -> None:
        """Let go of it."""
        self._text_page.close()

    def _read(self) -> str:
        """Return the page's text, one character for each of pdfium's."""
        count = self._pdfium.FPDFText_CountChars(self.raw)
        if count <= 0:
            return ""
        units = (ctypes.c_ushort * (count + 1))()
        got = self._pdfium.FPDFText_GetText(self.raw, 0, count, units)
        text = bytes(units)[: 2 * max(got - 1, 0)].decode("utf-16-le", "surrogatepass")
        if len(text) == count:
            return text
        # characters beyond the Basic Multilingual Plane, or some that the text leaves out
        codes = (self._pdfium.FPDFText_GetUnicode(self.raw, at) for at in range(count))
        return "".join(chr(code) if code < 0x110000 else "\ufffd" for code in codes)

    def _direction(self) -> int:
        """Return in which direction most of the text runs, in degrees; a page is turned by it.

        So it does not matter whether the page, its text, or both are turned.
        """
        step = max(len(self.characters) // _SAMPLES, 1)
        letters = (
            next((at for at in range(start, start + step) if self.characters[at].isalpha()), None)
            for start in range(0, len(self.characters) - step + 1, step)
        )
        angles = [self._angle(at) for at in letters if at is not None]
        return mode(angles) if angles else 0

    def _angle(self, at: int) -> int:
        self._pdfium.FPDFText_GetMatrix(self.raw, at, self._matrix)
        turned = math.degrees(math.atan2(self._matrix.b, self._matrix.a))
        return int(round(turned / 90) % 4 * 90)

    def glyph(self, at: int) -> _Glyph:
        """Return the place of the character with a number."""
        known = self._glyphs.get(at)
        if known is None:
            known = self._glyphs[at] = self._ask(at)
        return known

    def _ask(self, at: int) -> _Glyph:
        self._pdfium.FPDFText_GetLooseCharBox(self.raw, at, self._loose)
        angle = self._angle(at)
        loose, matrix, (x, y) = self._loose, self._matrix, self._origin
        self._pdfium.FPDFText_GetCharOrigin(self.raw, at, x, y)
        a, b = self._shown(loose.left, loose.top), self._shown(loose.right, loose.bottom)
        scale = (matrix.c * matrix.c + matrix.d * matrix.d) ** 0.5
        size = self._pdfium.FPDFText_GetFontSize(self.raw, at) * scale
        return _Glyph(
            min(a[0], b[0]),
            min(a[1], b[1]),
            max(a[0], b[0]),
            max(a[1], b[1]),
            self._shown(x.value, y.value)[1],
            size,
            angle == self._turned,
        )

    def rise(self, at: int, base: float) -> float:
        """Return by how much a character's ink stands above a base line, in points."""
        left, right, bottom, top = self._ink
        self._pdfium.FPDFText_GetCharBox(self.raw, at, left, right, bottom, top)
        a = self._shown(left.value, bottom.value)[1]
        b = self._shown(right.value, top.value)[1]
        return base - max(a, b)

    def _shown(self, x: float, y: float) -> tuple[float, float]:
        """Return a place of the page's own coordinates as it is shown, from the upper left."""
        left, bottom, right, top = self._box
        if self._turned == 90:
            return y - bottom, x - left
        if self._turned == 180:
            return right - x, y - bottom
        if self._turned == 270:
            return top - y, right - x
        return x - left, top - y


def read_pages(document: Any) -> list[PrintedPage]:
    """Return all pages of a document that is open in pdfium; a damaged one has no lines."""
    import pypdfium2

    pages = []
    for number in range(len(document)):
        label = str(document.get_page_label(number) or "").strip()
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            pages.append(PrintedPage(0, 0, (), label, is_picture=True))
            continue
        try:
            pages.append(read_page(page, label))
        except pypdfium2.PdfiumError:
            pages.append(PrintedPage(0, 0, (), label, is_picture=True))
        finally:
            page.close()
    return pages


def read_page(page: Any, label: str) -> PrintedPage:
    """Return a page that is open in pdfium; raises PdfiumError."""
    text = PageText(page)
    try:
        if is_garbled(text.characters):
            return PrintedPage(text.width, text.height, (), label, is_picture=True)
        cut = (piece for line in _cut(text) for piece in _pieces(text, *line))
        lines = tuple(_line(text, start, end, broken=broken) for start, end, broken in cut)
        few = sum(len(line.text) for line in lines) < _STAMP
        picture = few and _is_covered(page, text.width * text.height)
    finally:
        text.close()
    return PrintedPage(text.width, text.height, lines, label, is_picture=picture)


def is_garbled(characters: str) -> bool:
    """Whether a text layer is as good as none: its fonts do not say which letters they draw."""
    nothing = len(_NOTHING.findall(characters))
    return nothing >= _FEWEST_GARBLED and _GARBLED * nothing > len("".join(characters.split()))


class _Cut(NamedTuple):
    """Characters that stand on one line, white space at its ends left off."""

    start: int
    end: int
    broken: bool
    """Whether the line ends within a word."""


def _cut(text: PageText) -> Iterator[_Cut]:
    """Yield the lines of a page's text as pdfium ends them."""
    at = 0
    for end in chain(_LINE_END.finditer(text.characters), [None]):
        stop = end.start() if end else len(text.characters)
        words = text.characters[at:stop]
        start = at + len(words) - len(words.lstrip())
        if words.strip():
            yield _Cut(start, start + len(words.strip()), bool(end and end[1]))
        at = end.end() if end else stop


def _pieces(text: PageText, start: int, end: int, broken: bool) -> Iterator[_Cut]:  # noqa: FBT001
    """Yield a line, or its parts where pdfium ran together what stands apart.

    It does so with what was drawn next and stands far below (on turned pages), or at the other end
    of the same line: a page's number and its title.
    """
    at = start
    for number in _joints(text, start, end):
        yield _Cut(at, at + len(text.characters[at:number].rstrip()), broken=False)
        at = number
    yield _Cut(at, end, broken)


def _joints(text: PageText, start: int, end: int) -> Iterator[int]:
    """Yield where a part of a line begins that stands apart from what is before it."""
    middle = text.glyph(_letter(text.characters, start, end))
    ends = (text.glyph(start), text.glyph(end - 1))
    if any(abs(glyph.base - middle.base) > _LEVEL * middle.size for glyph in ends):
        base = ends[0].base
        for word in _WORD.finditer(text.characters, start, end):
            glyph = text.glyph(word.start())
            if abs(glyph.base - base) > _LEVEL * middle.size:
                yield word.start()
                base = glyph.base
        return
    for joint in _FIGURE_AT_LETTER.finditer(text.characters, start, end):
        before, after = text.glyph(joint.start() - 1), text.glyph(joint.start())
        if not -1.0 <= after.left - before.right <= _JOINT * middle.size:
            yield joint.start()


def _line(text: PageText, start: int, end: int, *, broken: bool) -> PrintedLine:
    """Return the line of some characters."""
    middle = text.glyph(_letter(text.characters, start, end))
    first = text.glyph(start)
    last = text.glyph(end - 1)
    box = Box(first.left, min(middle.top, first.top), last.right, max(middle.bottom, last.bottom))
    if not middle.upright or box.right < box.left:  # sideways, or written from right to left
        every = (first, middle, last)
        box = Box(
            min(one.left for one in every),
            min(one.top for one in every),
            max(one.right for one in every),
            max(one.bottom for one in every),
        )
    written = _with_raised(text, start, end, middle).translate(_WRITTEN)
    if not written.isascii():
        written = _joined_surrogates(written)
    apart = _apart(text, start, end, box, written)
    return PrintedLine(
        written + "-" * broken, box, middle.size, sideways=not middle.upright, apart=apart
    )


def _letter(characters: str, start: int, end: int) -> int:
    """Return the number of a letter, the nearest to a line's middle; else its middle."""
    middle = (start + end) // 2
    letters = (
        at
        for at in chain(range(middle, end), range(middle - 1, start - 1, -1))
        if characters[at].isalpha()
    )
    return next(letters, middle)


def _with_raised(text: PageText, start: int, end: int, middle: _Glyph) -> str:
    """Return a line's characters, raised figures written as such.

    The numerator of a fraction (``1/2``) is raised too, and is none.
    """
    words = text.characters[start:end]
    rise = _RAISED_BY * middle.size
    for found in _DIGITS.finditer(words):
        at = found.end()
        if words[at : at + 1] in _FRACTION and at < len(words):
            continue
        least = max(found.start(), at - _MOST_RAISED)
        while at > least and text.rise(start + at - 1, middle.base) > rise:
            at -= 1
        if at < found.end():
            raised = words[at : found.end()].translate(_RAISED)
            words = words[:at] + raised + words[found.end() :]
    return words


def _apart(text: PageText, start: int, end: int, box: Box, written: str) -> Apart | None:
    """Return the number at one end of a line, `written` so, that a gutter parts from the rest."""
    words = text.characters[start:end]
    first, last = _FIRST_NUMBER.match(words), _LAST_NUMBER.search(words)
    if first and written.startswith(first[1]):
        number, rest = text.glyph(start + first.end(1) - 1), text.glyph(start + first.end())
        if rest.left - number.right > _GUTTER * number.size:
            return Apart(Span(0, first.end(1)), box._replace(left=rest.left))
    if last and written.endswith(last[1]):
        rest, number = text.glyph(start + last.start() - 1), text.glyph(start + last.start(1))
        if number.left - rest.right > _GUTTER * number.size:
            span = Span(len(written) - len(last[1]), len(written))
            return Apart(span, box._replace(right=rest.right))
    return None


def _joined_surrogates(text: str) -> str:
    """Return a text in which what UTF-16 wrote as two halves is one character again."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _is_covered(page: Any, area: float) -> bool:
    """Whether pictures cover much of a page, as a scan does."""
    import pypdfium2.raw as pdfium

    covered = 0.0
    for picture in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        covered += max(right - left, 0) * max(top - bottom, 0)
    return covered > _COVERED * area
