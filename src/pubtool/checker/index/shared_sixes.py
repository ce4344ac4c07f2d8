"""Where six words in a row of a post stand in the sources: all are looked up at once.

What it costs hangs on how many places there are, not on how much text is indexed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pubtool.checker.index import Index
from pubtool.checker.index.seeds import Array
from pubtool.checker.index.segment import Segment, as_seeds
from pubtool.checker.index.sixes import sixes_of
from pubtool.checker.index.stretches import ranges
from pubtool.model import Key

_MOST_IN_ONE = 512
"""Six words that stand more often in a source are a formula there, whatever stands round them. Of
such as the post repeats, too, there are no more pairs with one source: its first places count."""

_MOST_SOURCES = 12
"""Sources that are looked at for the same six words: those that have the most words round them."""


@dataclass(frozen=True)
class Shared:
    """What a post has in common with a source."""

    key: Key
    pairs: list[tuple[int, int]]
    """Where sixes begin, by the post's words and by the source's; ascending. A few may only have
    the same number."""


@dataclass(frozen=True)
class _Places:
    """Sixes of a post that stand in sources, a column each."""

    numbers: Array
    """Of the post's word that each begins at."""
    sources: Array
    """The source's number in the index's order."""
    words: Array
    """The number of the word in the source."""

    def part(self, chosen: Array) -> _Places:
        return _Places(self.numbers[chosen], self.sources[chosen], self.words[chosen])


def find_shared(folded: Sequence[str], index: Index) -> Iterator[Shared]:
    """Yield what some words have in common with each source, in the index's order.

    Of the sources that have the same six words, those with the longest runs of words round them.
    """
    found = _of_the_best(_look_up(sixes_of(folded), index))
    order = np.lexsort((found.words, found.numbers, found.sources))
    found = found.part(order)
    keys = [*index.live]
    edges = np.flatnonzero(np.diff(found.sources, prepend=-1, append=-1))
    for first, end in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        pairs = zip(found.numbers[first:end].tolist(), found.words[first:end].tolist(), strict=True)
        yield Shared(keys[found.sources[first]], [*pairs])


def _look_up(values: Array, index: Index) -> _Places:
    different, which = np.unique(values, return_inverse=True)
    by_value = np.argsort(which, kind="stable")
    counts = np.bincount(which, minlength=len(different))
    firsts = np.cumsum(counts) - counts
    every = []
    for segment, ranks in zip(index.segments, index.ranks, strict=True):
        owners, entries, words = _in_segment(different, counts, segment)
        kept = ranks[entries] >= 0
        owners, entries, words = owners[kept], entries[kept], words[kept]
        times = counts[owners]
        every.append(
            _Places(
                by_value[ranges(firsts[owners], times)],
                np.repeat(ranks[entries], times),
                np.repeat(words, times),
            )
        )
    return _Places(
        np.concatenate([_NONE, *(one.numbers for one in every)]),
        np.concatenate([_NONE, *(one.sources for one in every)]),
        np.concatenate([_NONE, *(one.words for one in every)]),
    )


_NONE: Array = np.zeros(0, np.int64)


def _in_segment(values: Array, times: Array, segment: Segment) -> tuple[Array, Array, Array]:
    """Return which of some sixes stand in a segment, in which entry, and at which of its words.

    `times` is how often the post has each.
    """
    seeds = as_seeds(values, np.zeros(len(values), np.uint32))
    low, high = segment.sixes.runs(seeds)
    low, high = segment.sixes.narrowed(seeds, low, high)
    sizes = high - low
    owners = np.repeat(np.arange(len(values)), sizes)
    places = segment.sixes.places[ranges(low, sizes)].astype(np.int64)
    entries = np.searchsorted(segment.words, places, side="right") - 1
    first = np.flatnonzero(np.diff(owners * len(segment.words) + entries, prepend=-1))
    counts = np.diff(first, append=len(owners))
    behind = np.arange(len(owners)) - np.repeat(first, counts)
    most = np.maximum(_MOST_IN_ONE // times[owners], 1)
    kept = (np.repeat(counts, counts) <= _MOST_IN_ONE) & (behind < most)
    return owners[kept], entries[kept], (places - segment.words[entries])[kept]


def _of_the_best(found: _Places) -> _Places:
    """Return the places in those sources that have the longest runs of sixes at some word."""
    if not len(found.numbers):
        return found
    width = int(found.numbers.max()) + 2
    both = np.unique(found.sources * width + found.numbers)
    sources, numbers = both // width, both % width
    run = np.cumsum(np.diff(both, prepend=-1) != 1)
    lengths = np.bincount(run)[run]
    order = np.lexsort((sources, -lengths, numbers))
    mine = numbers[order]
    first = np.flatnonzero(np.diff(mine, prepend=-1))
    behind = np.arange(len(mine)) - np.repeat(first, np.diff(first, append=len(mine)))
    best = np.unique(sources[order][behind < _MOST_SOURCES])
    return found.part(np.isin(found.sources, best))
