"""Page pictures: a page of a source as it looks, and where on it a passage stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Rectangle(NamedTuple):
    """A part of a picture, in pixels from its upper left corner."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page, and the passage on it."""

    sheet: int
    """The page of the source's file, counted from 1, whatever number is printed there."""
    file: str
    """The file's name, where the source is in several; else empty."""
    label: str
    """The number or name that is printed on it; empty where none is known."""
    image: bytes
    """The picture, without a mark on it: the same bytes for every passage of the page."""
    media_type: str
    """``image/png`` or ``image/jpeg``."""
    width: int
    """Of the picture, in pixels."""
    height: int
    rectangles: tuple[Rectangle, ...]
    """What the passage covers, a rectangle or more for each line; never other words."""
    is_whole: bool
    """Whether all of the passage that stands on this page is in the rectangles. Where it is not,
    some lines could not be told for certain, and are not marked."""


@dataclass(frozen=True, slots=True)
class NoPicture:
    """Why there is no picture of a passage's page."""

    why: str
    """One sentence for a reader, without a full stop."""
