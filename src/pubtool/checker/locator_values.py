"""What the value of a locator names: numbers, ranges of them, and whether one lies within.

Values are compared part by part (``3(a)`` is inside ``3``; ``245-46`` holds ``246``).
"""

from __future__ import annotations

import re

from pubtool.model import FINER, Locator

_COMPOSITE = re.compile(r"[:(]")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_AND = re.compile(r"[,;&]|\b(?:and|und|et(?! s)|y(?! s)|e(?! s)|en|og|och|и)\b")
_ON = re.compile(
    r"(?<=[\d)])(?:\s?(?P<one>f|sq)|\s(?:(?:et|e|y)\s)?(?P<some>s)|"
    r"\s?(?:ff|sqq)|\s(?:(?:et|e|y|u\.)\s)?(?:ss|seqq?|suiv))\.?\Z"
)
"""What says that following pages are meant too."""

_FOLLOWING = 9
"""Pages that ``ff.`` and *et seq.* reach beyond the one that they stand behind. How far is the
author's business; a passage in another part of the book is another place."""

_LETTERED = frozenset({"section", "article-locator", "paragraph", "rule"})
"""Where a number may have a letter: § 312f is no § 312 f."""


_FINER_LABELS = {short: inner for (_, inner), short in FINER.items()}
_FINER = re.compile(rf"(.*\S) ({'|'.join(map(re.escape, _FINER_LABELS))}) (\S.*)")


def split_locator(cited: Locator) -> tuple[Locator, Locator | None]:
    """Return a cited place and the finer one within it: of ``p. 77 n. 3`` page 77 and note 3."""
    found = _FINER.fullmatch(cited.value)
    if found is None:
        return cited, None
    return Locator(cited.label, found[1]), Locator(_FINER_LABELS[found[2]], found[3])


def cited_ranges(cited: Locator) -> list[tuple[list[str], list[str]]]:
    """Return the ranges that a citation names, ``98f.`` and ``98 ff.`` with the pages behind."""
    ranges = []
    for item in _AND.split(split_locator(cited)[0].value):
        on = _ON.search(item.strip())
        glued = on is not None and not on.group()[0].isspace()
        if on is None or (glued and on["one"] == "f" and cited.label in _LETTERED):
            ranges += page_ranges(item)
            continue
        for low, high in page_ranges(item.strip()[: on.start()]):
            beyond = 1 if on["one"] or on["some"] else _FOLLOWING
            numbered = high and high[-1].isdigit()
            last = [*high[:-1], str(int(high[-1]) + beyond)] if numbered else high
            ranges.append((low, last))
    return ranges


def page_ranges(value: str) -> list[tuple[list[str], list[str]]]:
    """Return the ranges that a locator's value names, each as the parts of its two ends."""
    ranges = []
    for item in _AND.split(value):
        ends = [end for end in re.split(r"[-–—]", item) if end.strip()]
        if ends:
            low, high = page_parts(ends[0]), page_parts(ends[-1])
            if len(low) > 1 and len(high) == 1 and _COMPOSITE.search(ends[0]):
                high = [*low[:-1], *high]  # 3:16-18 and 3(a)-(c) stay in chapter and article 3
            ranges.append((low, _high(low, high)))
    return ranges


def _high(low: list[str], high: list[str]) -> list[str]:
    """Return a range's upper end in full: ``245-46`` means 246."""
    if low and high and low[0].isdigit() and high[0].isdigit() and len(high[0]) < len(low[0]):
        return [low[0][: len(low[0]) - len(high[0])] + high[0], *high[1:]]
    return high


def page_parts(value: str) -> list[str]:
    """Return the numbers and words of a locator's value: ``3(a)`` has two."""
    return re.findall(r"\d+|[^\W\d_]+", value.casefold())


def holds_page(low: list[str], high: list[str], place: list[str]) -> bool:
    """Whether a place lies in a range, as far as both are given."""
    if low == high:
        return all(a == b for a, b in zip(low, place, strict=False))
    if low[:1] == high[:1] == place[:1] and low[1:] and high[1:] and place[1:]:
        return holds_page(low[1:], high[1:], place[1:])
    ends = (low, high, place)
    if all(parts and len(parts[0]) == 1 and parts[0].isalpha() for parts in ends):
        return low[0] <= place[0] <= high[0]
    first, last, here = (number(parts[0]) if parts else None for parts in ends)
    if first is None or last is None or here is None:
        return bool(place) and place[0] in (low[0], high[0])
    return first <= here <= last


def number(part: str) -> int | None:
    """Return the number that a part writes, in Arabic or Roman figures; None where it is none."""
    if part.isdigit():
        return int(part)
    if not set(part) <= set(_ROMAN):
        return None
    values = [_ROMAN[c] for c in part]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)
