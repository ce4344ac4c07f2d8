"""Amounts: what numbers say, in figures or in English words: *30%* is *thirty per cent*."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SMALL = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
_LARGE = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_FIGURES = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(%?)")


def amounts(folds: Sequence[str]) -> tuple[str, ...] | None:
    """Return the numbers among some folded words, in figures; None where one is not understood.

    *Per cent* belongs to the number before it. Other words are passed over.
    """
    found: list[str] = []
    at = 0
    while at < len(folds):
        value, length = _number(folds, at)
        if not length:
            if any(c.isdigit() for c in folds[at]) or folds[at] in _OTHERS:
                return None
            at += 1
            continue
        at += length
        if folds[at : at + 2] == ["per", "cent"] or folds[at : at + 1] == ["percent"]:
            value, at = f"{value}%", at + (2 if folds[at] == "per" else 1)
        found.append(value)
    return tuple(found)


_OTHERS = frozenset("half quarter third thirds dozen hundreds thousands millions trillion".split())
"""Number words that the reading above does not add up."""


def _number(folds: Sequence[str], at: int) -> tuple[str, int]:
    """Return the number that begins at a word, and how many words it has; none is none."""
    figures = _FIGURES.fullmatch(folds[at])
    if figures:
        return figures[1].replace(",", "") + figures[2], 1
    total = current = 0
    place = at
    while place < len(folds):
        word = folds[place]
        last = current % 100
        if word in _SMALL and (not last or (last >= 20 and not last % 10 and _SMALL[word] < 10)):
            current += _SMALL[word]
        elif word in _TENS and current % 100 == 0:
            current += _TENS[word]
        elif word == "hundred" and 0 < current < 10:
            current *= 100
        elif word in _LARGE and current:
            total, current = total + current * _LARGE[word], 0
        elif word != "and" or place == at or current % 100 or not _follows(folds, place + 1):
            break
        place += 1
    return str(total + current), place - at


def _follows(folds: Sequence[str], at: int) -> bool:
    return at < len(folds) and (folds[at] in _SMALL or folds[at] in _TENS)
