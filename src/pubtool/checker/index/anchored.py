"""Anchored stretches: where a few words may stand in one source though their seeds lead nowhere.

Seeds are pairs of words, and a few words with one changed, or two exchanged, may keep no pair that
is rare enough to lead anywhere. Here the rarest of the words are looked for in the text as it is
written; where the others stand next to one, nearly as quoted, may be the passage.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pubtool.model import Span
from pubtool.text.words import read_folds

_MOST_ANCHORS = 3
_MOST_PLACES = 256
"""Places of a word that are looked at; what stands oftener is no anchor."""

_MOST_FOUND = 8
_MOST_CHANGED = 2
"""Words that may be others: one by the author's hand, one misread."""

_WORD_LENGTH = 16
"""Characters a word, with what stands round it, that are read on either side of an anchor."""

_MARGIN = 300
"""Characters round an anchor that are looked at with it, as in `stretches`."""


def find_anchored(folds: Sequence[str], text: str) -> list[Span]:
    """Return the stretches of a text that are likest to some folded words, the likest first.

    How like they are is told by the words that are the same and by the letters of all. At most
    eight come back. One of the rarest three words is neither the changed nor the misread
    one, so those are looked for. A single word must be there as it is.
    """
    from rapidfuzz.distance import LCSseq
    from rapidfuzz.fuzz import partial_ratio

    lower = text.replace("İ", "i").lower()  # the one letter whose small one is longer
    counts = sorted((lower.count(fold), number) for number, fold in enumerate(folds))
    anchors = [number for count, number in counts if count][:_MOST_ANCHORS]
    quoted = " ".join(folds)
    least = min(max(len(folds) - _MOST_CHANGED, 2), len(folds))
    found = dict[int, float]()
    for anchor in anchors:
        for at, near in _places(folds, anchor, lower):
            if LCSseq.similarity(folds, near) >= least:
                same = sum(fold in near for fold in folds) / len(folds)
                likeness = same + partial_ratio(quoted, " ".join(near)) / 100
                found[at] = max(likeness, found.get(at, 0.0))
    best = sorted(found, key=lambda at: (-found[at], at))[:_MOST_FOUND]
    reach = len(quoted) + _MARGIN
    return [Span(max(at - reach, 0), min(at + reach, len(text))) for at in best]


def _places(folds: Sequence[str], anchor: int, lower: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the places of a word, each with the words that stand where the others should."""
    fold = folds[anchor]
    behind = len(folds) - anchor
    at = -1
    for _ in range(_MOST_PLACES):
        at = lower.find(fold, at + 1)
        if at < 0:
            return
        end = at + len(fold)
        if lower[at - 1 : at].isalnum() or lower[end : end + 1].isalnum():
            continue
        before = lower[max(at - (anchor + 1) * _WORD_LENGTH, 0) : at]
        after = lower[end : end + behind * _WORD_LENGTH]
        near = [*read_folds(before)[-anchor - 1 :], fold, *read_folds(after)[:behind]]
        yield at, near
