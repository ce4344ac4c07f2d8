"""Heads and feet by where they stand: at the same height on page after page.

What a text alone can tell of its pages' edges (`edges`) needs many pages. On paper two are enough,
if the same words stand at the same height of both, or numbers that count on with the pages do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from pubtool.readers.sources.edges import EDGE_LINES, count_edges
from pubtool.readers.sources.layout.printed import PrintedLine
from pubtool.readers.sources.page_lines import numbers_at_ends

_NEAR = 4
"""Pages on either side that are looked at: left and right ones differ, and plates come between."""
_SWAY = 3.0
"""Points by which one head may stand higher than another."""
_LONGEST = 14
"""Words of a head whose number alone shows that it is one."""

_SHORTEST = 2
"""Words, at most, of a head that is not known without what may be its number."""
_LONGEST_BARE = 3
"""Words of a number with dashes or brackets round it."""

Row = Sequence[PrintedLine]
"""Lines side by side, from left to right."""


@dataclass(frozen=True)
class _Edge:
    """A row at the edge of a page."""

    page: int
    height: float
    text: str
    titles: frozenset[str]
    """Its words, folded, without a number at an end."""
    offsets: frozenset[int]
    """By how much the numbers at its ends differ from the page's place."""
    bare: bool
    """Whether it is a number and nothing else, wherever it stands."""


def count_heads(pages: Sequence[Sequence[Row]]) -> tuple[list[int], list[int]]:
    """Return how many of each page's rows are its head, and how many its foot.

    Given are all rows of each page, from top to bottom. A page that has nothing else is a title
    page or a plate, and has neither.
    """
    heads, feet = count_edges([[_text(row) for row in page] for page in pages])
    tops = [[_edge(n, row) for row in page[:EDGE_LINES]] for n, page in enumerate(pages)]
    bottoms = [
        [_edge(n, row) for row in page[: -EDGE_LINES - 1 : -1]] for n, page in enumerate(pages)
    ]
    both = [top + bottom for top, bottom in zip(tops, bottoms, strict=True)]
    for number, page in enumerate(pages):
        heads[number] = max(heads[number], _count(tops[number], both, number))
        feet[number] = max(feet[number], _count(bottoms[number], both, number))
        if heads[number] + feet[number] >= len(page):
            heads[number] = feet[number] = 0
    return heads, feet


def _text(row: Row) -> str:
    return " ".join(line.text for line in row)


def _edge(page: int, row: Row) -> _Edge:
    text = _text(row)
    numbers = {n: rest for line in (text, *(x.text for x in row)) for n, rest in _ends(line)}
    titles = {rest for rest in numbers.values() if rest} or _titles(row)
    offsets = frozenset(number - page for number in numbers)
    bare = any(not rest for rest in numbers.values()) and len(text.split()) <= _LONGEST_BARE
    return _Edge(page, row[0].box.top, text, frozenset(titles), offsets, bare)


def _titles(row: Row) -> set[str]:
    """Return what a head without a number says, as it is and without what may be its number.

    A recogniser takes the 5 at a head's end for an S, the 7 for a bracket, and is in doubt.
    """
    text, first, last = _text(row), row[0], row[-1]
    found = {" ".join(text.casefold().split())}
    if any(span.end == len(last.text) for span in last.doubtful):
        found.add(" ".join(re.findall(r"\w+", text.casefold().rpartition(" ")[0])))
    if any(span.start == 0 for span in first.doubtful):
        found.add(" ".join(re.findall(r"\w+", text.casefold().partition(" ")[2])))
    return found - {""}


def _ends(line: str) -> list[tuple[int, str]]:
    return list(numbers_at_ends(line).items())


def _count(edge: Sequence[_Edge], pages: Sequence[Sequence[_Edge]], number: int) -> int:
    """Return how many rows of a page's edge, from the outermost on, stand on others too."""
    others = [
        other
        for place in range(max(number - _NEAR, 0), min(number + _NEAR + 1, len(pages)))
        if place != number
        for other in pages[place]
    ]
    alike = (any(_are_alike(row, other) for other in others) for row in edge)
    return sum(1 for _ in takewhile(bool, alike))


def _are_alike(edge: _Edge, other: _Edge) -> bool:
    level = abs(edge.height - other.height) <= _SWAY
    if level and edge.titles & other.titles:
        return True
    short = max(len(edge.text.split()), len(other.text.split())) <= _LONGEST
    return (level or edge.bare or other.bare) and short and bool(edge.offsets & other.offsets)
