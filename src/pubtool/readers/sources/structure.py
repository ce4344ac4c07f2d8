"""A text's own structure: articles, sections, chapters, parts, titles, and the items within them.

Within an article the numbered paragraphs and lettered items give composite locators, in the manner
in which lawyers cite: ``25(5)``, ``3(a)``, ``3(1)(a)``. A number or letter at a line's start is an
item only if its numbering runs (1 then 2, a then b); how deep it stands follows from what runs on
and what begins anew, not from indentation. In a text that is an excerpt an item may stand alone,
since those before and behind it may have been left out. Where a text has no articles, its sections
are taken in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from pubtool.model import Landmark, Locator
from pubtool.readers.sources.headings import find_headings

_ITEM = re.compile(
    r"[ \t]*(?:\((?P<inner>\d{1,3}|[a-zA-Z]|[ivxlIVXL]{2,6})\)"
    r"|(?P<closed>\d{1,3}|[a-zA-Z]|[ivxlIVXL]{2,6})(?P<mark>\)|\.(?=\s|$|[^\W\d_]{2}))"
    r"|(?P<bare>\d{1,2})(?=[ \t]+[\"“‘(\[]?[^\W\d_a-z]))"
)
"""Real texts glue the words to the mark (``a)Each Party``), or leave it alone on its line."""
_PARAGRAPHS = frozenset({"1.", "1)", "1bare"})
"""Numbers in these styles are an article's paragraphs; they never stand below a lettered item."""
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


class _Reading(NamedTuple):
    """One way to read an item's mark: a style such as ``a)`` or ``(1)``, and its ordinal."""

    style: str
    ordinal: int


@dataclass(slots=True)
class _Level:
    """Items of one style that run on, while the text is gone through."""

    style: str
    ordinal: int
    above: _Item | None
    """The item that they stand in."""
    items: list[_Item] = field(default_factory=list)


@dataclass(slots=True)
class _Item:
    at: int
    value: str
    level: _Level


def find_structure(text: str, *, lone_items: bool) -> tuple[Landmark, ...]:
    """Return the landmarks of headings and items, by place.

    `lone_items` says that an item needs no neighbour, as in an excerpt.
    """
    headings = find_headings(text)
    labels = {heading.locator.label for heading in headings}
    unit = "article-locator" if "article-locator" in labels else "section"
    found = []
    for number, heading in enumerate(headings):
        found.append(heading)
        if heading.locator.label == unit:
            following = headings[number + 1 :]
            end = following[0].at if following else len(text)
            found.extend(_items(text, heading, end, 1 if lone_items else 2))
    return tuple(found)


# --- Items ----------------------------------------------------------------------------------------


def _items(text: str, heading: Landmark, end: int, fewest: int) -> Iterator[Landmark]:
    """Yield a landmark for each item of the article whose numbering runs."""
    items: list[_Item] = []
    open_levels: list[_Level] = []
    at = heading.at
    for line in text[heading.at : end].split("\n"):
        found = _ITEM.match(line)
        if found:
            value = found["inner"] or found["closed"] or found["bare"]
            item = _take(open_levels, _readings(found), value, at + found.start(), fewest)
            items.extend([item] if item else [])
        at += len(line) + 1
    for item in items:
        if len(item.level.items) >= fewest:
            path = "".join(f"({value})" for value in _path(item, fewest))
            yield Landmark(item.at, Locator(heading.locator.label, heading.locator.value + path))


def _take(
    levels: list[_Level], readings: list[_Reading], value: str, at: int, fewest: int
) -> _Item | None:
    """Put an item at the level that it runs on, or at a new one that it begins; else None."""
    for depth in range(len(levels) - 1, -1, -1):
        level = levels[depth]
        for reading in readings:
            if reading.style == level.style and _runs(level, reading, fewest):
                del levels[depth + 1 :]
                level.ordinal = reading.ordinal
                return _add(level, value, at)
    taken = {level.style for level in levels}
    for reading in readings:
        misplaced = levels and reading.style in _PARAGRAPHS
        if reading.style not in taken and not misplaced and _begins(reading, fewest):
            above = levels[-1].items[-1] if levels else None
            levels.append(_Level(reading.style, reading.ordinal, above))
            return _add(levels[-1], value, at)
    return None


def _add(level: _Level, value: str, at: int) -> _Item:
    item = _Item(at, value, level)
    level.items.append(item)
    return item


def _runs(level: _Level, reading: _Reading, fewest: int) -> bool:
    step = reading.ordinal - level.ordinal
    return step == 1 or (step > 1 and fewest == 1 and not reading.style.endswith("bare"))


def _begins(reading: _Reading, fewest: int) -> bool:
    return reading.ordinal == 1 or (fewest == 1 and not reading.style.endswith("bare"))


def _path(item: _Item, fewest: int) -> list[str]:
    path, here = [item.value], item.level.above
    while here is not None:
        if len(here.level.items) >= fewest:
            path.append(here.value)
        here = here.level.above
    return path[::-1]


def _readings(found: re.Match[str]) -> list[_Reading]:
    """Return how the mark can be read: ``(i)`` is the letter before it is the number one."""
    value = found["inner"] or found["closed"] or found["bare"]
    form = "()" if found["inner"] else found["mark"] or "bare"
    if value.isdigit():
        return [_Reading(f"1{form}", int(value))]
    case = "A" if value.isupper() else "a"
    readings = []
    if len(value) == 1:
        readings.append(_Reading(f"{case}{form}", ord(value.lower()) - ord("a") + 1))
    roman = _roman(value.lower())
    if roman:
        readings.append(_Reading(f"{'I' if case == 'A' else 'i'}{form}", roman))
    return readings if roman != 1 else sorted(readings, key=lambda r: r.style[0] in "aA")


def _roman(value: str) -> int:
    """Return the number that lower-case Roman digits write, or 0."""
    if not re.fullmatch(r"x{0,3}(?:ix|iv|v?i{0,3})|xl|l", value):
        return 0
    digits = [_ROMAN[digit] for digit in value]
    pairs = zip(digits, [*digits[1:], 0], strict=True)
    return sum(-digit if digit < following else digit for digit, following in pairs)
