"""Where a text's printed pages begin, and what of it is page furniture.

A page's number is only taken from what is printed: a mark in the text (``[p. 257]``, ``[257]``,
``*257``) or numbers in the heads or feet of a text with form feeds. Marks that could be something
else must run: each is one more than the one before. The place of a page in the file is no page
number.

Furniture is what may cut through a passage: page marks, note marks, and the notes, foot and head
round a form feed. A line that is masked wrongly hides the source's own words, so lines count as
heads or feet only at the very edge of a page, and only if they stand, their digits aside, on most
pages (of the same side, since left and right pages differ), stand on three of that side in a row
(a chapter's head), or begin or end with the page's number, which counts on over most pages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from statistics import median

from pubtool.model import Landmark, Locator, Span
from pubtool.readers.sources.footnotes import find_footnotes
from pubtool.readers.sources.page_breaks import find_breaks
from pubtool.readers.sources.page_lines import (
    Line,
    Mark,
    fold_line,
    lines_of_pages,
    longest_run,
    numbers_at_ends,
)

_EDGE_LINES = 3
"""How many lines of a page's edge can be furniture; running heads have one or two."""
_FEWEST_PAGES = 3
"""With fewer pages of a side nothing can be said to repeat."""

_NUMBERED_LINES = 2
_FEWEST_TITLES = 2
"""Pages that must share a title for it to be one, beside the page's number."""

_LEAST_GAP = 300
"""Code points between two page marks, in the median: a small printed page has some 1,000. Nearer
ones are citations or notes."""

_SPELLED = re.compile(r"\[(?:[pP]{1,2}|[pP][aA][gG][eE]|[pP][gG])\.?\s*(\d{1,5})\]")
_BRACKETED = re.compile(r"\[(?<!\S\[)(\d{1,5})\](?!\S)")
_STARRED = re.compile(r"\*(?<![\w*]\*)(\d{1,5})(?![\w*])")
_NOTE_NAMED = re.compile(r"\[\^[^\]\s]{1,32}\](?!:)")
_NOTE_BRACKETED = re.compile(r"\[(\d{1,3})\]")
_BEHIND_WORD = re.compile(r"[^\W\d_][.,;:!?)”’\"']*\Z")
_LONGEST_MARKS = 16
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_NOTE_RAISED = re.compile(rf"(?<=[^\s{_SUPERSCRIPTS}])([{_SUPERSCRIPTS}]{{1,3}})")
_AT_FOOT = re.compile(r"\s*?\f")
_HEAD = re.compile(r"\f\s*([^\n]+)")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_NUMBER = re.compile(r"(?<![\w.,])(\d{1,5})(?![\w,]|\.\d)")


def find_pages(text: str) -> tuple[Landmark, ...]:
    """Return where the printed pages begin, in order; nothing if the text does not say."""
    if text.count("\f") >= _FEWEST_PAGES - 1:
        numbered = _numbered_pages(text)
        if numbered:
            return numbered
    return tuple(
        Landmark(_begin_of_page(text, mark), _page(mark.value)) for mark in _page_marks(text)
    )


def find_furniture(text: str) -> tuple[Span, ...]:
    """Return the spans of page marks, note marks, heads and feet, sorted and disjoint."""
    spans = [mark.span for mark in _page_marks(text)]
    spans.extend(find_note_marks(text))
    spans.extend(_edges(text))
    spans.extend(_numbered_feet(text))
    spans.extend(find_breaks(text))
    return merge_spans(spans)


def merge_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return ranges sorted, those that overlap or touch as one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return tuple(merged)


def _page(value: int) -> Locator:
    return Locator("page", str(value))


# --- Marks in the text ----------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _page_marks(text: str) -> tuple[Mark, ...]:
    """Return the marks that say where a page begins: the first spelling that runs."""
    spelled = _marks(_SPELLED, text)
    if spelled and all(a.value < b.value for a, b in pairwise(spelled)):
        return tuple(spelled)
    for pattern, fewest in ((_BRACKETED, 3), (_STARRED, 2)):
        run = longest_run(_marks(pattern, text))
        if len(run) >= fewest and _far_apart(run):
            return tuple(run)
    return ()


def _marks(pattern: re.Pattern[str], text: str) -> list[Mark]:
    return [Mark(Span(*found.span()), int(found[1])) for found in pattern.finditer(text)]


def _far_apart(marks: Sequence[Mark]) -> bool:
    gaps = [b.span.start - a.span.end for a, b in pairwise(marks)]
    return bool(gaps) and median(gaps) >= _LEAST_GAP


def find_note_marks(text: str) -> Iterable[Span]:
    """Yield the marks of notes: ``[^3]``, and raised or bracketed numbers that run."""
    yield from (Span(*found.span()) for found in _NOTE_NAMED.finditer(text))
    raised = []
    if not text.isascii() and any(digit in text for digit in _SUPERSCRIPTS):
        raised = [
            Mark(Span(*found.span(1)), int(found[1].translate(_RAISED)))
            for found in _NOTE_RAISED.finditer(text)
        ]
    bracketed = [
        Mark(Span(*found.span()), int(found[1]))
        for found in _NOTE_BRACKETED.finditer(text)
        if _BEHIND_WORD.search(text, max(found.start() - _LONGEST_MARKS, 0), found.start())
    ]
    for marks, fewest in ((raised, 2), (bracketed, 3)):
        run = longest_run(marks)
        if len(run) >= fewest:
            yield from (mark.span for mark in run)


def _begin_of_page(text: str, mark: Mark) -> int:
    """Return where the page of a mark begins: behind it, unless it is the page's foot."""
    if _AT_FOOT.match(text, mark.span.end):
        return text.rfind("\f", 0, mark.span.start) + 1
    return mark.span.end


def _numbered_feet(text: str) -> Iterable[Span]:
    """Yield the feet that hold a page's number, and the heads behind them that are all alike.

    A foot with a number and a form feed behind it is one in a text of few pages too.
    """
    feet = [m.span for m in _page_marks(text) if _AT_FOOT.match(text, m.span.end)]
    heads = [found for foot in feet if (found := _HEAD.match(text, text.index("\f", foot.end)))]
    alike = len(heads) > 1 and len({fold_line(head[1]) for head in heads}) == 1
    for foot in feet:
        yield Span(text.rfind("\n", 0, foot.start) + 1, foot.end)
    yield from (Span(*head.span(1)) for head in heads if alike)


# --- Heads and feet -------------------------------------------------------------------------------


def _edges(text: str) -> Iterable[Span]:
    """Yield, for each form feed, the range of the foot before it and the head behind it."""
    if "\f" not in text:
        return
    pages = lines_of_pages(text)
    tops = [page[:_EDGE_LINES] for page in pages]
    bottoms = [page[: -_EDGE_LINES - 1 : -1] for page in pages]
    offsets = _offsets(tops, bottoms)
    heads, feet = _furniture_of_edges(tops, offsets), _furniture_of_edges(bottoms, offsets)
    bodies = []
    for number, (head, foot) in enumerate(zip(heads, feet, strict=True)):
        if head + foot >= len(pages[number]):
            bodies.append(pages[number])
            continue  # nothing but edges: a title page or a plate, not to be hidden
        lines = pages[number]
        bodies.append(lines[head : len(lines) - foot])
        if foot:
            yield Span(lines[-foot].start, lines[-1].end)
        if head:
            yield Span(lines[0].start, lines[head - 1].end)
    yield from find_footnotes(bodies)


def _furniture_of_edges(edges: Sequence[Sequence[Line]], offsets: set[int]) -> list[int]:
    """Return of each page's edge, outermost first, how many lines are furniture."""
    common = [_common(edges[side::2]) for side in (0, 1)]
    named = [[_title(line.text) for line in edge] for edge in edges]
    titles = Counter(title for names in named for title in set(names))
    counts = []
    for number, edge in enumerate(edges):
        count = 0
        for place, line in enumerate(edge):
            furniture = (
                fold_line(line.text) in common[number % 2]
                or _runs(named, number, place)
                or _is_numbered(line, number, offsets, titles)
            )
            if not furniture:
                break
            count += 1
        counts.append(count)
    return counts


def _common(edges: Sequence[Sequence[Line]]) -> set[str]:
    """Return the lines, folded, that most pages of a side have at their edge."""
    counts = Counter(folded for edge in edges for folded in {fold_line(li.text) for li in edge})
    enough = max(_FEWEST_PAGES, len(edges) // 2 + 1)
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


def _offsets(tops: Sequence[Sequence[Line]], bottoms: Sequence[Sequence[Line]]) -> set[int]:
    """Return by how much the numbers at the edges differ from the pages' places, where that runs.

    A preface and the book behind it count anew, so there may be several. A chapter's first page has
    its number at the foot, the others at the head.
    """
    found: dict[int, list[int]] = {}
    for place, edges in enumerate(zip(tops, bottoms, strict=True)):
        lines = [line for edge in edges for line in edge[:_NUMBERED_LINES]]
        for value in {value for line in lines for value in numbers_at_ends(line.text)}:
            found.setdefault(value - place, []).append(place)
    return {offset for offset, places in found.items() if _is_run(places)}


def _is_run(places: list[int]) -> bool:
    """Whether enough pages close to each other have their number: most of those that they span."""
    return len(places) >= _FEWEST_PAGES and 2 * len(places) > places[-1] - places[0] + 1


def _is_numbered(line: Line, place: int, offsets: set[int], titles: Counter[str]) -> bool:
    """Whether a line is its page's number, or one with a title that other pages have."""
    rests = [rest for value, rest in numbers_at_ends(line.text).items() if value - place in offsets]
    return any(not rest or titles[rest] >= _FEWEST_TITLES for rest in rests)


def _numbered_pages(text: str) -> tuple[Landmark, ...]:
    """Return the pages of a text with form feeds by the numbers printed at their edges.

    The number must be the page's place in the file plus the same on most pages; then it is that on
    all of them, for chapters often begin without one.
    """
    pages = lines_of_pages(text)
    if not pages[-1]:
        pages = pages[:-1]
    offsets: Counter[int] = Counter()
    for place, lines in enumerate(pages):
        edge = {line.text for line in (*lines[:2], *lines[-2:])}
        numbers = {int(found) for line in edge for found in _NUMBER.findall(line)}
        offsets.update(number - place for number in numbers)
    if not offsets:
        return ()
    offset, count = max(offsets.items(), key=lambda item: (item[1], -item[0]))
    if count <= len(pages) // 2 or count < _FEWEST_PAGES:
        return ()
    starts = [0] + [found.end() for found in re.finditer("\f", text)]
    return tuple(
        Landmark(start, _page(place + offset))
        for place, start in enumerate(starts[: len(pages)])
        if place + offset > 0
    )
