"""Images as books can carry them: PNG, JPEG, GIF and SVG; anything else becomes PNG or words.

E-readers and word processors know the four; of a WebP or an AVIF they get the first frame as PNG.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pubtool.writers.imagery.drawings import safe_drawing
from pubtool.writers.imagery.kinds import DRAWING, RASTERS, Unusable, kind_of
from pubtool.writers.imagery.scaling import as_png, measure

_MIME = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif", DRAWING: "image/svg+xml"}
_MOVES = re.compile(rb"<(?:\w+:)?(?:animate|set)")


@dataclass(frozen=True, slots=True)
class BookPicture:
    """An image of a book."""

    data: bytes
    suffix: str
    """``png``, ``jpg``, ``gif`` or ``svg``."""
    width: int
    """In pixels; 0 for an SVG that does not say."""
    height: int
    moves: bool
    """Whether it has several frames, or is a drawing that changes."""

    @property
    def mime(self) -> str:
        """Its media type."""
        return _MIME[self.suffix]


def read_picture(data: bytes) -> BookPicture | None:
    """Return an image as a book can carry it; None for what is no image that can be read."""
    try:
        kind = kind_of(data)
        if kind != DRAWING and kind not in RASTERS:
            return None
        size = measure(data)
        moves = size.moves
        if kind == DRAWING:
            data = safe_drawing(data)
            moves = _MOVES.search(data) is not None
        elif kind not in _MIME:
            data, kind, moves = as_png(data), "png", False
    except Unusable:
        return None
    return BookPicture(data, kind, size.width, size.height, moves)
