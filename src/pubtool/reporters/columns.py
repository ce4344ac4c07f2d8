"""How wide text is on a terminal, and how to keep it inside a width.

Widths follow Unicode Standard Annex 11: wide and full-width characters take two columns, combining
and other invisible ones none, all others one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from unicodedata import category, east_asian_width

CUT = "⋯"
"""Stands where this program left words out; an author's own ellipsis is "…"."""

_PIECES = re.compile(r"(?:[^\s`]*`[^`]*`)+\S*|\S+")
_BLANK = re.compile(r"\s+")


def columns(text: str) -> int:
    """Return the number of columns that the text takes."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def is_wide(character: str) -> bool:
    """Whether a character takes two columns; no character takes none."""
    return bool(character) and _columns(character) == 2


def pad(text: str, width: int) -> str:
    """Return the text with spaces behind it up to a width."""
    return text + " " * (width - columns(text))


def printable(text: str) -> str:
    """Return the text as it can be shown in one line of a terminal.

    White space becomes one space. A control character becomes U+FFFD: a source or a post must not
    be able to steer the terminal or turn the direction of what stands beside it.
    """
    flat = _BLANK.sub(" ", text)
    if flat.isprintable():  # nearly always, and told thirty times as fast
        return flat
    return "".join("�" if _steers(character) else character for character in flat)


def wrap(
    text: str,
    width: int,
    *,
    used: int = 0,
    indent: int = 0,
    measure: Callable[[str], int] = columns,
) -> list[str]:
    """Return lines no wider than the width, unless a single word is.

    A command between backticks, which may be copied, stays in one line if it fits into one. `used`
    columns of the first line are taken already; the other lines begin with `indent` spaces.
    `measure` tells a word's columns.
    """
    lines, line, taken, room = list[str](), "", 0, width - used
    for word in _words(text, width - indent, measure):
        wide = measure(word)
        if line and taken + 1 + wide > room:
            lines.append(line)
            line, taken, room = "", 0, width - indent
        line, taken = (f"{line} {word}", taken + 1 + wide) if line else (word, wide)
    lines.append(line)
    return [lines[0], *(" " * indent + line for line in lines[1:])]


def _words(text: str, room: int, measure: Callable[[str], int]) -> Iterator[str]:
    """Yield what may not be broken: words, and what stands between backticks if there is room."""
    if "`" not in text:
        yield from text.split()
        return
    for piece in _PIECES.findall(text):
        words = piece.split()
        whole = " ".join(words)
        yield from [whole] if measure(whole) <= room else words


def shorten(text: str, width: int) -> str:
    """Return the text, its end cut off at a word where it is wider than the width."""
    if columns(text) <= width:
        return text
    kept = ""
    for character in text:
        if columns(kept) + _columns(character) > width - 1:
            break
        kept += character
    head, blank, _ = kept.rpartition(" ")
    return (head if blank and columns(head) * 2 > width else kept).rstrip() + CUT


def _steers(character: str) -> bool:
    return (
        category(character) == "Cc"
        or character in "\u202a\u202b\u202c\u202d\u202e"
        or ("\u2066" <= character <= "\u2069")
    )


@lru_cache(maxsize=4096)
def _columns(character: str) -> int:
    if category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1
