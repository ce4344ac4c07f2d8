"""Where a text's printed pages begin, and what of it is page furniture.

A page's number is only taken from what is printed: a mark in the text (``[p. 257]``, ``[257]``,
``*257``) or numbers in the heads or feet of a text with form feeds. Marks that could be something
else must run: each is one more than the one before. The place of a page in the file is no page
number.

Furniture is what may cut through a passage: page marks, note marks, and the head and foot lines
round a form feed. A line that is masked wrongly hides the source's own words, so lines count as
heads or feet only at the very edge of a page, and only if they stand, their digits aside, on most
pages (of the same side, since left and right pages differ).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from pubtool.model import Landmark, Locator, Span

_EDGE_LINES = 3
"""How many lines of a page's edge can be furniture; running heads have one or two."""
_FEWEST_PAGES = 3
"""With fewer pages of a side nothing can be said to repeat."""
_LEAST_GAP = 300
"""Code points between two page marks, in the median: a small printed page has some 1,000. Nearer
ones are citations or notes."""

_SPELLED = re.compile(r"\[(?:p|pp|page|pg)\.?\s*(\d{1,5})\]", re.IGNORECASE)
_BRACKETED = re.compile(r"(?<!\S)\[(\d{1,5})\](?!\S)")
_STARRED = re.compile(r"(?<![\w*])\*(\d{1,5})(?![\w*])")
_NOTE_NAMED = re.compile(r"\[\^[^\]\s]{1,32}\](?!:)")
_NOTE_BRACKETED = re.compile(r"(?<=[^\W\d_])[.,;:!?)”’\"']*(\[(\d{1,3})\])")
_NOTE_RAISED = re.compile(r"(?<=[^\s⁰¹²³⁴⁵⁶⁷⁸⁹])([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})")
_AT_FOOT = re.compile(r"\s*?\f")
_HEAD = re.compile(r"\f\s*([^\n]+)")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_NUMBER = re.compile(r"(?<![\w.,])(\d{1,5})(?![\w,]|\.\d)")


class _Mark(NamedTuple):
    span: Span
    value: int


class _Line(NamedTuple):
    span: Span
    text: str


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
    spans.extend(_note_marks(text))
    spans.extend(_edges(text))
    spans.extend(_numbered_feet(text))
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


def _page_marks(text: str) -> list[_Mark]:
    """Return the marks that say where a page begins: the first spelling that runs."""
    spelled = _marks(_SPELLED, text)
    if spelled and all(a.value < b.value for a, b in pairwise(spelled)):
        return spelled
    for pattern, fewest in ((_BRACKETED, 3), (_STARRED, 2)):
        run = longest_run(_marks(pattern, text))
        if len(run) >= fewest and _far_apart(run):
            return run
    return []


def _marks(pattern: re.Pattern[str], text: str) -> list[_Mark]:
    return [_Mark(Span(*found.span()), int(found[1])) for found in pattern.finditer(text)]


def _far_apart(marks: list[_Mark]) -> bool:
    gaps = [b.span.start - a.span.end for a, b in pairwise(marks)]
    return bool(gaps) and median(gaps) >= _LEAST_GAP


def _note_marks(text: str) -> Iterable[Span]:
    yield from (Span(*found.span()) for found in _NOTE_NAMED.finditer(text))
    raised = [
        _Mark(Span(*found.span(1)), int(found[1].translate(_RAISED)))
        for found in _NOTE_RAISED.finditer(text)
    ]
    bracketed = [
        _Mark(Span(*found.span(1)), int(found[2])) for found in _NOTE_BRACKETED.finditer(text)
    ]
    for marks, fewest in ((raised, 2), (bracketed, 3)):
        run = longest_run(marks)
        if len(run) >= fewest:
            yield from (mark.span for mark in run)


def longest_run(marks: list[_Mark]) -> list[_Mark]:
    """Return the longest subsequence in which each value is one more than the one before.

    Of several the one that ends first. One pass: the best run that ends in each value is kept.
    """
    length: dict[int, int] = {}
    before: list[int | None] = []
    last: dict[int, int] = {}
    best: int | None = None
    best_length = 0
    for index, mark in enumerate(marks):
        number = mark.value
        run = length.get(number - 1, 0) + 1
        before.append(last.get(number - 1) if run > 1 else None)
        if run > length.get(number, 0):
            length[number], last[number] = run, index
        if run > best_length:
            best, best_length = index, run
    chain: list[_Mark] = []
    while best is not None:
        chain.append(marks[best])
        best = before[best]
    return chain[::-1]


def _begin_of_page(text: str, mark: _Mark) -> int:
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
    alike = len(heads) > 1 and len({_fold(head[1]) for head in heads}) == 1
    for foot in feet:
        yield Span(text.rfind("\n", 0, foot.start) + 1, foot.end)
    yield from (Span(*head.span(1)) for head in heads if alike)


# --- Heads and feet -------------------------------------------------------------------------------


def _lines_of_pages(text: str) -> list[list[_Line]]:
    """Return each page's lines that are not blank."""
    pages, at = [], 0
    for page in text.split("\f"):
        lines = []
        for line in page.split("\n"):
            if line.strip():
                lines.append(_Line(Span(at, at + len(line)), line))
            at += len(line) + 1
        pages.append(lines)
    return pages


def _edges(text: str) -> Iterable[Span]:
    """Yield, for each form feed, the range of the foot before it and the head behind it."""
    if "\f" not in text:
        return
    pages = _lines_of_pages(text)
    heads = _repeated([page[:_EDGE_LINES] for page in pages])
    feet = _repeated([page[: -_EDGE_LINES - 1 : -1] for page in pages])
    for number, (head, foot) in enumerate(zip(heads, feet, strict=True)):
        if len(head) + len(foot) >= len(pages[number]):
            continue  # nothing but edges: a title page or a plate, not to be hidden
        if foot:
            yield Span(foot[-1].span.start, foot[0].span.end)
        if head:
            yield Span(head[0].span.start, head[-1].span.end)


def _repeated(edges: list[list[_Line]]) -> list[list[_Line]]:
    """Return of each page's edge, outermost first, the lines that most pages of its side have."""
    common: list[set[str]] = []
    for side in (0, 1):
        same_side = edges[side::2]
        counts = Counter(folded for edge in same_side for folded in {_fold(li.text) for li in edge})
        enough = max(_FEWEST_PAGES, len(same_side) // 2 + 1)
        common.append({folded for folded, count in counts.items() if count >= enough})
    kept = []
    for number, edge in enumerate(edges):
        lines = []
        for line in edge:
            if _fold(line.text) not in common[number % 2]:
                break
            lines.append(line)
        kept.append(lines)
    return kept


def _fold(line: str) -> str:
    return " ".join(re.sub(r"\d+", "#", line).split())


def _numbered_pages(text: str) -> tuple[Landmark, ...]:
    """Return the pages of a text with form feeds by the numbers printed at their edges.

    The number must be the page's place in the file plus the same on most pages; then it is that on
    all of them, for chapters often begin without one.
    """
    pages = _lines_of_pages(text)
    if not pages[-1]:
        pages.pop()
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
