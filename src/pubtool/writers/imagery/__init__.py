"""Pictures as readers get them: without what they tell of people, upright, in several sizes."""

from __future__ import annotations

from pubtool.writers.imagery.drawings import safe_drawing
from pubtool.writers.imagery.kinds import DRAWING, RASTERS, Unusable, kind_of
from pubtool.writers.imagery.scaling import LARGEST, measure, upright
from pubtool.writers.imagery.stripping import strip

__all__ = ["Unusable", "discreet"]


def discreet(data: bytes) -> bytes:
    """Return a picture without metadata, standing upright; films and sounds as they are.

    No pixel changes but where a picture must be turned: Exif that says so is left out with the
    rest. A drawing does nothing but draw. Raises `Unusable` for what is no picture, or a damaged
    one.
    """
    kind = kind_of(data)
    if kind == DRAWING:
        return safe_drawing(data)
    if kind not in RASTERS:
        return data
    bare, size = strip(kind, data), measure(data)
    # AVIF says how it is turned beside its Exif, and that stays
    turns = size.turned > 1 and not size.fixed and kind != "avif"
    return upright(data) if turns and size.width * size.height <= LARGEST else bare
