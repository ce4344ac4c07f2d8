"""Anchored stretches: where a short quotation may stand in one source, but for one of its words.

Seeds are pairs of words, and four words with one changed, or two exchanged, may keep no pair that
is rare enough to lead anywhere. Here the rarest of the words are looked for in the text as it is
written; a stretch round one that holds the others too may be the passage.
"""

from __future__ import annotations

from collections.abc import Sequence

from pubtool.model import Span

_MOST_PLACES = 256
"""Places of a word that are looked at; what stands oftener is no anchor."""

_SLACK = 40
"""Characters by which the source may have more than the quotation."""

_MARGIN = 300
"""Characters round an anchor that are looked at with it, as in `stretches`."""


def find_anchored(folds: Sequence[str], text: str) -> list[Span]:
    """Return the stretches of a text in which all of some folded words stand but one, by place.

    One of the two rarest words is not the changed one, so those are looked for. Letters are
    compared, not words: more comes back than stands there.
    """
    lower = text.lower()
    if len(lower) != len(text):
        return []
    counts = sorted((lower.count(fold), fold) for fold in set(folds))
    anchors = [fold for count, fold in counts if count][:2]
    reach = sum(map(len, folds)) + len(folds) + _SLACK
    found = dict[int, Span]()
    for anchor in anchors:
        at = lower.find(anchor)
        for _ in range(_MOST_PLACES):
            if at < 0:
                break
            near = lower[max(at - reach, 0) : at + reach]
            if sum(fold not in near for fold in folds) <= 1:
                found[at] = Span(max(at - reach - _MARGIN, 0), at + reach + _MARGIN)
            at = lower.find(anchor, at + 1)
    return [found[at] for at in sorted(found)]
