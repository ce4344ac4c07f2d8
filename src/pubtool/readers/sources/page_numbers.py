"""The numbers that are printed on pages, from the lines at their heads and feet.

A number counts only where it runs: on page after page it is one more, in the same figures, though
chapters often begin without one. A preface in Roman figures and the book behind it count anew, so
each stretch of pages has its own run. A number that does not run (a year, a volume, "of 12") is
none; where nothing runs the pages have no numbers, for a place in the file is no page number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pubtool.readers.sources.page_lines import number_of, numbers_at_ends

_FEWEST = 3
"""Pages that must have their number for it to run."""
_FEWEST_ROMAN = 2
"""Of a preface, which may be short; nothing else in Roman figures counts on with the pages."""
_MOST_SILENT = 8
"""Pages in a row before or behind a run that may have its numbers without showing them."""
_ARABIC = re.compile(r"(?<![\w.,])(\d{1,5})(?![\w,]|\.\d)")
_ROMAN_DIGITS = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        "m cm d cd c xc l xl x ix v iv i".split(),
        strict=True,
    )
)


class _Run(NamedTuple):
    """Pages whose numbers differ from their places in the file by the same."""

    offset: int
    roman: bool
    places: tuple[int, ...]
    """Of the pages that show it, ascending."""


def number_pages(edges: Sequence[Iterable[str]], fewest: int = _FEWEST) -> list[str]:
    """Return the number that is printed on each page, an empty string where none is known.

    `edges` are each page's lines at its head and foot; `fewest` is how many pages must show it. A
    page between two that have their numbers
    has its own, though it does not show it; so have those before and behind a run, as far as no
    other run and no number below one is in the way.
    """
    found: dict[tuple[int, bool], list[int]] = {}
    for place, lines in enumerate(edges):
        for value, roman in {number for line in lines for number in _numbers(line)}:
            found.setdefault((value - place, roman), []).append(place)
    runs = [
        _Run(offset, roman, part)
        for (offset, roman), places in found.items()
        for part in _parts(places, min(_FEWEST_ROMAN, fewest) if roman else fewest)
    ]
    owners: list[_Run | None] = [None] * len(edges)
    for run in sorted(runs, key=lambda run: (-len(run.places), run.places, run.offset)):
        span = range(run.places[0], run.places[-1] + 1)
        if all(owners[place] is None for place in span):
            owners[span.start : span.stop] = [run] * len(span)
    _extend(owners)
    return [_written(run, place) if run else "" for place, run in enumerate(owners)]


def _numbers(line: str) -> Iterable[tuple[int, bool]]:
    """Yield the numbers in a line that may be its page's, and whether they are Roman."""
    for found in _ARABIC.finditer(line):
        yield int(found[1]), False
    for value in numbers_at_ends(line):
        words = line.split()
        ends = {re.sub(r"\W", "", word) for word in (*words[:2], *words[-2:])}
        if any(not end.isdigit() and number_of(end) == value for end in ends if end):
            yield value, True


def _parts(places: Sequence[int], fewest: int) -> Iterable[tuple[int, ...]]:
    """Yield the stretches of some pages in which most have their number."""
    part: list[int] = []
    for place in (*places, None):
        if part and (place is None or place - part[-1] > len(part) + 1):
            if len(part) >= fewest and 2 * len(part) > part[-1] - part[0] + 1:
                yield tuple(part)
            part = []
        if place is not None:
            part.append(place)


def _extend(owners: list[_Run | None]) -> None:
    """Give the pages before and behind a run to it, those before it first."""
    shown = list(owners)
    for place in range(len(owners) - 2, -1, -1):
        after = owners[place + 1]
        near = any(shown[place : place + _MOST_SILENT + 1])
        if owners[place] is None and after is not None and near and place + after.offset > 0:
            owners[place] = after
    for place in range(1, len(owners)):
        if owners[place] is None and any(shown[max(place - _MOST_SILENT, 0) : place]):
            owners[place] = owners[place - 1]


def _written(run: _Run, place: int) -> str:
    value = place + run.offset
    return write_roman(value) if run.roman else str(value)


def write_roman(value: int) -> str:
    """Return a number in small Roman figures."""
    written = ""
    for worth, digits in _ROMAN_DIGITS:
        written += digits * (value // worth)
        value %= worth
    return written
