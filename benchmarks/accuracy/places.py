"""Whether a place that was found is the passage's."""

from __future__ import annotations

import re
import unicodedata

from cases import Case, normal


def is_right(start: int, end: int, text: str, case: Case) -> bool:
    """Whether a place shares half of its length with the passage's, or is as near to the quotation.

    Nearness is Levenshtein's distance in words: the same passage may stand in a text twice, and a
    changed one may be as much like another.
    """
    from rapidfuzz.distance import Levenshtein

    low, high = max(start, case.start), min(end, case.end)
    whole = max(end, case.end) - min(start, case.start)
    if 2 * (high - low) >= whole:
        return True
    quoted, there, true = (_plain(t).split() for t in (case.made.text, text, case.passage))
    return Levenshtein.distance(quoted, there) <= Levenshtein.distance(quoted, true)


def _plain(text: str) -> str:
    """Return the words of a text without note marks and diacritics, which a source may lack."""
    unmarked = re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹]+", "", text)
    letters = unicodedata.normalize("NFD", unmarked)
    return normal("".join(c for c in letters if not unicodedata.combining(c)))
