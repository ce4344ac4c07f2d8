"""Prospects: whether a run of words can stand among some words of a source, however they lie.

To lay a quotation on a stretch of a source costs much more than to see that most of its words are
not there. What is refused here would be refused by `evidence` after all its work; what is let
through may still stand nowhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from pubtool.checker.place.likeness import RESPELT, most_likeness

_PLAY = 1
"""Words that may be counted as out of order though an alignment would find them in order."""


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

        It may where all of its words stand here, or all but one in order, or where those that stand
        here in order, or are like words that do, are enough by their weight (see `place`).
        """
        values, in_order = self._compare(words)
        if in_order >= len(words) - 1 or min(values) >= 1:
            return True
        there = sorted((w * v for w, v in zip(weights, values, strict=True)), reverse=True)
        return sum(there[: in_order + _PLAY]) >= least * sum(weights)

    def allows_respelt(self, words: Sequence[str]) -> bool:
        """Whether each word of a run of folds may stand here in order, if spelt otherwise."""
        values, in_order = self._compare(words)
        return in_order + _PLAY >= len(words) and min(values) >= RESPELT

    def _compare(self, words: Sequence[str]) -> tuple[list[float], int]:
        """Return how like each fold is to some word here, at most, and how many are in order.

        Words that are torn here, or parts of one that is run together, count as standing here.
        """
        from rapidfuzz.distance import LCSseq

        values, likest = [1.0] * len(words), list(words)
        missing = [n for n, word in enumerate(words) if word not in self._counts]
        gone = [n for n in missing if words[n] not in self._run_together]
        for n, (word, value) in zip(gone, self._likest([words[n] for n in gone]), strict=True):
            likest[n], values[n] = word, value
        in_order = int(LCSseq.similarity(likest, self._folded))
        return values, len(missing) - len(gone) + in_order

    def _likest(self, words: Sequence[str]) -> Iterator[tuple[str, float]]:
        """Yield, for each of some words, the likest one here, and how like it can be at most."""
        import numpy as np
        from rapidfuzz.distance import Indel
        from rapidfuzz.process import cdist

        every = list(self._counts)
        if not words or not every:
            yield from ((word, 0.0) for word in words)
            return
        letters = cdist(words, every, scorer=Indel.normalized_similarity, dtype=np.float32)
        numbers, most = letters.argmax(axis=1).tolist(), letters.max(axis=1).tolist()
        for word, number, likeness in zip(words, numbers, most, strict=True):
            yield every[number], most_likeness(word, likeness)
