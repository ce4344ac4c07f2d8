"""How like two words are, by what it costs to read the one as the other.

Costs only choose between readings of the same words; no verdict depends on them.
"""

from __future__ import annotations

from functools import lru_cache

from pubtool.text.folding import without_diacritics
from pubtool.text.spelling import has_variant, is_variant

OTHER = 100
"""The cost of a word that is another."""

_ACCENTED = 10
_RESPELT = 25
RESPELT = 1 - _RESPELT / OTHER
"""How like a word is to another spelling of it, 0 to 1."""

_LIKE = 45
"""By so much a substitution is cheaper where all letters are alike."""

_HALF = 0.5
_NEARLY = 0.7
"""From this likeness of letters on a word may be another but for an accent or an apostrophe."""


_DIGITS = str.maketrans("0125689", "olzsbbg")


@lru_cache(maxsize=1 << 16)
def substitution_cost(one: str, other: str) -> int:
    """Return what it costs to read one folded word as another: less for words that look alike."""
    if without_diacritics(one) == without_diacritics(other):
        return _ACCENTED
    if is_variant(one, other) or one.replace("'", "") == other.replace("'", ""):
        return _RESPELT
    other = read_as_letters(other)
    shorter, longer = sorted((len(one), len(other)))
    if 2 * shorter < longer or not (one.isalpha() and other.isalpha()):
        return OTHER
    from rapidfuzz.distance import Indel

    likeness = Indel.normalized_similarity(one, other)
    return round(OTHER - _LIKE * likeness) if likeness > _HALF else OTHER


def read_as_letters(word: str) -> str:
    """Return a folded word with the digits among its letters read as the letters they look like."""
    mixed = not word.isalpha() and any(map(str.isalpha, word))
    return word.translate(_DIGITS) if mixed else word


def are_unlike(one: str, other: str) -> bool:
    """Whether two folded words have less than half of their letters in common."""
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(one, read_as_letters(other)) < _HALF


def word_likeness(one: str, other: str) -> float:
    """Return how like two folded words are, 0 to 1: by spelling, or by most of their letters.

    A misread word still tells where a passage is, though it is dear to read it as the printed one.
    """
    from rapidfuzz.distance import Indel

    letters = Indel.normalized_similarity(one, read_as_letters(other))
    return max(1 - substitution_cost(one, other) / OTHER, letters if letters >= _NEARLY else 0.0)


def most_likeness(word: str, letters: float) -> float:
    """Return the `word_likeness` that a folded word may have to another, at most.

    `letters` is the likeness of the letters of the two.
    """
    if not word.isascii() and letters > _HALF:
        return 1 - _ACCENTED / OTHER
    if "'" in word or has_variant(word) or letters >= _NEARLY:
        return max(RESPELT, letters)
    return _LIKE / OTHER * letters if letters > _HALF else 0.0
