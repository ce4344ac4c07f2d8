"""Folding: the form in which two spellings of one word are the same word.

A fold forgets what typography decides (case, ligatures, long s, soft hyphens, the shape of an
apostrophe or a minus) and keeps what the author decides (letters, digits, diacritics). It is only
ever used to compare; the text itself is never changed.
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
        "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufffe\u202a\u202b\u202c\u202d\u202e",
    )
)
_LETTERS = str.maketrans({**dict.fromkeys(APOSTROPHES, "'"), **dict.fromkeys("‐‑−–", "-")})


_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ǽ": "áe"})


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """Return the word without case, ligatures, invisible characters and apostrophe shapes.

    Compatibility folding is Unicode's NFKC, case folding its full default one.
    """
    if word.isascii():
        return word.lower().replace("`", "'")
    plain = word.translate(_INVISIBLE).translate(_LETTERS)
    folded = unicodedata.normalize("NFKC", plain).casefold().translate(_LIGATURES)
    return unicodedata.normalize("NFKC", folded)


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
