"""Where six words in a row of one text stand in another: exact, and about linear in both.

Every six words have a number, a polynomial in the words' numbers modulo 2^64 (Rabin and Karp 1987);
those of the source are sorted once, and the other text's are looked up. Two different sixes may
have one number, so that the words themselves have the last say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pubtool.checker.seeds import Array

SIX = 6
_BASE = 0x9E3779B97F4A7C15
"""Odd, its bits well mixed: 2^64 divided by the golden ratio."""
_MASK = (1 << 64) - 1
_UNKNOWN = 0
"""The number of a word that the source does not have."""


@dataclass(frozen=True, eq=False)
class Sixes:
    """All six words in a row of a source, to be looked up."""

    numbers: Mapping[str, int]
    """Each fold's number, from 1."""
    folded: Sequence[str]
    values: Array
    """The sixes' numbers, ascending; uint64."""
    places: Array
    """Where each begins, those of one number ascending."""

    def find(self, folds: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Yield where sixes of `folds` begin and where the same words begin in the source.

        In the order of `folds`, then of the source.
        """
        codes = np.fromiter(
            (self.numbers.get(fold, _UNKNOWN) for fold in folds), np.uint64, len(folds)
        )
        asked = _values(codes)
        low = np.searchsorted(self.values, asked, "left")
        high = np.searchsorted(self.values, asked, "right")
        for at in np.flatnonzero(high > low).tolist():
            words = tuple(folds[at : at + SIX])
            for place in self.places[low[at] : high[at]].tolist():
                if tuple(self.folded[place : place + SIX]) == words:
                    yield at, place


def read_sixes(folded: Sequence[str]) -> Sixes:
    """Return the sixes of a source's words."""
    numbers = {fold: number for number, fold in enumerate(dict.fromkeys(folded), 1)}
    codes = np.fromiter(map(numbers.__getitem__, folded), np.uint64, len(folded))
    values = _values(codes)
    order = np.argsort(values, kind="stable")
    return Sixes(numbers, folded, values[order], order)


def _values(codes: Array) -> Array:
    """Return the number of the six words that begin at each word."""
    count = max(len(codes) - SIX + 1, 0)
    values = np.zeros(count, np.uint64)
    factor = 1
    for shift in range(SIX):
        factor = factor * _BASE & _MASK
        values += codes[shift : shift + count] * np.uint64(factor)
    return values
