"""Pictures as readers get them: without what they tell of people, upright, in several sizes."""

from __future__ import annotations

from pubtool.writers.imagery.drawings import safe_drawing
from pubtool.writers.imagery.kinds import DRAWING, RASTERS, Unusable, kind_of
from pubtool.writers.imagery.scaling import LARGEST, measure, upright
from pubtool.writers.imagery.stripping import strip

__all__ = ["Unusable", "discreet", "open_hearted", "strip_any"]


def discreet(data: bytes) -> bytes:
    """Return a picture without metadata, standing upright; films and sounds as they are.

    No pixel changes but where a picture must be turned, since the Exif that says so is left out
    with the rest; one that cannot be turned stays as it stands. A drawing does nothing but draw.
    Raises `Unusable` for what is no picture, or a damaged one.
    """
    kind = kind_of(data)
    bare = strip_any(data)
    if kind not in RASTERS:
        return bare
    size = measure(data)
    # AVIF says how it is turned beside its Exif, and that stays
    turns = size.turned > 1 and not size.fixed and kind != "avif"
    if not turns or size.width * size.height > LARGEST:
        return bare
    try:
        return upright(data)
    except Unusable:
        return bare


def open_hearted(data: bytes) -> bytes:
    """Return a picture with its metadata; a drawing does nothing but draw all the same."""
    return safe_drawing(data) if kind_of(data) == DRAWING else data


def strip_any(data: bytes) -> bytes:
    """Return a picture without metadata as it stands, not turned. Raises `Unusable`."""
    kind = kind_of(data)
    if kind == DRAWING:
        return safe_drawing(data)
    return strip(kind, data) if kind in RASTERS else data
