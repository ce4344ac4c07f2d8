"""Footnotes by their look: small lines at a column's foot that begin with a mark.

Print sets notes smaller than the text, below it, and each begins with its mark (Chicago 14.24 to
14.33). A note that fills its page goes on at the foot of the next one, before that page's own
notes. Small lines without a mark are a caption or a table, and are left with the text, unless a
note was left unfinished. Notes as large as the text are found by their marks alone (`footnotes`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pubtool.readers.sources.layout.printed import PrintedLine

_SMALLER = 0.955
"""Size of a note's letters, as a share of the text's, at most; 10 on 10.5 points is the least."""
_SMALLER_IN_SCANS = 0.93
"""The same where a recogniser measured: its sizes sway by a twentieth."""
_INSET = 0.5
"""Distance between the left edges of text and notes, at most, in sizes of the text's letters."""
_MARK = re.compile(
    r"(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4}|[\[(]?\d{1,3}[\])]?[.]?(?=\s*[^\W\d_]|\s*[“‘\"'(\[])|[*∗†‡§‖¶]{1,3})\s*(?=\S)"
)
_FINISHED = re.compile(r"[.!?][\"'”’)\]]*\s*\Z")
_FEWEST_TEXT = 2
"""Lines of text that must stand above the notes: pages in small type are no notes."""
_APART = 1.25
"""Distance from the text to the notes, at least, as a multiple of that between the notes' lines."""


class Carried(NamedTuple):
    """What a page leaves to the next one."""

    note: bool = False
    """Whether its last note goes on there."""
    sentence: bool = False
    """Whether its text, above notes, ends within a sentence."""


def find_notes(
    lines: Sequence[PrintedLine], size: float, carried: Carried, *, marked: bool
) -> tuple[set[int], Carried]:
    """Return which of a page's lines, in reading order, are notes, and what they leave.

    `size` is that of the text's letters; `carried` is what the page before left; `marked` says that
    a mark which is there can be seen.
    """
    found: set[int] = set()
    goes_on = carried.note
    least = size * (_SMALLER if marked else _SMALLER_IN_SCANS)
    for column in _columns(lines):
        block = [] if marked else _mostly_small_behind_gap(lines, column, least)
        if not block:
            block = _small_at_foot(lines, column, least, whole=goes_on or carried.sentence)
        first = next((n for n, place in enumerate(block) if _MARK.match(lines[place].text)), None)
        if first is None and not goes_on and len(block) < len(column):
            block = [] if marked or not _looks_like_notes(lines, column, block) else block
        elif first is not None and not (goes_on or _stands_apart(lines, column, block)):
            block = block[first:]
        found.update(block)
        goes_on = bool(block) and not _FINISHED.search(lines[block[-1]].text)
    text = [line for place, line in enumerate(lines) if place not in found]
    cut = bool(found and text) and not _FINISHED.search(text[-1].text)
    return found, Carried(goes_on, cut or (carried.sentence and not text))


def _mostly_small_behind_gap(
    lines: Sequence[PrintedLine], column: Sequence[int], least: float
) -> list[int]:
    """Return the lines at a column's end that a gap parts from the text and that are mostly small.

    A recogniser takes a line with a raised mark for larger than it is: single ones do not count.
    """
    tops = [lines[place].box.top for place in column]
    large = [lines[place].size > least for place in column]
    for first in range(_FEWEST_TEXT, len(column) - 1):
        gap, above = tops[first] - tops[first - 1], tops[first - 1] - tops[first - 2]
        below = tops[first + 1] - tops[first]
        if not (gap > _APART * max(above, below) > 0 and all(large[first - 2 : first])):
            continue
        rest = large[first:]
        if 2 * rest.count(False) > len(rest) and not any(a and b for a, b in pairwise(rest)):
            return list(column[first:])
    return []


def _looks_like_notes(
    lines: Sequence[PrintedLine], column: Sequence[int], block: Sequence[int]
) -> bool:
    """Whether small lines at a column's foot whose mark nobody can see are notes all the same.

    They stand apart, interrupt a sentence, and are not set in as a whole, as a quotation in small
    type is. Without the gap they are text: a line without a tall letter seems small.
    """
    if not block or column.index(block[0]) < _FEWEST_TEXT:
        return False
    above = [lines[place] for place in column[: column.index(block[0])]]
    step = above[-1].box.top - above[-2].box.top
    apart = lines[block[0]].box.top - above[-1].box.top > _APART * step > 0
    edge = min(line.box.left for line in above)
    inset = min(lines[place].box.left for place in block) - edge
    last = above[-1].text.rstrip()
    cut = not _FINISHED.search(last) and not last.endswith(":")
    return apart and cut and (len(block) == 1 or inset <= _INSET * above[-1].size)


def _columns(lines: Sequence[PrintedLine]) -> list[list[int]]:
    """Return the lines of each column, by their places in reading order."""
    columns: list[list[int]] = []
    for place, line in enumerate(lines):
        before = lines[place - 1] if place else None
        above = before is not None and line.box.top > before.box.top - before.size
        if columns and above:
            columns[-1].append(place)
        else:
            columns.append([place])
    return columns


def _small_at_foot(
    lines: Sequence[PrintedLine], column: Sequence[int], least: float, *, whole: bool
) -> list[int]:
    """Return the lines at the end of a column that are smaller than the text above them.

    `least` is the size up to which a line is small; `whole` says that there need be no text above
    them.
    """
    large = [number for number, place in enumerate(column) if lines[place].size > least]
    if len(large) < _FEWEST_TEXT and (large or not whole):
        return []
    return list(column[large[-1] + 1 :] if large else column)


def _stands_apart(
    lines: Sequence[PrintedLine], column: Sequence[int], block: Sequence[int]
) -> bool:
    """Whether a gap parts the small lines from the text above them."""
    above = column.index(block[0]) - 1
    if above < 0 or len(block) < 2:
        return False
    gap = lines[block[0]].box.top - lines[column[above]].box.top
    return gap > _APART * (lines[block[1]].box.top - lines[block[0]].box.top)
