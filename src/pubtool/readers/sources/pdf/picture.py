"""A PDF's page as a picture, and where on it a passage stands, by pdfium, in a confined process."""

from __future__ import annotations

import ctypes
import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, Any

import msgspec

from pubtool.model import Span
from pubtool.readers.sources.extracted import Unusable
from pubtool.readers.sources.hocr import PlacedWord, place_words
from pubtool.readers.sources.pdf import open_document
from pubtool.readers.sources.pdf.lines import PageText
from pubtool.readers.sources.pdf.matching import letters_of, place_passage
from pubtool.system.confined import Stopped, confined

if TYPE_CHECKING:
    from PIL.Image import Image

_UNITS = 100_000
"""Places are counted in parts of a page's width and height: pdfium gives whole numbers."""
_MOST_PIXELS = 16_000_000
"""Of a picture; a long page gets a narrower one."""
_LONGEST = 50
"""Times that a page may be as long as it is wide, or as wide as it is long."""
_BELOW = 1 - 1e-6
"""What keeps a width that is almost a whole number from being rounded up."""
_GREYS = 8
"""Shades of a page without colour: letters look as with 256, in less than half of the bytes."""
_COLOURED = 24
"""By how much the channels of a coloured pixel differ, of 255; scanned paper is not quite grey."""
_LARGE = 220_000
"""Bytes of a PNG that a JPEG takes the place of: the page is a photograph, or a scan."""
_QUALITY = 60
_BREAKS = frozenset("\r\n\f\ufffe\u0002")


class Chunk(msgspec.Struct, frozen=True):
    """A stretch of a source's text that one page holds."""

    text: str
    passages: tuple[Span, ...]
    """What is looked for, in code points of the stretch."""


class Share(msgspec.Struct, frozen=True):
    """A rectangle as shares of a page's width and height as it is shown, 0 to 1."""

    left: float
    top: float
    right: float
    bottom: float


class Places(msgspec.Struct, frozen=True):
    """Where a passage stands on a page."""

    shares: tuple[Share, ...]
    is_whole: bool
    """Whether all of it was found for certain."""


class Rendered(msgspec.Struct, frozen=True):
    """A page as a picture."""

    image: bytes
    media_type: str
    width: int
    height: int


class _Asked(msgspec.Struct):
    pdf: bytes
    page: int
    """Counted from 0."""
    width: int = 0
    chunks: tuple[Chunk, ...] = ()
    hocr: bytes = b""


class NotShown(Exception):
    """A page cannot be shown; ``str()`` is a sentence without the file's name and a full stop."""


def render_page(pdf: bytes, page: int, width: int) -> Rendered:
    """Return a page, counted from 0, as a picture so many pixels wide; raise `NotShown`."""
    said = _run("draw", _Asked(pdf, page, width=width))
    return msgspec.msgpack.decode(said, type=Rendered)


def find_on_page(pdf: bytes, page: int, chunks: Sequence[Chunk], hocr: bytes = b"") -> Places:
    """Return where passages of a page's extracted text stand on it; raise `NotShown`.

    `hocr` is what a character recogniser read of the PDF: a page that is a picture is looked up
    there.
    """
    said = _run("find", _Asked(pdf, page, chunks=tuple(chunks), hocr=hocr))
    return msgspec.msgpack.decode(said, type=Places)


def _run(task: str, asked: _Asked) -> bytes:
    try:
        said = confined().run(f"{__name__}:{task}", msgspec.msgpack.encode(asked))
    except Stopped as error:
        raise NotShown(f"showing its page {asked.page + 1} {error}") from None
    if not said:
        raise NotShown(f"its page {asked.page + 1} cannot be shown")
    return said


# --- In the confined process ----------------------------------------------------------------------


def draw(data: bytes) -> bytes:
    """Return the encoded picture that an encoded question asks for; nothing if there is none."""
    asked = msgspec.msgpack.decode(data, type=_Asked)
    with _page(asked) as page:
        drawn = None if page is None else _draw(page, asked.width)
        return b"" if drawn is None else msgspec.msgpack.encode(drawn)


def find(data: bytes) -> bytes:
    """Return the encoded places that an encoded question asks for; nothing if there is no page."""
    asked = msgspec.msgpack.decode(data, type=_Asked)
    with _page(asked) as page:
        if page is None:
            return b""
        found = _find(page, asked.chunks)
        if asked.hocr and not found.shares:
            found = find_among(place_words(asked.hocr, asked.page), asked.chunks)
        return msgspec.msgpack.encode(found)


@contextmanager
def _page(asked: _Asked) -> Iterator[Any]:
    """Give the page that is asked for, open; None if there is none."""
    import pypdfium2

    try:
        document = open_document(asked.pdf)
    except Unusable:
        yield None
        return
    try:
        page = document[asked.page]
    except (pypdfium2.PdfiumError, IndexError):
        page = None
    try:
        yield page
    finally:
        document.close()


# --- The picture ---


def _draw(page: Any, width: int) -> Rendered | None:
    """Return a page's picture; None for one whose shape no picture can have."""
    across, down = page.get_size()
    if min(across, down) * _LONGEST < max(across, down):
        return None
    scale = min(width / across, math.sqrt(_MOST_PIXELS / (across * down))) * _BELOW
    shown: Image = page.render(scale=scale).to_pil()
    image = shown.convert("RGB")
    plain = image.convert("L")
    coloured = _has_colour(image)
    if coloured:
        small = image.quantize(256)
    else:
        step = 255 / (_GREYS - 1)
        small = plain.point([round(value / step) for value in range(256)]).convert("P")
        small.putpalette([round(shade * step) for shade in range(_GREYS) for _ in range(3)])
    out = BytesIO()
    small.save(out, "PNG", bits=8 if coloured else 4)
    if len(out.getvalue()) <= _LARGE:
        return Rendered(out.getvalue(), "image/png", *image.size)
    out = BytesIO()
    (image if coloured else plain).save(out, "JPEG", quality=_QUALITY, optimize=True)
    return Rendered(out.getvalue(), "image/jpeg", *image.size)


def _has_colour(image: Image) -> bool:
    """Whether a picture has more colour than paper that was scanned."""
    from PIL import ImageChops

    red, green, blue = image.split()
    differences = (ImageChops.difference(red, green), ImageChops.difference(green, blue))
    return any(any(one.histogram()[_COLOURED:]) for one in differences)


# --- The passage ---


def _find(page: Any, chunks: Sequence[Chunk]) -> Places:
    text = PageText(page)
    try:
        characters = letters_of(text.characters)
        shares, whole = list[Share](), True
        for chunk in chunks:
            placed = place_passage(chunk.text, chunk.passages, characters)
            found = [share for part in placed.ranges for share in _shares(page, text, part)]
            shares += found
            whole = whole and placed.is_whole and len(found) >= len(placed.ranges)
    finally:
        text.close()
    return Places(tuple(shares), whole)


def _shares(page: Any, text: PageText, characters: Span) -> Iterator[Share]:
    """Yield the rectangles that cover some characters of a page, as far as they can be seen."""
    start = characters.start
    for at in range(characters.start, characters.end + 1):
        if at == characters.end or text.characters[at] in _BREAKS:
            boxes = [
                _box(page, text, place)
                for place in range(start, at)
                if not text.characters[place].isspace()
            ]
            start = at + 1
            if boxes:
                share = _around(boxes)
                if share.left < share.right and share.top < share.bottom:
                    yield share


def find_among(lines: Sequence[Sequence[PlacedWord]], chunks: Sequence[Chunk]) -> Places:
    """Return where passages stand among the words that were recognised on a page."""
    starts, words, text = list[int](), list[tuple[int, PlacedWord]](), ""
    for number, line in enumerate(lines):
        for word in line:
            starts.append(len(text))
            words.append((number, word))
            text += f"{word.text} "
        text = f"{text.rstrip()}\n"
    characters = letters_of(text)
    shares, whole = list[Share](), True
    for chunk in chunks:
        placed = place_passage(chunk.text, chunk.passages, characters)
        whole = whole and placed.is_whole
        for part in placed.ranges:
            first, last = bisect_right(starts, part.start) - 1, bisect_left(starts, part.end)
            for _, row in groupby(words[first:last], key=lambda each: each[0]):
                boxes = [each[1][1:] for each in row]
                left, top, right, bottom = zip(*boxes, strict=True)
                shares.append(Share(min(left), min(top), max(right), max(bottom)))
    return Places(tuple(shares), whole and bool(shares))


def _around(boxes: Sequence[tuple[int, int, int, int]]) -> Share:
    """Return the share of a page that boxes cover, as far as they are on it."""
    left, top, right, bottom = zip(*boxes, strict=True)
    sides = (min(left), min(top), max(right), max(bottom))
    return Share(*(min(max(side / _UNITS, 0.0), 1.0) for side in sides))


def _box(page: Any, text: PageText, at: int) -> tuple[int, int, int, int]:
    """Return a character's place in units of the page as it is shown, turned and cropped."""
    import pypdfium2.raw as pdfium

    loose = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text.raw, at, loose)
    x, y = ctypes.c_int(), ctypes.c_int()
    corners = list[tuple[int, int]]()
    for corner in ((loose.left, loose.top), (loose.right, loose.bottom)):
        pdfium.FPDF_PageToDevice(page.raw, 0, 0, _UNITS, _UNITS, 0, *corner, x, y)
        corners.append((x.value, y.value))
    (a, b), (c, d) = corners
    return min(a, c), min(b, d), max(a, c), max(b, d)
