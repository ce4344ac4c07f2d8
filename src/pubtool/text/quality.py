"""Quality: how much of a text is words of its language, as a sign of how well it was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pubtool.model import SourceText
from pubtool.text.dictionary import LANGUAGES, is_known
from pubtool.text.languages import language_of
from pubtool.text.words import read_folds

_SAMPLE = 2000
"""Words that are looked up, from all over the text."""
_FEWEST = 50
"""Words without which nothing is said."""


@dataclass(frozen=True, slots=True)
class Quality:
    """How well a text was read, as far as can be told."""

    known: float | None = None
    """The share of its words that its language has: 0.95 and more in sound prose, less where there
    are many names; None where the language is unknown or has no word list."""
    doubtful: float = 0.0
    """The share of its words that a character recogniser was not sure of."""


def quality_of(text: SourceText) -> Quality:
    """Return how well a source's text was read."""
    folds = read_folds(text.text)
    if len(folds) < _FEWEST:
        return Quality()
    language = language_of(Counter(folds).__getitem__)
    known = _known(folds, language) if language in LANGUAGES else None
    return Quality(known, len(text.doubtful) / len(folds))


def count_words(text: str) -> int:
    """Return how many words a text has."""
    return len(read_folds(text))


def _known(folds: Sequence[str], language: str) -> float | None:
    words = [word for word in folds[:: max(len(folds) // _SAMPLE, 1)] if word.isalpha()]
    return sum(is_known(word, (language,)) for word in words) / len(words) if words else None
