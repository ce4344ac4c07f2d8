"""Where six words in a row of one text stand in another: exact, and about linear in both.

Every six words have a number, a polynomial in the words' numbers modulo 2^64 (Rabin and Karp 1987);
those of the source are sorted once, and the other text's are looked up. Two different sixes may
have one number, so that the words themselves have the last say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pubtool.checker.seeds import Array

SIX = 6
_BASE = 0x9E3779B97F4A7C15
"""Odd, its bits well mixed: 2^64 divided by the golden ratio."""
_MASK = (1 << 64) - 1


@dataclass(frozen=True, eq=False)
class Words:
    """Words whose sixes are to be looked up, in one source or in many."""

    folded: Sequence[str]
    values: Array
    """The number of the six that begins at each word; uint64."""


@dataclass(frozen=True, eq=False)
class Sixes:
    """All six words in a row of a source, to be looked up."""

    folded: Sequence[str]
    values: Array
    """The sixes' numbers, ascending; uint64."""
    places: Array
    """Where each begins, those of one number ascending."""

    def find(self, asked: Words) -> Iterator[tuple[int, int]]:
        """Yield where sixes of some words begin and where the same words begin in the source.

        In the order of the words, then of the source.
        """
        if not len(self.values) or not len(asked.values):
            return
        low = np.searchsorted(self.values, asked.values, "left")
        there = self.values[np.minimum(low, len(self.values) - 1)]
        for at in np.flatnonzero(there == asked.values).tolist():
            words = tuple(asked.folded[at : at + SIX])
            high = np.searchsorted(self.values, asked.values[at], "right")
            for place in self.places[low[at] : high].tolist():
                if tuple(self.folded[place : place + SIX]) == words:
                    yield at, place


@dataclass(frozen=True, eq=False)
class Foreseen:
    """The sixes of a source whose words need not be read as long as none of them is asked for."""

    prints: Array
    """As `prints_of` gives them."""
    read: Callable[[], Sixes]

    def find(self, asked: Words) -> Iterator[tuple[int, int]]:
        """Yield what `Sixes.find` yields."""
        if len(self.prints) and len(asked.values):
            wanted = _print(asked.values)
            low = np.searchsorted(self.prints, wanted, "left")
            if (self.prints[np.minimum(low, len(self.prints) - 1)] == wanted).any():
                yield from self.read().find(asked)


def prints_of(folded: Sequence[str]) -> Array:
    """Return the upper half of the number of each six of a source's words, ascending; uint32.

    A six that stands there has its half among them; one that does not has so by chance, once in
    70,000 for a source of 60,000 words.
    """
    return np.unique(_print(_values(folded)))


def _print(values: Array) -> Array:
    return (values >> np.uint64(32)).astype(np.uint32)


def asked_words(folded: Sequence[str]) -> Words:
    """Return words to be looked up."""
    return Words(folded, _values(folded))


def read_sixes(folded: Sequence[str]) -> Sixes:
    """Return the sixes of a source's words."""
    values = _values(folded)
    order = np.argsort(values, kind="stable")
    return Sixes(folded, values[order], order)


def _values(folded: Sequence[str]) -> Array:
    """Return the number of the six words that begin at each word."""
    numbers = {fold: _number(fold) for fold in dict.fromkeys(folded)}
    codes = np.fromiter(map(numbers.__getitem__, folded), np.uint64, len(folded))
    count = max(len(codes) - SIX + 1, 0)
    values = np.zeros(count, np.uint64)
    factor = 1
    for shift in range(SIX):
        factor = factor * _BASE & _MASK
        values += codes[shift : shift + count] * np.uint64(factor)
    return values


@lru_cache(1 << 16)
def _number(fold: str) -> int:
    """Return a word's number, the same in every text."""
    data = fold.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big")
