"""Page breaks of a text without form feeds: a line with the page's number, blank lines round it.

A converter that drops form feeds leaves foot and head in the middle of the text. What tells a
page's number from a heading's: it cuts sentences in two. So numbered lines count as page breaks
only if they count on, lie a page apart, and a third come where the line before does not end a
sentence and the one behind goes on in a small letter. The lines that then stand beside most of
them are foot and head too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from pubtool.model import Span
from pubtool.readers.sources.page_lines import (
    Line,
    Mark,
    fold_line,
    lines_of_pages,
    longest_run,
    numbers_at_ends,
)

_FEWEST = 3
"""Page breaks from which on something can be said to repeat."""

_LEAST_APART = 300
"""Code points between two page breaks, in the median; see `pages`."""

_MOST_LENGTH = 90
_MOST_TITLE_WORDS = 10
_MOST_BESIDE = 3
"""Lines of a head, or of a foot, beside the one with the number."""

_GOES_ON = re.compile(r"\s*[^\W\d_A-Z]")
_UNFINISHED = re.compile(r"[\w,-]\s*\Z")


def find_breaks(text: str) -> Iterable[Span]:
    """Yield the spans of the feet and heads at the page breaks of a text without form feeds."""
    if "\f" in text:
        return
    if not _has_lines_apart(text):
        return
    lines = lines_of_pages(text)[0]
    numbered = _numbered_lines(lines)
    before = _beside(lines, numbered, -1)
    after = _beside(lines, numbered, 1)
    if not _cut_sentences(lines, numbered, before, after):
        return
    for number in numbered:
        first, last = number - before, number + after
        if first >= 0 and last < len(lines):
            yield Span(lines[first].start, lines[last].end)


def _has_lines_apart(text: str) -> bool:
    """Whether enough lines with blank ones on both sides differ in a number alone."""
    lines = text.split("\n")
    blank = [not line or line.isspace() for line in lines]
    sides = zip(lines[1:], blank, blank[1:], blank[2:], strict=False)
    apart = (
        line
        for line, before, mine, after in sides
        if before and after and not mine and len(line) <= _MOST_LENGTH
    )
    rests = Counter(rest for line in apart for rest in set(numbers_at_ends(line).values()))
    return max(rests.values(), default=0) >= _FEWEST


def _numbered_lines(lines: Sequence[Line]) -> list[int]:
    """Return which lines hold the numbers of pages."""
    found: dict[int, tuple[int, str]] = {}
    for place, line in enumerate(lines[:-1]):
        if line.gap and lines[place + 1].gap and len(line.text) <= _MOST_LENGTH:
            for value, rest in numbers_at_ends(line.text).items():
                if len(rest.split()) <= _MOST_TITLE_WORDS:
                    found.setdefault(place, (value, rest))
    counts = Counter(rest for _, rest in found.values())
    marks = [
        Mark(lines[place].span, value)
        for place, (value, rest) in found.items()
        if counts[rest] >= _FEWEST
    ]
    run = {mark.span for mark in longest_run(marks)}
    return [place for place in found if lines[place].span in run]


def _cut_sentences(lines: Sequence[Line], numbered: Sequence[int], before: int, after: int) -> bool:
    """Whether the breaks lie a page apart, and many of them within a sentence."""
    if len(numbered) < _FEWEST:
        return False
    starts = [lines[place].start for place in numbered]
    cut = sum(1 for n in numbered if _is_cut(lines, n - before - 1, n + after + 1))
    apart = median(b - a for a, b in pairwise(starts))
    return apart >= _LEAST_APART and 3 * cut >= len(numbered)


def _is_cut(lines: Sequence[Line], above: int, below: int) -> bool:
    """Whether a sentence that is not at its end goes on below in a small letter."""
    if above < 0 or below >= len(lines):
        return False
    return bool(_UNFINISHED.search(lines[above].text)) and bool(_GOES_ON.match(lines[below].text))


def _beside(lines: Sequence[Line], numbered: Sequence[int], step: int) -> int:
    """Return how many lines before (-1) or behind (1) the numbered ones are mostly alike."""
    for distance in range(1, _MOST_BESIDE + 1):
        places = [number + step * distance for number in numbered]
        folds = Counter(fold_line(lines[n].text) for n in places if 0 <= n < len(lines))
        if 2 * max(folds.values(), default=0) <= len(numbered):
            return distance - 1
    return _MOST_BESIDE
