"""A printed page as its lines, whoever found them: a PDF's text layer or a character recogniser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from pubtool.model import Span


class Box(NamedTuple):
    """A rectangle in points (1/72 inch), counted from the page's upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


class Apart(NamedTuple):
    """A number at an end of a line, and the line without it."""

    number: Span
    """In the line's text."""
    rest: Box


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of one column: what stands side by side without a gutter between."""

    text: str
    """Raised digits are superscript digits (``¹²``)."""
    box: Box
    size: float
    """The size of most of its letters, in points."""
    doubtful: tuple[Span, ...] = ()
    """Words of the text that a character recogniser was not sure of."""
    emphasis: tuple[Span, ...] = ()
    """What is set in italics or bold."""
    sideways: bool = False
    """Whether it runs in another direction than most of its page: a stamp in the margin."""
    lone: bool = False
    """Whether it is a figure that stands alone outside the text, which is known of it."""
    apart: Apart | None = None
    """A number at one of its ends that a gap parts from the rest: a line's number, it may be."""


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """One page."""

    width: float
    height: float
    lines: tuple[PrintedLine, ...]
    """In the order in which whoever found them gives them."""
    label: str = ""
    """The number or name that the file itself gives the page."""
    is_picture: bool = False
    """Whether it has no text that could be read, but a picture: it is unread."""
    is_recognised: bool = False
    """Whether a recogniser read it, which takes a note's raised mark for anything."""
