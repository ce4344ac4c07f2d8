"""Prospects: whether a run of words can stand among some words of a source, however they lie.

To lay a quotation on a stretch of a source costs much more than to see that most of its words are
not there. What is refused here would be refused by `evidence` after all its work; what is let
through may still stand nowhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from pubtool.checker.align import RESPELT, most_likeness


class Prospect:
    """What some words of a source allow to stand among them."""

    def __init__(self, folded: Sequence[str]) -> None:
        """Take the words, folded, in order."""
        self._folded = folded
        self._counts = Counter(folded)

    @cached_property
    def _run_together(self) -> str:
        """All words without a space, so that torn ones and parts of ones run together are in it."""
        return "".join(self._folded)

    def rarity(self, fold: str) -> float:
        """Return how much a word says about a place: the more, the rarer it is here."""
        return float((1 + self._counts[fold]) ** -0.5)

    def allows(self, words: Sequence[str], weights: Sequence[float], least: float) -> bool:
        """Whether a run of folds may be as like some of the words as `least`, 0 to 1.

        It may where enough of its words' weight stands here at all, or words like them (see
        `place`), and where all of them do but one.
        """
        gone = self._gone(words)
        if len(gone) <= 1:
            return True
        needed = (least - 1) * sum(weights) + sum(weights[n] for n in gone)
        return needed <= 0 or needed <= sum(self._likest([words[n] for n in gone]))

    def allows_respelt(self, words: Sequence[str]) -> bool:
        """Whether each word of a run of folds may stand here, if spelt or set otherwise."""
        gone = [words[n] for n in self._gone(words)]
        return not gone or min(self._likest(gone)) >= RESPELT

    def _gone(self, words: Sequence[str]) -> list[int]:
        """Return the numbers of the words that are not here, whole, torn or run together."""
        gone = [n for n, word in enumerate(words) if word not in self._counts]
        return [n for n in gone if words[n] not in self._run_together]

    def _likest(self, words: Sequence[str]) -> list[float]:
        """Return how like each of some words the likest one here can be, at most."""
        if not self._counts:
            return [0.0] * len(words)
        letters = cdist(
            words, list(self._counts), scorer=Indel.normalized_similarity, dtype=np.float32
        )
        best = letters.max(axis=1).tolist()
        return [most_likeness(word, found) for word, found in zip(words, best, strict=True)]
