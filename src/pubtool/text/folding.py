"""Folding: the form in which two spellings of one word are the same word.

A fold forgets what typography decides (case, ligatures, long s, soft hyphens, the shape of an
apostrophe or a minus), and the points with which Hebrew and Arabic may be written or not. It keeps
what the author decides (letters, digits, diacritics). It is only ever used to compare; the text
itself is never changed.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

APOSTROPHES = "'’‘ʼʹ′＇`´"
"""Characters that writers, keyboards and typesetters use for an apostrophe."""

SUPERSCRIPTS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
"""Digits that are set as marks of notes or powers; NFKC would turn them into ordinary ones."""

_INVISIBLE = dict.fromkeys(
    map(
        ord,
        "\u00ad\u034f\u061c\u0640\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufffe"
        "\u202a\u202b\u202c\u2066\u2067\u2068\u2069",
    )
)
"""Among them Arabic's tatweel, which only makes a word longer."""
_INVISIBLE |= dict.fromkeys([*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])
"""Selectors of one shape or another of the same character."""

_POINTS = frozenset(
    point
    for first, last in (
        (0x0591, 0x05BD),
        (0x05BF, 0x05BF),
        (0x05C1, 0x05C2),
        (0x05C4, 0x05C5),
        (0x05C7, 0x05C7),
        (0x0610, 0x061A),
        (0x064B, 0x0652),
        (0x0670, 0x0670),
        (0x06D6, 0x06DC),
        (0x06DF, 0x06E8),
        (0x06EA, 0x06ED),
    )
    for point in range(first, last + 1)
)
"""Vowel points, doublings, marks of chant: Hebrew and Arabic are written with them or without."""
_UNSEEN = {**_INVISIBLE, **dict.fromkeys(_POINTS)}
_LETTERS = str.maketrans(
    {**dict.fromkeys(APOSTROPHES, "'"), **dict.fromkeys("‐‑−–", "-"), "İ": "I"}
)
"""Turkish's İ is the capital of i, not an i with a dot more."""


_TAKEN_APART = str.maketrans({"œ": "oe", "æ": "ae", "ǽ": "áe", "⁄": "/"})
"""Ligatures, and the slash that NFKC makes of ½."""


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """Return the word without case, ligatures, invisible characters, points, apostrophe shapes.

    Compatibility folding is Unicode's NFKC, case folding its full default one.
    """
    if word.isascii():
        return word.lower().replace("`", "'")
    plain = unicodedata.normalize("NFKC", without_invisibles(word).translate(_LETTERS))
    folded = plain.translate(_UNSEEN).casefold().translate(_TAKEN_APART)
    return unicodedata.normalize("NFKC", folded)


def without_invisibles(word: str) -> str:
    """Return a word without the characters that show nothing themselves."""
    return word.translate(_INVISIBLE)


def without_points(word: str) -> str:
    """Return a word without vowel points and the like, and without invisible characters."""
    return word.translate(_UNSEEN)


@lru_cache(maxsize=1 << 14)
def without_diacritics(word: str) -> str:
    """Return a folded word without combining marks: ``café`` and ``cafe`` are then the same."""
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFKD", word)
    kept = (c for c in parts if unicodedata.combining(c) <= _OVERLAY)
    return "".join(kept).replace("ß", "ss")


_OVERLAY = 1
"""Unicode's class of the marks that strike a letter out: no diacritics."""


def diacritics_of(text: str) -> frozenset[str]:
    """Return the combining marks that the letters of a text have."""
    if text.isascii():
        return frozenset()
    parts = unicodedata.normalize("NFD", "".join(set(text)))
    return frozenset(c for c in parts if unicodedata.combining(c) > _OVERLAY)


def are_points_contrary(one: str, other: str) -> bool:
    """Whether two words as written, of the same fold, have different vowel points on one letter.

    A word may have more of them than the other, or all of them; contrary ones make two words (*he
    wrote*, *it was written*).
    """
    if one.isascii() or other.isascii():
        return False
    pairs = zip(_points_by_letter(one), _points_by_letter(other), strict=False)
    return any(not (mine <= theirs or theirs <= mine) for mine, theirs in pairs)


def _points_by_letter(word: str) -> list[set[str]]:
    letters: list[set[str]] = [set()]
    for character in unicodedata.normalize("NFKC", without_invisibles(word)):
        if ord(character) in _POINTS:
            letters[-1].add(character)
        else:
            letters.append(set())
    return letters
