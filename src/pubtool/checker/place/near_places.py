"""Near places: where a fragment stands but for its brackets, or a short one but for one word.

`candidates` lets words vote, and the few common words of a short fragment have too few votes for
one place. These two searches need no votes: they start from a rare word's places, and compare what
stands round each. They find; `align` says what is there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pubtool.checker.elements import Elements
from pubtool.checker.index import IndexPart

_SHORT = range(4, 8)
"""Words of a fragment that is looked for with one changed; longer ones have votes enough."""

_MOST_POSTINGS = 4096
_MOST_PLACES = 24
_MOST_REPLACED = 12
"""Source words that a bracket is tried against, as in `align`."""

Item = str | re.Pattern[str] | None
"""A fold, what letters in brackets allow, or a bracket, which stands for some words."""


def near_windows(
    elements: Elements, fragment: range, part: IndexPart
) -> tuple[tuple[int, int], ...]:
    """Return windows ``(first, end)`` of word numbers, at most 24 of either kind."""
    items = _items(elements, fragment)
    if all(isinstance(item, str) for item in items):
        return _but_for_one(items, part) if len(items) in _SHORT else ()
    return _but_for_brackets(items, part)


def _items(elements: Elements, fragment: range) -> list[Item]:
    items: list[Item] = []
    groups = {group.first: group for group in elements.groups}
    n = fragment.start
    while n < fragment.stop:
        group = groups.get(n)
        if group is not None and (not items or items[-1] is not None):
            items.append(None)
        if group is not None and group.end > n:
            n = group.end
            continue
        items.append(elements.words[n].pattern or elements.words[n].folded)
        n += 1
    return items


def _rarest(items: Sequence[Item], part: IndexPart) -> list[int]:
    """Return the numbers of the folds that the source has, the rarest first."""
    found = [n for n, i in enumerate(items) if isinstance(i, str) and i in part.postings]
    return sorted(found, key=lambda n: len(part.postings[str(items[n])]))


def _but_for_brackets(items: list[Item], part: IndexPart) -> tuple[tuple[int, int], ...]:
    windows: list[tuple[int, int]] = []
    for anchor in _rarest(items, part)[:1]:
        behind, before = items[anchor + 1 :], items[:anchor][::-1]
        for number in part.postings[str(items[anchor])][:_MOST_POSTINGS]:
            end = _follow(behind, part, number + 1, 1)
            first = _follow(before, part, number - 1, -1) if end is not None else None
            if end is not None and first is not None:
                windows.append((first + 1, end))
                if len(windows) == _MOST_PLACES:
                    break
    return tuple(windows)


def _follow(items: Sequence[Item], part: IndexPart, at: int, step: int) -> int | None:
    """Return the place behind some items, read from a place forwards or back; None if not there."""
    for n, item in enumerate(items):
        if item is None:
            rest = items[n + 1 :]
            ends = (_follow(rest, part, at + step * k, step) for k in range(_MOST_REPLACED + 1))
            return next((end for end in ends if end is not None), None) if rest else at
        if not 0 <= at < len(part.folded):
            return None
        word = part.folded[at]
        if word != item if isinstance(item, str) else item.fullmatch(word) is None:
            return None
        at += step
    return at


def _but_for_one(items: list[Item], part: IndexPart) -> tuple[tuple[int, int], ...]:
    """Return where all the words but one stand, each at its place or next to it.

    One of the two rarest words is not the changed one. The words next to a place are looked at too,
    so that a word added, left out or exchanged with its neighbour hides nothing.
    """
    windows: dict[tuple[int, int], None] = {}
    for anchor in _rarest(items, part)[:2]:
        for number in part.postings[str(items[anchor])][:_MOST_POSTINGS]:
            first = number - anchor
            if first >= 0 and _stand_near(items, part, first):
                window = (max(first - 2, 0), min(first + len(items) + 2, len(part.folded)))
                windows[window] = None
                if len(windows) == _MOST_PLACES:
                    return tuple(windows)
    return tuple(windows)


def _stand_near(items: list[Item], part: IndexPart, first: int) -> bool:
    missing = 0
    for at, item in enumerate(items, first):
        if item not in part.folded[max(at - 1, 0) : at + 2]:
            missing += 1
            if missing > 1:
                return False
    return True
