"""Heads and feet: the lines at a page's edges that are no part of its text.

A line that is taken for one wrongly hides the source's own words, so lines count as heads or feet
only at the very edge of a page, and only if they stand, their digits aside, on most pages (of the
same side, since left and right pages differ), stand on three of that side in a row (a chapter's
head), begin or end with the page's number, which counts on over most pages, or repeat the title or
the author from the first lines of all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pubtool.readers.sources.page_lines import fold_line, numbers_at_ends

EDGE_LINES = 3
"""How many lines of a page's edge can be furniture; running heads have one or two."""
_FEWEST_PAGES = 3
"""With fewer pages of a side nothing can be said to repeat."""
_NUMBERED_LINES = 2
_OPENING = 5
_FEWEST_TITLES = 2
"""Pages that must share a title for it to be one, beside the page's number."""

_Edge = Sequence[str]
"""Lines of a page's edge, the outermost first."""


def count_edges(pages: Sequence[Sequence[str]]) -> tuple[list[int], list[int]]:
    """Return how many of each page's lines are its head, and how many its foot.

    Given are all lines of each page that are not blank, from top to bottom.
    """
    tops = [page[:EDGE_LINES] for page in pages]
    bottoms = [page[: -EDGE_LINES - 1 : -1] for page in pages]
    offsets = _offsets(tops, bottoms)
    heads = _furniture_of_edges(tops, offsets)
    named = _opening_lines(pages)
    for number, edge in enumerate(tops[1:], 1):
        if not heads[number] and edge and _title(edge[0]) in named:
            heads[number] = 1
    return heads, _furniture_of_edges(bottoms, offsets)


def _opening_lines(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """Return the lines with which a text begins, folded: its title and author among them.

    On top of a page they are its head, however few pages there are; a single word may be any word.
    """
    titles = map(_title, pages[0][:_OPENING] if pages else ())
    return frozenset(title for title in titles if len(title.split()) > 1)


def _furniture_of_edges(edges: Sequence[_Edge], offsets: set[int]) -> list[int]:
    """Return of each page's edge, outermost first, how many lines are furniture."""
    everywhere = _common(edges, _FEWEST_PAGES + 1)
    common = [_common(edges[side::2], _FEWEST_PAGES) | everywhere for side in (0, 1)]
    named = [[_title(line) for line in edge] for edge in edges]
    titles = Counter(title for names in named for title in set(names))
    counts = []
    for number, edge in enumerate(edges):
        count = 0
        for place, line in enumerate(edge):
            furniture = (
                fold_line(line) in common[number % 2]
                or _runs(named, number, place)
                or _is_numbered(line, number, offsets, titles)
            )
            if not furniture:
                break
            count += 1
        counts.append(count)
    return counts


def _common(edges: Sequence[_Edge], fewest: int) -> set[str]:
    """Return the lines, folded, that most of some pages have at their edge, `fewest` at least."""
    counts = Counter(folded for edge in edges for folded in {fold_line(line) for line in edge})
    enough = max(fewest, len(edges) // 2 + 1)
    return {folded for folded, count in counts.items() if count >= enough}


def _runs(named: list[list[str]], number: int, place: int) -> bool:
    """Whether the same line, its page number aside, is on three pages of a side in a row."""
    mine = named[number][place]
    run = 1
    for step in (-2, 2):
        at = number + step
        while 0 <= at < len(named) and mine in named[at][: place + 1]:
            run += 1
            at += step
    return bool(mine) and run >= _FEWEST_PAGES


def _title(line: str) -> str:
    """Return a line without the number at one of its ends, which is the page's."""
    rests = [rest for rest in numbers_at_ends(line).values() if rest]
    return min(rests, key=len) if rests else " ".join(line.casefold().split())


def _offsets(tops: Sequence[_Edge], bottoms: Sequence[_Edge]) -> set[int]:
    """Return by how much the numbers at the edges differ from the pages' places, where that runs.

    A preface and the book behind it count anew, so there may be several. A chapter's first page has
    its number at the foot, the others at the head.
    """
    found: dict[int, list[int]] = {}
    for place, edges in enumerate(zip(tops, bottoms, strict=True)):
        lines = [line for edge in edges for line in edge[:_NUMBERED_LINES]]
        for value in {value for line in lines for value in numbers_at_ends(line)}:
            found.setdefault(value - place, []).append(place)
    return {offset for offset, places in found.items() if _is_run(places)}


def _is_run(places: list[int]) -> bool:
    """Whether enough pages close to each other have their number: most of those that they span."""
    return len(places) >= _FEWEST_PAGES and 2 * len(places) > places[-1] - places[0] + 1


def _is_numbered(line: str, place: int, offsets: set[int], titles: Counter[str]) -> bool:
    """Whether a line is its page's number, or one with a title that other pages have."""
    rests = [rest for value, rest in numbers_at_ends(line).items() if value - place in offsets]
    return any(not rest or titles[rest] >= _FEWEST_TITLES for rest in rests)
