"""What a reader is shown of a source on either side of a passage."""

from __future__ import annotations

import re
import unicodedata

from pubtool.model import Span

MOST = 160
"""Code points on either side: about two lines of a printed page."""
_ENOUGH = 40
"""Code points of a passage's own paragraph that make sense by themselves."""
_LONGEST_WORD = 40
"""Where no space comes within so many code points, the script is taken for one without spaces."""
_SPACE = re.compile(r"\s")
_BORDER = re.compile(r"\n[^\S\n]*\n\s*")
_TO_THE_END = re.compile(r"\s*\Z")
_JOINERS = "\u200d\u2060"


def before(text: str, place: Span) -> str:
    """Return what stands just before a place: whole words, up to `MOST` code points.

    It begins with the paragraph where that leaves enough to read.
    """
    low = max(place.start - MOST, 0)
    if low and not text[low - 1].isspace():
        words = _SPACE.search(text, low, min(low + _LONGEST_WORD, place.start))
        low = words.end() if words else _forward(text, low, place.start)
    for border in reversed(list(_BORDER.finditer(text, low, place.start))):
        if place.start - border.end() >= _ENOUGH:
            low = border.end()
            break
    return text[low : place.start]


def after(text: str, place: Span) -> str:
    """Return what stands just behind a place: whole words, up to `MOST` code points.

    It ends with the paragraph where that leaves enough to read; space at the very end of the text
    is taken along, so that one can tell whether the text goes on.
    """
    high = min(place.end + MOST, len(text))
    if high < len(text) and not text[high].isspace():
        least = max(high - _LONGEST_WORD, place.end)
        backwards = range(high - 1, least - 1, -1)
        space = next((at for at in backwards if text[at].isspace()), None)
        high = _back(text, high, place.end) if space is None else space
    for border in _BORDER.finditer(text, place.end, high):
        if border.start() - place.end >= _ENOUGH:
            high = border.start()
            break
    if _TO_THE_END.match(text, high):
        high = len(text)
    return text[place.end : high]


def _forward(text: str, at: int, end: int) -> int:
    """Return the next place at which no letter is parted from its marks."""
    while at < end and _is_bound(text, at):
        at += 1
    return at


def _back(text: str, at: int, start: int) -> int:
    while at > start and _is_bound(text, at):
        at -= 1
    return at


def _is_bound(text: str, at: int) -> bool:
    """Whether the character at a place belongs to the one before it."""
    joined = text[at] in _JOINERS or text[at - 1] in _JOINERS
    return joined or unicodedata.category(text[at]).startswith("M")
