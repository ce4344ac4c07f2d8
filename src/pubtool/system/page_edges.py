"""What stands alone above and below a scanned page's text, cut out to be read a second time.

A recogniser that looks for text passes over a lone figure at a page's foot, or takes it for
letters; shown the figure alone and told that it is one, it reads it. Nothing here decides that
something is a page's number: what is found goes into the hOCR as a line of its own, and counts only
if it runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import numpy as np

_LINE = re.compile(
    r"""<span class=['"]ocr_\w+['"][^>]*title=["'][^"']*?bbox (\d+) (\d+) (\d+) (\d+)"""
    r"""[^"']*?x_size ([\d.]+)"""
)
_WORD = re.compile(r"""class=['"]ocrx_word['"]""")
_READ = re.compile(r"""class=['"]ocrx_word['"][^>]*x_wconf (\d+)[^>]*>(.*?)</span>""", re.DOTALL)
_FEWEST_WORDS = 4
"""Of a line that is text for certain: a running head is one too, and what is beyond it is not."""
_MARGIN = 0.015
"""Share of a page at its border that is the scanner's."""
_WIDEST, _LOWEST, _TALLEST = 6.0, 0.35, 1.6
"""Of a number, in sizes of the page's letters: dashes round four figures; a digit; a tall one."""
_MOST = 4
"""Pieces looked at on an edge: dirt is many."""
_ZOOM = 2
_APART = 0.8
"""Distance from the text, in sizes of its letters: the end of a paragraph is nearer to it."""
_FAR = 2.0
"""Distance from the text on the same row, in sizes of its letters: more than between columns."""
_SURE = 60.0
"""Confidence of a word, of 100, from which it is believed."""


Box = tuple[int, int, int, int]
"""Left, top, right, bottom, in pixels."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A small thing that stands alone."""

    box: Box
    size: float
    """Of the page's letters, in pixels."""
    picture: bytes
    """PNG, black on white, enlarged, with an empty border."""


def find_pieces(picture: bytes, hocr: str) -> Iterator[Piece]:
    """Yield what may be a page's number: alone, outside the text, of a number's size.

    `picture` is the page as it was read, `hocr` what was read there; a page without lines of text
    has nothing outside of them.
    """
    lines = list(_LINE.finditer(hocr))
    ends = [*(line.start() for line in lines[1:]), len(hocr)]
    text = [
        line
        for line, end in zip(lines, ends, strict=False)
        if len(_WORD.findall(hocr[line.start() : end])) >= _FEWEST_WORDS
    ]
    if not text:
        return
    size = float(np.median([float(line[5]) for line in text]))
    page = _decode(picture)
    values = np.asarray(page)
    height = values.shape[0]
    threshold = _threshold(values)
    border, apart = int(height * _MARGIN), _APART * size
    boxes = [(int(line[1]), int(line[2]), int(line[3]), int(line[4])) for line in text]
    top, bottom = min(box[1] for box in boxes), max(box[3] for box in boxes)
    above = [b for b in _alone(values, threshold, (border, top), size) if top - b[3] >= apart]
    below = _alone(values, threshold, (bottom, height - border), size)
    below = [b for b in below if b[1] - bottom >= apart]
    outermost = min(boxes, key=lambda box: box[1]), max(boxes, key=lambda box: box[3])
    beside = [piece for row in outermost for piece in _beside(row, boxes, values, threshold, size)]
    for box in (*above[:_MOST], *below[:_MOST], *beside[:_MOST]):
        yield Piece(box, size, _cut(page, box, int(0.6 * size), threshold))


def _beside(
    row: Box, boxes: Sequence[Box], values: Any, threshold: int, size: float
) -> Iterator[Box]:
    """Yield what is far from the text on one row: a head's title and its number are far apart."""
    band = row[1] - int(0.2 * size), row[3] + int(0.2 * size)
    level = [box for box in boxes if box[1] < row[3] and row[1] < box[3]]
    for piece in _alone(values, threshold, band, size):
        if all(
            piece[0] - box[2] >= _FAR * size or box[0] - piece[2] >= _FAR * size for box in level
        ):
            yield piece


def _decode(picture: bytes) -> Any:
    """Return a picture in greys, without single specks."""
    from PIL import ImageFile, ImageFilter

    parser = ImageFile.Parser()
    parser.feed(picture)
    return parser.close().convert("L").filter(ImageFilter.MedianFilter(3))


def _alone(values: Any, threshold: int, band: tuple[int, int], size: float) -> list[Box]:
    """Return the boxes of what is dark and small between two heights of a page."""
    top, bottom = band
    if bottom - top < size:
        return []
    side = int(values.shape[1] * _MARGIN)
    dark = values[top:bottom, side : values.shape[1] - side] <= threshold
    return [
        (side + left, top + upper, side + right, top + lower)
        for upper, lower in _runs(dark.sum(axis=1) > 1, int(0.3 * size))
        if _LOWEST * size <= lower - upper <= _TALLEST * size
        for left, right in _runs(dark[upper:lower].any(axis=0), int(1.5 * size))
        if right - left <= _WIDEST * size
    ]


def _runs(mask: Any, gap: int) -> list[tuple[int, int]]:
    """Return where a row of truths is true, holes of up to `gap` filled."""
    places = np.flatnonzero(mask)
    if not len(places):
        return []
    parts = np.split(places, np.flatnonzero(np.diff(places) > gap) + 1)
    return [(int(part[0]), int(part[-1]) + 1) for part in parts]


def _threshold(values: Any) -> int:
    """Return the grey that parts ink from paper best (Otsu 1979)."""
    share = np.bincount(values.ravel(), minlength=256) / values.size
    below = np.cumsum(share)
    mean = np.cumsum(share * np.arange(256))
    spread = np.zeros(256)
    mixed = (below > 0) & (below < 1)
    spread[mixed] = (mean[-1] * below - mean)[mixed] ** 2 / (below * (1 - below))[mixed]
    return int(np.argmax(spread))


def _cut(page: Any, box: Box, border: int, threshold: int) -> bytes:
    """Return a part of a page, larger, in black and white."""
    from PIL import Image

    left, top, right, bottom = box
    part = page.crop((left - border, top - border, right + border, bottom + border))
    if left < border or top < border:  # beyond the page it is black
        part.paste(255, (0, 0, max(border - left, 0), part.height))
        part.paste(255, (0, 0, part.width, max(border - top, 0)))
    larger = part.resize((part.width * _ZOOM, part.height * _ZOOM), Image.Resampling.BICUBIC)
    out = BytesIO()
    larger.point(lambda value: 0 if value <= threshold else 255).save(out, "PNG")
    return out.getvalue()


def add_lines(body: str, found: Sequence[tuple[Piece, str]]) -> str:
    """Return a page's hOCR with the figures put at its end, in place of what was read there.

    A line that says the same figures already, or words that the recogniser is sure of, stays as it
    is, and nothing is added.
    """
    added = []
    for piece, figures in found:
        there = _line_at(body, piece)
        if there is not None:
            if not _may_give_way(there[0], figures):
                continue
            body = body[: there.start()] + body[there.end() :]
        box = " ".join(map(str, piece.box))
        added.append(
            f"<span class='ocr_pageno' title=\"bbox {box}; baseline 0 0; "
            f"x_size {piece.size:.0f}\"><span class='ocrx_word' "
            f"title='bbox {box}'>{figures}</span></span>"
        )
    at = body.rstrip().removesuffix("</div>")
    return f"{at}{''.join(added)}</div>" if added else body


_WHOLE = re.compile(
    r"""<span class=['"]ocr_\w+['"][^>]*title=["'][^"']*?bbox (\d+) (\d+) (\d+) (\d+)[^>]*>"""
    r"""(?:(?!<span class=['"]ocr_).)*?</span>\s*</span>(?=\s*(?:<span class=['"]ocr_|</p>))""",
    re.DOTALL,
)


def _line_at(body: str, piece: Piece) -> re.Match[str] | None:
    """Return the line that was read in a piece's place, if one was."""
    a, b, c, d = piece.box
    for line in _WHOLE.finditer(body):
        left, top, right, bottom = map(int, line.groups())
        if left < c and a < right and top < d and b < bottom:
            return line
    return None


def _may_give_way(line: str, figures: str) -> bool:
    """Whether a line was misread: it neither says the figures nor anything for certain."""
    read = [(int(sure), re.sub(r"<[^>]+>", "", said)) for sure, said in _READ.findall(line)]
    same = any(figures in re.findall(r"[0-9]+|[ivxlc]+", said) for _, said in read)
    certain = any(sure >= _SURE and re.search(r"[^\W\d_]{2}", said) for sure, said in read)
    return not (same or certain or len(read) >= _FEWEST_WORDS)
