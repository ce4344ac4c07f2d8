"""Six words in a row as a number, by which the same six words are found in other texts.

The number is a polynomial in the words' numbers modulo 2^64 (Rabin and Karp 1987). Two different
sixes may have one number, and less of it is kept, so that the words themselves have the last say.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pubtool.checker.index.seeds import Array

SIX = 6
_BASE = 0x9E3779B97F4A7C15
"""Odd, its bits well mixed: 2^64 divided by the golden ratio."""
_MASK = (1 << 64) - 1


def sixes_of(folded: Sequence[str]) -> Array:
    """Return the number of the six words that begin at each word but the last five; uint64."""
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
